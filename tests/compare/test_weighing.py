"""How much a lead hangs on the weights: exact, fair to both sides, and true when tried out."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparo.compare.scoring import rank
from comparo.compare.weighing import Share, flip, margin, share, weigh
from tests.compare.products import known, rank_pairs, ranked

differences = st.lists(st.sampled_from([-0.5, 0.0, 0.25, 0.5]) | st.floats(-1, 1), max_size=6)


def of(**values):
    """Weigh components of equal weight by pairs of values."""
    return weigh(
        ranked(**{name: pair[0] for name, pair in values.items()}),
        ranked(**{name: pair[1] for name, pair in values.items()}),
    )


def differing(values):
    """Weigh components of equal weight in which A is ahead by so much."""
    return of(**{f"c{i}": ((1 + d) / 2, (1 - d) / 2) for i, d in enumerate(values)})


def sampled(values, tries=20_000):
    """Try weightings at random: give the share of them by which A is ahead."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    won = 0
    for _ in range(tries):
        weights = [chance.expovariate(1) for _ in values]  # uniform on the simplex, but for a scale
        won += sum(w * d for w, d in zip(weights, values, strict=True)) > 0
    return won / tries


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 0)),
        ([0.0, 0.0], (0, 0)),
        ([0.3], (1, 0)),
        ([0.5, -0.5], (1 / 2, 1 / 2)),
        ([0.6, -0.2], (3 / 4, 1 / 4)),
        ([0.5, 0.5, -0.5], (3 / 4, 1 / 4)),
        ([0.5, 0.0, -0.5], (1 / 2, 1 / 2)),
        ([0.2, 0.0], (1, 0)),
    ],
)
def test_shares_that_can_be_worked_out_by_hand(values, expected):
    """Equal differences, components that decide nothing, and no differences at all have theirs."""
    assert share(differing(values)) == Share(*map(pytest.approx, expected))


@given(differences)
def test_shares_add_up_to_all_weightings(values):
    """Every weighting but a set of no size has a winner, if there is a difference at all."""
    found = share(differing(values))

    assume(all(abs(d) > 1e-6 for d in values))
    assert found.a + found.b == pytest.approx(1 if values else 0)
    assert 0 <= found.a <= 1


@pytest.mark.parametrize("seed", range(12))
def test_a_share_is_what_trying_weightings_finds(seed):
    """The closed form agrees with 20,000 weightings drawn at random."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    values = [chance.choice([chance.uniform(-1, 1), 0.4, -0.3]) for _ in range(2 + seed % 5)]

    assert share(differing(values)).a == pytest.approx(sampled(values), abs=0.015)


@given(rank_pairs(known, declared=False))
def test_a_flip_makes_the_two_even(ranks):
    """Moving just that weight brings the lead to nothing, and no component below nothing."""
    weighed = weigh(*ranks)
    found = flip(weighed)
    assume(found)

    moved = shifted(weighed, found.source.name, found.target.name, found.shift / 100)

    assert margin(moved) == pytest.approx(0, abs=1e-6)
    assert all(part.weight_a >= -1e-9 for part in moved)


@given(rank_pairs(known, declared=False))
def test_no_smaller_shift_reverses_the_result(ranks):
    """Whatever else is moved by a little less than the flip, the leader stays ahead."""
    weighed = weigh(*ranks)
    lead = margin(weighed)
    assume(abs(lead) > 1e-3)
    found = flip(weighed)

    for source, target in permutations(weighed, 2):
        least = min(source.weight_a, found.shift / 100 - 1e-6 if found else 1.0)
        moved = shifted(weighed, source.name, target.name, max(least, 0.0))
        assert margin(moved) * lead > -1e-6


@given(rank_pairs(known, declared=False), st.floats(0.01, 100))
def test_weights_may_be_scaled_freely(ranks, factor):
    """Weights count by their proportions: multiplying all of them changes nothing that is said."""
    scaled = [
        rank(tuple(replace(s, weight=s.weight * factor) for s in each.scores), None, 0)
        for each in ranks
    ]
    before, after = flip(weigh(*ranks)), flip(weigh(*scaled))

    assert share(weigh(*scaled)) == share(weigh(*ranks))
    assert (after is None) is (before is None)
    if before:
        assert after.shift == pytest.approx(before.shift, abs=1e-6)


def test_a_flip_names_where_the_weight_comes_from_and_goes():
    """From what speaks most for the leader to what speaks most against it."""
    found = flip(of(adoption=(0.9, 0.3), quality=(0.5, 0.5), freshness=(0.2, 0.6)))

    assert (found.source.name, found.target.name) == ("adoption", "freshness")
    assert found.shift == pytest.approx(100 * (0.2 / 3) / 1.0)


def test_what_leads_in_everything_cannot_be_reversed():
    """No shift helps a product that is ahead in nothing."""
    assert flip(of(adoption=(0.9, 0.3), quality=(0.5, 0.4))) is None


def shifted(weighed, source, target, weight):
    """Move weight from one component to another, for both products."""
    change = {source: -weight, target: weight}
    return [
        replace(
            part,
            weight_a=part.weight_a + change.get(part.name, 0.0),
            weight_b=part.weight_b + change.get(part.name, 0.0),
        )
        for part in weighed
    ]
