"""What people searched for and what answered it: counts add up, and silence is not zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.alignment import keyed, synonym_index
from comparo.compare.matching import MatchGraph, SharedIntent, match, wilson
from comparo.compare.tying import Tie
from comparo.errors import Place
from comparo.model import Capability, Product, Search, Topic

SLUGS = ("a", "b", "c")
PRODUCTS = [
    Product(
        slug,
        slug.upper(),
        Place(slug),
        capabilities=(Capability("flags", "Flags"), Capability("surveys", "Surveys")),
    )
    for slug in SLUGS
]

searches = st.lists(
    st.builds(
        Search,
        query=st.sampled_from(["Feature flags", "feature FLAGS?", "c++", "c#", "🚀", "a vs b", ""]),
        product=st.sampled_from(SLUGS),
        capability=st.sampled_from(["", "flags", "surveys"]),
        count=st.integers(1, 1000),
    ),
    max_size=20,
)


@given(searches)
def test_counts_add_up(rows):
    """All that was counted is some product's, and none of it is counted twice."""
    graph = match(rows, PRODUCTS)

    times = sum(graph.times_matched(slug) or 0 for slug in SLUGS)
    by_capability = sum(sum((graph.capability_times(slug) or {}).values()) for slug in SLUGS)

    assert times == sum(row.count for row in rows)
    assert by_capability == sum(row.count for row in rows if row.capability)


@given(searches, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    """The same rows in any order are the same evidence."""
    shuffled = random.sample(rows, len(rows))

    assert match(shuffled, PRODUCTS) == match(rows, PRODUCTS)


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


def graph_of(*rows: Search, capabilities: tuple[Capability, ...] = (), topics=()) -> MatchGraph:
    """Match searches of one product, called Rocket Tool, that has these capabilities."""
    product = Product("rocket", "Rocket Tool", Place("rocket"), capabilities=capabilities)
    keys = {"rocket": keyed(capabilities, synonym_index(topics))}
    return match(rows, [product], keys, topics)


FLAGS = Capability("flags", "Feature flags", topic="feature-flags", intents=("gradual rollout",))
REPLAY = Capability("replay", "Session replay")
CONSOLE = Capability("console", "Search terms from Google Search Console")
TOPICS = (Topic("feature-flags", "Feature flags", ("feature toggles",)),)


@pytest.mark.parametrize(
    "query", ["Feature Flags", "gradual rollout", "feature toggles", "feature-flags"]
)
def test_a_query_that_is_a_name_of_a_capability_names_it(query):
    """Its name, its topic's names and its declared intents are as sure as evidence that says so."""
    graph = graph_of(Search(query, "rocket", count=4), capabilities=(FLAGS, REPLAY), topics=TOPICS)

    assert graph.capability_times("rocket") == {"flags": 4}
    assert graph.likely_times("rocket") == {}


def test_a_query_is_tied_by_words_and_says_how_sure():
    """Three words against a name of two, with two in common, are four fifths of certainty."""
    graph = graph_of(
        Search("mobile session replay", "rocket", count=3), capabilities=(FLAGS, REPLAY)
    )

    assert graph.capability_times("rocket") == {}
    assert graph.likely_times("rocket") == {"replay": (3, pytest.approx(4 / 5))}


def test_words_alone_are_never_certain():
    """A query that holds nothing but words of a capability still does not name it."""
    graph = graph_of(Search("replay of a session", "rocket"), capabilities=(FLAGS, REPLAY))

    assert graph.ties["rocket"]["replay of a session"] == (Tie("replay", 1, 0.99),)


@pytest.mark.parametrize(
    "query", ["rocket tool", "best open source app", "billing", "session flags", "google"]
)
def test_a_query_that_points_nowhere_is_tied_to_nothing(query):
    """The product's own name, empty or strange words, an even choice, a word of many: nothing."""
    graph = graph_of(Search(query, "rocket"), capabilities=(FLAGS, REPLAY, CONSOLE))

    assert graph.ties == {"rocket": {}}
    assert graph.times_matched("rocket") == 1


def test_named_evidence_is_not_tied_once_more():
    """Rows that name a capability and rows that do not are counted apart."""
    graph = graph_of(
        Search("session replay tool", "rocket", "flags", 5),
        Search("session replay tool", "rocket", "", 2),
        capabilities=(FLAGS, REPLAY),
    )

    assert graph.capability_times("rocket") == {"flags": 5}
    assert graph.likely_times("rocket") == {"replay": (2, 0.99)}


GIT = [
    Product(slug, name, Place(slug)) for slug, name in (("gitea", "Gitea"), ("for-gejo", "Forgejo"))
]


@pytest.mark.parametrize(
    "query",
    [
        "Gitea vs Forgejo",
        "forgejo versus gitea",
        "best gitea vs. forgejo 2026",
        "for gejo vs gitea",
    ],
)
def test_a_query_that_names_both_asks_for_the_pair(query):
    """Whichever product answered it, and in whichever order, it is evidence for the pair."""
    graph = match([Search(query, "gitea", count=7)], GIT)

    assert sum(n for _, n in graph.asking("gitea", "for-gejo")) == 7
    assert graph.asking("for-gejo", "gitea") == graph.asking("gitea", "for-gejo")
    assert graph.times_matched("gitea") == 7


@pytest.mark.parametrize(
    "query", ["gitea", "gitea vs github", "vs", "gitea vs gitea", "gitea forgejo"]
)
def test_a_query_that_does_not_set_two_against_each_other_asks_for_no_pair(query):
    """One product, a stranger, or two names without a word between them are no comparison."""
    assert match([Search(query, "gitea")], GIT).asked == {}


def test_a_page_of_a_pair_is_evidence_for_the_pair_alone():
    """A search that the pair's page answered is neither product's own."""
    graph = match([Search("git hosting", "for-gejo", count=3, other="gitea")], GIT)

    assert graph.asking("gitea", "for-gejo") == (("git hosting", 3),)
    assert (graph.times_matched("gitea"), graph.times_matched("for-gejo")) == (0, 0)


def test_searches_without_words_are_counted():
    """A search whose words were not kept still was a match."""
    graph = match([Search("", "gitea", count=9), Search("git", "gitea")], GIT)

    assert graph.times_matched("gitea") == 10
    assert graph.intents("gitea") == [("git", 1)]


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors(counted):
    """The share lies in its interval, that in 0 to 1, and the other share has its mirror."""
    part, whole = counted
    low, high = wilson(part, whole)

    assert 0 <= low <= part / whole <= high <= 1
    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low))


def test_an_interval_is_the_one_of_the_books():
    """Newcombe, "Two-sided confidence intervals for the single proportion", 1998: 81 of 263."""
    assert [round(end, 4) for end in wilson(81, 263)] == [0.2553, 0.3662]
