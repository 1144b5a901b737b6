"""How fast comparo is, as ratios in one run: ``python -m tests.bench --help``."""
