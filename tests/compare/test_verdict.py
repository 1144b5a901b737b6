"""What is said of two products: the same whichever comes first, and nothing that is not known."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparo.compare.alignment import Alignment, align, keyed, name_key
from comparo.compare.grounds import CHOICES, Ground
from comparo.compare.scoring import rank
from comparo.compare.verdict import STALE, Caveat, judge
from comparo.compare.weighing import Share, weigh
from comparo.errors import Place
from comparo.model import Capability, Editorial, Fact, Price, Pricing, Product
from tests.compare.products import (
    TODAY,
    capability,
    costing,
    figures,
    known,
    product,
    product_facts,
    rank_pairs,
    ranked,
    score_lists,
)

NOTHING_ALIGNED = Alignment()
A, B = product("a"), product("b")

close_calls = st.sampled_from([0.0, 3.0]) | st.floats(0, 100)


@st.composite
def editorials(draw):
    """Draw an editor's grounds for both products, for one, or for none."""
    grounds = st.sampled_from([(), ("you like it",), ("you must", "you may")])
    return Editorial("a", "b", Place("a-vs-b.md"), draw(grounds), draw(grounds))


def verdict_of(a, b, rank_a=None, rank_b=None, **more):
    """Judge two products as a page does, without ranks unless some are given."""
    alignment = align(keyed(a.capabilities, {}), keyed(b.capabilities, {}))
    unrated = ranked(adoption=None)
    return judge(
        a, b, rank_a or unrated, rank_b or unrated, alignment, **({"close_call": 3.0} | more)
    )


def between(rank_a, rank_b, close_call=3.0):
    """Judge two products of which nothing but the ranks is known."""
    return judge(A, B, rank_a, rank_b, NOTHING_ALIGNED, close_call=close_call)


def mirrored(component):
    """Give a component as the other product's side sees it."""
    return replace(
        component,
        weight_a=component.weight_b,
        weight_b=component.weight_a,
        value_a=component.value_b,
        value_b=component.value_a,
    )


def turned(verdict):
    """Say of a verdict what it must say of the two products in the other order."""
    other = {"a": "b", "b": "a", None: None}
    return replace(
        verdict,
        winner=other[verdict.winner],
        weighed=tuple(map(mirrored, verdict.weighed)),
        flip=verdict.flip
        and replace(
            verdict.flip,
            source=mirrored(verdict.flip.source),
            target=mirrored(verdict.flip.target),
        ),
        share=verdict.share and Share(verdict.share.b, verdict.share.a),
        better_buy=other[verdict.better_buy],
        free_start=other[verdict.free_start],
        choose_a=verdict.choose_b,
        choose_b=verdict.choose_a,
        edited_a=verdict.edited_b,
        edited_b=verdict.edited_a,
        caveats=frozenset(replace(c, side=other[c.side]) for c in verdict.caveats),
    )


@given(product_facts("a"), product_facts("b"), rank_pairs(), close_calls, editorials() | st.none())
def test_swapping_the_products_swaps_every_statement(a, b, ranks, close_call, words):
    """Which product comes first decides the order of what is said, and nothing else."""
    more = {"close_call": close_call, "as_of": TODAY}
    back_words = words and words.turned()

    forth = verdict_of(a, b, *ranks, **more, editorial=words)
    back = verdict_of(b, a, *reversed(ranks), **more, editorial=back_words)

    assert replace(forth, caveats=frozenset(forth.caveats)) == turned(back)
    assert [d.name for d in forth.deciding] == [d.name for d in back.deciding]


def test_a_limit_is_the_first_in_the_order_of_who_lacks_it():
    """Two products that list the same capabilities in another order swap their limits too."""
    a = product("a", capabilities=(capability("Flags"), capability("Surveys")))
    limited = [
        capability(name, limitations=(f"ten, not more {name}",)) for name in ("Surveys", "Flags")
    ]
    b = product("b", capabilities=tuple(limited))

    assert verdict_of(a, b).choose_a[0].value == "ten, not more Flags"
    assert verdict_of(b, a).choose_b == verdict_of(a, b).choose_a


