"""Who meets whom: near products of one type, and whoever was chosen, each pair once."""

from collections import Counter
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.alignment import keyed
from comparo.compare.kinship import by_standing, kin_of
from comparo.compare.matching import match
from comparo.compare.pairing import CROWD, Reasons, pair_up
from comparo.compare.scoring import Rank
from comparo.errors import Place
from comparo.model import Capability, Editorial, Fact, PairSettings, Pricing, Search
from tests.compare.products import TODAY, capability, product, several


def meet(products, *, searches=(), editorials=(), ranks=None, **settings):
    """Pair products up as a site does; all are ranked alike unless said otherwise."""
    alike = {each.slug: Rank(50.0, 50.0, 50.0, 1.0, rated=True) for each in products}
    keys = {each.slug: keyed(each.capabilities, {}) for each in products}
    graph = match(searches, products, keys)
    kin = [kin_of(each, keys[each.slug], graph.intents_of(each.slug)) for each in products]
    return pair_up(
        by_standing(kin, alike | (ranks or {})),
        graph.times_asked,
        PairSettings(**settings),
        [(each.a, each.b) for each in editorials],
    )


def slugs_of(pairs):
    """Give the slugs of pairs, in their order."""
    return [pair.slugs for pair in pairs]


def words_for(a, b):
    """Make an editor's words for a pair."""
    return Editorial(a, b, Place(f"content/comparisons/{a}-vs-{b}.md"))


@st.composite
def sites(draw, size=8):
    """Draw products that share categories, tags and capabilities in all manners."""
    return [
        product(
            f"p{i}",
            type=draw(st.sampled_from(["product", "product", "library"])),
            categories=draw(several("analytics", "notes", "other")),
            tags=draw(several("self-hosted", "rust", "small", size=3)),
            capabilities=tuple(
                Capability(name, name, topic=draw(st.sampled_from(["", "surveys"])))
                for name in draw(several("Surveys", "Flags", "Export", size=3))
            ),
        )
        for i in range(draw(st.integers(0, size)))
    ]


slugs = [f"p{i}" for i in range(10)]
slug_pairs = several(*permutations(slugs, 2), size=4)
strategies = st.sampled_from(["related", "category", "all", "listed"])
types = st.sampled_from(["product", "library", "model"])


@given(sites(), strategies, slug_pairs, slug_pairs)
def test_each_pair_is_made_once_and_of_two(products, strategy, include, exclude):
    """No pair stands twice in either order, none is of a product with itself or of a stranger."""
    pairs = slugs_of(meet(products, strategy=strategy, include=include, exclude=exclude))

    once = Counter(map(frozenset, pairs))
    assert [n for n in once.values() if n > 1] == []
    assert [both for both in once if len(both) != 2] == []
    assert {slug for both in pairs for slug in both} <= {each.slug for each in products}
    assert pairs == sorted(pairs)


