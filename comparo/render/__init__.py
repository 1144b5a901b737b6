"""Draw: the keeper of ``themes/``. It turns what was read and judged into the bytes of pages."""
