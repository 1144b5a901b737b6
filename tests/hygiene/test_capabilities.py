"""What is wrong with a capability is told with its key, in one line a kind."""

from comparo.errors import Place
from comparo.hygiene.capabilities import unsound_capabilities, unsound_summary
from comparo.model import Fact, Prose
from tests.compare.products import capability, product

FILE = "content/products/tidemark/product.yaml"
SOURCE = "https://example.com/"
CHECKED = "Answers are checked while they are typed, and each field says what is wrong with it."


def described(name, text, line=1, file=FILE, **facts):
    return capability(name, description=Prose(text, ""), place=Place(file, line, 5), **facts)


def found(*capabilities):
    tidemark = product("tidemark", capabilities=capabilities)
    return [str(problem).removeprefix(f"{FILE}:") for problem in unsound_capabilities(tidemark)]


def test_sound_capabilities_give_no_finding():
    """Facts that are known, with a source for their figures, are left alone."""
    assert (
        found(
            described("Checks", CHECKED, unique="Rules are sentences.", source=SOURCE),
            described("Tides", "Is 5x faster than a table.", source=SOURCE),
            capability("Bare", inputs=("Documentation", "Blog", "Support")),
        )
        == []
    )


def test_scraped_text_is_told_once_and_nothing_else():
    """Where a menu was scraped, guesses and figures in it are not the matter."""
    junk = "Loading... Skip to content Probably 5x faster Toggle navigation Learn more © 2026 Tide"

    assert found(described("Loading...", junk, 7), described("Loading...", junk, 9)) == [
        (
            f"{line}:5: capabilities[{number}].name, description: looks scraped, with"
            ' navigation or boilerplate: "Loading...",'
            ' "Skip to content", "Toggle navigation", "© 2026"'
            " (say in your own words what the product does, or remove it)"
        )
        for number, line in enumerate((7, 9))
    ]


def test_what_stands_for_a_name_or_a_text_is_told():
    """The title of a page is no name and an error no description, but either may be an input."""
    told = found(
        described("Tide tables | tidemark", "404 Not Found"),
        capability("Sign in", place=Place(FILE, 2, 5)),
        described("Sign in", CHECKED),
        capability("Types", inputs=("undefined",)),
    )

    assert [line.partition(" (")[0] for line in told] == [
        (
            "1:5: capabilities[0].name, description: looks scraped, with navigation or"
            ' boilerplate: "Tide tables | tidemark", "404 Not Found"'
        ),
        ('2:5: capabilities[1].name: looks scraped, with navigation or boilerplate: "Sign in"'),
    ]


def test_more_than_a_few_words_are_not_quoted():
    """A message shows the first of what was found."""
    junk = "Loading... Skip to content Just a moment... Back to top Accept cookies"

    (told,) = found(described("Tides", junk))

    assert 'Back to top", … (' in told


def test_guesses_are_told_with_their_keys():
    """One line names all keys that guess; under limitations, what nobody knows may be said."""
    assert found(
        described(
            "Sorting",
            "Probably sorts by date.",
            unique="Presumably alone in that.",
            limitations=("How it sorts is not documented",),
        )
    ) == [
        (
            '1:5: capabilities[0].description, unique: guesses: "Probably", "Presumably"'
            " (say what is known, and leave out the rest)"
        )
    ]


def test_figures_need_a_source():
    """A list is looked through too."""
    assert found(capability("Fast", place=Place(FILE, 3, 5), best_for=("10,000 users",))) == [
        (
            '3:5: capabilities[0].best_for: gives a figure without a source: "10,000 users"'
            " (add source: https://…, or leave the figure out)"
        )
    ]


def test_names_that_stand_twice_are_told():
    """A name is the same whatever its case and number; its description then goes without saying."""
    assert found(
        described("Feature flags", CHECKED, 4),
        described("feature-flag", CHECKED, 9),
    ) == [
        (
            '9:5: capabilities[1].name: "feature-flag" has the name of another, on line 4'
            " (merge the two, or name what sets them apart)"
        )
    ]


def test_descriptions_that_are_nearly_one_are_told():
    """In a file of its own, a capability is told of by that file."""
    own = "content/products/tidemark/capabilities/rules.md"

    assert found(
        described("Checks", CHECKED, 4),
        described("Rules", f"{CHECKED} Yes.", 1, own),
    ) == [
        (
            f"{own}:1:5: description: is nearly that on {FILE}:4:5"
            " (merge the two, or say what sets them apart)"
        )
    ]


def test_a_text_copied_from_above_is_told():
    """What is unique, and what sets it apart, is not what it does."""
    assert found(
        described("Checks", CHECKED, unique=CHECKED, vs_alternatives="Needs no server at all.")
    ) == [
        (
            "1:5: capabilities[0].unique: repeats the description"
            " (leave it out, or say what the other does not)"
        )
    ]
    assert found(described("Checks", "Short.", unique=CHECKED, vs_alternatives=CHECKED)) == [
        (
            "1:5: capabilities[0].vs_alternatives: repeats the unique"
            " (leave it out, or say what the other does not)"
        )
    ]


def test_a_summary_is_read_like_a_capability():
    """It has a place and a source of its own."""

    def told(text, source=""):
        summary = Fact(text, source, place=Place(FILE, 2, 10))
        problems = list(unsound_summary(product("tidemark", summary=summary)))
        assert {problem.place for problem in problems} <= {summary.place}
        return [" ".join(problem.message.split()[:2]) for problem in problems]

    assert told("Tide tables for harbours.") == []
    assert told("Is 5x faster.", SOURCE) == []
    assert told("Is 5x faster.") == ["summary: gives"]
    assert told("Probably tide tables.") == ["summary: guesses:"]
    assert told("Loading... Probably") == ["summary: looks"]
    assert list(unsound_summary(product("tidemark"))) == []
