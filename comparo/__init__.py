"""Turn folders of product facts into a website of honest comparisons."""

__version__ = "0.1.0"
