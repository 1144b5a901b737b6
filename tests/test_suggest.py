"""Proposals bring together what is alike across products, and are written as they were read."""

from dataclasses import replace
from pathlib import Path

import pytest

from comparo.checking import check
from comparo.content.loading import load_content
from comparo.errors import ContentError
from comparo.suggest import LIKE, accept, propose, suggest

TAGGING = "Tags are found in the text of a bookmark by a language model."
SEARCH = "Searches titles, notes and the whole text of saved pages."


@pytest.fixture
def site(tmp_path):
    """Give a function that writes a site of products, each a list of capabilities."""

    def write(topics="", **products):
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content/site.yaml").write_text("title: Tools\nbase_url: https://t.example\n")
        if topics:
            (tmp_path / "content/topics.yaml").write_text(topics)
        for slug, text in products.items():
            folder = tmp_path / "content/products" / slug
            folder.mkdir(parents=True, exist_ok=True)
            head = "" if text.startswith("name") else f"name: {slug.title()}\ncapabilities:\n"
            (folder / "product.yaml").write_bytes((head + text).encode())
        return tmp_path

    return write


def capability(name, description="", topic=""):
    """Write a capability as an item of a list."""
    item = f"  - name: {name}\n"
    item += f"    topic: {topic}\n" if topic else ""
    return item + (f"    description: {description}\n" if description else "")


def shown(proposals):
    """Tell proposals in short: the topic, and which product's which capability gets it."""
    return [
        (
            proposal.topic.slug,
            [f"{each.product.slug}: {each.capability.name}" for each in proposal.members],
        )
        for proposal in proposals
    ]


def told(root):
    """Tell all capabilities of a site, without their places."""
    content = load_content(root).content
    return {
        (product.slug, each.name): each
        for product in content.products
        for each in product.capabilities
    }


def test_what_is_alike_is_proposed(site):
    """Two names of one thing get a new topic after one of them; the other is a synonym."""
    root = site(
        alpha=capability("Automatic tags", TAGGING) + capability("Dark mode"),
        beta=capability("Auto-tagging", TAGGING) + capability("Search", SEARCH),
    )

    (proposal,) = suggest(root)

    assert shown([proposal]) == [
        ("auto-tagging", ["beta: Auto-tagging", "alpha: Automatic tags"]),
    ]
    assert proposal.is_new
    assert proposal.topic.label == "Auto-tagging"
    assert proposal.topic.synonyms == ("Automatic tags",)
    assert 0.5 < proposal.likeness < 1


def test_one_product_sets_its_capabilities_apart(site):
    """What one product lists twice is never one topic, however alike."""
    root = site(
        alpha=capability("Automatic tags", TAGGING) + capability("Auto-tagging", TAGGING),
        beta=capability("Search", SEARCH),
    )

    assert suggest(root) == ()


def test_what_meets_by_name_needs_no_topic(site):
    """The same name, or a synonym of the same topic, is the same capability already."""
    root = site(
        topics="tagging:\n  label: Tagging\n  synonyms: [auto tags]\n",
        alpha=capability("Full-text search", SEARCH) + capability("Tagging", TAGGING),
        beta=capability("full text searches", SEARCH) + capability("Auto tags", TAGGING),
    )

    assert suggest(root, 0.01) == ()


def test_a_topic_that_is_there_is_joined(site):
    """What is like a topic's names, or like a capability that has it, is proposed for it."""
    root = site(
        topics="ai-tags:\n  synonyms: [automatic tags for bookmarks]\n",
        alpha=capability("Labels by machine", TAGGING, topic="ai-tags"),
        beta=capability("Tags by machine", TAGGING),
        gamma=capability("Automatic tags of bookmarks"),
        delta=capability("Full-text search", SEARCH, topic="searching"),
        epsilon=capability("Search", SEARCH),
    )

    first, second = suggest(root)

    assert shown([first, second]) == [
        ("ai-tags", ["gamma: Automatic tags of bookmarks", "beta: Tags by machine"]),
        ("searching", ["epsilon: Search"]),
    ]
    assert not first.is_new
    assert [each.product.slug for each in first.anchors] == ["alpha"]
    assert second.topic.label == "Searching"


