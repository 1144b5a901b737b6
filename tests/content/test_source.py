"""YAML means what YAML 1.2 says, each value knows where it stands, and nothing in it does harm."""

import datetime as dt

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from comparo.files import Report
from comparo.source import front_matter, parse
from comparo.texts import did_you_mean, is_address, slugify
from comparo.values import Value

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
    for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True)
)


def value(text: str, report: Report | None = None) -> Value:
    """Read the value of the key ``x``."""
    top = parse(f"x: {text}", "f.yaml", report or Report())
    return dict(top.pairs())["x"]


def errors(text: str) -> list[str]:
    """Compose a text, and tell what is said of it."""
    report = Report()
    parse(text, "f.yaml", report)
    return [str(problem) for problem in report.errors]


# What a scalar means -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("NO", "NO"),
        ("off", "off"),
        ("true", True),
        ("FALSE", False),
        ("010", 10),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", 1000.0),
        ("-0.0", 0.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("2024-01-31", dt.date(2024, 1, 31)),
        ("2024-01-31T23:59:59Z", dt.date(2024, 1, 31)),
        ('"2024-01-31"', "2024-01-31"),
        ("'5'", "5"),
        ("٣", "٣"),
        ("2024-1-31", "2024-1-31"),
        ("1.2.3", "1.2.3"),
        ("{a b}", None),
        ("[]", None),
        ("[NO, 1, 1, ~]", ("NO", "1")),
        ('""', None),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_values_are_read_as_yaml_1_2_has_them(text, datum):
    """A scalar that nobody declared is what it looks like to YAML 1.2, not to YAML 1.1."""
    found = value(text).any()

    assert (found, type(found)) == (datum, type(datum))


@pytest.mark.parametrize("text", ["NO", "010", "1:30", "2024-01-31", "1e3", ".nan", "true"])
def test_a_text_is_what_was_typed(text):
    """Where a text is wanted, nothing is guessed."""
    assert value(text).text() == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL", '""', "'  '", '"\\u3000"'])
def test_nothing_is_nothing(text):
    """An empty value, however it is written, is missing, so that no blank reaches a page."""
    found = value(text)

    assert (found.missing, found.text(), found.fact(Value.any)) == (True, None, None)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".inf", "-.INF", "1e400", "9" * 50])
def test_no_number_without_end_is_read(text):
    """NaN, infinity and numbers beyond all measure are errors, declared or not."""
    report = Report()

    read = [value(text, report).any(), value(text, report).number()]

    assert read == [None, None]
    assert len(report.errors) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023-02-29", 'must be a date such as 2026-11-22, not "2023-02-29"'),
        ("0000-01-01", "must be a date"),
        ("31.1.2024", "must be a date"),
        ("[2024-01-31]", "must be a date such as 2026-11-22, not a list"),
    ],
)
def test_a_date_has_to_be_one(text, said):
    """A day that no calendar has, and one in another notation, are errors."""
    report = Report()

    assert value(text, report).date() is None
    assert said in str(report.errors[0])


