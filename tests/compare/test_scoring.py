"""How ranks are made: what is known counts by its weight, and what is unknown counts as unknown."""

import datetime as dt
import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparo.compare.matching import match
from comparo.compare.scoring import completeness, normalise, points, rank, score_all
from comparo.model import (
    Capability,
    Component,
    Fact,
    Pricing,
    Prose,
    RankSettings,
    Scale,
    Search,
)
from tests.compare.products import TODAY, known, product, ranked, score_lists, scores

NO_SEARCHES = match([])
STARS = Scale("github_stars", "log", 0, 100_000)
RATING = Scale("rating", "linear", 1, 5)
RELEASED = Scale("released", "decay", half_life=365)
SETTINGS = RankSettings(
    "Rank",
    (
        Component("adoption", "Adoption", 25, (STARS,)),
        Component("quality", "Quality", 25, (RATING, Scale("coverage", "linear", 0, 100))),
        Component("match", "Match", 25, (Scale("times_matched", "log", 0, 10_000),)),
        Component("freshness", "Freshness", 25, (RELEASED,)),
    ),
)


def ranks_of(*products, graph=NO_SEARCHES, settings=SETTINGS, as_of=TODAY):
    """Rank products as a site does."""
    return score_all(products, graph, settings, as_of)


def values_of(rank):
    """Give the value of each component of a rank by its name."""
    return {score.name: score.value for score in rank.scores}


@given(score_lists(known), st.data())
def test_a_better_figure_never_lowers_a_rank(parts, data):
    """A rank rises, or stays, when one of its components rises."""
    assume(any(score.weight for score in parts))
    at = data.draw(st.integers(0, len(parts) - 1))
    better = replace(parts[at], value=data.draw(st.floats(parts[at].value, 1)))

    after = rank((*parts[:at], better, *parts[at + 1 :]), None, 0)

    assert after.value >= rank(parts, None, 0).value


@given(score_lists(), st.floats(0.01, 100))
def test_weights_may_be_scaled_freely(parts, factor):
    """Only the proportion of the weights matters."""
    before = rank(parts, None, 0)

    after = rank(tuple(replace(s, weight=s.weight * factor) for s in parts), None, 0)

    figures = (before.value, before.low, before.high, before.coverage)
    assert (after.value, after.low, after.high, after.coverage) == pytest.approx(figures)


@given(score_lists())
def test_the_unknown_is_not_zero(parts):
    """A component that is unknown leaves the value as it would be without that component."""
    told = tuple(score for score in parts if score.value is not None)

    assert rank(parts, None, 0).value == rank(told, None, 0).value


@given(score_lists())
def test_the_range_is_what_the_unknown_could_make_of_the_rank(parts):
    """``low`` has every unknown at 0, and ``high`` has it at 1."""
    assume(any(score.weight for score in parts))
    made = rank(parts, None, 0)

    worst, best = (
        rank(tuple(replace(s, value=end) if s.value is None else s for s in parts), None, 0).value
        for end in (0.0, 1.0)
    )

    assert (made.low, made.high) == pytest.approx((worst, best))


@given(score_lists())
def test_a_rank_lies_in_its_range(parts):
    """0 ≤ low ≤ value ≤ high ≤ 100, where there is a value."""
    made = rank(parts, None, 0)
    value = made.low if made.value is None else made.value

    assert 0 <= made.low <= value <= made.high + 1e-9 <= 100 + 2e-9


@given(score_lists(known))
def test_a_rank_of_which_all_is_known_has_no_range(parts):
    """Where nothing is unknown, the range is the value to the last digit."""
    assume(any(score.weight for score in parts))
    made = rank(parts, None, 0)

    assert (made.low, made.high, made.coverage) == (made.value, made.value, 1.0)


@given(score_lists(), st.floats(0, 100), st.floats(0, 1))
def test_a_declared_rank_wins(parts, declared, least):
    """A declared rank is its own value and range, and is rated however little else is known."""
    made = rank(parts, Fact(declared), least)

    assert (made.value, made.low, made.high, made.rated) == (declared, declared, declared, True)


def test_a_rank_may_be_declared_as_0():
    """A declared 0 is a rank, not a missing one."""
    assert ranked(declared=0, adoption=0.9).value == 0.0


@given(score_lists())
def test_coverage_is_the_known_share_of_the_weight(parts):
    """Coverage is from 0 to 1, and complete exactly where no weight is on the unknown."""
    made = rank(parts, None, 0)
    whole = sum(score.weight for score in parts)
    missing = sum(score.weight for score in made.unknown)

    assert made.coverage == pytest.approx(1 - missing / whole if whole else 0)
    assert all(score.weight for score in made.unknown)


@given(score_lists(), known)
def test_a_component_of_no_weight_counts_for_nothing(parts, value):
    """A component of weight 0 changes no figure, whether it is known or not."""
    before = rank(parts, None, 0.4)
    for figure in (value, None):
        idle = replace(scores(idle=figure)[0], weight=0.0)

        after = rank((*parts, idle), None, 0.4)

        assert replace(after, scores=parts) == before
        assert after.unknown == before.unknown


