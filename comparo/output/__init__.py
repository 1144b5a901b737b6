"""Write: the keeper of ``output/``. It sees paths and bytes, never a product."""
