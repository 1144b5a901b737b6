"""Think: arithmetic over the model. No files, no clock, no randomness, no HTML."""
