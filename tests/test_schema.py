"""The JSON Schema of product.yaml says what the reader of product.yaml does."""

import json
import re
from typing import get_args

import pytest
import yaml

from comparo.content.capabilities import KEYS as CAPABILITY_KEYS
from comparo.content.loading import load_content
from comparo.content.products import KEYS, read_product
from comparo.files import Files, Report
from comparo.model import PricingModel, Settings, Status
from comparo.scaffold import new_site
from comparo.schema import schema

RULES = schema()
KINDS = {"string": str, "boolean": bool, "array": list, "object": dict, "number": (int, float)}
NOTES = {"$defs", "$schema", "default", "description", "title"}


def is_a(value, kinds):
    """Say whether a value is of one of JSON Schema's kinds; there, true is no number."""
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return any(
        isinstance(value, KINDS[kind]) and isinstance(value, bool) == (kind == "boolean")
        for kind in kinds
    )


def others(value, rule):
    """Give the items of a mapping that a rule has no property for."""
    return [item for name, item in value.items() if name not in rule.get("properties", {})]


CHECKS = {
    "$ref": lambda v, ref, _: valid(v, RULES["$defs"][ref.rpartition("/")[2]]),
    "anyOf": lambda v, parts, _: any(valid(v, part) for part in parts),
    "enum": lambda v, options, _: v in options,
    "type": lambda v, kinds, _: is_a(v, kinds),
    "minLength": lambda v, least, _: not is_a(v, "string") or len(v) >= least,
    "maxLength": lambda v, most, _: not is_a(v, "string") or len(v) <= most,
    "pattern": lambda v, pattern, _: not is_a(v, "string") or re.search(pattern, v),
    "minimum": lambda v, low, _: not is_a(v, "number") or v >= low,
    "maximum": lambda v, high, _: not is_a(v, "number") or v <= high,
    "items": lambda v, part, _: not is_a(v, "array") or all(valid(item, part) for item in v),
    "required": lambda v, names, _: not is_a(v, "object") or set(names) <= set(v),
    "properties": lambda v, parts, _: (
        not is_a(v, "object") or all(valid(v[name], parts[name]) for name in parts if name in v)
    ),
    "propertyNames": lambda v, part, _: (
        not is_a(v, "object") or all(valid(name, part) for name in v)
    ),
    "additionalProperties": lambda v, part, rule: (
        not is_a(v, "object") or all(part and valid(item, part) for item in others(v, rule))
    ),
}


def valid(value, rule=RULES):
    """Check a value against the part of JSON Schema that comparo's schema is written in."""
    return all(CHECKS[key](value, rule[key], rule) for key in rule if key not in NOTES)


def rules(part):
    """Go through every rule of a schema."""
    yield part
    for key in ("$defs", "properties"):
        for rule in part.get(key, {}).values():
            yield from rules(rule)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(key), dict):
            yield from rules(part[key])
    for rule in part.get("anyOf", ()):
        yield from rules(rule)