@pytest.mark.parametrize(
    ("told", "of", "rated"), [(2, 5, True), (1, 5, False), (5, 5, True), (0, 5, False)]
)
def test_below_the_least_coverage_there_is_no_rating(told, of, rated):
    """Below ``min_coverage`` a product is unrated; two of five equal weights are two fifths."""
    parts = tuple(
        replace(score, weight=0.3)
        for score in scores(**{f"c{i}": 0.5 if i < told else None for i in range(of)})
    )

    assert rank(parts, None, 0.4).rated is rated


def test_of_nothing_known_comes_no_rank():
    """Without any known component there is no value, and the range is all there is."""
    made = rank(scores(adoption=None), None, 0)

    assert (made.value, made.low, made.high, made.coverage, made.rated) == (None, 0, 100, 0, False)


def test_a_rank_is_the_weighted_mean_in_points():
    """100 · (3 · 0.5 + 1 · 1) / 4 is 62.5, and half is rounded up."""
    half, full = scores(adoption=0.5, quality=1.0)

    made = rank((replace(half, weight=3.0), full), None, 0)

    assert (made.value, made.shown) == (62.5, 63)


declarations = st.dictionaries(
    st.sampled_from(["adoption", "quality", "match", "freshness"]), known.map(Fact)
)


@given(st.lists(declarations, min_size=1, max_size=4))
def test_a_component_that_no_product_has_is_left_out(declared):
    """Every rank has the components that any product has, in the order of the settings."""
    products = [product(f"p{i}", scores=each) for i, each in enumerate(declared)]
    had = {name for each in declared for name in each}

    ranks = ranks_of(*products)

    in_use = [c.name for c in SETTINGS.components if c.name in had]
    assert [list(values_of(each)) for each in ranks.values()] == [in_use] * len(products)


@given(st.lists(declarations, min_size=1, max_size=4))
def test_a_value_depends_on_no_other_product(declared):
    """Other products may put a component into use, but change no rank's value."""
    products = [product(f"p{i}", scores=each) for i, each in enumerate(declared)]

    together = ranks_of(*products)

    for each in products:
        assert together[each.slug].value == ranks_of(each)[each.slug].value


def test_a_component_is_the_mean_of_its_known_signals():
    """A signal that is missing leaves the mean; it is not a 0 in it."""
    one = product("one", signals={"rating": Fact(4)})
    two = product("two", signals={"rating": Fact(4), "coverage": Fact(25)})

    ranks = ranks_of(one, two)

    assert [values_of(ranks[slug])["quality"] for slug in ("one", "two")] == [0.75, 0.5]


def test_a_declared_component_wins_over_its_signals():
    """A score that is declared stands, and the signals remain as measures."""
    both = product("both", scores={"quality": Fact(0.1)}, signals={"rating": Fact(5)})

    score = ranks_of(both)["both"].scores[0]

    assert (score.value, [m.normalised for m in score.measures]) == (0.1, [1.0])


def test_a_component_may_be_declared_as_0():
    """A declared 0 is a known 0, not a missing value."""
    zero = product("zero", scores={"quality": Fact(0)}, signals={"rating": Fact(5)})

    assert values_of(ranks_of(zero)["zero"]) == {"quality": 0.0}


def test_weights_may_differ_by_type():
    """A product is weighed by its type's weights, and by the general ones for the rest."""
    settings = replace(SETTINGS, weights={"library": {"adoption": 75}})
    facts = {"adoption": Fact(1), "quality": Fact(0)}
    app, library = product("app", scores=facts), product("lib", type="library", scores=facts)

    ranks = ranks_of(app, library, settings=settings)

    assert [ranks["app"].value, ranks["lib"].value] == [50.0, 75.0]


def test_evidence_that_names_others_is_a_known_0():
    """Where a site has evidence, a product that no search matched has 0 matches."""
    found, missed = product("found"), product("missed")

    ranks = ranks_of(found, missed, graph=match([Search("flags", "found", count=10_000)]))

    assert [values_of(ranks[slug]) for slug in ("found", "missed")] == [{"match": 1}, {"match": 0}]


def test_without_evidence_matches_are_unknown():
    """A site without evidence has no figure for it, not a 0."""
    assert ranks_of(product("alone"))["alone"].scores == ()


def test_release_dates_are_measured_on_a_given_day():
    """Freshness counts from the release to the day that is given."""
    released = product("old", released=Fact(TODAY - dt.timedelta(365)))

    assert values_of(ranks_of(released)["old"]) == {"freshness": 0.5}


def test_a_signal_wins_over_the_release_date():
    """Where a product declares the signal ``released`` itself, that is what counts."""
    facts = {"released": Fact(TODAY), "signals": {"released": Fact(TODAY - dt.timedelta(365))}}

    assert values_of(ranks_of(product("old", **facts))["old"]) == {"freshness": 0.5}


