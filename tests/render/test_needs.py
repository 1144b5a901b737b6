"""What people need: capabilities that are the same one stand together."""

from comparo.model import Capability, Search, Topic
from comparo.render.needs import MEMBERS, by_standing
from tests.render.entries import needs_of, product

SHARING = Topic("sharing", "Sharing", ("share things",))


def labels(needs):
    return [need.label for need in needs]


def test_a_topic_gathers_by_its_slug_and_its_names():
    """What declares a topic, and what is called by one of its names, is one need."""
    products = [
        product("a", Capability("s", "Give away", topic="sharing")),
        product("b", "Share things"),
        product("c", "Sharing is caring"),
    ]

    needs, _ = needs_of(products, [SHARING])

    assert labels(needs) == ["Sharing", "Sharing is caring"]
    assert [member.entry.slug for member in needs[0].members] == ["a", "b"]
    assert needs[0].slug == "topic-sharing"
    assert needs[0].names == ("Sharing", "share things")


def test_a_name_gathers_its_spellings():
    """Without a topic, names that differ in case, plural and punctuation are one need."""
    needs, _ = needs_of([product("a", "Feature flags"), product("b", "feature-flag")])

    (need,) = needs
    assert (need.label, need.slug, need.breadth) == ("Feature flags", "name-feature-flag", 2)


def test_any_name_has_an_address():
    """What no folder may be called stands at an address of its own all the same."""
    names = ["C++", "C#", "全文検索", "con", "a vs b", "x" * 200]

    needs, _ = needs_of([product("a", *names)])

    slugs = {need.slug for need in needs}
    assert len(slugs) == len(names)
    assert all(slug.isascii() and slug.replace("-", "").isalnum() for slug in slugs)
    assert max(map(len, slugs)) < 110


def test_what_is_searched_counts():
    """Searches that name a capability are told from those that its words tie to it."""
    products = [product("a", "Kanban boards", "Export"), product("b", "Kanban board")]
    searches = [
        Search("boards", "a", count=4),
        Search("anything", "b", capability="c0", count=10),
    ]

    (export, kanban), _ = needs_of(products, (), searches)

    assert (export.times, export.likely, export.surety, export.demand) == (0, 0, 0, 0)
    assert (kanban.times, kanban.likely) == (10, 4)
    assert 0.5 <= kanban.surety < 1
    assert kanban.demand == 10 + 4 * kanban.surety
    assert [member.entry.slug for member in kanban.members] == ["a", "b"]


def test_the_best_needs_come_first():
    """What is searched stands before what many have, and that before what one has."""
    products = [product("a", "A", "B", "C"), product("b", "B", "A"), product("c", "A")]

    needs, _ = needs_of(products, (), [Search("x", "a", capability="c2")])

    assert labels(needs) == ["A", "B", "C"]
    assert labels(by_standing(needs)) == ["C", "A", "B"]


def test_a_need_that_many_meet_has_a_page():
    """A need has a page of its own where a list has no room for all who meet it."""
    few, _ = needs_of([product(f"p{n}", "A") for n in range(MEMBERS)])
    many, _ = needs_of([product(f"p{n}", "A") for n in range(MEMBERS + 1)])

    assert few[0].url == ""
    assert many[0].url == "/search/name-a/"
