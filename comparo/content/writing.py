"""A product, or a topic, as YAML text, such that ``source.py`` reads the very values back.

PyYAML quotes what YAML 1.1 would misread (``NO``, ``010``, ``1:30``); comparo reads as YAML 1.2
does, where a few more texts look like numbers (``1e5``), so those are quoted here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from comparo.content.capabilities import KEYS as CAPABILITY_KEYS
from comparo.content.products import KEYS
from comparo.model import Topic

WIDTH = 100

PRICING_KEYS = ("model", "starting_price", "checked", "source")

_LOOKS_TYPED = re.compile(r"[-+.]?\d[-+.\deE]*|\d{4}-\d\d-\d\d([T ].*)?", re.DOTALL)
"""Texts that comparo's reader could take for a number or a date."""

_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
"""Line ends of YAML 1.1 but not of 1.2: only an escape keeps them."""


def product_yaml(fields: Mapping[str, object]) -> str:
    """Write a product, or a part of one, with its keys in the contract's order."""
    ordered = _ordered(fields, KEYS)
    pricing, capabilities = ordered.get("pricing"), ordered.get("capabilities")
    if isinstance(pricing, Mapping):
        ordered["pricing"] = _ordered(pricing, PRICING_KEYS)
    if isinstance(capabilities, list | tuple):
        ordered["capabilities"] = [
            _ordered(item, CAPABILITY_KEYS) if isinstance(item, Mapping) else item
            for item in capabilities
        ]
    return yaml.dump(ordered, Dumper=_Dumper, width=WIDTH, allow_unicode=True, sort_keys=False)


def topic_yaml(topic: Topic) -> str:
    """Write a topic as it stands in topics.yaml, with its synonyms in one list."""
    entry: dict[str, object] = {"label": topic.label}
    if topic.synonyms:
        entry["synonyms"] = _Flow(topic.synonyms)
    return product_yaml({topic.slug: entry})


def _ordered(fields: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    known = {key: fields[key] for key in keys if key in fields}
    return known | {key: value for key, value in fields.items() if key not in known}


class _Flow(list[str]):
    """A list that stands in one line, or as few as hold it."""


class _Dumper(yaml.SafeDumper):
    """Write lists indented, and what stands twice twice: no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (PyYAML's signature)
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML's signature)
        return True

    def text(self, text: str) -> yaml.ScalarNode:
        """Choose the plainest style that keeps a text what it is."""
        style = None
        if _ODD_BREAK.search(text):
            style = '"'
        elif _LOOKS_TYPED.fullmatch(text):
            style = "'"
        elif "\n" in text:
            style = "|"
        elif len(text) > WIDTH - 15 and not text.startswith(" "):
            style = ">"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(
    _Flow,
    lambda dumper, texts: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", texts, flow_style=True
    ),
)
