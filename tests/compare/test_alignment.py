"""Which capabilities are the same one: each stands once, and only what is written decides."""

import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparo.compare.alignment import align, keyed, name_key, normalise, synonym_index
from comparo.model import Topic
from tests.compare.products import capability, capability_lists

TOPICS = (
    Topic("flags", "Feature flags", ("feature toggles",)),
    Topic("experiments", "Experiments", ("A/B testing", "split testing")),
)
SYNONYMS = synonym_index(TOPICS)


def aligned(ours, theirs):
    """Align the capabilities of two products as a site does."""
    return align(keyed(ours, SYNONYMS), keyed(theirs, SYNONYMS))


def names_of(alignment):
    """Give the names in the three lanes of an alignment."""
    return (
        [(ours.name, theirs.name) for ours, theirs in alignment.both],
        [each.name for each in alignment.only_a],
        [each.name for each in alignment.only_b],
    )


@given(capability_lists(), capability_lists())
def test_each_capability_stands_exactly_once(ours, theirs):
    """Both, only A and only B hold all that there is and nothing twice, in each product's order."""
    alignment = aligned(ours, theirs)

    met_a = [a for a, _ in alignment.both]
    met_b = [b for _, b in alignment.both]
    assert sorted((*met_a, *alignment.only_a), key=ours.index) == list(ours)
    assert sorted((*met_b, *alignment.only_b), key=theirs.index) == list(theirs)
    assert met_a == sorted(met_a, key=ours.index)
    assert list(alignment.only_a) == sorted(alignment.only_a, key=ours.index)
    assert list(alignment.only_b) == sorted(alignment.only_b, key=theirs.index)


@given(capability_lists(), capability_lists())
def test_swapping_the_products_swaps_the_lanes(ours, theirs):
    """What is aligned does not depend on which product comes first."""
    forth, back = aligned(ours, theirs), aligned(theirs, ours)

    turned = {(a.id, b.id) for b, a in back.both}
    assert {(a.id, b.id) for a, b in forth.both} == turned
    assert (forth.only_a, forth.only_b) == (back.only_b, back.only_a)


@given(capability_lists())
def test_a_product_has_all_in_common_with_itself(capabilities):
    """Each capability is aligned with itself, whatever others are called."""
    assert aligned(capabilities, capabilities).both == tuple(
        zip(capabilities, capabilities, strict=True)
    )


@given(capability_lists(), capability_lists())
def test_what_is_aligned_shares_a_key_and_what_is_left_shares_none(ours, theirs):
    """Two meet by topic, name or synonym only, and no two are left over that could have met."""
    alignment = aligned(ours, theirs)

    def keys_of(each):
        (found,) = keyed([each], SYNONYMS)
        return {(place, key) for place, key in enumerate(found.keys) if key}

    assert all(keys_of(a) & keys_of(b) for a, b in alignment.both)
    left_a = {key for each in alignment.only_a for key in keys_of(each)}
    left_b = {key for each in alignment.only_b for key in keys_of(each)}
    assert left_a & left_b == set()


@given(capability_lists(), capability_lists())
def test_topics_come_before_names(ours, theirs):
    """As many are aligned by their topics as there can be; a name takes none of them away."""
    alignment = aligned(ours, theirs)

    counts = [Counter(c.topic for c in each if c.topic) for each in (ours, theirs)]
    met = Counter(a.topic for a, b in alignment.both if a.topic and a.topic == b.topic)
    assert met == counts[0] & counts[1]


def test_a_topic_wins_over_a_name():
    """The same topic is the same capability, even where another has the name."""
    ours = [capability("Toggles", topic="flags")]
    theirs = [capability("Toggles"), capability("Switches", topic="flags")]

    assert names_of(aligned(ours, theirs)) == ([("Toggles", "Switches")], [], ["Toggles"])


def test_a_name_wins_over_a_synonym():
    """The same name is the same capability, even where another goes by a synonym of its topic."""
    ours = [capability("Split testing")]
    theirs = [capability("A/B testing"), capability("Split testing")]

    assert names_of(aligned(ours, theirs)) == (
        [("Split testing", "Split testing")],
        [],
        ["A/B testing"],
    )


@pytest.mark.parametrize(
    ("name", "topic", "met"),
    [("Trying two", "experiments", 1), ("Experiment", "", 1), ("A-B tests", "", 0)],
)
def test_a_synonym_leads_to_a_topic(name, topic, met):
    """A name that topics.yaml knows meets whatever has that topic, and nothing else."""
    alignment = aligned([capability("Split testing")], [capability(name, topic=topic)])

    assert len(alignment.both) == met


def test_a_topic_of_its_own_is_not_overruled_by_a_synonym():
    """Where the author gave a topic, the name's synonyms are not asked."""
    ours = [capability("Split testing", topic="layout")]

    assert names_of(aligned(ours, [capability("Experiments")]))[0] == []


def test_likeness_decides_nothing():
    """Names that are merely alike stay apart."""
    ours = [capability("Session replay"), capability("Export to CSV")]
    theirs = [capability("Session replays on mobile"), capability("Export to PDF")]

    assert names_of(aligned(ours, theirs))[0] == []


@pytest.mark.parametrize("name", ["flags", "Feature Flags", "feature flag", "Feature-toggle"])
def test_a_topic_goes_by_its_slug_label_and_synonyms(name):
    """All names of a topic lead to it, in any spelling."""
    assert SYNONYMS.get(name_key(name)) == "flags"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Feature flag", "Feature flags"),
        ("Full-text search", "full text  SEARCH!"),
        ("REST API", "REST APIs"),
        ("Multiple GPU", "multiple GPUs"),
        ("Context menu", "Context menus"),
        ("Saved query", "Saved queries"),
        ("Cookie banner", "Cookies banner"),
        ("Saved search", "Saved searches"),
        ("Cache", "Caches"),
        ("Inbox", "Inboxes"),
        ("Storage class", "Storage classes"),
        ("Git branch", "Git branches"),
        ("Release", "Releases"),
        ("Database", "Databases"),
        ("Data analysis", "Data Analysis"),
        ("Café", "Cafe\N{COMBINING ACUTE ACCENT}s"),
        ("İstanbul", "i\N{COMBINING DOT ABOVE}stanbul"),
        ("ﬁles", "files"),
        ("Straße", "STRASSE"),
        ("C++ support", "c++ Support"),
        ("#hashtag", "hashtags"),
    ],
)
def test_spellings_of_a_name_are_one(one, other):
    """Case, punctuation, Unicode form and plural make no difference."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "C#"),
        ("C++", "C"),
        ("Version 1", "Version 2"),
        ("CSS", "CS"),
        ("कि", "का"),
        ("ที่", "ทู่"),
        ("🚀", "🎉"),
        ("Import", "Export"),
    ],
)
def test_different_names_stay_different(one, other):
    """Nothing is folded away that a name's meaning hangs on, in any script."""
    assert name_key(one) != name_key(other)


@given(
    st.lists(st.text(string.ascii_letters + string.digits, min_size=1), min_size=1),
    st.text(" -_/.,:;!?()&'\"\t\n", min_size=1),
)
def test_punctuation_is_a_space(words, between):
    """Whatever stands between words, and however they are cased, the phrase is the same."""
    assert normalise(between.join(words).upper()) == " ".join(words).lower()


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    """A normalised text is its own normal form."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_no_text_normalises_to_nothing(text):
    """Only blank text is blank when it is normalised, so that no two signs become one nothing."""
    assert bool(normalise(text)) is bool(text.strip())
