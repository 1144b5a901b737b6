"""The commands, one function each; what they import stands inside, so that ``--help`` is quick."""
