"""Read: the keeper of a site's ``content/``. It knows nothing of scores, pages or the output."""
