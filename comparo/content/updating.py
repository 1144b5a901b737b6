"""Lay new facts over a product.yaml that someone wrote, and leave the rest as it stands.

Only the lines of what changes are replaced, so comments, order and layout survive elsewhere. The
outcome is read again: should it not say what it must, the file is written anew and that is noted.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from typing import Any, NamedTuple

from comparo.content.products import KEYS
from comparo.content.writing import product_yaml
from comparo.errors import Place
from comparo.files import Report
from comparo.source import parse
from comparo.values import Value


class Edit(NamedTuple):
    """Lines from ``start`` to before ``end``, and what stands there instead."""

    start: int
    end: int
    lines: Sequence[str]


def updated(text: str, fields: Mapping[str, object], file: str, report: Report) -> str | None:
    """Give the text with the fields laid over it; the very text where it says all that already.

    None where it cannot be read; that, and any comment that is lost, stands in the report.
    """
    top = parse(text, file, report)
    old = _data(top) if top else None
    if top and not isinstance(old, dict | None):
        top.error("must be a mapping of keys to values")
    if not top or report.errors:
        return None
    new = _laid_over(old or {}, fields)
    if new == old:
        return text
    if _is_block(top):
        spliced = _spliced(text, top, new)
        check = parse(spliced, file, trial := Report())
        if check and _data(check) == new and not trial.errors:
            return spliced
    if "#" in text:
        report.warn(Place(file), "was written anew, without the comments that it held")
    return product_yaml(new)


# What it says ----------------------------------------------------------------------------------


def _data(value: Value) -> Any:
    """Give a value as plain data, with its texts as they stand."""
    if value.is_list:
        return [_data(item) for item in value.items()]
    if not value.is_scalar:
        return {key: _data(entry) for key, entry in value.pairs()}
    text = str(value.node.value)
    if value.missing or getattr(value.node, "style", None) or len(text) > 40:
        return None if value.missing else text
    datum = value.any()
    return text if isinstance(datum, str) else datum


def _laid_over(old: Any, new: Any) -> Any:
    """Give the new data, with what only the old says: further keys, sources, its notation."""
    if _same(old, new) or (_is_fact(old) and _same(old["value"], new)):
        return old
    if isinstance(new, Mapping):
        if new.keys() == {"name"} and _same(old, new["name"]):
            return old  # a capability that is just its name
        kept = {} if not isinstance(old, dict) or _is_fact(old) else old
        return kept | {key: _laid_over(kept.get(key), value) for key, value in new.items()}
    if isinstance(new, list | tuple):
        named = {_name(item): item for item in old} if isinstance(old, list) else {}
        return [_laid_over(named.get(_name(item)), item) for item in new]
    return new


def _is_fact(data: Any) -> bool:
    return isinstance(data, dict) and "value" in data


def _name(item: Any) -> str:
    """Name an item of a list, so that an author's additions to a capability find it again."""
    return str(item.get("name") if isinstance(item, Mapping) else item)


def _same(old: Any, new: Any) -> bool:
    """Tell whether two notations say the same: ``x`` and ``[x]``, ``"2026-01-31"`` and the date."""
    ours = old if isinstance(old, list) else [old]
    theirs = new if isinstance(new, list | tuple) else [new]
    if any(isinstance(item, Mapping) for item in (*ours, *theirs)):
        return False
    return [_words(item) for item in ours] == [_words(item) for item in theirs]


def _words(datum: object) -> list[str] | None:
    return None if datum is None else str(datum).split()


# How it is written -----------------------------------------------------------------------------


def _spliced(text: str, top: Value, new: Mapping[str, Any]) -> str:
    lines = text.removesuffix("\n").split("\n")
    mark = top.node.end_mark
    edits = _edits(top, lines, new, mark.line + (mark.column > 0))
    out: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        out += [*lines[done : edit.start], *edit.lines]
        done = edit.end
    return "\n".join([*out, *lines[done:]]) + "\n"


def _edits(value: Value, lines: list[str], new: Mapping[str, Any], last: int) -> Iterator[Edit]:
    """Find the lines of a block mapping that have to change; ``last`` is the one after it."""
    pairs = value.node.value
    column = pairs[0][0].start_mark.column
    starts = [key.start_mark.line for key, _ in pairs]
    bounds = zip(starts, [*starts[1:], last], strict=True)
    ends = [_end(lines, start, bound, column) for start, bound in bounds]
    names = []
    for start, end, (key_node, node), (key, entry) in zip(
        starts, ends, pairs, value.pairs(), strict=True
    ):
        names.append(key)
        old = _data(entry)
        if new[key] == old:
            continue
        if _is_block(entry) and isinstance(new[key], dict) and old.keys() <= new[key].keys():
            yield from _edits(entry, lines, new[key], end)
            continue
        fresh = _rendered(key, new[key], column)
        rest = lines[start][node.end_mark.column :] if node.end_mark.line == start else ""
        if rest.lstrip().startswith("#") and len(fresh) == 1:
            fresh = [fresh[0] + rest]
        elif _has_comment(key_node, node, "\n".join(lines[:end])):
            entry.warn("was replaced, and with it the comment that stood there")
        yield Edit(start, end, fresh)

    order = () if value.path else KEYS
    for key in (key for key in new if key not in names):
        before = [end for name, end in zip(names, ends, strict=True) if _precedes(name, key, order)]
        at = max(before, default=starts[0])
        yield Edit(at, at, _rendered(key, new[key], column))


def _precedes(name: str, key: str, order: Sequence[str]) -> bool:
    """Tell whether a new key stands after one that is there: by the contract's order, else last."""
    return not (name in order and key in order) or order.index(name) < order.index(key)


def _is_block(value: Value) -> bool:
    """Tell whether a mapping stands with a line for each key."""
    if value.is_scalar or value.is_list:
        return False
    return bool(value.node.value) and not getattr(value.node, "flow_style", True)


def _end(lines: Sequence[str], start: int, bound: int, column: int) -> int:
    """Find where an entry ends: blank lines and comments above the next one belong to that."""
    end = bound
    while end > start + 1:
        line = lines[end - 1]
        bare = line.lstrip()
        if bare and not (bare.startswith("#") and len(line) - len(bare) <= column):
            break
        end -= 1
    return end


def _rendered(key: str, datum: object, column: int) -> list[str]:
    return indent(product_yaml({key: datum}), " " * column).removesuffix("\n").split("\n")


def _has_comment(key: Any, node: Any, text: str) -> bool:
    """Tell whether an entry that ends where the text ends holds a ``#`` outside of its values."""
    at = key.end_mark.index
    for first, last in _spans(node):
        if "#" in text[at:first]:
            return True
        at = last
    return "#" in text[at:]


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    """Go through a node's scalars: where each begins and ends in the text."""
    if isinstance(node, tuple | list):
        for part in node:
            yield from _spans(part)
    elif isinstance(node.value, str):
        yield node.start_mark.index, node.end_mark.index
    else:
        yield from _spans(node.value)
