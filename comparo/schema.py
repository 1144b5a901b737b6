"""JSON Schema of ``product.yaml``, so that editors complete keys and underline mistakes."""

from typing import Any, get_args

from comparo.model import PricingModel, Status
from comparo.texts import KEY, SLUG

Schema = dict[str, Any]

LARGEST = 10**15
"""The largest number that content may hold: exact in 64 bits, whether whole or floating."""

SLUG_TEXT: Schema = {
    "type": "string",
    "pattern": f"^{SLUG.pattern}$",
    "maxLength": 100,
    "description": "Lower-case letters, digits and single hyphens.",
}
TEXT: Schema = {"type": ["string", "number"], "maxLength": 2000}
"""One line of text. An editor takes an unquoted 1984 for a number; comparo for what it says."""

DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ].*)?$"}
ADDRESS: Schema = {
    "type": "string",
    "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)",
}
NUMBER: Schema = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}


def schema() -> Schema:
    """Describe everything that a ``product.yaml`` may hold."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A product of a comparo site",
        "description": "One product: the facts that its pages and comparisons are made of.",
        **_mapping(_product(), required=["name"]),
        "$defs": {
            "slug": SLUG_TEXT,
            "text": TEXT,
            "texts": {"anyOf": [_ref("text"), _list(_ref("text"))]},
            "date": DATE,
            "address": ADDRESS,
            "price": _price(),
            "capability": {"anyOf": [_ref("text"), _mapping(_capability(), required=["name"])]},
        },
    }


def _product() -> Schema:
    return {
        "name": _name("The product's name, in any script."),
        "type": _ref("slug", "What kind of thing it is, such as web-app or repository."),
        "category": _slugs("The category that it belongs to, or a list of them."),
        "tags": _slugs("What else to find it by."),
        "summary": _ref("text", "One sentence: what it is, and for whom."),
        "url": _fact(_ref("address"), "Its home page."),
        "repo": _fact(_ref("address"), "Where its source code is."),
        "license": _fact(_ref("text"), "The licence that it comes under, such as MIT."),
        "platforms": _fact(_ref("texts"), "What it runs on."),
        "status": _fact({"enum": list(get_args(Status))}, "Whether it is still worked on."),
        "released": _fact(_ref("date"), "The date of its newest release; feeds freshness."),
        "pricing": _mapping(_pricing(), "What it costs."),
        "rank": _fact(_between(0, 100), "A rank of your own; it wins over the computed one."),
        "scores": _named(_between(0, 1), "Values of components of the rank, such as quality."),
        "signals": _named(
            {"anyOf": [{**NUMBER, "minimum": 0}, _ref("date")]},
            "Raw measures that the rank is made of, such as github_stars.",
        ),
        "attributes": {
            **_named(
                {"anyOf": [{"type": ["string", "boolean"]}, NUMBER, _list(_ref("text"))]},
                "Any further facts to compare.",
            ),
            "propertyNames": {"pattern": f"^{KEY.pattern}$"},
        },
        "capabilities": {
            **_list(_ref("capability")),
            "description": "What it can do.",
        },
    }


def _pricing() -> Schema:
    return {
        "model": {
            "enum": list(get_args(PricingModel)),
            "default": "unknown",
            "description": "How it is sold. Unknown is never shown as paid.",
        },
        "starting_price": _fact(_ref("price"), "The lowest price, such as $20/mo."),
        "checked": _ref("date", "When the price was looked up."),
        "source": _ref("text", "Where the price was found."),
    }


def _price() -> Schema:
    parts = {
        "amount": {**_between(0, LARGEST), "description": "The price in figures."},
        "currency": {"type": "string", "maxLength": 8, "description": "Such as USD."},
        "period": {"type": "string", "maxLength": 40, "description": "Such as month."},
    }
    return {"anyOf": [{**TEXT, "maxLength": 100}, _mapping(parts, required=["amount"])]}


def _capability() -> Schema:
    return {
        "name": _name("What it does, in a few words."),
        "description": {"type": "string", "maxLength": 50_000, "description": "In Markdown."},
        "topic": _ref("slug", "The same slug in another product says: the same capability."),
        "unique": _ref("text", "What only this product does here."),
        "vs_alternatives": _ref("text", "How it differs from what others do."),
        "intents": _ref("texts", "What someone would type to find it."),
        "best_for": _ref("texts", "Whom or what it suits."),
        "limitations": _ref("texts", "What it cannot do."),
        "requires": _ref("texts", "What must be there first."),
        "inputs": _ref("texts", "What goes in."),
        "outputs": _ref("texts", "What comes out."),
        "source": _ref("text", "Where a reader can check it."),
    }


def _fact(kind: Schema, description: str) -> Schema:
    """Describe a value that may stand bare, or with where it comes from and when it was true."""
    told = {
        "value": kind,
        "source": _ref("text", "Where it comes from."),
        "date": _ref("date", "When it was true."),
    }
    return {"anyOf": [kind, _mapping(told, required=["value"])], "description": description}


def _named(kind: Schema, description: str) -> Schema:
    """Describe facts by names of the author's choice."""
    return {
        "type": "object",
        "additionalProperties": _fact(kind, "Bare, or {value, source, date}."),
        "description": description,
    }


def _mapping(keys: Schema, description: str = "", required: list[str] | None = None) -> Schema:
    mapping: Schema = {"type": "object", "properties": keys, "additionalProperties": False}
    if required:
        mapping["required"] = required
    return {**mapping, "description": description} if description else mapping


def _list(kind: Schema) -> Schema:
    return {"type": "array", "items": kind}


def _slugs(description: str) -> Schema:
    return {"anyOf": [_ref("slug"), _list(_ref("slug"))], "description": description}


def _name(description: str) -> Schema:
    return {**TEXT, "minLength": 1, "maxLength": 300, "description": description}


def _between(low: float, high: float) -> Schema:
    return {"type": "number", "minimum": low, "maximum": high}


def _ref(name: str, description: str = "") -> Schema:
    ref = {"$ref": f"#/$defs/{name}"}
    return {**ref, "description": description} if description else ref
