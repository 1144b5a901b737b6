"""A site is a pure function from URL to bytes."""

import json
import random
import re
from pathlib import Path

import pytest

from comparo.errors import ContentError
from comparo.scaffold import new_site
from comparo.site import open_site


@pytest.fixture
def root(tmp_path):
    new_site(tmp_path)
    return tmp_path


def add(root: Path, slug: str, text: str) -> None:
    path = root / "content/products" / slug / "product.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)


def comparison(site, url: str) -> dict:
    html = site.render(url).decode()
    return json.loads(re.search(r'id="comparison">(.*?)</script>', html)[1])


def test_pages_do_not_depend_on_their_order(own_site):
    """Each page is what it is, whichever page was drawn before."""
    forth, back = open_site(own_site), open_site(own_site)
    urls = sorted(forth.pages)

    first = {url: forth.render(url) for url in urls}

    random.Random(7).shuffle(urls)  # noqa: S311 (any order will do)
    assert {url: back.render(url) for url in urls} == first


def test_an_unrelated_product_changes_no_pair_page(root):
    """What a page says of two products depends on these two, and so do its searches."""
    url = "/compare/example-notes-vs-sample-notes/"
    rows = root / "content/evidence/rows.csv"
    rows.parent.mkdir()
    rows.write_text("query,product\nnotes,example-notes\nnotes,sample-notes\nlists,sample-notes\n")
    before = open_site(root).render(url)

    add(root, "other", "name: Other\ntype: model\ncategory: elsewhere\nrank: 90\n")
    rows.write_text(rows.read_text() + "notes,other\nother vs notes,other\nmodels,other\n")

    assert b"notes" in before
    assert open_site(root).render(url) == before


def test_pairs_of_unlike_types_say_so(root):
    """They are compared only if asked for, are labelled, and stay out of the sitemap."""
    add(root, "other", "name: Other\ntype: model\ncategory: note-apps\nrank: 50\n")
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text() + "\npairs: {include: [other-vs-sample-notes]}\n")

    site = open_site(root, base_url="https://example.org")

    html = site.render("/compare/other-vs-sample-notes/").decode()
    assert "of different types" in html
    assert '<meta name="robots" content="noindex">' in html
    assert b"other-vs-sample-notes" not in site.render("/sitemap.xml")
    assert "/compare/example-notes-vs-other/" not in site.pages


def test_unknown_is_null_in_data(root):
    """Data hold null where nothing is known, never zero."""
    add(root, "other", "name: Other\ncategory: note-apps\ntype: web-app\n")

    site = open_site(root)

    data = json.loads(site.render("/products/other/index.json"))
    assert data["rank"]["value"] is None
    assert {component["value"] for component in data["components"].values()} == {None}
    assert data["pricing"]["model"] == "unknown"
    verdict = comparison(site, "/compare/example-notes-vs-other/")["verdict"]
    assert verdict == {
        "kind": "unrated",
        "winner": None,
        "margin": None,
        "points": {},
        "flip": None,
        "share": None,
        "better_buy": None,
    }


def test_editors_words_follow_the_pair_in_either_order(root):
    """A file named b-vs-a speaks of the same two, and its lists change sides with the page."""
    folder = root / "content/comparisons"
    folder.mkdir()
    settings = root / "content/site.yaml"
    order = "\npairs: {include: [example-notes-vs-sample-notes]}\n"
    settings.write_text(settings.read_text() + order)
    words = "---\nchoose_a: [it is the sample]\n---\nWords of an editor.\n"
    (folder / "sample-notes-vs-example-notes.md").write_text(words)

    html = open_site(root).render("/compare/example-notes-vs-sample-notes/").decode()

    assert "Words of an editor." in html
    assert html.index("Choose Sample Notes if") < html.index("it is the sample")


def test_evidence_is_shown_where_there_is_some(root):
    """Times matched and shared searches come from rows; a product that none matched has 0."""
    add(root, "other", "name: Other\ncategory: note-apps\ntype: web-app\n")
    folder = root / "content/evidence"
    folder.mkdir()
    (folder / "searches.csv").write_text(
        "query,product,count\nBest notes!,example-notes,30\nbest NOTES,sample-notes,10\n"
    )

    site = open_site(root)

    pair = comparison(site, "/compare/example-notes-vs-sample-notes/")
    assert pair["shared_intents"] == [{"query": "best notes", "a": 30, "b": 10}]
    assert json.loads(site.render("/products/other/index.json"))["times_matched"] == 0


def test_a_large_site_has_a_sitemap_of_sitemaps(root, monkeypatch):
    """Beyond the limit of one sitemap, an index leads to its parts."""
    monkeypatch.setattr("comparo.render.feeds.SITEMAP_LIMIT", 4)

    site = open_site(root, base_url="https://example.org")

    parts = re.findall("<loc>https://example.org(.*?)</loc>", site.render("/sitemap.xml").decode())
    assert parts[:2] == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert site.render(parts[0]).count(b"<url>") == 4


def test_the_other_order_leads_to_the_pair(root):
    """Whoever writes b-vs-a is sent on to a-vs-b, with or without a click."""
    site = open_site(root)

    html = site.render("/compare/sample-notes-vs-example-notes/").decode()

    assert '<meta http-equiv="refresh" content="0; url=../../compare/example-notes-vs-' in html
    assert 'href="../../compare/example-notes-vs-sample-notes/"' in html


@pytest.mark.parametrize("source", ["https://[", "https://see the docs, really", "javascript:x"])
def test_a_source_that_is_no_address_is_text(root, source):
    """What only looks like an address stands as typed, in every place where sources stand."""
    text = (
        f"name: Other\ncategory: note-apps\ntype: web-app\n"
        f"signals: {{rating: {{value: 4, source: '{source}'}}}}\n"
        f"scores: {{quality: {{value: 0.5, source: '{source}'}}}}\n"
        f"capabilities: [{{name: A, source: '{source}'}}]\n"
    )
    add(root, "other", text)

    site = open_site(root)

    for url in ("/products/other/", "/compare/example-notes-vs-other/"):
        html = site.render(url).decode()
        assert source in html
        assert f'href="{source}' not in html


@pytest.mark.parametrize(
    ("signal", "hint"),
    [("times_matched: 10000", "content/evidence"), ("released: 2020-01-01", "outside of signals")],
)
def test_no_product_makes_up_its_evidence(root, signal, hint):
    """What comparo counts, or reads elsewhere, cannot be declared as a signal."""
    add(root, "other", f"name: Other\nsignals: {{{signal}}}\n")

    with pytest.raises(ContentError, match=hint):
        open_site(root)


def test_a_second_capability_of_one_name_is_no_reason_to_choose(root):
    """What the other product has under the same name is not what it lacks."""
    add(root, "one", "name: One\ncategory: x\ncapabilities: [Feature flag, Feature flags, Own]\n")
    add(root, "two", "name: Two\ncategory: x\ncapabilities: [feature-flags]\n")

    html = open_site(root).render("/compare/one-vs-two/").decode()

    choose = html[html.index("Choose One if") : html.index("Choose Two if")]
    assert "Own" in choose
    assert "Feature" not in choose
