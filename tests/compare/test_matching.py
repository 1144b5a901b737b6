"""What people searched for and what answered it: counts add up, and silence is not zero."""

from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.matching import SharedIntent, match
from comparo.model import Search

SLUGS = ("a", "b", "c")

searches = st.lists(
    st.builds(
        Search,
        query=st.sampled_from(["Feature flags", "feature FLAGS?", "surveys", "c++", "c#", "🚀"]),
        product=st.sampled_from(SLUGS),
        capability=st.sampled_from(["", "flags", "surveys"]),
        count=st.integers(1, 1000),
    ),
    max_size=20,
)


@given(searches)
def test_counts_add_up(rows):
    """All that was counted is some product's, and none of it is counted twice."""
    graph = match(rows)

    times = sum(graph.times_matched(slug) or 0 for slug in SLUGS)
    by_capability = sum(sum((graph.capability_times(slug) or {}).values()) for slug in SLUGS)

    assert times == sum(row.count for row in rows)
    assert by_capability == sum(row.count for row in rows if row.capability)


@given(searches, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    """The same rows in any order are the same evidence."""
    shuffled = random.sample(rows, len(rows))

    assert match(shuffled) == match(rows)


@given(searches)
def test_swapping_the_products_swaps_the_counts(rows):
    """The searches that two share are the same from either side."""
    graph = match(rows)

    turned = tuple(SharedIntent(i.query, i.b, i.a) for i in graph.shared("b", "a"))
    assert graph.shared("a", "b") == turned


@given(searches)
def test_shared_searches_answered_both(rows):
    """A shared search has a count from each side, and the most frequent come first."""
    shared = match(rows).shared("a", "b")

    assert all(intent.a > 0 and intent.b > 0 and intent.query for intent in shared)
    totals = [intent.a + intent.b for intent in shared]
    assert totals == sorted(totals, reverse=True)


def test_spellings_of_a_search_are_one_intent():
    """Case and punctuation make no second intent."""
    graph = match([Search("Feature Flags?", "a", count=2), Search("feature-flags", "b", count=3)])

    assert graph.shared("a", "b") == (SharedIntent("feature flags", 2, 3),)


def test_different_signs_are_different_searches():
    """Searches without a letter in them are not all the same one."""
    graph = match([Search("🚀", "a"), Search("???", "b"), Search("C++", "a"), Search("C#", "b")])

    assert graph.shared("a", "b") == ()


def test_without_evidence_nothing_is_known():
    """A site without evidence says nothing of matches, not 0."""
    graph = match([])

    assert (graph.times_matched("a"), graph.capability_times("a")) == (None, None)


def test_evidence_that_names_others_is_a_known_0():
    """Where there is evidence, a product that no search matched was matched 0 times."""
    graph = match([Search("flags", "a")])

    assert (graph.times_matched("b"), graph.capability_times("b")) == (0, {})
