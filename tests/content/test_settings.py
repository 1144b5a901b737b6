"""``site.yaml`` needs a title and nothing else; what it says is taken exactly, or refused once."""

import pytest

from comparo.content.settings import COMPONENTS, read_settings, read_topics
from comparo.model import Attribute, PairSettings, Scale, Topic

SLUGS = ("alpha", "beta", "long" + "-er" * 32)


@pytest.fixture
def settings(files, write):
    """Give a function that reads a ``site.yaml``."""
    return lambda text: read_settings(files, write("content/site.yaml", text), SLUGS)


@pytest.fixture
def topics(files, write):
    """Give a function that reads a ``topics.yaml``."""
    return lambda text: read_topics(files, write("content/topics.yaml", text))


def test_a_title_is_enough(settings, report):
    """Every default makes a good site."""
    found = settings("title: Things")

    assert (found.title, found.base_url, found.language, found.theme) == (
        "Things",
        "",
        "en",
        "default",
    )
    assert (found.rank.components, found.rank.close_call, found.rank.min_coverage) == (
        COMPONENTS,
        3,
        0.4,
    )
    assert found.pairs == PairSettings("related", 12, (), ())
    assert (found.capabilities_shown, found.attributes) == (8, {})
    assert (report.errors, report.warnings) == ([], [])


def test_everything_can_be_said(settings, report):
    """Each setting is what its author wrote."""
    found = settings("""
title: Things
base_url: https://example.org/sub/path/
description: All  of
  them.
language: pt-BR
theme: my-own
capabilities_shown: 3
pairs:
  strategy: listed
  per_product: 5
  include: [alpha-vs-beta, [beta, alpha]]
attributes:
  self_hosted: {label: Self-hosted, kind: boolean}
  seats:
""")

    assert (found.base_url, found.description) == ("https://example.org/sub/path", "All of them.")
    assert (found.language, found.theme, found.capabilities_shown) == ("pt-BR", "my-own", 3)
    both = (("alpha", "beta"), ("beta", "alpha"))
    assert found.pairs == PairSettings("listed", 5, both)
    assert found.attributes == {
        "self_hosted": Attribute("self_hosted", "Self-hosted", "boolean"),
        "seats": Attribute("seats", "Seats", "text"),
    }
    assert (report.errors, report.warnings) == ([], [])


def test_components_are_laid_over_the_default_ones(settings, report):
    """A component can be left out, weighed anew, measured otherwise or added."""
    rank = settings("""
title: Things
rank:
  label: Score
  close_call: 0
  min_coverage: 0
  components:
    ecosystem: false
    adoption: {weight: 50}
    quality: {label: How good, signals: {stars: {scale: linear, low: 1, high: 5}}}
    carbon_use: {weight: 5, signals: {audited: {scale: decay, half_life: 90}}}
  weights:
    web-app: {adoption: 0}
""").rank

    found = {c.name: c for c in rank.components}
    assert list(found) == ["adoption", "quality", "match", "freshness", "carbon_use"]
    assert (found["adoption"].weight, found["adoption"].scales) == (50, COMPONENTS[0].scales)
    assert (found["quality"].label, found["quality"].weight) == ("How good", 25)
    assert found["quality"].scales == (Scale("stars", "linear", 1, 5),)
    assert found["carbon_use"].label == "Carbon use"
    assert found["carbon_use"].scales == (Scale("audited", "decay", half_life=90),)
    assert (rank.label, rank.close_call, rank.min_coverage) == ("Score", 0, 0)
    assert rank.weight(found["adoption"], "web-app") == 0
    assert rank.weight(found["adoption"], "model") == 50
    assert report.errors == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: title: is missing"),
        ("title:", "1:1: title: is missing"),
        ('title: "  "', "1:1: title: is missing"),
        ("title: [a]", "1:8: title: must be a text, not a list"),
        ("- title", "1:1: must be a mapping of keys to values, not a list"),
    ],
)
def test_a_site_needs_a_title(settings, said, text, report):
    """Without a title nothing can be built, and that is said once."""
    assert settings(text) is None
    assert f"content/site.yaml:{said}" in str(report.errors[0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("base_url: example.org", "base_url: must be the http(s) address"),
        ("base_url: mailto:a@b.org", "base_url: must be the http(s) address under which"),
        ("base_url: https://a.org/?q", "base_url: must be the http(s) address under which"),
        ("base_url: https://a.org/#a", "base_url: must be the http(s) address under which"),
        ("language: deutsch!", 'language: must be a language tag such as "en"'),
        ("theme: ../evil", "theme: must be a slug"),
        ("capabilities_shown: 0", "capabilities_shown: must be from 1 to 1000, not 0"),
        ("rank: 5", "rank: must be a mapping of keys to values, not a text"),
        ("rank: {close_call: -1}", "rank.close_call: must be from 0 to 100, not -1"),
        ("rank: {min_coverage: 40}", "rank.min_coverage: must be from 0 to 1, not 40"),
        ("rank: {components: {A b: {}}}", "rank.components.A b: must be a word of lower-case"),
        ("rank: {components: {x: {weight: -1}}}", "components.x.weight: must be from 0"),
        ("rank: {components: {x: {signals: {s: {}}}}}", "x.signals.s: needs a high above its low"),
        ("rank: {components: {x: {signals: {s: {high: x}}}}}", "s.high: must be a number"),
        (
            "rank: {components: {x: {signals: {s: {low: 2, high: 1}}}}}",
            "needs a high above its low",
        ),
        ("rank: {components: {x: {signals: {s: {low: -1, high: 1}}}}}", "s.low: must be from 0"),
        ("rank: {components: {x: {signals: {s: {scale: lin, high: 1}}}}}", '"lin" is not one of'),
        ("rank: {components: {x: {signals: {s: {scale: decay}}}}}", "s: has no half_life"),
        ("rank: {components: {x: {signals: {s: {scale: decay, half_life: 0}}}}}", "from 0.01"),
        ("rank: {weights: {model: {match: .inf}}}", "weights.model.match: must be a number"),
        ("pairs: {strategy: some}", 'pairs.strategy: "some" is not one of related, category'),
        ("pairs: {per_product: 1.5}", 'pairs.per_product: must be a whole number, not "1.5"'),
        ("pairs: {include: [alpha]}", "pairs.include[0]: must name two products"),
        ("pairs: {include: [alpha-vs-alpha]}", "pairs.include[0]: must name two products"),
        ("pairs: {include: [{alpha: beta}]}", "pairs.include[0]: must name two products"),
        ("pairs: {include: [alpha-vs-bata]}", 'there is no product "bata" (did you mean "beta"?)'),
        ("pairs: {include: [[alpha, ../beta]]}", 'there is no product "../beta"'),
        ("pairs: {exclude: [alpha-vs-gone]}", 'pairs.exclude[0]: there is no product "gone"'),
        ("attributes: {a: {kind: bool}}", 'attributes.a.kind: "bool" is not one of text'),
        ("attributes: {A: {}}", "attributes.A: must be a word of lower-case letters"),
    ],
)
def test_what_a_setting_cannot_be_is_said_once(settings, report, line, said):
    """A wrong setting is one error, with its line and its name."""
    settings(f"title: Things\n{line}\n")

    (problem,) = report.errors
    assert str(problem).startswith("content/site.yaml:2:")
    assert said in str(problem)