def plain(text: str):
    """Load YAML as an editor does, which takes a date for a text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_schema_is_json():
    """The schema is of draft 2020-12, and is JSON that says the same when it is read."""
    made = schema()

    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_every_key_is_described():
    """The schema knows the keys that comparo reads, all with a description, and no others."""
    made = schema()
    capability = made["$defs"]["capability"]["anyOf"][1]

    assert tuple(made["properties"]) == KEYS
    assert tuple(capability["properties"]) == CAPABILITY_KEYS
    assert made["additionalProperties"] is capability["additionalProperties"] is False
    for rule in (*made["properties"].values(), *capability["properties"].values()):
        assert rule["description"].endswith(".")


def test_every_rule_is_one_that_is_checked_here():
    """The schema is written in words that these tests understand, and its references lead on."""
    made = schema()

    for rule in rules(made):
        assert set(rule) <= NOTES | set(CHECKS)
        assert rule.get("$ref", "#/$defs/slug").removeprefix("#/$defs/") in made["$defs"]


def test_the_choices_are_those_of_the_model():
    """Pricing models and statuses are those that the model knows."""
    made = schema()

    assert made["properties"]["pricing"]["properties"]["model"]["enum"] == [*get_args(PricingModel)]
    assert made["properties"]["status"]["anyOf"][0]["enum"] == [*get_args(Status)]


def test_no_number_is_beyond_64_bits():
    """Every bound is exact as an integer and as a float of 64 bits, so that no editor rounds it."""
    keys = ("minimum", "maximum")
    bounds = [rule[key] for rule in rules(schema()) for key in keys if key in rule]

    assert bounds
    assert all(abs(bound) <= 2**53 for bound in bounds)


def test_the_starter_is_valid(tmp_path):
    """The products of a new site satisfy the schema."""
    new_site(tmp_path)

    paths = sorted(tmp_path.glob("content/products/*/product.yaml"))

    assert len(paths) == 2
    assert all(valid(plain(path.read_text())) for path in paths)


GOOD = [
    "name: Acme",
    "name: 1984",
    "name: 日本語",
    "{name: A, type: web-app, category: notes, tags: [a, b-c]}",
    "{name: A, category: [notes, tools], platforms: linux}",
    "{name: A, url: https://a.example/, repo: {value: https://b.example/, source: their page}}",
    "{name: A, license: {value: MIT, source: https://a.example, date: 2026-01-31}}",
    "{name: A, platforms: {value: [web], date: 2026-01-31}, status: {value: active}}",
    "{name: A, released: 2026-01-31}",
    "{name: A, released: {value: 2026-01-31, source: x}}",
    "{name: A, pricing: {model: freemium, starting_price: $20/mo, checked: 2026-01-31, source: x}}",
    "{name: A, pricing: {starting_price: {amount: 20, currency: USD, period: month}}}",
    "{name: A, pricing: {starting_price: {value: $20/mo, source: x, date: 2026-01-31}}}",
    "{name: A, pricing: {starting_price: {value: {amount: 20}, source: x}}}",
    "{name: A, rank: 62}",
    "{name: A, rank: {value: 62.5, source: x}}",
    "{name: A, scores: {adoption: 0.8, quality: {value: 1, source: x}}}",
    "{name: A, signals: {github_stars: 21000, last_commit: 2026-01-31}}",
    "{name: A, signals: {github_stars: {value: 0, date: 2026-01-31}}}",
    "{name: A, attributes: {self_hosted: true, languages: [Python, Go], seats: -3.5}}",
    "{name: A, attributes: {since: {value: 2026-01-31, source: x}, note: words}}",
    "{name: A, capabilities: [Search, {name: Sync, topic: sync, best_for: teams, intents: [a]}]}",
    "{name: A, capabilities: [{name: S, description: '**x**', limitations: [y], source: z}]}",
]
BAD = [
    "{}",
    "[]",
    "{type: product}",
    "{name: [A]}",
    "{name: A, summary: [x]}",
    "{name: A, type: Web App}",
    "{name: A, category: Notes}",
    "{name: A, tags: [a_b]}",
    "{name: A, url: 'javascript:alert(1)'}",
    "{name: A, repo: {value: 'ftp://a.example/'}}",
    "{name: A, license: {source: x}}",
    "{name: A, status: dead}",
    "{name: A, released: soon}",
    "{name: A, pricing: free}",
    "{name: A, pricing: {model: fre}}",
    "{name: A, pricing: {checked: yesterday}}",
    "{name: A, pricing: {starting_price: {currency: USD}}}",
    "{name: A, pricing: {starting_price: {amount: -1}}}",
    "{name: A, rank: 101}",
    "{name: A, rank: '62'}",
    "{name: A, scores: {adoption: 1.5}}",
    "{name: A, scores: {adoption: {value: -1}}}",
    "{name: A, signals: {github_stars: -1}}",
    "{name: A, signals: {github_stars: 18446744073709551616}}",
    "{name: A, signals: {github_stars: many}}",
    "{name: A, signals: {github_stars: true}}",
    "{name: A, attributes: {Self Hosted: true}}",
    "{name: A, attributes: {seats: 1.0e+30}}",
    "{name: A, capabilities: [{topic: sync}]}",
    "{name: A, capabilities: [{name: S, topic: Not A Slug}]}",
]
ODD = [
    "{name: A, capabilites: []}",
    "{name: A, pricing: {modell: free}}",
    "{name: A, license: {value: MIT, sauce: x}}",
    "{name: A, capabilities: [{name: S, topics: sync}]}",
]


def read(folder, text):
    """Read a product as comparo does, and give what it says of it."""
    (folder / "acme").mkdir()
    (folder / "acme/product.yaml").write_text(text)
    (folder / "content").mkdir()
    (folder / "content/site.yaml").write_text("title: T")
    settings: Settings = load_content(folder).content.settings
    report = Report()
    read_product(Files(folder, report), folder / "acme", settings)
    return report


@pytest.mark.parametrize("text", GOOD)
def test_what_comparo_reads_is_valid(tmp_path, text):
    """What an editor accepts, comparo reads without an error."""
    assert valid(plain(text))
    assert read(tmp_path, text).errors == []


@pytest.mark.parametrize("text", BAD)
def test_what_comparo_refuses_is_invalid(tmp_path, text):
    """What comparo calls an error, an editor underlines."""
    assert not valid(plain(text))
    assert read(tmp_path, text).errors != []


@pytest.mark.parametrize("text", ODD)
def test_what_comparo_warns_of_is_invalid(tmp_path, text):
    """A key that comparo does not know, an editor underlines."""
    assert not valid(plain(text))
    assert read(tmp_path, text).warnings != []
