"""A site is read as a whole: all it says, or all that is wrong with it."""

import datetime as dt

import pytest

from comparo.content.loading import load_content, newest_date
from comparo.content.memory import Memory
from comparo.errors import ContentError


@pytest.fixture
def load(files, write):
    """Give a function that writes a site and reads it."""

    def load(**texts):
        for name, text in texts.items():
            write(f"content/{name.replace('__', '/')}", text)
        return load_content(files.root)

    return lambda texts: load(**texts)


SMALL = {
    "site.yaml": "title: Things",
    "products/alpha/product.yaml": "name: Alpha",
    "products/beta/product.yaml": "name: Beta",
}


def test_all_of_a_site_is_read(load):
    """Every folder of the contract gives what it holds."""
    loaded = load(
        SMALL
        | {
            "topics.yaml": "sharing: {label: Share}",
            "comparisons/beta-vs-alpha.md": "Words.",
            "evidence/a.csv": "query,product\na,beta\n",
            "pages/about.md": "---\ntitle: About\n---\nWords.",
        }
    )

    content = loaded.content
    assert [product.name for product in content.products] == ["Alpha", "Beta"]
    assert [topic.label for topic in content.topics] == ["Share"]
    assert [search.query for search in content.searches] == ["a"]
    assert [(e.a, e.b) for e in content.editorials] == [("beta", "alpha")]
    assert [page.title for page in content.pages] == ["About"]
    assert (loaded.problems, loaded.warnings) == ((), ())


def test_all_that_is_wrong_is_said_in_the_order_of_the_files(load):
    """One run tells of every error in every file."""
    loaded = load(
        SMALL
        | {
            "products/alpha/product.yaml": "name: Alpha\nrank: 101\nstatus: dead\n",
            "products/Beta/product.yaml": "name: Beta",
            "pages/search.md": "x",
            "topics.yaml": "A: {}",
        }
    )

    assert [str(problem).split(": ")[0] for problem in loaded.problems] == [
        "content/pages/search.md",
        "content/products/Beta",
        "content/products/alpha/product.yaml:2:7",
        "content/products/alpha/product.yaml:3:9",
        "content/topics.yaml:1:4",
    ]
    assert [product.slug for product in loaded.content.products] == ["beta"]


@pytest.mark.parametrize("site", ["", "title: [", "title: [a]"])
def test_without_settings_the_rest_is_still_looked_at(load, site):
    """A site that cannot be built at all says what else is wrong, too."""
    with pytest.raises(ContentError) as error:
        load(SMALL | {"site.yaml": site, "products/alpha/product.yaml": "name: [Alpha]"})

    places = [problem.place.file for problem in error.value.problems]
    assert places == ["content/products/alpha/product.yaml", "content/site.yaml"]


def test_a_site_without_products_is_warned_of(load):
    """A site that compares nothing is hardly meant."""
    loaded = load({"site.yaml": "title: Things"})

    assert [str(warning) for warning in loaded.warnings] == [
        "content/products: holds no product (comparo new SLUG makes one)"
    ]


def test_progress_is_told(files, write):
    """Who waits learns how many products are read."""
    for name, text in SMALL.items():
        write(f"content/{name}", text)
    told = []

    load_content(files.root, lambda done, whole: told.append((done, whole)))

    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("released: 2026-01-31", 31),
        ("released: {value: 2026-01-31, date: 2026-01-30}", 31),
        ("status: {value: active, date: 2026-01-29}", 29),
        ("platforms: {value: [Linux], date: 2026-01-28}", 28),
        ("url: {value: 'https://x.org', date: 2026-01-27}", 27),
        ("signals: {last_commit: 2026-01-26}", 26),
        ("pricing: {checked: 2026-01-25}", 25),
        ("attributes: {seats: {value: 1, date: 2026-01-24}}", 24),
        ("attributes: {support_ends: 2030-01-01}", 1),
        ("summary: None.", 1),
    ],
)
def test_ages_are_measured_from_the_newest_date(load, line, day):
    """The newest day on which anything was looked up stands for today; a day to come does not."""
    loaded = load(
        SMALL
        | {
            "products/alpha/product.yaml": f"name: Alpha\n{line}\n",
            "evidence/a.jsonl": '{"query": "a", "product": "beta", "date": "2026-01-01"}',
        }
    )

    assert newest_date(loaded.content) == dt.date(2026, 1, day)


WINDOW = {
    "site.yaml": "title: T\nevidence: {window: 3}\n",
    "evidence/a.csv": "query,product,date\n"
    "a,beta,2026-01-01\nb,beta,2026-01-03\nc,beta,2026-01-04\n",
}


