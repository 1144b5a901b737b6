"""The tests of comparo. ``crawl`` reads built sites, ``hard`` writes one that is hard to lay out."""