@given(rank_pairs(), close_calls)
def test_who_wins_has_the_higher_figure(ranks, close_call):
    """A winner ranks higher by the shown figures too; equal figures are never "higher"."""
    verdict = between(*ranks, close_call)
    shown = {"a": ranks[0].shown, "b": ranks[1].shown}

    if verdict.winner:
        loser = "b" if verdict.winner == "a" else "a"
        assert shown[verdict.winner] > shown[loser]
    assert (verdict.winner is not None) is (verdict.kind in ("clear", "likely"))


@given(rank_pairs(), close_calls)
def test_what_differs_by_less_than_a_close_call_is_close(ranks, close_call):
    """With both rated, close is a margin under ``close_call``, or one that no figure shows."""
    assume(all(each.rated for each in ranks))
    verdict = between(*ranks, close_call)

    same = ranks[0].shown == ranks[1].shown
    assert verdict.margin == abs(ranks[0].value - ranks[1].value)
    assert (verdict.kind == "close") is (same or verdict.margin < close_call - 1e-9)


@given(rank_pairs(), close_calls)
def test_without_two_ratings_there_is_no_verdict(ranks, close_call):
    """If either is unrated nobody wins, and no margin is given."""
    assume(not all(each.rated for each in ranks))
    verdict = between(*ranks, close_call)

    assert (verdict.kind, verdict.winner, verdict.margin) == ("unrated", None, None)
    assert verdict.deciding == ()


@given(rank_pairs(), close_calls, st.lists(known, min_size=10, max_size=10))
def test_a_settled_lead_holds_whatever_the_unknown_is(ranks, close_call, guesses):
    """Fill in what is unknown as you like: a lead that is settled stays one."""
    verdict = between(*ranks, close_call)
    assume(verdict.settled)

    found = [
        rank(
            tuple(
                replace(score, value=guesses[2 * i + side]) if score.value is None else score
                for i, score in enumerate(each.scores)
            ),
            each.declared,
            0,
        ).value
        for side, each in enumerate(ranks)
    ]

    assert ("a" if found[0] > found[1] else "b") == verdict.winner


@given(rank_pairs(known, declared=False), close_calls)
def test_who_is_behind_in_nothing_leads_clearly(ranks, close_call):
    """Where no component speaks for the other, a lead is clear."""
    verdict = between(*ranks, close_call)
    assume(verdict.winner)
    sign = 1 if verdict.winner == "a" else -1

    if all(sign * d.points >= 0 for d in verdict.weighed):
        assert verdict.kind == "clear"


@pytest.mark.parametrize(
    ("ours", "theirs", "kind", "winner"),
    [
        ({"adoption": 0.9, "quality": 0.9}, {"adoption": 0.5, "quality": 0.5}, "clear", "a"),
        ({"adoption": 0.9, "quality": 0.1}, {"adoption": 0.2, "quality": 0.2}, "clear", "a"),
        ({"adoption": 0.9, "quality": None}, {"adoption": 0.3, "quality": 0.3}, "clear", "a"),
        ({"adoption": 0.6, "quality": None}, {"adoption": 0.5, "quality": 0.5}, "likely", "a"),
        ({"adoption": 0.2, "quality": None}, {"adoption": 0.5, "quality": None}, "clear", "b"),
        ({"adoption": 0.5, "quality": None}, {"adoption": 0.4, "quality": 0.1}, "likely", "a"),
        ({"adoption": 0.5, "quality": 0.5}, {"adoption": 0.52, "quality": 0.52}, "close", None),
        ({"adoption": None, "quality": None}, {"adoption": 1.0, "quality": 1.0}, "unrated", None),
    ],
)
def test_kinds_of_verdict(ours, theirs, kind, winner):
    """Clear if apart whatever is unknown or behind in nothing; close if the figures nearly meet."""
    verdict = between(ranked(**ours), ranked(**theirs))

    assert (verdict.kind, verdict.winner) == (kind, winner)


def test_a_margin_of_a_close_call_is_no_longer_close():
    """Exactly three points apart, and noise in the last digit does not matter."""
    assert between(ranked(x=0.29), ranked(x=0.26)).kind == "clear"


def test_equal_figures_are_close_even_if_nothing_else_is():
    """Where no tie is too close to call, two that show 62 are still neither higher."""
    assert between(ranked(x=0.6249), ranked(x=0.6151), close_call=0).kind == "close"