def test_texts_are_folded_and_blocks_are_kept():
    """White space in a line of text is folded; a text of many lines keeps its own."""
    found = value('"  a \\t b\\n\\n  c "')

    assert (found.text(), found.block()) == ("a b c", "a \t b\n\n  c")


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e[2J", "\\x7f", "\\x9b", "\\r", "\\uFFFE"])
def test_control_characters_are_refused(escape):
    """A character that a terminal or a browser would act on is an error, and named."""
    report = Report()

    assert value(f'"a{escape}b"', report).text() is None
    assert "x: holds the control character U+" in str(report.errors[0])


@pytest.mark.parametrize(
    ("text", "read", "said"),
    [
        ("x" * 2001, Value.text, "x: is 2,001 characters long; 2,000 are allowed"),
        ("[[b]]", Value.texts, "x[0]: must be a text, not a list"),
        ("{a: b}", Value.text, "x: must be a text, not a mapping"),
        ("'5'", Value.number, 'x: must be a number, not "5"'),
        ("101", lambda v: v.number(0, 100), "x: must be from 0 to 100, not 101"),
        ("1.0", lambda v: v.whole(0, 9), 'x: must be a whole number, not "1.0"'),
        ("yes", Value.truth, 'x: must be true or false, not "yes"'),
        ("Web App", Value.slug, "x: must be a slug such as 'web-app', not \"Web App\""),
        ("fre", lambda v: v.choice(["free", "paid"]), '(did you mean "free"?)'),
        ("www.x.org", Value.url, 'must be a http(s) or mailto address, not "www.x.org"'),
        ("{date: 2024-01-31}", lambda v: v.fact(Value.any), "x: has no value"),
        ("[1]", lambda v: v.fields("a"), "x: must be a mapping of keys to values, not a list"),
        (f"[{'a,' * 1001}]", Value.texts, "x: holds 1,001 items; 1,000 are allowed"),
    ],
)
def test_what_is_wrong_is_said_once(text, read, said):
    """A value that cannot be read gives nothing, and one error that says why."""
    report = Report()

    assert not read(value(text, report))
    (problem,) = report.errors
    assert str(problem).startswith("f.yaml:1:")
    assert said in str(problem)


def test_a_fact_may_say_where_it_comes_from():
    """A value stands bare, or with its source and date."""
    bare = value("21000").fact(Value.number)
    full = value("{value: 21000, source: GitHub, date: 2026-01-31}").fact(Value.number)

    assert (bare.value, bare.source, bare.date) == (21000, "", None)
    assert (full.value, full.source, full.date) == (21000, "GitHub", dt.date(2026, 1, 31))


def test_a_fact_without_its_value_says_nothing():
    """A source alone is no fact, and no error: the author has not looked it up yet."""
    report = Report()

    assert value("{value: ~, source: GitHub}", report).fact(Value.number) is None
    assert report.errors == []


# Where things stand -------------------------------------------------------------------------------


def test_every_value_knows_its_line_and_column():
    """An error in a deep value points at it."""
    report = Report()
    top = parse("a: 1\nb:\n  - c:\n      d: {e: x}\n", "f.yaml", report)

    (item,) = dict(top.pairs())["b"].items()
    deep = item.fields()["c"].fields()["d"].fields()["e"]
    deep.number()

    assert str(report.errors[0]) == 'f.yaml:4:14: b[0].c.d.e: must be a number, not "x"'


def test_a_missing_value_stands_at_its_key():
    """What was left out is looked for where its key is, not on the line below."""
    report = Report()
    top = parse("a:\n  b:\n\n\nc: 1\n", "f.yaml", report)

    top.fields()["a"].fields()["b"].error("is missing")

    assert str(report.errors[0]) == "f.yaml:2:3: a.b: is missing"


def test_unknown_keys_are_warned_of_at_the_key():
    """A misspelt key is no error; the warning stands at the key and suggests the right one."""
    report = Report()

    fields = parse("name: x\ncapabilites:\n  - y\n", "f.yaml", report).fields(
        "name", "capabilities"
    )

    assert list(fields) == ["name"]
    assert [str(w) for w in report.warnings] == [
        'f.yaml:2:1: capabilites: is not a key that comparo knows (did you mean "capabilities"?)'
    ]


def test_a_key_that_stands_twice_is_an_error():
    """YAML would take the last one in silence."""
    report = Report()

    fields = parse("name: x\ntags: []\nname: y\n", "f.yaml", report).fields("name", "tags")

    assert fields["name"].text() == "x"
    assert [str(e) for e in report.errors] == [
        "f.yaml:3:1: name: stands twice; the first is on line 1 (keep one)"
    ]


def test_a_long_key_is_cut_in_messages():
    """One clear line stays one, whatever the key."""
    report = Report()

    parse(f'? "{"k" * 5000}\\n"\n: 1', "f.yaml", report).fields("name")

    assert len(str(report.warnings[0])) < 150


# What is no YAML, or made to harm -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "f.yaml:1:5: is not YAML: mapping values are not allowed in this context"),
        ("a: b: c", "(put quotes around a text that holds a colon)"),
        ("a:\n\tb: 1", "f.yaml:2:1: is not YAML"),
        ("a:\n\tb: 1", "(indent with spaces, not tabs)"),
        ("a: @x", "(put quotes around the text)"),
        ('a: 1\nb: "x\nc: 2\n', "f.yaml:2:4: is not YAML: found unexpected end of stream"),
        ("a: [1\nb: 2", "f.yaml:2:2: is not YAML"),
        ("a: *b", "f.yaml:1:4: is not YAML: found undefined alias"),
        ("a: 1\n---\nb: 1", "f.yaml:2:1: is not YAML: but found another document"),
        ('a: "\\ud800"', "f.yaml:1:7: is not YAML: found invalid Unicode character escape code"),
        ('a: "\\U00110000"', "f.yaml:1:7: is not YAML"),
        ("a: !!python/object/apply:os.system [x]", "f.yaml:1:4: has the tag"),
        ("a: !!int 5", "has the tag tag:yaml.org,2002:int; tags are not read"),
        ("%TAG ! tag:evil.org,2000:\n---\na: !x 1", "f.yaml:3:4: has the tag tag:evil.org,2000:x"),
        ("a: " + "[" * 30_000, "f.yaml:1:43: nests deeper than 40 levels"),
        ("a: " + "{a: " * 30_000, "nests deeper than 40 levels"),
        ("- " * 30_000, "f.yaml:1:81: nests deeper than 40 levels"),
        ("? " * 30_000, "nests deeper than 40 levels"),
        ("? - " * 30_000, "nests deeper than 40 levels"),
        ("[\n" * 30_000, "f.yaml:41:1: nests deeper than 40 levels"),
        (BOMB, "holds more than 100 aliases"),
    ],
)
def test_what_cannot_be_composed_is_one_error_with_its_line(text, said):
    """Whatever a file holds, the reader gets one line and no crash."""
    (error,) = errors(text)

    assert said in error


