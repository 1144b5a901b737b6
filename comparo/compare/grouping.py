"""Which things belong together, by how alike each two of them are."""

from collections.abc import Collection, Mapping, Sequence


def gather(
    links: Mapping[tuple[int, int], float],
    owners: Sequence[Collection[str]],
    fixed: Collection[int] = (),
) -> tuple[tuple[int, ...], ...]:
    """Join things that are linked into groups, nearest first; give the groups of two and more.

    In a group each is linked with each (complete linkage: Defays, "An efficient algorithm for a
    complete link method", 1977), so that no chain of likenesses joins what is not alike. A
    ``fixed`` thing is a group's measure: it has one at most, and then all are linked with that. No
    owner stands in a group twice, for who has both sets them apart.
    """
    group_of = list(range(len(owners)))
    members = {number: [number] for number in group_of}
    held = [set(each) for each in owners]
    for (i, j), _ in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        ours, theirs = sorted((group_of[i], group_of[j]))
        anchored = [number for number in (ours, theirs) if members[number][0] in fixed]
        if ours == theirs or len(anchored) == 2 or held[ours] & held[theirs]:
            continue
        if anchored:
            (measure,) = anchored
            ours, theirs = measure, theirs if measure == ours else ours
        needed = members[ours][:1] if anchored else members[ours]
        if all((min(a, b), max(a, b)) in links for a in needed for b in members[theirs]):
            held[ours] |= held[theirs]
            members[ours] += members.pop(theirs)
            for number in members[ours]:
                group_of[number] = ours
    return tuple(tuple(group) for group in members.values() if len(group) > 1)
