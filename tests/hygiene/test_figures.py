"""Figures of consequence are found, and numbers that only describe are not."""

import pytest

from comparo.hygiene.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trains with 5x better efficiency", "5x better"),
        ("Brings 5x training efficiency gains", "5x training efficiency gains"),
        ("Is 2.5 times faster than before", "2.5 times faster"),
        ("Packs with 10–40× compression", "10–40× compression"),
        ("Reducing integration work by 60-80%", "Reducing integration work by 60-80%"),
        ("Cuts the bill by up to 40 %", "Cuts the bill by up to 40 %"),
        ("Saves teams 30% of their reading", "Saves teams 30%"),
        ("Needs 45% fewer tokens", "45% fewer"),
        ("Has 97.9% accuracy on tables", "97.9% accuracy"),
        ("Is up 99.9 % of the time", "99.9 %"),
        ("Free users get $5/month in credits", "$5/month"),
        ("Costs €12.50 a seat", "€12.50 a seat"),
        ("Replaces a licence of $1,200", "$1,200"),
        ("Reaches an FID of 4.88", "FID of 4.88"),
        ("Good images (FID score of 4.88)", "FID score of 4.88"),
        ("Sorts with an F-score of 0.91", "F-score of 0.91"),
        ("Trusted by 10,000 users", "10,000 users"),
        ("Trusted by 500+ companies", "500+ companies"),
        ("Over 3 million monthly downloads", "3 million monthly downloads"),
        ("Answers 20K QPS", "20K QPS"),
        ("Serves 65,000 queries/sec on a laptop", "65,000 queries/sec"),
        ("Handles 900 requests per second", "900 requests per second"),
        ("Keeps sub-200ms search latency", "sub-200ms search latency"),
        ("Achieves 95% on a public test", "Achieves 95%"),
        ("Sorts twice as fast as a table", "twice as fast"),
        ("Is 50 percent cheaper", "50 percent cheaper"),
        ("Costs 20 EUR per month", "20 EUR per month"),
        ("Costs EUR 20 a month", "EUR 20 a month"),
        ("Rated 4.8/5 by its users", "Rated 4.8/5"),
        ("Answers with a latency of 20 ms", "latency of 20 ms"),
        ("Used by 500 companies", "Used by 500 companies"),
        ("Handles up to 900 requests per second", "900 requests per second"),
        ("Lets teams cut costs by 50%", "cut costs by 50%"),
    ],
)
def test_figures_of_consequence_are_found(text, found):
    """Gains, shares, prices, scores, crowds and speeds are somebody's measurements."""
    assert figures(text) == (found,)


@pytest.mark.parametrize(
    "text",
    [
        "Sign in with OAuth 2.0, SAML 2.0 or LDAP v3",
        "Licensed under the Apache License 2.0",
        "Supports PostgreSQL 12 to 17",
        "Up to 50 metadata keys per vector",
        "Embeddings of 384, 768 or 1536 dimensions",
        "Runs on x86 and in a 4x4 grid at 1024x768",
        "Plays videos at 2x speed",
        "Zooms to 150%",
        "Rolls a change out to 10% of all users",
        "Written in 100% Go",
        "Binds values with $1, $2 and so on",
        "Meetings of 5 users or more",
        "Maps controls to ISO 27001",
        "Sends a reminder 24/7 within 30 minutes",
        "Needs 8 GB of RAM and 2 cores",
        "Shows “5x faster” as typed, and `99.9%` too",
        "Limits an upload to 10,000 stars",
        "Costs nothing for up to 10,000 users",
        "Free for 10,000 users",
        "Lets you cut the bitrate by 50%",
        "Is limited to 10 requests per second",
        "Plays videos twice as fast",
        "Can be used by 50 users",
        "Warns of a latency of 20 ms",
        "Converts 20 EUR to USD",
        "Converts USD 20 to EUR",
        "",
    ],
)
def test_plain_numbers_are_not(text):
    """Versions, sizes, limits and settings need no one to measure them."""
    assert figures(text) == ()