@pytest.mark.parametrize("text", ["x: !!str 5", "x: ! 5", "x: Hello! Q&A", "x: &a 5\ny: *a"])
def test_harmless_marks_are_read(text):
    """A tag that says "text", an alias and an exclamation mark are fine."""
    assert errors(text) == []


def test_a_value_that_holds_itself_ends():
    """An alias to what it stands in is an error like any other."""
    report = Report()

    found = parse("&a [*a, b, {value: *a}]", "a.yaml", report)

    assert found is None
    assert "or for themselves" in report.errors[0].message


@given(st.text("!*&-?:,.[]{}()|>'\"%@`#~ \n\ta1_", max_size=24))
@example("[a,!x b]")
@example("{?!x a: b}")
@example('{"a":!x b}')
@example("&a !x b")
@example("- !x")
def test_no_tag_slips_through(text):
    """However a tag is written, it is found before the text is composed."""
    top = parse(text, "f.yaml", Report())

    assert {node.tag for node in nodes_of(top)} <= {"", "tag:yaml.org,2002:null"}


def nodes_of(top: Value | None) -> list[yaml.Node]:
    """Give all nodes of a document."""
    found, todo = {}, [top.node] if top else []
    while todo:
        node = todo.pop()
        if id(node) not in found:
            found[id(node)] = node
            inside = node.value if node.id != "scalar" else ()
            todo += [n for part in inside for n in (part if isinstance(part, tuple) else (part,))]
    return list(found.values())