def test_without_a_day_dates_say_nothing():
    """Ages are unknown without a day to measure them on; the clock is never asked."""
    released = product("old", released=Fact(TODAY), scores={"quality": Fact(1)})

    assert values_of(ranks_of(released, as_of=None)["old"]) == {"quality": 1}


@st.composite
def scales(draw):
    """Draw a scale for numbers."""
    low = draw(st.integers(0, 1000))
    kind = draw(st.sampled_from(["log", "linear"]))
    return Scale("x", kind, low, low + draw(st.integers(1, 10**6)))


numbers = st.integers(0, 10**9) | st.floats(0, 1e9)


@given(scales(), numbers, numbers)
def test_scales_keep_the_order(scale, one, other):
    """More of a measure is never less on its scale, and always from 0 to 1."""
    less, more = sorted((one, other))

    assert 0 <= normalise(scale, less, None) <= normalise(scale, more, None) <= 1


@given(scales(), st.floats(0, 1e6))
def test_scales_run_from_low_to_high(scale, beyond):
    """The low end and all below it are 0, the high end and all above it are 1."""
    ends = [
        normalise(scale, figure, None)
        for figure in (scale.low - beyond, scale.low, scale.high, scale.high + beyond)
    ]

    assert ends == [0, 0, 1, 1]


def test_a_linear_scale_is_halved_in_the_middle():
    """3 of 1 to 5 is half."""
    assert normalise(RATING, 3, None) == 0.5


def test_a_logarithmic_scale_is_halved_at_the_root():
    """On a scale to 99 the half is 9, since 1 + 9 is the square root of 1 + 99."""
    assert normalise(Scale("x", "log", 0, 99), 9, None) == pytest.approx(0.5)


ages = st.integers(0, 10_000)


@given(st.floats(0.01, 10_000), ages, ages)
def test_decay_falls_with_age(half_life, one, other):
    """The older date is never worth more, and each is worth from 0 to 1."""
    scale = Scale("released", "decay", half_life=half_life)
    newer, older = (TODAY - dt.timedelta(age) for age in sorted((one, other)))

    assert 0 <= normalise(scale, older, TODAY) <= normalise(scale, newer, TODAY) <= 1


@given(st.integers(1, 1000), ages)
def test_decay_halves_in_its_half_life(half_life, age):
    """A date that is a half-life older is worth half."""
    scale = Scale("released", "decay", half_life=half_life)
    worths = [
        normalise(scale, TODAY - dt.timedelta(days), TODAY) for days in (age, age + half_life)
    ]

    assert worths[1] == pytest.approx(worths[0] / 2)


def test_a_date_that_is_still_to_come_is_new():
    """A date after the day of measuring is worth no more than that day."""
    assert normalise(RELEASED, TODAY + dt.timedelta(9), TODAY) == 1.0


@pytest.mark.parametrize(
    ("scale", "value"), [(STARS, TODAY), (RATING, TODAY), (RELEASED, 365), (RELEASED, 0.5)]
)
def test_dates_and_numbers_have_scales_of_their_own(scale, value):
    """A date on a scale for numbers is unknown, and so is a number on one for dates."""
    assert normalise(scale, value, TODAY) is None


@given(st.integers(0, 100))
def test_halves_round_up(whole):
    """A half goes up, from even and from odd numbers, and so does what is a half but for noise."""
    assert (points(whole + 0.5), points(whole + 0.5 - 1e-12)) == (whole + 1, whole + 1)


@given(st.floats(0, 100), st.floats(0, 100))
def test_rounding_keeps_the_order(one, other):
    """A rounded figure is within half a point, and never overtakes a greater one."""
    less, more = sorted((one, other))

    assert points(less) <= points(more)
    assert math.isclose(points(one), one, abs_tol=0.5 + 1e-8)


FACTS = {
    "summary": "A thing.",
    "url": Fact("https://example.org/"),
    "license": Fact("MIT"),
    "platforms": Fact(("Linux",)),
    "released": Fact(TODAY),
    "pricing": Pricing("free"),
    "signals": {"rating": Fact(5)},
    "categories": ("things",),
    "capabilities": (Capability("x", "X", Prose("x", "x"), topic="x", source="docs"),),
}


@given(st.sets(st.sampled_from(sorted(FACTS))), st.sampled_from(sorted(FACTS)))
def test_a_further_fact_never_makes_an_entry_less_complete(names, further):
    """Completeness is from 0 to 1 and grows with what an entry says."""
    entry = product("x", **{name: FACTS[name] for name in names})

    after = completeness(replace(entry, **{further: FACTS[further]}))

    assert 0 <= completeness(entry) <= after <= 1


def test_an_entry_may_say_nothing_or_everything():
    """A bare entry is worth 0 and a full one 1."""
    assert [completeness(product("x")), completeness(product("x", **FACTS))] == [0, 1]