def test_what_has_the_name_of_all_with_a_topic_meets_them_already(site):
    """A capability joins a topic only if that brings it together with something."""
    root = site(
        alpha=capability("Tags by machine", TAGGING, topic="ai"),
        beta=capability("Tags by machine", TAGGING),
    )

    assert suggest(root) == ()


def test_of_many_that_have_a_topic_the_nearest_are_shown(site):
    """Three are enough to judge by; the others are counted."""
    root = site(
        **{
            name: capability(f"Tags by {name}", TAGGING * (name == "delta"), topic="ai-tags")
            for name in ("alpha", "beta", "gamma", "delta", "epsilon")
        },
        zeta=capability("Tagging by machine", TAGGING),
    )

    (proposal,) = suggest(root)

    texts = proposal.texts()
    assert [block[0].partition(":")[0] for block in texts[:2]] == ["Zeta", "Delta"]
    assert texts[1][2] == "has the topic ai-tags"
    assert texts[4:] == [["and 2 more with the topic"]]


def test_no_product_gets_a_topic_twice(site):
    """A product that has a topic gets no second capability proposed for it."""
    root = site(
        alpha=capability("Tagging by machine", TAGGING, topic="ai-tags"),
        beta=capability("Tags by machine", TAGGING) + capability("Labels", topic="ai-tags"),
    )

    assert suggest(root) == ()


def test_capabilities_of_one_name_go_together(site):
    """A topic takes all products that have the name: its synonym would draw them in anyway."""
    root = site(
        alpha=capability("Auto-tagging", TAGGING),
        beta=capability("Auto tagging", TAGGING),
        gamma=capability("Automatic tags", TAGGING),
    )

    (proposal,) = suggest(root)

    assert [each.product.slug for each in proposal.members] == ["alpha", "beta", "gamma"]
    assert proposal.topic.synonyms == ("Automatic tags",)


def test_products_of_one_type_come_first(site):
    """What no two products of one type have comes last, as they are seldom compared."""
    typed = "name: {0}\ntype: {1}\ncapabilities:\n"
    root = site(
        alpha=typed.format("A", "app") + capability("Automatic tags", TAGGING),
        beta=typed.format("B", "library") + capability("Auto tags", TAGGING),
        gamma=typed.format("C", "app") + capability("Text search", SEARCH),
        delta=typed.format("D", "app") + capability("Searching saved pages", "Searches titles."),
    )

    first, second = suggest(root, 0.1)

    assert (first.is_far, second.is_far) == (False, True)
    assert first.likeness < second.likeness


def test_new_slugs_mean_nothing_else(site):
    """A new topic is not called as another one, nor as a capability outside of it."""
    root = site(
        topics="bindings-c:\n  label: Anything else\n",
        alpha=capability("C++ bindings", "Callable from programs of any kind."),
        beta=capability('"Bindings: C++"', "Callable from programs of every kind."),
        gamma=capability("C-Bindings", "Nothing but that."),
        delta=capability("日本語 検索", "全文 検索 です"),
        epsilon=capability("検索 日本語", "全文 検索 です"),
    )

    found = {each.topic.slug: each.topic.label for each in suggest(root)}

    assert found == {"c-bindings-2": "C++ bindings", "topic-2": "日本語 検索"}


def test_unsound_content_is_told(site):
    """Where content cannot be read, there is nothing to propose."""
    root = site(alpha="  - name: [\n")

    with pytest.raises(ContentError):
        suggest(root)


def test_meaning_finds_more(site):
    """With the language model, other words for the same are found; by words they are not."""
    root = site(
        alpha=capability("REST API"),
        beta=capability("RESTful API for easy integration"),
    )

    (found,) = suggest(root, meaning=True)

    assert suggest(root) == ()
    assert found.topic.slug == "rest-api"


# Accept ----------------------------------------------------------------------------------------

ODD = (
    "name: Beta # mine\r\ncapabilities: # all of them\r\n  - Auto-tagging   # as they say\r\n"
    "  -   'Dark mode'"
)
OWN = f"---\nname: Automatic tagging\n\n---\n{TAGGING}\n"


def tagged(site):
    """Write a site in which three products tag, each in a file of another kind."""
    root = site(
        topics="# Topics\n\nai:\n  label: AI\nzoom:\n  label: Zoom\n",
        alpha=capability("Automatic tags", TAGGING) + capability("Search", SEARCH),
        beta=ODD,
        gamma="name: Gamma",
    )
    own = root / "content/products/gamma/capabilities/tags.md"
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN)
    return root


