"""Products as pages see them, made by hand; a great many; and what a browser makes of the data."""

import gzip
import random
from itertools import accumulate, cycle
from pathlib import Path

import msgspec

from comparo.compare.alignment import keyed, name_key, synonym_index
from comparo.compare.matching import Counts, MatchGraph, match
from comparo.compare.scoring import rank
from comparo.errors import Place
from comparo.model import Capability, Pricing, Product, RankSettings, Search, Settings
from comparo.render.entries import Entry
from comparo.render.forms import Forms
from comparo.render.lexicon import words_of
from comparo.render.needs import gather
from comparo.render.theme import open_theme

UNRATED = rank((), None, 0.4)
SETTINGS = Settings("Title", RankSettings("Rank", ()))
FORMS = Forms(open_theme(Path(), "default"), SETTINGS)
PRICES = ("free", "freemium", "open_source", "paid", "contact", "unknown")


def product(slug, *capabilities, name="", **facts):
    """Make a product with capabilities, which may be given by their names."""
    made = tuple(
        Capability(f"c{n}", each) if isinstance(each, str) else each
        for n, each in enumerate(capabilities)
    )
    return Product(slug, name or slug.title(), Place(slug), capabilities=made, **facts)


def entry(product, topics=()):
    """Make of a product what pages see, without what they draw of it."""
    return Entry(
        product=product,
        rank=UNRATED,
        keys=keyed(product.capabilities, synonym_index(topics)),
        counts=Counts(),
        forms=FORMS,
    )


def needs_of(products, topics=(), searches=()):
    """Gather the needs of products; give them with the match graph."""
    entries = [entry(each, topics) for each in products]
    graph = match(searches, products, {each.slug: each.keys for each in entries}, topics)
    return gather(entries, topics, graph), graph


def many_needs(count):
    """Make as many capabilities, in the words of a language: few are in every mouth, most rare."""
    chance = random.Random(7)  # noqa: S311 (any words will do)
    ends = ["", "n", "r", "s", "t", "l", "m", "ck", "x", "ng"]
    starts = ["b", "c", "d", "f", "g", "m", "p", "r", "s", "t", "v", "st", "tr", "pr", "sh"]

    def coined():
        sound = [starts, ["a", "e", "i", "o", "u", "ea"], ends] * chance.choice([1, 2, 2, 3, 3])
        return "".join(map(chance.choice, sound))

    vocabulary = list(dict.fromkeys(coined() for _ in range(40_000)))
    weights = list(accumulate(1 / (place + 2) for place in range(len(vocabulary))))

    def words(*sizes):
        return " ".join(
            chance.choices(vocabulary, cum_weights=weights, k=chance.choice(sizes))
        ).capitalize()

    known = [words(2, 3) for _ in range(count // 20)]
    products = []
    for number, price in zip(range(count // 12), cycle(PRICES), strict=False):
        named = [
            chance.choice(known) if chance.random() < 0.4 else words(2, 3, 3, 4, 5)
            for _ in range(12)
        ]
        capabilities = [
            Capability(f"c{n}", name, intents=(words(4),) if n % 3 else ())
            for n, name in enumerate(named)
        ]
        categories = tuple(f"category-{chance.randrange(60)}" for _ in range(2))
        facts = {"categories": categories, "pricing": Pricing(price), "name": words(1, 2)}
        products.append(product(f"p{number}", *capabilities, **facts))
    searches = [
        Search(words(2, 3, 4), each.slug, count=chance.randrange(1, 90))
        for each in products
        for _ in range(3)
    ]
    return *needs_of(products, (), searches), vocabulary


def entries_of(needs):
    """Give the products that meet needs, by name."""
    found = {member.entry.slug: member.entry for need in needs for member in need.members}
    return sorted(found.values(), key=lambda entry: entry.name)


class Reader:
    """Asks for data as the browser does (``assets/search.js``), and counts what that takes."""

    def __init__(self, files):
        self.files = files
        self.asked = set()
        self.some = []

    def load(self, name):
        """Read a file of the data."""
        self.asked.add(f"/search/data/{name}.json")
        return msgspec.json.decode(self.files[f"/search/data/{name}.json"])

    @property
    def weight(self):
        """Give the bytes that were loaded, as a host sends them."""
        return sum(len(gzip.compress(self.files[name], 6)) for name in self.asked)

    def lists(self, start, *, begins, kind="words"):
        """Give the lists of a word, or of all words that begin so."""
        known = set(self.load("index")[kind])
        prefix = ""
        while len(prefix) < len(start) and start[: len(prefix) + 1] in known:
            prefix = start[: len(prefix) + 1]
        plain = (c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in prefix)
        shard = self.load(f"{kind}-{''.join(plain)}")
        if not begins:
            return [shard[start]] if start in shard else []
        return [
            numbers
            for word, numbers in shard.items()
            if (word.startswith(start) if word else prefix == start)
        ]

    def find(self, query, kind="", *, typed=False):
        """Give the needs that hold all words, or may, for all that the lists say."""
        words = list(words_of(query))
        found = [merged(self.lists(word, begins=False)) for word in words]
        if typed:
            last = merged(self.lists(words[-1], begins=True))
            found[-1] = {**last[0], **found[-1][0]}, min(last[1], found[-1][1])
        if kind:
            found.append(merged([self.load(f"filter-{kind}")]))
        self.some = sorted({n for numbers, _ in found for n in numbers})
        return [n for n in self.some if all(n in numbers or n > end for numbers, end in found)]

    def show(self, numbers):
        """Read the records of needs."""
        size = self.load("index")["records"]
        return [self.load(f"needs-{(n - 1) // size}")[(n - 1) % size] for n in numbers]


def merged(lists):
    """Read lists of steps as one: needs, whether by name, and the last need they are whole to."""
    met, end = {}, float("inf")
    for steps in lists:
        number = 0
        for step in steps:
            number += abs(step)
            if step:
                met[number] = met.get(number, False) or step > 0
            else:
                end = min(end, number)
    return met, end


def words_about(need, graph: MatchGraph):
    """Give all words that a need can be found by, without any index."""
    texts = {need.label, *need.names}
    for member in need.members:
        capability, slug = member.capability, member.entry.slug
        texts |= {capability.name, member.entry.name, *capability.intents}
        texts |= {
            query
            for query, ties in graph.ties.get(slug, {}).items()
            if capability.id in {tie.capability for tie in ties}
        }
    return {word for text in texts for word in words_of(name_key(text))}
