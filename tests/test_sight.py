"""One look tells whether anything changed that decides what a build writes."""

import os

import pytest

from comparo import sight
from comparo.scaffold import new_site
from comparo.sight import look


@pytest.fixture
def site(tmp_path):
    """Give a small site with a theme of its own."""
    root = tmp_path / "site"
    new_site(root)
    (root / "themes/own/assets").mkdir(parents=True)
    (root / "themes/own/theme.yaml").write_text("name: own\nextends: default\n")
    return root


def seen(site, **options):
    return look(site, site / "output", **options)


def test_what_is_written_counts_and_not_when(site):
    """Saved again with the same bytes, a site is made of the same; but it was written to."""
    before = seen(site)
    page = site / "content/pages/about.md"

    page.write_bytes(page.read_bytes())

    assert seen(site).made_of == before.made_of
    assert seen(site) != before


def edit(site):
    path = site / "content/site.yaml"
    path.write_text(path.read_text().replace("e", "a", 1))


def rename(site):
    folder = site / "content/products/sample-notes"
    folder.rename(folder.with_name("other-notes"))


EDITS = [
    edit,
    rename,
    lambda site: (site / "content/pages/about.md").unlink(),
    lambda site: (site / "content/products/empty").mkdir(),
    lambda site: (site / "content/pages/empty.md").touch(),
    lambda site: (site / "themes/own/assets/style.css").write_text("p {}"),
    lambda site: (site / "content").rename(site / "contents"),
]


@pytest.mark.parametrize("change", EDITS)
def test_every_change_of_a_file_or_a_name_is_seen(site, change):
    """Another byte, another name, one file or folder more or less: the site is another one."""
    before = seen(site)

    change(site)

    assert seen(site).made_of != before.made_of


def test_the_options_count(site):
    """Asked for another base URL or day, the same files make other pages."""
    assert seen(site, strict=True).made_of != seen(site, strict=False).made_of
    assert look(site, site / "output").made_of != look(site, site / "other").made_of


def test_hidden_files_do_not_count(site):
    """What no reader takes may change: an editor's swap file, a folder of git."""
    before = seen(site)

    (site / "content/.site.yaml.swp").write_text("half")

    assert seen(site) == before


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.symlink_to("/etc/hostname"),
        lambda path: path.symlink_to("nowhere"),
        os.mkfifo,
    ],
)
def test_what_is_odd_is_left_to_the_readers(site, put):
    """A link or a FIFO is neither followed nor waited for: there is nothing to be told."""
    put(site / "content/odd.md")

    assert seen(site) is None


def test_content_that_is_a_link_is_odd(site):
    """A link is not followed, even at the top."""
    (site / "content").rename(site / "elsewhere")
    (site / "content").symlink_to("elsewhere")

    assert seen(site) is None


def test_looking_at_too_much_is_given_up(site, monkeypatch):
    """Where a look would take as long as a build, there is none."""
    monkeypatch.setattr(sight, "LIMIT", 1_000)

    assert seen(site) is None