@pytest.mark.parametrize(
    ("released", "as_of", "queries", "newest"),
    [
        ("2025-01-01", None, ["b", "c"], dt.date(2026, 1, 4)),
        ("2026-01-06", None, ["c"], dt.date(2026, 1, 6)),
        ("2026-01-07", None, [], dt.date(2026, 1, 7)),
        ("2026-01-07", dt.date(2026, 1, 3), ["a", "b"], dt.date(2026, 1, 7)),
    ],
)
def test_evidence_is_as_old_as_all_else(files, write, released, as_of, queries, newest):
    """The window ends on the day from which ages are measured, asked for or found."""
    product = {"products/alpha/product.yaml": f"name: Alpha\nreleased: {released}\n"}
    for name, text in (SMALL | WINDOW | product).items():
        write(f"content/{name}", text)

    loaded = load_content(files.root, as_of=as_of)

    assert [search.query for search in loaded.content.searches] == queries
    assert newest_date(loaded.content) == newest
    assert loaded.evidence.window[1] == (as_of or newest)


def test_a_broken_product_s_searches_are_no_strangers(load):
    """One mistake is told once, not again for each row that names the product."""
    loaded = load(
        SMALL
        | {
            "products/alpha/product.yaml": "name: [",
            "evidence/a.csv": "query,product,capability\na,alpha,Share\n",
        }
    )

    assert len(loaded.problems) == 1
    assert loaded.warnings == ()


def test_a_site_without_dates_has_no_newest(load):
    """Without a date there is no age."""
    assert newest_date(load(SMALL).content) is None


FULL = SMALL | {
    "products/beta/product.yaml": "name: Beta\nodd: 1\n",
    "products/beta/about.md": "Words.",
    "products/beta/capabilities/share.md": "---\nname: Share\n---\nWords.",
    "topics.yaml": "sharing: {label: Share}",
    "comparisons/beta-vs-alpha.md": "Words.",
    "evidence/a.csv": "query,product,capability\na,beta,Share\nb,beta,Nothing\n",
    "pages/about.md": "---\ntitle: About\n---\nWords.",
}


@pytest.fixture
def site(files, write):
    """Give the folder of a site of everything, all of which is old enough to be known by stamp."""
    for name, text in FULL.items():
        write(f"content/{name}", text)
    return files.root


@pytest.mark.usefixtures("settled")
def test_what_did_not_change_is_the_same_object(site):
    """Whoever comes later can tell by identity what is new."""
    memory = Memory()
    before = load_content(site, memory=memory)
    (site / "content/products/alpha/product.yaml").write_text("name: Alef")

    after = load_content(site, memory=memory)

    old, new = before.content, after.content
    assert [product.name for product in new.products] == ["Alef", "Beta"]
    assert new.products[1] is old.products[1]
    assert new.settings is old.settings
    assert new.topics[0] is old.topics[0]
    assert new.editorials[0] is old.editorials[0]
    assert new.pages[0] is old.pages[0]
    assert new.searches is old.searches
    assert after.warnings == before.warnings
    assert len(after.warnings) == 2
    assert after.evidence is before.evidence


CHANGES = {
    "products/beta/about.md": "Other words.",
    "products/beta/capabilities/share.md": "---\nname: Nothing\n---\n",
    "products/beta/capabilities/more.md": "---\nname: More\n---\n",
    "products/beta/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "products/gamma/product.yaml": "name: Gamma",
    "products/alpha/product.yaml": "name: [",
    "site.yaml": "title: Things\nattributes: {odd: {kind: date}}\nevidence: {window: 3}\n",
    "topics.yaml": "",
    "comparisons/beta-vs-alpha.md": "---\nchoose_a: [a]\n---\n",
    "evidence/a.csv": "query,product\na,alpha\n",
    "evidence/b.csv": "query,product\na,alpha\n",
    "pages/about.md": "Nothing.",
    "pages/more.md": "---\ntitle: More\n---\nWords.",
}


@pytest.mark.parametrize("kept", [True, False], ids=["another day", "at once"])
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.usefixtures("settled")
def test_with_a_memory_is_as_without(site, write, tmp_path, name, kept):
    """Whatever changes, what is read with a memory is what is read without one."""
    memory = Memory(tmp_path / "kept")
    load_content(site, memory=memory)
    memory.save()
    write(f"content/{name}", CHANGES[name])

    loaded = load_content(site, memory=Memory(tmp_path / "kept") if kept else memory)

    assert loaded == load_content(site)


@pytest.mark.usefixtures("settled")
def test_what_goes_is_gone(site):
    """A file or a folder that was removed is not remembered."""
    memory = Memory()
    load_content(site, memory=memory)
    for name in ("products/beta/about.md", "topics.yaml", "pages/about.md", "evidence/a.csv"):
        (site / "content" / name).unlink()

    loaded = load_content(site, memory=memory)

    assert loaded == load_content(site)
    assert loaded.content.searches == ()