@given(sites(), strategies, slug_pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_products_does_not_matter(products, strategy, include, random):
    """The same products in any order make the same pairs."""
    shuffled = random.sample(products, len(products))

    assert meet(shuffled, strategy=strategy, include=include, per_product=2) == meet(
        products, strategy=strategy, include=include, per_product=2
    )


@given(sites(), strategies, slug_pairs, slug_pairs)
def test_exclude_wins(products, strategy, include, exclude):
    """What is excluded in either order is not paired, whoever chose it."""
    pairs = meet(
        products,
        strategy=strategy,
        include=include,
        exclude=exclude,
        editorials=[words_for(b, a) for a, b in exclude],
    )

    assert set(map(frozenset, slugs_of(pairs))) & set(map(frozenset, exclude)) == set()


@given(sites(), strategies, slug_pairs)
def test_include_wins_over_every_strategy(products, strategy, include):
    """What is included is paired as it was first written, and says that it was chosen."""
    pairs = {frozenset(p.slugs): p for p in meet(products, strategy=strategy, include=include)}
    there = {each.slug for each in products}
    first = {frozenset(pair): pair for pair in reversed(include) if there.issuperset(pair)}

    assert {both: pairs[both].slugs for both in first} == first
    assert {both for both, pair in pairs.items() if pair.reasons.chosen} == set(first)


@given(sites(), strategies, slug_pairs)
def test_only_the_chosen_meet_across_types(products, strategy, include):
    """Different types meet because someone chose so, and the pair says that they differ."""
    types = {each.slug: each.type for each in products}

    pairs = meet(products, strategy=strategy, include=include)

    assert [p for p in pairs if p.like is not (types[p.a] == types[p.b])] == []
    assert [p for p in pairs if not (p.like or p.reasons.chosen)] == []


@given(sites(), st.integers(1, 4))
def test_each_product_keeps_only_so_many(products, keep):
    """There are at most ``per_product`` pairs for each product."""
    assert len(meet(products, per_product=keep)) <= keep * len(products)


@given(sites(), st.integers(1, 4))
def test_whoever_keeps_more_loses_none(products, keep):
    """A higher ``per_product`` only adds pairs."""
    assert set(meet(products, per_product=keep)) <= set(meet(products, per_product=keep + 1))


@given(sites(), st.integers(1, 3), types, st.floats(0, 100))
def test_a_product_that_shares_nothing_changes_nothing(products, keep, product_type, value):
    """A stranger, of another type or of the same, leaves every pair as it was."""
    stranger = product(
        "stranger",
        type=product_type,
        categories=("elsewhere",),
        tags=("unheard-of",),
        capabilities=(capability("Juggling"),),
    )
    ranks = {"stranger": Rank(value, value, value, 1.0, rated=True)}

    pairs = meet([*products, stranger], ranks=ranks, per_product=keep)

    assert pairs == meet(products, per_product=keep)


def test_strangers_do_not_change_what_is_rare():
    """One rare tag stays nearer than two that twenty have, however many strangers there are."""
    filed = {"categories": ("analytics",)}
    products = [
        product("a", **filed, tags=("rare", "rust", "small")),
        product("b", **filed, tags=("rare", "own", "very-own")),
        product("bb", **filed, tags=("own", "very-own")),
        product("c", **filed, tags=("rust", "small")),
        *(product(f"d{i}", categories=("notes",), tags=("rust", "small")) for i in range(18)),
    ]
    strangers = [product(f"e{i}", categories=(f"other-{i}",)) for i in range(500)]

    pairs = meet([*products, *strangers], per_product=1)

    assert pairs == meet(products, per_product=1)
    assert slugs_of(pairs)[0] == ("a", "b")


@given(sites())
def test_every_pair_can_say_why_it_exists(products):
    """Whoever was not chosen shares a category, a tag or a capability, and counts it."""
    nothing = Reasons()

    assert [pair for pair in meet(products) if pair.reasons == nothing] == []


@given(sites())
def test_all_pairs_everyone_of_a_type(products):
    """Strategy ``all`` is every two products of one type."""
    every = [(a.slug, b.slug) for a, b in combinations(products, 2) if a.type == b.type]

    assert slugs_of(meet(products, strategy="all")) == sorted(every)


@given(sites())
def test_category_pairs_everyone_of_a_category(products):
    """Strategy ``category`` is every two products of one type that are filed together."""
    every = [
        (a.slug, b.slug)
        for a, b in combinations(products, 2)
        if a.type == b.type and set(a.categories) & set(b.categories) - {"other"}
    ]

    assert slugs_of(meet(products, strategy="category")) == sorted(every)


@given(sites(), slug_pairs)
def test_listed_pairs_only_the_chosen(products, include):
    """Strategy ``listed`` makes no pair that nobody wrote down."""
    pairs = meet(products, strategy="listed", include=include)

    assert all(pair.reasons.chosen for pair in pairs)


def test_editorial_words_choose_a_pair():
    """Whoever an editor wrote about meets, even across types, in the order of the alphabet."""
    products = [product("a"), product("b", type="library")]

    (pair,) = meet(products, strategy="listed", editorials=[words_for("b", "a")])

    assert (pair.slugs, pair.like, pair.reasons) == (("a", "b"), False, Reasons(chosen=True))


def test_include_decides_the_order_before_an_editor_does():
    """Where both are written, the page stands in the order of ``include``."""
    products = [product("a"), product("b")]

    pairs = meet(products, include=(("b", "a"),), editorials=[words_for("a", "b")])

    assert slugs_of(pairs) == [("b", "a")]


def test_a_pair_gives_all_its_reasons():
    """Categories and tags by name, capabilities and searches by number."""
    facts = {
        "categories": ("analytics", "surveys"),
        "tags": ("rust",),
        "capabilities": (capability("Flags"), capability("Surveys")),
    }
    searches = [Search("flags", "a"), Search("Flags!", "b"), Search("surveys", "a")]

    (pair,) = meet([product("a", **facts), product("b", **facts)], searches=searches)

    assert pair.reasons == Reasons(("analytics", "surveys"), ("rust",), capabilities=2, searches=1)


def test_the_nearest_are_kept():
    """Who shares a rare capability is nearer than who shares a tag that everybody has."""
    everybody = {"categories": ("analytics",), "tags": ("self-hosted",)}
    rare = {"capabilities": (capability("Heatmaps"),)}
    products = [
        product("a", **everybody, **rare),
        product("b", **everybody),
        product("c", **everybody),
        product("z", **everybody, **rare),
    ]

    pairs = meet(products, per_product=1)

    assert ("a", "z") in slugs_of(pairs)


def test_of_equally_near_products_the_best_ranked_is_kept():
    """The rated come before the unrated, and then the higher rank."""
    products = [product(slug, categories=("analytics",)) for slug in "abcd"]
    ranks = {
        "a": Rank(10.0, 10.0, 10.0, 1.0, rated=True),
        "b": Rank(99.0, 0.0, 100.0, 0.1, rated=False),
        "c": Rank(90.0, 90.0, 90.0, 1.0, rated=True),
        "d": Rank(80.0, 80.0, 80.0, 1.0, rated=True),
    }

    pairs = meet(products, ranks=ranks, per_product=1)

    assert slugs_of(pairs) == [("a", "c"), ("b", "c"), ("c", "d")]


def test_products_filed_apart_do_not_meet_by_a_tag():
    """Where both are filed under different categories, a tag makes no alternatives of them."""
    notes = product("notes", categories=("notes",), tags=("self-hosted",))
    photos = product("photos", categories=("photos",), tags=("self-hosted",))

    assert meet([notes, photos]) == ()


def test_products_filed_apart_meet_if_they_do_the_same():
    """Two capabilities in common, and half of what one of them does, outweigh the filing."""
    shared = (capability("Flags"), capability("Surveys"))
    one = product("one", categories=("flags",), capabilities=shared)
    two = product("two", categories=("surveys",), capabilities=(*shared, capability("Export")))

    assert slugs_of(meet([one, two])) == [("one", "two")]


@pytest.mark.parametrize(("shared", "of"), [(1, 1), (1, 2), (2, 5)])
def test_products_filed_apart_do_not_meet_by_what_everybody_does(shared, of):
    """One capability in common, or two of many, makes no alternatives of them."""
    both = tuple(capability(f"Shared {i}") for i in range(shared))
    one, two = (
        product(slug, categories=(slug,), capabilities=both + only)
        for slug, only in (
            (slug, tuple(capability(f"{slug} {i}") for i in range(of - shared)))
            for slug in ("one", "two")
        )
    )

    assert meet([one, two]) == ()


def test_who_is_far_fills_only_half_of_the_places():
    """Beside a much nearer neighbour, the rest of the category fills up to half of the places."""
    filed = {"categories": ("analytics",)}
    twins = {"capabilities": tuple(capability(f"Flags {i}") for i in range(4))}
    products = [
        product("last", **filed, **twins),
        product("twin", **filed, **twins),
        *(product(slug, **filed) for slug in "cdefgh"),
    ]
    ranks = {
        slug: Rank(value, value, value, 1.0, rated=True)
        for slug, value in zip(["last", "twin", *"cdefgh"], range(8), strict=True)
    }

    pairs = slugs_of(meet(products, ranks=ranks, per_product=4))

    assert [pair for pair in pairs if "last" in pair] == [("h", "last"), ("last", "twin")]


def test_in_a_crowd_all_meet_the_best_ranked():
    """Of a trait that very many share, the best ranked are everybody's candidates."""
    products = [product(f"p{i:03}", categories=("analytics",)) for i in range(CROWD + 40)]
    best = {each.slug for each in products[:CROWD]}

    pairs = slugs_of(meet(products, per_product=200))

    assert [pair for pair in pairs if not best.intersection(pair)] == []


def found_by(*rows):
    """Make searches of rows that name a product and the queries that it answered."""
    return [Search(query, slug) for slug, *queries in rows for query in queries]


@pytest.mark.parametrize(
    ("ours", "theirs", "met"),
    [
        (["flags", "surveys"], ["flags", "surveys"], True),
        (["flags", "surveys"], ["flags", "surveys", "wikis", "notes"], True),
        (["flags"], ["flags"], False),
        (["ldap", "wikis", "notes"], ["ldap", "feeds", "news"], False),
    ],
)
def test_searches_that_both_answered_make_alternatives(ours, theirs, met):
    """Across categories, half of what one is found by must find the other, and two at least."""
    one, two = product("one", categories=("x",)), product("two", categories=("y",))

    pairs = meet([one, two], searches=found_by(("one", *ours), ("two", *theirs)))

    assert slugs_of(pairs) == [("one", "two")] * met


def test_products_that_searches_ask_for_together_meet():
    """Whoever types both names has found a pair that needs no other reason."""
    one, two = product("one", categories=("x",)), product("two", categories=("y",))
    other = product("other", type="library")

    pairs = meet([one, two, other], searches=found_by(("one", "One vs Two", "one vs other")))

    assert slugs_of(pairs) == [("one", "two")]
    assert pairs[0].reasons.asked == 1


def test_a_pair_that_is_asked_for_is_nearer_than_others():
    """What people ask for outweighs what entries happen to share."""
    tags = ("a", "b", "c")
    products = [product(slug, categories=("x",), tags=tags) for slug in ("one", "three", "two")]
    products.append(product("wanted", categories=("x",)))

    pairs = meet(products, searches=[Search("one vs wanted", "one", count=99)], per_product=1)

    assert ("one", "wanted") in slugs_of(pairs)


def test_a_name_is_not_a_topic():
    """A capability that is called as another one's topic is not thereby the same."""
    one = product("one", capabilities=(capability("Download data", topic="export"),))
    two = product("two", capabilities=(capability("Export"),))

    assert meet([one, two]) == ()


@pytest.mark.parametrize(
    ("facts", "thin"),
    [
        ({}, True),
        ({"license": Fact("MIT"), "released": Fact(TODAY)}, True),
        ({"license": Fact("MIT"), "released": Fact(TODAY), "pricing": Pricing("free")}, False),
        ({"capabilities": (capability("Flags"),)}, False),
        ({"signals": {"a": Fact(1), "b": Fact(2)}, "rank": Fact(0)}, False),
    ],
)
def test_a_pair_of_which_one_says_too_little_is_thin(facts, thin):
    """An entry needs a capability or three facts, and an unknown price is no fact."""
    full = product("full", capabilities=(capability("Flags"),))

    (pair,) = meet([full, product("other", **facts)], include=(("full", "other"),))

    assert pair.thin is thin


def test_thousands_of_products_make_pairs_by_the_product():
    """Pairs grow with the products, not with their square, and nobody is left alone."""
    products = [
        product(
            f"p{i:05}",
            categories=(f"category-{i % 50}",),
            tags=("self-hosted",),
            capabilities=(capability(f"Capability {i % 400}"), capability("Export")),
        )
        for i in range(10_000)
    ]

    pairs = meet(products)

    assert len(pairs) <= 12 * len(products)
    assert len({slug for pair in pairs for slug in pair.slugs}) == len(products)