@given(rank_pairs(known, declared=False))
def test_points_add_up_to_the_margin(ranks):
    """For two products of one type of which all is known, each point of the lead has its part."""
    assume(all(each.rated for each in ranks))
    lead = ranks[0].value - ranks[1].value

    assert sum(d.points for d in weigh(*ranks)) == pytest.approx(lead, abs=1e-9)


@given(rank_pairs())
def test_only_what_is_known_of_both_makes_a_difference(ranks):
    """A component that is unknown for either speaks for neither."""
    both = [
        ours.name
        for ours, theirs in zip(*(each.scores for each in ranks), strict=True)
        if ours.value is not None and theirs.value is not None and ours.weight
    ]

    assert [d.name for d in weigh(*ranks)] == both


@given(score_lists(figures), score_lists(figures))
def test_types_may_be_made_of_different_components(ours, theirs):
    """Where weights or components differ by type, there is a verdict all the same."""
    verdict = between(rank(ours, None, 0), rank(theirs, None, 0))

    assert len(verdict.weighed) <= min(len(ours), len(theirs))


@given(rank_pairs())
def test_what_decides_speaks_for_the_winner(ranks):
    """The deciding components all put the winner ahead, the strongest first."""
    verdict = between(*ranks)
    sign = 1 if verdict.winner == "a" else -1
    parts = [sign * d.points for d in verdict.deciding]

    assert parts == sorted(parts, reverse=True)
    assert all(part > 0 for part in parts)


def test_a_declared_rank_is_decided_by_no_component():
    """A rank that an author declared is not made of components, so none put it ahead."""
    verdict = between(ranked(declared=90, adoption=0.9), ranked(adoption=0.2))

    assert (verdict.winner, verdict.deciding) == ("a", ())


@pytest.mark.parametrize(
    ("ours", "theirs", "side"),
    [
        ("free", "paid", "a"),
        ("contact", "freemium", "b"),
        ("open_source", "paid", "a"),
        ("free", "freemium", None),
        ("paid", "contact", None),
        ("free", "unknown", "a"),
        ("unknown", "paid", None),
        ("unknown", "unknown", None),
    ],
)
def test_who_alone_starts_free(ours, theirs, side):
    """The one of which it is known that it starts free is named; nobody if both or neither do."""
    assert verdict_of(costing(ours), costing(theirs)).free_start == side


@given(product_facts("a"), product_facts("b"))
def test_an_unknown_price_speaks_for_nobody(a, b):
    """A product without a price does not start free, and is not taken for one that costs."""
    verdict = verdict_of(replace(a, pricing=costing("unknown").pricing), b)

    assert verdict.free_start != "a"
    kinds = {ground.kind for ground in (*verdict.choose_a, *verdict.choose_b)}
    assert kinds & {"free", "open_source"} == set()


@given(product_facts("a"), product_facts("b"))
def test_no_ground_stands_on_both_sides(a, b):
    """What speaks for one product does not speak for the other, in any spelling."""
    verdict = verdict_of(a, b)

    ours, theirs = (
        {(ground.kind, name_key(ground.value)) for ground in grounds}
        for grounds in (verdict.choose_a, verdict.choose_b)
    )
    assert ours & theirs == set()


@given(product_facts("a"), product_facts("b"))
def test_every_ground_is_true(a, b):
    """A ground is of its product, and what it rests on is not of the other."""
    grounds = verdict_of(a, b).choose_a
    claims = {
        (ground.kind, value.casefold())
        for ground in grounds
        for value in (ground.value.split(", ") if ground.kind == "platform" else [ground.value])
        if ground.kind not in ("free", "open_source", "limit", "requirement")
    }

    assert claims <= said_of(a)
    assert claims & said_of(b) == set()
    assert len(grounds) <= CHOICES


def said_of(entry: Product) -> set[tuple[str, str]]:
    """Give what an entry says that may speak for its product, each with the kind of its ground."""
    said = [("capability", c.name) for c in entry.capabilities]
    said += [("best_for", text) for c in entry.capabilities for text in c.best_for]
    said += [("platform", text) for text in (entry.platforms.value if entry.platforms else ())]
    price = entry.pricing.starting_price
    said += [("price", price.value.text)] if price else []
    said += [("license", entry.license.value)] if entry.license else []
    return {(kind, text.casefold()) for kind, text in said}


