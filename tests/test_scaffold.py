"""A first site that builds, and a first product."""

import re
from pathlib import Path

import pytest
import yaml

from comparo.content.capabilities import KEYS as CAPABILITY_KEYS
from comparo.content.loading import load_content
from comparo.content.products import KEYS
from comparo.errors import OutputError, UsageError
from comparo.scaffold import new_product, new_site

FILES = [
    ".github/workflows/publish.yml",
    ".gitignore",
    "content/pages/about.md",
    "content/products/example-notes/product.yaml",
    "content/products/sample-notes/product.yaml",
    "content/site.yaml",
    "content/topics.yaml",
]


def files(folder: Path) -> list[str]:
    """List the files of a folder by relative path."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def site(tmp_path):
    """Give a new site."""
    new_site(tmp_path / "site")
    return tmp_path / "site"


def test_a_new_site_has_content_and_a_workflow(tmp_path):
    """A new site is made with its folder, and its files are given."""
    made = new_site(tmp_path / "my" / "site")

    assert files(tmp_path / "my/site") == FILES
    assert [path.relative_to(tmp_path / "my/site").as_posix() for path in made] == FILES


def test_the_content_of_a_new_site_is_sound(site):
    """Nothing in a new site is wrong or odd."""
    loaded = load_content(site)

    assert loaded.problems == ()
    assert loaded.warnings == ()
    assert [product.slug for product in loaded.content.products] == [
        "example-notes",
        "sample-notes",
    ]


def test_the_products_of_a_new_site_can_be_compared(site):
    """Its two products share some capabilities, each has one alone, and each can be checked."""
    a, b = load_content(site).content.products
    ours = {capability.topic for capability in a.capabilities}
    theirs = {capability.topic for capability in b.capabilities}

    assert ours & theirs
    assert ours - theirs
    assert theirs - ours
    assert all(c.source and c.description for p in (a, b) for c in p.capabilities)


def test_the_products_of_a_new_site_are_plainly_invented(site):
    """Nobody could take the examples for real: they say so, and lead to example.com only."""
    for product in load_content(site).content.products:
        assert "invented" in product.summary.value
        assert product.url.value.startswith("https://example.com/")


def test_a_new_site_keeps_what_is_made_out_of_git(site):
    """The output and the cache are no part of the repository."""
    lines = (site / ".gitignore").read_text().splitlines()

    assert {"/output/", "/.comparo/"} <= set(lines)


def test_the_workflow_builds_and_publishes(site):
    """The workflow is YAML that installs comparo, builds with all warnings, and deploys."""
    workflow = yaml.safe_load((site / ".github/workflows/publish.yml").read_text())

    steps = workflow["jobs"]["publish"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    uses = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    assert runs == ["pip install comparo", 'comparo build --strict --base-url "$BASE_URL"']
    assert uses[-2:] == ["actions/upload-pages-artifact", "actions/deploy-pages"]
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}


def test_a_repository_without_content_may_become_a_site(tmp_path):
    """A folder of dot files is filled; those that are there stay, and are not said to be made."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")

    made = new_site(tmp_path)

    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert tmp_path / ".gitignore" not in made
    assert tmp_path / "content/site.yaml" in made


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    """Somebody's work is named and nothing is written beside it."""
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(UsageError, match=r"holds 'thesis\.txt'; choose a new or an empty folder"):
        new_site(tmp_path)

    assert files(tmp_path) == ["thesis.txt"]


def test_a_file_is_no_place_for_a_site(tmp_path):
    """A file in place of the folder is refused; one above it is the disk's to refuse."""
    (tmp_path / "file").write_text("mine")

    with pytest.raises(UsageError, match="file: is a file; choose a folder"):
        new_site(tmp_path / "file")
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        new_site(tmp_path / "file" / "site")


def test_a_new_product_has_its_name(site):
    """A product's folder holds one file with the name that its slug suggests, and is sound."""
    path = new_product(site, "acme-notes-2")

    product = load_content(site).content.products[0]
    assert path == site / "content/products/acme-notes-2/product.yaml"
    assert product.name == "Acme Notes 2"
    assert load_content(site).problems == ()
    assert load_content(site).warnings == ()


@pytest.mark.parametrize("slug", ["no", "1984", "null", "2026-01-01", "1e5", "true"])
def test_a_new_product_of_any_slug_has_a_text_for_a_name(site, slug):
    """A slug that YAML could read as something else still makes a name."""
    path = new_product(site, slug)

    assert isinstance(yaml.safe_load(path.read_text())["name"], str)


def test_a_new_product_explains_every_key(site):
    """Take the comment signs away, and each key that there is stands in the file, soundly."""
    path = new_product(site, "acme")
    _, name, body = path.read_text().partition("name:")
    is_key = re.compile(r"# ( *- | +)?[a-z_]+: *[^ ]|# [a-z]+:$")
    kept = [line[2:] for line in body.splitlines() if is_key.match(line)]

    path.write_text("\n".join([name + body.splitlines()[0], *kept]))

    filled = yaml.safe_load(path.read_text())
    loaded = load_content(site)
    assert set(filled) == set(KEYS)
    assert set(filled["capabilities"][0]) == set(CAPABILITY_KEYS)
    assert loaded.problems == ()
    assert loaded.warnings == ()


def test_a_product_makes_the_first_folder_of_its_kind(tmp_path):
    """A site without products gets the folder for them."""
    path = new_product(tmp_path, "acme")

    assert files(tmp_path) == ["content/products/acme/product.yaml"]
    assert path.is_file()


def test_a_product_that_is_there_stays(site):
    """An existing folder is refused, whatever is in it."""
    before = (site / "content/products/example-notes/product.yaml").read_text()

    with pytest.raises(UsageError, match="example-notes: exists already"):
        new_product(site, "example-notes")

    assert (site / "content/products/example-notes/product.yaml").read_text() == before


@pytest.mark.parametrize(
    ("slug", "rule"),
    [
        ("", "lower-case letters, digits and single hyphens"),
        ("Acme", "lower-case letters, digits and single hyphens"),
        ("acme--notes", "lower-case letters, digits and single hyphens"),
        ("../acme", "lower-case letters, digits and single hyphens"),
        ("acme\n", "lower-case letters, digits and single hyphens"),
        ("größe", "lower-case letters, digits and single hyphens"),
        ("a-vs-b", "-vs-"),
        ("con", "Windows reserves"),
        ("x" * 101, "longer than 100 characters"),
    ],
)
def test_a_bad_slug_is_refused_by_its_rule(site, slug, rule):
    """What cannot be a slug is told with the rule that it breaks, and nothing is written."""
    before = files(site)

    with pytest.raises(UsageError, match=rule):
        new_product(site, slug)

    assert files(site) == before


def test_products_are_not_written_out_of_the_site(tmp_path):
    """A link in place of the products' folder is not followed out of the site."""
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/content/products").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="leads out of the site"):
        new_product(tmp_path / "site", "acme")

    assert files(tmp_path / "elsewhere") == []


def test_a_site_that_cannot_be_written_is_told(tmp_path):
    """A disk that refuses is one clear line."""
    (tmp_path / "content").write_text("a file")

    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        new_product(tmp_path, "acme")
