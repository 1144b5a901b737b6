"""Tests that need a browser, node or Java: run by ``.ci/browser``, never by a plain ``pytest``."""
