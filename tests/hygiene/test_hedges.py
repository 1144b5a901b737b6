"""Guesses are found, and words that only look like them are not."""

import pytest

from comparo.hygiene.hedges import hedges


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It likely uses Postgres.", ("likely uses",)),
        ("Probably built on Kafka", ("Probably",)),
        ("Cheaper to run, though likely slower", ("though likely",)),
        ("Smaller, although at potential cost of detail", ("although at potential",)),
        ("Presumably sorts by date", ("Presumably",)),
        ("Supports exports; unknown if it imports", ("unknown if",)),
        ("It is unclear whether plugins are sandboxed", ("unclear whether",)),
        ("How it plans is not documented.", ("is not documented",)),
        ("Its limits are undocumented", ("are undocumented",)),
        ("The model was not publicly disclosed", ("was not publicly disclosed",)),
        ("The index appears to be kept in memory", ("appears to be",)),
        ("The editor seems to support Markdown", ("seems to support",)),
        ("Claims to sort answers by mood", ("Claims to",)),
        ("The vendor claims to use a model of its own", ("claims to use",)),
        ("Theoretically more capable than others", ("Theoretically more",)),
        ("It scales, theoretically enabling large sites", ("theoretically enabling",)),
        ("Exports may or may not keep comments", ("may or may not",)),
        ("Allegedly the fastest; reportedly\nstable", ("Allegedly", "reportedly")),
        ("Probably fast, probably small, probably", ("Probably", "probably")),
        ("It possibly uses Redis", ("possibly uses",)),
        ("Possibly based on Kafka", ("Possibly",)),
        ("It might support SSO", ("It might",)),
        ("Imports mail, but might not export it", ("but might",)),
        ("The index could be kept in memory", ("The index could be",)),
        ("It is apparently closed", ("is apparently",)),
        ("Its price is not specified in the docs", ("Its price is not specified in the docs",)),
        ("Limits inferred from the README", ("inferred from the README",)),
        ("The engine is assumed to use Postgres", ("The engine is assumed to use",)),
        ("It is likely the fastest", ("likely the fastest",)),
    ],
)
def test_guesses_are_found(text, found):
    """A guess is quoted as it is written, each once."""
    assert hedges(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Finds the most likely value of a missing cell",
        "Predicts which customers are likely to leave",
        "Flags likely duplicates for review",
        "Shows how likely a sale is",
        "Decides if a message is likely written by a machine",
        "Ranks accounts by how unlikely they are to pay",
        "Probabilistic data structures",
        "Probably approximately correct learning",
        "A method with theoretically grounded bounds",
        "A theoretical error bound for estimates",
        "Lists packages that are undocumented",
        "Finds routes which are not documented",
        "Maps unknown columns and unclear labels",
        "A toolbar appears to the right of a selection",
        "Makes mail appear to be from your domain",
        "Routes insurance claims to adjusters",
        "Adds claims to a token",
        "Checks that a file is what it claims to be",
        "Reports events to the sender",
        "Renders “probably” as typed",
        "Estimates whether an email is probably spam",
        "Marks mail as probably spam",
        "The API is not documented for third parties",
        "Reads large, possibly remote files",
        "Finds words you might have missed",
        "You might want to add a proxy",
        "Warns when a deploy might fail",
        "Restores a page as it might have looked",
        "Flags code that could be simpler",
        "Finds apparently unrelated bugs",
        "Flags parameters not mentioned in the docs",
        "Types are inferred from usage",
        "Time is assumed to be UTC",
        "A file is assumed to use UTF-8",
        "Shows how likely the best outcome is",
        "",
    ],
)
def test_honest_words_are_not(text):
    """Predictions, claims of an insurance and quotations are what a product deals with."""
    assert hedges(text) == ()