def test_grounds_come_from_all_that_an_entry_says():
    """Capabilities, whom they suit, price, platform and licence speak for a product."""
    ours = product(
        "ours",
        pricing=costing("open_source").pricing,
        license=Fact("MIT"),
        platforms=Fact(("Linux", "macOS")),
        capabilities=(Capability("flags", "Flags", best_for=("Small teams",)),),
    )
    theirs = product(
        "theirs",
        pricing=costing("paid").pricing,
        platforms=Fact(("LINUX",)),
        capabilities=(capability("Surveys"),),
    )

    verdict = verdict_of(ours, theirs)

    assert verdict.choose_a == (
        Ground("capability", "Flags", "flags"),
        Ground("free", "open_source"),
        Ground("best_for", "Small teams"),
        Ground("open_source", "MIT"),
        Ground("platform", "macOS"),
    )
    assert verdict.choose_b == (Ground("capability", "Surveys", "Surveys"),)


def test_a_second_capability_of_a_topic_is_no_ground():
    """Who has two capabilities of a topic that the other has too is not chosen for the topic."""
    ours = product(
        "ours",
        capabilities=(capability("Flags", topic="flags"), capability("Toggles", topic="flags")),
    )
    theirs = product("theirs", capabilities=(capability("Switches", topic="flags"),))

    assert verdict_of(ours, theirs).choose_a == ()


def test_licences_speak_for_themselves():
    """Each of two licences suits somebody; the same one in another spelling suits nobody more."""
    mit, also_mit, gpl = (product("x", license=Fact(n)) for n in ("MIT", "mit", "GPL-3.0"))

    assert verdict_of(mit, gpl).choose_a == (Ground("license", "MIT"),)
    assert verdict_of(mit, gpl).choose_b == (Ground("license", "GPL-3.0"),)
    assert verdict_of(mit, also_mit).choose_a == ()


def test_what_has_a_paid_plan_may_be_open_source():
    """Nobody is called open source over a product whose licence is on file."""
    ours = replace(costing("open_source"), license=Fact("MIT"))
    theirs = replace(costing("freemium"), license=Fact("MIT"))

    assert verdict_of(ours, theirs).choose_a == ()


def test_an_editor_replaces_the_grounds_of_one_side():
    """Where an editor wrote a list it stands; the other side keeps what was found."""
    b = product("b", capabilities=(capability("Surveys"),))
    words = Editorial("a", "b", Place("a-vs-b.md"), choose_a=("you like it",))

    verdict = verdict_of(A, b, editorial=words)

    assert (verdict.choose_a, verdict.edited_a) == ((Ground("edited", "you like it"),), True)
    assert (verdict.choose_b, verdict.edited_b) == (
        (Ground("capability", "Surveys", "Surveys"),),
        False,
    )


@pytest.mark.parametrize(
    ("facts", "made", "caveats"),
    [
        ({}, ranked(x=1.0), ()),
        ({"type": "library"}, ranked(x=1.0), (Caveat("types"),)),
        ({}, ranked(x=1.0, y=None), (Caveat("coverage", "b", 50),)),
        ({}, ranked(declared=50, x=1.0, y=None), (Caveat("declared", "b"),)),
        ({"status": Fact("active")}, ranked(x=1.0), ()),
        ({"status": Fact("discontinued")}, ranked(x=1.0), (Caveat("discontinued", "b"),)),
        ({"released": Fact(TODAY - dt.timedelta(STALE))}, ranked(x=1.0), ()),
    ],
)
def test_caveats(facts, made, caveats):
    """What weakens a verdict is said, of the product that it is about."""
    verdict = verdict_of(A, product("b", **facts), ranked(x=1.0), made, as_of=TODAY)

    assert verdict.caveats == caveats


