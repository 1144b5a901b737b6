"""What is held of the last time is what would be made again, and it is made again where not."""

import pytest

from comparo.held import Held
from comparo.site import open_site
from tests import edits

THEME = "themes/own/templates/404.html"
SAID = "{{ site.title }} {{ site.language }} {{ site.rank_label }} {{ site.base_url }}"


@pytest.fixture
def site(tmp_path):
    """Give a small site with a theme of its own."""
    edits.write_small_site(tmp_path)
    edits.put_setting(tmp_path, "theme", "own")
    return tmp_path


def test_a_stage_is_made_once_of_the_same():
    """Its result is the very same object, until what it is made of changes."""
    held = Held()

    made = [held.made("stage", given, list) for given in ((1, "a"), (1, "a"), (2, "a"))]

    assert made[0] is made[1]
    assert made[1] is not made[2]


def test_products_are_held_one_by_one():
    """Who changed is made again, who went is forgotten, and who came back is made."""
    held = Held()
    asked = []

    def make(slug):
        asked.append(slug)
        return slug.upper()

    held.each("stage", {"a": 1, "b": 1}, make)
    held.each("stage", {"a": 1, "b": 2}, make)
    held.each("stage", {"b": 2}, make)
    made = held.each("stage", {"b": 2, "a": 1}, make)

    assert made == {"b": "B", "a": "A"}
    assert asked == ["a", "b", "b", "a"]


def test_what_did_not_change_is_the_same(site):
    """After an edit of one product the others are the objects that they were."""
    held = Held()
    before = open_site(site, held=held)
    edits.state_fact(site, "alpha", "summary", "Says something else.")

    after = open_site(site, held=held)

    assert after.entries["beta"] is before.entries["beta"]
    assert after.entries["alpha"] is not before.entries["alpha"]
    assert after.theme is before.theme


@pytest.mark.parametrize(
    "edit",
    [
        lambda site: edits.put_file(site, THEME, f"new {SAID}"),
        lambda site: edits.put_file(site, THEME, None),
        lambda site: edits.put_file(site, "themes/own/strings.yaml", "site: {skip: Jump}\n"),
        lambda site: edits.put_file(site, "themes/own/assets/style.css", "p { color: red }\n"),
        lambda site: edits.put_file(
            site, "themes/own/templates/_mark.html", "<p>{{ entry.name }}\n"
        ),
        lambda site: edits.put_file(
            site, "content/pages/about.md", "---\ntitle: About\n---\nUs.\n"
        ),
        lambda site: edits.put_setting(site, "title", "Other"),
        lambda site: edits.put_setting(site, "rank", {"label": "Score"}),
        lambda site: edits.put_setting(site, "theme", "default"),
        lambda site: edits.put_setting(site, "base_url", "https://example.org/sub"),
        lambda site: edits.put_setting(site, "attributes", {"offline": {"label": "Works offline"}}),
        lambda site: edits.put_setting(site, "capabilities_shown", 1),
        lambda site: edits.put_evidence(
            site, ['{"query": "share notes", "product": "alpha", "count": 3}']
        ),
        lambda site: edits.state_fact(site, "alpha", "summary", "Says <b>it</b>."),
        lambda site: edits.state_fact(site, "alpha", "name", "Alef"),
        lambda site: edits.state_fact(site, "beta", "signals", {"github_stars": 90_000}),
        lambda site: edits.state_fact(site, "delta", "category", "notes"),
        lambda site: edits.state_fact(site, "delta", "rank", 99),
        lambda site: edits.put_file(
            site,
            "themes/own/strings.yaml",
            'title: {comparison: "{a} or {b}"}\nreason: {categories: "beide in {names}"}\n'
            "rank: {unrated: Ohne Rang}\n",
        ),
        lambda site: edits.remove_product(site, "alpha"),
        lambda site: edits.rename_product(site, "alpha", "delta"),
    ],
)
def test_a_site_that_is_opened_again_is_as_one_opened_anew(site, edit):
    """After any edit, and after it is taken back, every page says what it says without memory."""
    edits.put_file(site, THEME, f"old {SAID}")
    held = Held()
    first = open_site(site, held=held)
    before = {url: first.render(url) for url in first.pages}

    edit(site)

    again, anew = open_site(site, held=held), open_site(site)
    assert {u: again.render(u) for u in again.pages} == {u: anew.render(u) for u in anew.pages}
    assert {url: again.key(url) for url in again.pages} == {
        url: anew.key(url) for url in anew.pages
    }
    assert {url: first.render(url) for url in first.pages} == before
