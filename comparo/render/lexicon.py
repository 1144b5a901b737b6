"""Which needs a word leads to, in pieces so small that a browser can ask for just those it needs.

A list of needs is written in steps: each number is how much further the next need's number is, and
negative where the word stands in none of the need's names. A 0 at the end says that the list goes
on, and that only the first needs, which are the best ones, are in it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import msgspec

from comparo.compare.alignment import name_key
from comparo.compare.matching import MatchGraph
from comparo.compare.tying import SILENT
from comparo.model import Pricing
from comparo.render.needs import Need

LONGEST = 5_000
"""How many needs a word's list holds."""

WIDEST = 20_000
"""How many needs a filter's list holds; a query loads one of these."""

NEAREST = 200
"""How many needs are listed for all words that begin alike, where those are in several pieces."""

ROOM = 12_000
"""Bytes that a piece may have, unless a single word needs more."""

NARROW = 3_000
"""Bytes that a piece of the products' names may have: a query loads them beside the others."""

STARTING = "start"
"""The price of whatever someone can begin with without paying."""

DEPTH = 24
"""Letters by which pieces are told apart at most, so that their names stay short."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")

Numbers = Sequence[int]
"""Needs by their number, from 1, in that order; negative where no name of the need is meant.

Products are listed in the same way.
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """The words that begin with a prefix, but for those of shards with a longer one.

    Where there are such, the list under "" has the first needs of all words that begin so.
    """

    prefix: str
    lists: Mapping[str, msgspec.Raw]

    @property
    def name(self) -> str:
        """Give what its file is told by, whatever the letters."""
        return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in self.prefix)


def words_of(text: str) -> Iterator[str]:
    """Give the words of a text by which it is found: without plural endings and accents.

    Scripts that put no spaces between words are cut into pairs of letters.

    >>> list(words_of("Cafés, C++ & 全文検索"))
    ['cafe', 'c++', '全文', '文検', '検索']
    """
    return _plain(name_key(text))


def _plain(text: str) -> Iterator[str]:
    for word in text.split():
        if word.isascii():
            yield word
            continue
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
        plain = unicodedata.normalize("NFC", plain)
        yield from filter(None, _UNSPACED.sub(" ", plain).split())
        for run in _UNSPACED.findall(plain):
            yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))


def index(needs: Iterable[Need], graph: MatchGraph) -> dict[str, list[int]]:
    """Find for each word the needs that it can mean.

    It stands in the names of the need and its capabilities; else in the names of the products, in
    the intents that authors declare, or in the searches that the match graph ties to it.
    """
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for slug, queries in graph.ties.items():
        for query, ties in queries.items():
            for tie in ties:
                asked[slug, tie.capability].append(query)

    @cache
    def words(text: str) -> frozenset[str]:
        return frozenset(words_of(text))

    found: dict[str, list[int]] = defaultdict(list)
    for number, need in enumerate(needs, 1):
        named = frozenset().union(*map(words, need.names))
        near: frozenset[str] = frozenset()
        for member in need.members:
            product, capability = member.entry.product, member.capability
            named |= frozenset(_plain(member.key.keys[1]))
            near |= words(product.name)
            for text in (*capability.intents, *asked.get((product.slug, capability.id), ())):
                near |= words(text)
        for word in named:
            found[word].append(number)
        for word in near - named:
            found[word].append(-number)
    return found


def index_names(names: Iterable[str]) -> dict[str, list[int]]:
    """Find for each word that says something the names that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names, 1):
        for word in dict.fromkeys(words_of(name)):
            if word not in SILENT:
                found[word].append(number)
    return found


def filters(needs: Iterable[Need]) -> dict[tuple[str, str], list[int]]:
    """Find for each category, price, and category with price, the needs that a product meets.

    "" stands for any.
    """
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, need in enumerate(needs, 1):
        kinds = {
            (category, price)
            for member in need.members
            for category in ("", *member.entry.product.categories)
            for price in ("", *_prices(member.entry.product.pricing))
        }
        for kind in kinds - {("", "")}:
            found[kind].append(number)
    return found


def _prices(pricing: Pricing) -> tuple[str, ...]:
    return (pricing.model, STARTING) if pricing.starts_free else (pricing.model,)


def shards(found: Mapping[str, Numbers], room: int = ROOM) -> Iterator[Shard]:
    """Cut the lists of all words into pieces by the words' first letters."""
    lists = [(word, msgspec.json.encode(steps(found[word], LONGEST))) for word in sorted(found)]
    return _cut("", lists, found, room)


def steps(numbers: Numbers, longest: int) -> list[int]:
    """Write a list of needs in steps from each to the next.

    >>> steps([3, 4, -10, 12], 3)
    [3, 1, -6, 0]
    """
    written = []
    before = 0
    for number in numbers[:longest]:
        far = abs(number)
        written.append(far - before if number > 0 else before - far)
        before = far
    return [*written, 0] if len(numbers) > longest else written


def _cut(
    prefix: str, lists: Sequence[tuple[str, bytes]], found: Mapping[str, Numbers], room: int
) -> Iterator[Shard]:
    """Keep what there is room for, and put the largest groups of longer words into shards below."""
    left = room - sum(map(_size, lists))
    length = len(prefix) + 1
    longer = (pair for pair in lists if pair[0] != prefix)
    groups = [list(group) for _, group in groupby(longer, key=lambda pair: pair[0][:length])]
    below = []
    for group in sorted(groups, key=lambda group: -sum(map(_size, group))):
        if left >= 0 or length > DEPTH:
            break
        left += sum(map(_size, group))
        below.append(group)
    apart = {word for group in below for word, _ in group}
    kept = {word: msgspec.Raw(data) for word, data in lists if word not in apart}
    if below:
        nearest = steps(_first(found[word] for word, _ in lists), NEAREST)
        kept[""] = msgspec.Raw(msgspec.json.encode(nearest))
    yield Shard(prefix, kept)
    for group in below:
        yield from _cut(group[0][0][:length], group, found, room)


def _size(pair: tuple[str, bytes]) -> int:
    return len(pair[0].encode()) + len(pair[1]) + 4


def _first(lists: Iterable[Numbers]) -> list[int]:
    """Give the first needs of several lists, and one more if there are more."""
    met: dict[int, bool] = {}
    for numbers in lists:
        for number in numbers[: NEAREST + 1]:
            met[abs(number)] = met.get(abs(number), False) or number > 0
    return [n if met[n] else -n for n in sorted(met)[: NEAREST + 1]]