def test_pairs_may_have_long_names(settings, report):
    """A pair's name is as long as its two slugs, and many may be listed."""
    listed = f"    - alpha-vs-{SLUGS[2]}\n" * 2000

    pairs = settings(f"title: T\npairs:\n  include:\n{listed}").pairs

    assert pairs.include == (("alpha", SLUGS[2]),) * 2000
    assert report.errors == []


def test_unknown_settings_are_warned_of(settings, report):
    """A misspelt setting is left out, and the right one suggested."""
    settings("title: Things\nrank: {components: {match: {wieght: 5}}, weights: {model: {mtch: 1}}}")

    assert [warning.hint for warning in report.warnings] == [
        'did you mean "weight"?',
        'did you mean "match"?',
    ]


def test_topics_have_labels_and_synonyms(topics, report):
    """A topic that says nothing is called by its slug."""
    found = topics("sharing:\n  label: Share\n  synonyms: [give, give, lend]\nfull-text:\n")

    assert found == (Topic("sharing", "Share", ("give", "lend")), Topic("full-text", "Full text"))
    assert report.errors == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("full_text: {}", "full_text: is not a slug"),
        ("Sharing: {}", "Sharing: is not a slug"),
        ("sharing: give", "sharing: must be a mapping of keys to values, not a text"),
        ("sharing: {label: [a]}", "sharing.label: must be a text, not a list"),
        ("sharing: {}\nsharing: {}", "sharing: stands twice"),
        ("- sharing", "must be a mapping of keys to values, not a list"),
    ],
)
def test_topics_are_slugs(topics, report, text, said):
    """What no product could refer to is no topic."""
    topics(text)

    (problem,) = report.errors
    assert said in str(problem)


def test_a_site_needs_no_topics(files, report):
    """``topics.yaml`` may be left out."""
    assert read_topics(files, files.root / "content" / "topics.yaml") == ()
    assert report.errors == []


def test_a_name_of_two_topics_is_warned_of(topics, report):
    """A name that two topics claim could align what is not the same."""
    topics("one: {synonyms: [Same]}\ntwo: {label: same}\n")

    assert [str(warning) for warning in report.warnings] == [
        'content/topics.yaml:2:6: two: "same" is a name of one too (keep it in one of them)'
    ]


def test_a_pair_both_asked_for_and_excluded_is_warned_of(settings, report):
    """An exclusion wins, and says that it does."""
    found = settings("title: A\npairs: {include: [alpha-vs-beta], exclude: [[beta, alpha]]}\n")

    assert found.pairs.exclude == (("beta", "alpha"),)
    assert "exclude wins" in str(report.warnings[0])
