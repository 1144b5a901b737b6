"""The tests of comparo. ``crawl`` reads built sites, ``hard`` writes one hard to lay out."""