def test_a_product_long_without_a_release_is_stale():
    """Two years after its newest release, and only on a day that is given."""
    released = TODAY - dt.timedelta(STALE + 1)
    old = product("old", released=Fact(released))

    assert verdict_of(A, old, as_of=None, rank_b=ranked(x=1.0)).caveats[1:] == ()
    (caveat,) = verdict_of(A, old, ranked(x=1.0), ranked(x=1.0), as_of=TODAY).caveats
    assert (caveat.kind, caveat.side, str(caveat.value)) == ("stale", "b", released.isoformat())


def test_what_has_no_weight_is_no_gap():
    """A component that counts for nothing may be unknown without a caveat."""
    idle = replace(ranked(x=None).scores[0], name="idle", weight=0.0)
    made = rank((*ranked(x=1.0).scores, idle), None, 0.4)

    assert between(made, made).caveats == ()


def pair_of(ours: Capability, theirs: Capability, **facts):
    """Make two products that each have one capability, of the same topic."""
    return (
        product("ours", capabilities=(replace(ours, topic="flags"),), **facts),
        product("theirs", capabilities=(replace(theirs, topic="flags"),)),
    )


def test_a_limit_of_one_speaks_for_the_other():
    """What the other cannot do in a capability that both have is a ground, with its name."""
    a, b = pair_of(capability("Flags"), capability("Toggles", limitations=("Ten at most",)))

    verdict = verdict_of(a, b)

    assert verdict.choose_a == (Ground("limit", "Ten at most", "Flags", "Toggles"),)
    assert verdict.choose_b == ()


@pytest.mark.parametrize(
    ("ours", "grounds"),
    [
        ((), ()),
        (("Redis",), (Ground("requirement", "Kafka", "Flags", "Toggles"),)),
        (("kafka",), ()),
    ],
)
def test_a_requirement_of_one_speaks_for_the_other_if_it_is_known_to_need_it_not(ours, grounds):
    """Where nothing is said of what a product needs, it may need the same."""
    a, b = pair_of(capability("Flags", requires=ours), capability("Toggles", requires=("Kafka",)))

    assert verdict_of(a, b).choose_a == grounds


MONTHLY = Pricing("paid", Fact(Price("$5/mo", 5, "USD", "month")))
DEARER = Pricing("paid", Fact(Price("$20/mo", 20, "USD", "month")))


@pytest.mark.parametrize(
    ("ours", "theirs", "side"),
    [
        (MONTHLY, DEARER, "a"),
        (DEARER, MONTHLY, None),
        (Pricing("free"), MONTHLY, "a"),
        (Pricing("freemium"), DEARER, "a"),
        (Pricing("free"), Pricing("freemium"), None),
        (Pricing("free"), Pricing("unknown"), None),
        (MONTHLY, Pricing("paid", Fact(Price("€20/mo", 20, "EUR", "month"))), None),
        (MONTHLY, Pricing("paid", Fact(Price("$20/yr", 20, "USD", "year"))), None),
        (MONTHLY, Pricing("paid", Fact(Price("from $20"))), None),
    ],
)
def test_the_better_buy_ranks_lower_and_is_known_to_cost_less(ours, theirs, side):
    """Prices count only where they can be compared, and both products do something in common."""
    a, b = pair_of(capability("Flags"), capability("Flags"), pricing=ours)
    b = replace(b, pricing=theirs)
    ranks = ranked(x=0.3), ranked(x=0.9)

    assert verdict_of(a, b, *ranks).better_buy == side
    assert verdict_of(a, b, *reversed(ranks)).better_buy != "a"
    assert verdict_of(replace(a, capabilities=()), b, *ranks).better_buy is None


def test_a_declared_rank_is_reversed_by_no_weight():
    """Weights make no declared rank; how the components speak is said all the same."""
    verdict = between(ranked(declared=90, x=0.2, y=0.4), ranked(x=0.9, y=0.3))

    assert (verdict.winner, verdict.flip) == ("a", None)
    assert verdict.share.b > verdict.share.a > 0


def test_what_is_known_of_one_alone_reverses_nothing():
    """A lead that rests on a component unknown for the other cannot be shifted away."""
    verdict = between(ranked(x=0.3, y=1.0), ranked(x=0.4, y=None))

    assert (verdict.winner, verdict.flip) == ("a", None)
    assert verdict.lead == pytest.approx(-10)
