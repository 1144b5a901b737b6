"""Groups are tight, and who lists two things apart never has them in one group."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.grouping import gather

SIZE = 7
PAIRS = st.sampled_from([*combinations(range(SIZE), 2)])
LINKS = st.dictionaries(PAIRS, st.sampled_from([0.3, 0.5, 0.5, 0.9]))
OWNERS = st.lists(st.sets(st.sampled_from("abcdef"), max_size=3), min_size=SIZE, max_size=SIZE)


@given(LINKS, OWNERS, st.integers(0, SIZE))
def test_groups_are_tight(links, owners, first_fixed):
    """Each thing stands in one group at most, linked with all of it or with its measure."""
    fixed = range(first_fixed, SIZE)

    groups = gather(links, owners, fixed)

    members = [number for group in groups for number in group]
    assert len(members) == len(set(members))
    for group in groups:
        measures = [number for number in group if number in fixed]
        pairs = [(n, group[0]) for n in group[1:]] if measures else combinations(group, 2)
        assert measures in ([], [group[0]])
        assert all((min(pair), max(pair)) in links for pair in pairs)


@given(LINKS, OWNERS)
def test_no_owner_stands_in_a_group_twice(links, owners):
    """A product that has both says that they are two things."""
    for group in gather(links, owners):
        held = [owner for number in group for owner in owners[number]]

        assert len(held) == len(set(held))


@given(LINKS.flatmap(lambda links: st.tuples(st.just(links), st.permutations([*links.items()]))))
def test_the_order_of_links_does_not_matter(drawn):
    """The same links give the same groups, however they were found."""
    links, turned = drawn
    owners = [{str(n)} for n in range(SIZE)]

    assert gather(dict(turned), owners) == gather(links, owners)


def test_a_chain_is_no_group():
    """Where the ends of a chain are not alike, the nearer pair is a group."""
    owners = [{"a"}, {"b"}, {"c"}]

    assert gather({(0, 1): 0.8, (1, 2): 0.9}, owners) == ((1, 2),)
    assert gather({(0, 1): 0.8, (1, 2): 0.9, (0, 2): 0.4}, owners) == ((0, 1, 2),)


def test_a_measure_holds_what_is_like_it():
    """What is like a topic joins it, alike among themselves or not; topics never join."""
    owners = [{"a"}, {"b"}, {"c"}, {"d"}]

    assert gather({(0, 2): 0.5, (1, 2): 0.6, (2, 3): 1}, owners, {2, 3}) == ((2, 1, 0),)