def test_what_is_accepted_is_written_and_nothing_else(site):
    """Each capability gets the topic, topics.yaml lists it, and every other byte stays."""
    root = tagged(site)
    old = told(root)
    (proposal,) = suggest(root, 0.2)
    folder = root / "content"

    problems = accept(root, proposal)

    assert problems == ()
    assert (folder / "topics.yaml").read_text() == (
        "# Topics\n\nai:\n  label: AI\nautomatic-tags:\n  label: Automatic tags\n"
        "  synonyms: [Automatic tagging, Auto-tagging]\nzoom:\n  label: Zoom\n"
    )
    assert (folder / "products/beta/product.yaml").read_bytes().decode() == ODD.replace(
        "- Auto-tagging   # as they say\r\n",
        "- name: Auto-tagging   # as they say\r\n    topic: automatic-tags\r\n",
    )
    assert (folder / "products/gamma/capabilities/tags.md").read_text() == OWN.replace(
        "tagging\n", "tagging\ntopic: automatic-tags\n", 1
    )
    new = told(root)
    assert {key for key in new if new[key] != old[key]} == {
        ("alpha", "Automatic tags"),
        ("beta", "Auto-tagging"),
        ("gamma", "Automatic tagging"),
    }
    assert suggest(root, 0.2) == ()
    assert [each for each in check(root).warnings if "topic" in each.message] == []


def test_what_is_joined_is_not_listed(site):
    """A topic that is there stays as it is listed, or not."""
    root = site(
        alpha=capability("Automatic tags", TAGGING, topic="ai-tags"),
        beta=capability("Auto-tagging", TAGGING),
    )

    problems = accept(root, *suggest(root))

    assert problems == ()
    assert told(root)["beta", "Auto-tagging"].topic == "ai-tags"
    assert not (root / "content/topics.yaml").exists()


def test_a_list_of_topics_is_begun(site):
    """The first topic that is accepted makes topics.yaml."""
    root = site(alpha=capability("Auto tags", TAGGING), beta=capability("Automatic tags", TAGGING))

    accept(root, *suggest(root))

    assert (root / "content/topics.yaml").read_text().startswith("auto-tags:\n  label: Auto tags\n")
    assert {each.topic for each in told(root).values()} == {"auto-tags"}


def test_all_of_a_proposal_or_nothing(site):
    """Where one file cannot be written safely none is, and the message says what to write."""
    alias = "name: Beta\ncapabilities:\n  - &tags\n    name: Auto-tagging\n  - *tags\n"
    root = site(alpha=capability("Automatic tags"), beta=alias, gamma=capability("Search"))
    before = {path: path.read_bytes() for path in (root / "content").rglob("*.yaml")}
    (proposal,) = suggest(root, 0.2)

    problems = accept(root, proposal)

    assert list(map(str, problems)) == [
        (
            'content/products/beta/product.yaml:3:5: the topic of "Auto-tagging" cannot be written'
            " here without changing more than that (write topic: auto-tagging below its name)"
        )
    ]
    assert {path: path.read_bytes() for path in (root / "content").rglob("*.yaml")} == before


def test_permissions_stay(site):
    """A file that only its group may read stays so."""
    root = tagged(site)
    path = root / "content/products/alpha/product.yaml"
    path.chmod(0o640)

    accept(root, *suggest(root, 0.2))

    assert path.stat().st_mode & 0o777 == 0o640
    assert list(Path(root).rglob("*.tmp")) == []


def test_topics_taken_away_are_found_again():
    """Without its topics, this repository's content gets back many of them, and no wrong ones."""
    content = load_content(Path(__file__).parent.parent).content
    given = {
        each.place: each.topic for product in content.products for each in product.capabilities
    }
    bare = tuple(
        replace(
            product,
            capabilities=tuple(replace(each, topic="") for each in product.capabilities),
        )
        for product in content.products
    )

    found = propose(replace(content, products=bare, topics=()), LIKE)

    meant = [{given[each.capability.place] for each in proposal.members} for proposal in found]
    assert propose(content, LIKE) == ()
    assert len(meant) > 10
    assert [topics for topics in meant if len(topics) > 1] == []