def test_aliases_that_stand_for_too_much_are_refused():
    """Nine lines that would be a billion values are one error, before anybody walks them."""
    report = Report()
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for name, last in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]")

    found = parse("\n".join(lines), "a.yaml", report)

    assert found is None
    assert "more than 100,000 values" in report.errors[0].message


@given(st.text("ab: \n-[]{}&*!|>'\"#%@,?~\t\x85\u2028\ufeff", max_size=60))
def test_any_text_is_read_or_reported(text):
    """No text makes the reader raise, and each gives a value or an error."""
    report = Report()

    top = parse(text, "f.yaml", report)

    assert (top is None) == bool(report.errors)
    if top:
        for _, entry in top.pairs() if not top.is_list else ():
            entry.any()


@given(
    st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text("abNO-: 1."), st.lists)
)
def test_lists_of_any_depth_are_read_or_reported(data):
    """What another program wrote as YAML is read without an error of comparo's own."""
    report = Report()

    top = parse(yaml.safe_dump({"x": data}), "f.yaml", report)

    assert isinstance(dict(top.pairs())["x"].texts(), tuple)


# Front matter -----------------------------------------------------------------------------------


def test_front_matter_keeps_the_lines_of_its_file():
    """A value in front matter says the line on which its editor shows it."""
    report = Report()

    head, body = front_matter("---\na: 1\nb: [\n  x]\n---\n\nWords.\n", "f.md", report)

    assert str(dict(head.pairs())["b"].place) == "f.md:3:4"
    assert body == "\nWords.\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Words.", "no head"),
        ("", "no head"),
        ("----\na: 1\n---\n", "no head"),
        ("---\n---\nWords.", "empty head"),
        ("--- \na: 1\n...\nWords.", "head"),
    ],
)
def test_front_matter_may_be_missing_or_empty(text, parts):
    """A file without front matter is all body."""
    head, body = front_matter(text, "f.md", Report())

    found = "no head" if head is None else "empty head" if head.missing else "head"
    assert found == parts
    assert body == (text if head is None else "Words.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\na: 1\nWords.\n", 'f.md:1:1: has no second "---" that ends its front matter'),
        ("---\na: 1\nb: c: d\n---\n", "f.md:3:5: is not YAML"),
        ("---\na: !x 1\n---\n", "f.md:2:4: has the tag !x"),
    ],
)
def test_broken_front_matter_is_one_error(text, said):
    """Front matter that does not end, or that is no YAML, is said with the line in the file."""
    report = Report()

    assert front_matter(text, "f.md", report) is None
    (problem,) = report.errors
    assert str(problem).startswith(said)


# Words and addresses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Baïkal & Söhne 2.0", "baikal-sohne-2-0"),
        ("日本語", ""),
        ("A vs. B", "a-versus-b"),
        ("a vs vs b", "a-versus-versus-b"),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs_are_made_of_names(name, slug):
    """A suggested slug holds what can be spelt in ASCII, and no ``-vs-``."""
    assert slugify(name) == slug


@pytest.mark.parametrize(
    "url", ["https://x.org", "http://x.org:80/a?b#c", "mailto:a@b.org", "HTTPS://münchen.de/ü"]
)
def test_addresses_are_http_or_mailto(url):
    """What a page may link to."""
    assert is_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.org",
        "//x.org",
        "/x",
        "x.org",
        "https://",
        "https://:80",
        "http://[::1",
        "https:x.org",
        "mailto:a",
        "https://x.org/ a",
        "https://x.org/\u2028",
        'https://x.org/"onclick=',
        "https://x.org/<b>",
        "https:\\\\x.org",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "",
    ],
)
def test_nothing_else_is_an_address(url):
    """A script, a file, a half or a broken address is none."""
    assert not is_address(url)


def test_suggestions_are_near_or_none():
    """A word is suggested only if it could be meant."""
    assert did_you_mean("fre", ["free", "paid"]) == 'did you mean "free"?'
    assert did_you_mean("zebra", ["free", "paid"]) == ""
