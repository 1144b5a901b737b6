"""Editors' words reach the pair and the page that their file is called after."""

import pytest

from comparo.content.memory import Memory
from comparo.content.pages import BUILT, read_editorials, read_pages

SLUGS = ("alpha", "beta")


@pytest.fixture
def editorials(files, write):
    """Give a function that writes comparisons and reads them."""

    def read(**texts):
        for name, text in texts.items():
            write(f"content/comparisons/{name.replace('_', '-')}.md", text)
        return list(read_editorials(files, files.root / "content" / "comparisons", SLUGS, Memory()))

    return read


@pytest.fixture
def pages(files, write):
    """Give a function that writes a page and reads it."""

    def read(name, text):
        write(f"content/pages/{name}", text)
        return list(read_pages(files, files.root / "content" / "pages", Memory()))

    return read


def test_an_editor_may_choose_and_explain(editorials, said):
    """The lists and the words belong to the pair, in the order of the file's name."""
    (found,) = editorials(beta_vs_alpha="---\nchoose_a: [x, y]\nchoose_b: z\n---\n# Why\n")

    assert (found.a, found.b) == ("beta", "alpha")
    assert (found.choose_a, found.choose_b) == (("x", "y"), ("z",))
    assert found.words.html == "<h3>Why</h3>\n"
    assert said() == []


def test_words_turn_with_their_pair(editorials):
    """The same words serve the pair in the other order."""
    (found,) = editorials(beta_vs_alpha="---\nchoose_a: x\nchoose_b: y\n---\n")

    turned = found.turned()

    assert (turned.a, turned.b, turned.choose_a, turned.choose_b) == (
        "alpha",
        "beta",
        ("y",),
        ("x",),
    )


def test_words_need_no_front_matter(editorials, said):
    """A file may hold just words, or nothing yet."""
    (found,) = editorials(alpha_vs_beta="Words.")

    assert (found.choose_a, found.words.markdown) == ((), "Words.")
    assert said() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("alpha", "content/comparisons/alpha.md: must be called a-vs-b.md after two products"),
        ("alpha-vs-alpha", "must be called a-vs-b.md after two products"),
        ("alpha-vs-", "must be called a-vs-b.md after two products"),
        ("alpha-vs-bata", 'there is no product "bata" (did you mean "beta"?)'),
        ("Alpha-vs-beta", 'there is no product "Alpha" (did you mean "alpha"?)'),
        ("alpha-vs-beta-vs-alpha", 'there is no product "beta-vs-alpha"'),
        ("alpha-vs-..", 'there is no product ".."'),
    ],
)
def test_comparisons_are_called_after_two_products(editorials, report, name, said):
    """A file that belongs to no pair is an error, and a near product is suggested."""
    assert editorials(**{name: "Words."}) == []

    (problem,) = report.errors
    assert said in str(problem)


def test_a_pair_has_one_file(editorials, said):
    """Two files about one pair cannot both be right."""
    found = editorials(alpha_vs_beta="A", beta_vs_alpha="B")

    assert [e.words.markdown for e in found] == ["A"]
    (error,) = said()
    assert error.endswith("beta-vs-alpha.md: is about the same pair as alpha-vs-beta.md (keep one)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nchoose_a: {x: y}\n---\n", ":2:11: choose_a: must be a text, not a mapping"),
        ("---\nchoose_a: x\n", ':1:1: has no second "---"'),
        ("---\n- x\n---\n", ":2:1: must be a mapping"),
        ("---\nx: y: z\n---\n", ":2:5: is not YAML"),
        ("\0", ":1:1: is binary"),
    ],
)
def test_a_broken_comparison_is_one_error(editorials, report, text, said):
    """What is wrong in a comparison is said once, with its line in the file."""
    editorials(alpha_vs_beta=text)

    (problem,) = report.errors
    assert str(problem).startswith(f"content/comparisons/alpha-vs-beta.md{said}")


def test_a_site_may_have_pages_of_its_own(pages, said):
    """A page has a title and words; its links lead on from where it stands."""
    (page,) = pages(
        "about.md", "---\ntitle: About\ndescription: Who.\n---\n# Us\n\n[All](/products/)\n"
    )

    assert (page.slug, page.title, page.description) == ("about", "About", "Who.")
    assert page.body.html == '<h2>Us</h2>\n<p><a href="../products/">All</a></p>\n'
    assert said() == []


@pytest.mark.parametrize("name", BUILT)
def test_built_addresses_are_taken(pages, said, name):
    """A page cannot stand where comparo puts one."""
    assert pages(f"{name}.md", "---\ntitle: x\n---\nWords.") == []
    assert said() == [f"content/pages/{name}.md: /{name}/ is a page that comparo makes (rename it)"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("About.md", "x", ": must be of lower-case letters, digits and single hyphens"),
        ("über.md", "x", ": must be of lower-case letters, digits and single hyphens"),
        ("a b.md", "x", ": must be of lower-case letters, digits and single hyphens"),
        (f"{'x' * 101}.md", "x", ": must be of lower-case letters, digits and single hyphens"),
        ("aux.md", "x", ": is a name that Windows reserves (rename it)"),
        (
            "about.md",
            "Words.",
            ":1:1: title: is missing (begin the file with ---, title: … and ---)",
        ),
        ("about.md", "---\ntitle: ''\n---\nWords.", ":1:1: title: is missing"),
        ("about.md", "---\ntitle: [x]\n---\nWords.", ":2:8: title: must be a text, not a list"),
        ("about.md", "---\ntitle: x\nWords.", ':1:1: has no second "---"'),
        ("about.md", "---\ntitle: x: y\n---\nWords.", ":2:9: is not YAML"),
        ("about.md", "---\ntitle: x\n---\n\n", ": says nothing (write some words, or remove it)"),
        ("about.md", "x" * 1_000_001, ": is larger than 100,000 bytes"),
    ],
)
def test_a_broken_page_is_one_error(pages, report, name, text, said):
    """A page without a good name, a title and words is said once."""
    assert pages(name, text) == []

    (problem,) = report.errors
    assert str(problem).startswith(f"content/pages/{name}{said}")


def test_other_files_are_warned_of(pages, report):
    """What is no Markdown is not read, and that is said."""
    pages("about.html", "<p>Us</p>")

    assert [str(w) for w in report.warnings] == [
        "content/pages/about.html: is not read (only .md files are)"
    ]
