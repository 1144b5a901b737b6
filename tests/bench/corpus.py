"""A made-up catalogue of any size: the same products, texts and pairs on every machine."""

import datetime as dt
import random
from dataclasses import dataclass
from itertools import combinations, count
from typing import Any

CAPABILITIES = 12
"""How many capabilities a product has."""

POOL = 20
"""How many topics a category knows. Each product has most of them, so any two share some."""

FIRST = """
    amber apple arbor autumn basalt birch bright cedar clear cobalt copper coral crimson dawn delta
    drift dusk early ember fair fern field flint frost garnet golden granite hazel iron ivory jade
    juniper larch linen lunar maple marble meadow mellow mint noble north opal orchid pale pebble
    plain quiet river russet
""".split()
SECOND = """
    anchor anvil atlas barn beacon bridge brook canvas chart compass crane dock dome falcon ferry
    forge garden gate grove harbour haven hive island kettle lantern ledger library lighthouse loom
    market mill mosaic nest oven path pier prairie quarry quill raft reef ridge sail signal spring
    station tower valley wharf yard
""".split()
CATEGORIES = """
    web-analytics note-taking photo-library task-tracking feed-reading bookmarking code-hosting
    workflow-automation wiki chat forms backup monitoring e-commerce newsletters scheduling
    time-tracking invoicing help-desk file-sharing
""".split()
DOES = """
    Search Import Export Alert Report Share Filter Archive Sync Review Tag Schedule Preview Merge
    Audit Annotate Group Restore Compare Translate
""".split()
PEOPLE = ["editors", "small teams", "people who work alone", "schools", "operators", "volunteers"]
MEANS = [
    "while you type",
    "over night, without a server of its own",
    "from any **plain text** file",
    "with one keyboard shortcut",
    "by rules that are written in `rules.yaml`",
    "on the phone as well as at the desk",
]
THINGS = [
    "every entry of the last ninety days",
    "all that belongs to one customer",
    "drafts, comments and attachments",
    "the results of a saved query",
    "what others changed since the last visit",
    "records that came from an older system",
]
ENDS = [
    "Nothing leaves the machine unless you say so",
    "A change can be taken back for thirty days",
    "Who may see the result is decided for each folder",
    "It keeps up with some fifty thousand entries",
    "What was skipped is listed with the reason",
    "The same can be asked for over the interface for programs",
]
OTHERS = [
    "Most others ask for an account first",
    "Others do this only in their paid plan",
    "Elsewhere the same takes a plug-in",
    "Others need a reload to show it",
]

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its facts as ``product.yaml`` holds them."""

    slug: str
    facts: Facts

    @property
    def capabilities(self) -> list[dict[str, str]]:
        """Give the capabilities, each with its texts."""
        return self.facts["capabilities"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Products, and the pairs of slugs that meet: all of each category."""

    products: tuple[Product, ...]
    pairs: tuple[tuple[str, str], ...]
    per_product: int


def make_corpus(products: int, pairs: int) -> Corpus:
    """Make up so many products in categories of such sizes that just so many pairs meet."""
    slugs = [f"{SECOND[n // 50 % 50]}-{FIRST[n % 50]}{_volume(n)}" for n in range(products)]
    made: list[Product] = []
    met: list[tuple[str, str]] = []
    sizes = category_sizes(products, pairs)
    for number, size in enumerate(sizes):
        category = CATEGORIES[number % len(CATEGORIES)] + _volume(number, len(CATEGORIES))
        members = slugs[len(made) : len(made) + size]
        made += [_product(slug, category) for slug in members]
        met += combinations(sorted(members), 2)
    made.sort(key=lambda product: product.slug)
    return Corpus(tuple(made), tuple(sorted(met)), per_product=2 * max(sizes))


def category_sizes(products: int, pairs: int) -> list[int]:
    """Split products into categories in which, each with each, just so many pairs meet.

    >>> category_sizes(20, 40)
    [5, 5, 5, 5]
    """
    most = products * (products - 1) // 2
    if not 0 < pairs <= most:
        raise ValueError(f"{products} products make 1 to {most} pairs, not {pairs}")
    for largest in count(2 * pairs // products + 1):
        sizes = []
        left = pairs
        while left:
            size = next(n for n in range(largest, 1, -1) if n * (n - 1) // 2 <= left)
            sizes.append(size)
            left -= size * (size - 1) // 2
        alone = products - sum(sizes)
        if alone >= 0:
            return sizes + [1] * alone
    raise AssertionError("one category of all products is enough")


def edited(product: Product, times: int) -> Product:
    """Give a product with one sentence more in one description."""
    first, *others = product.capabilities
    more = f"{first['description']} It was edited {times} times."
    return Product(
        product.slug,
        {**product.facts, "capabilities": [{**first, "description": more}, *others]},
    )


def _volume(number: int, whole: int = 2500) -> str:
    return f"-{number // whole + 1}" if number >= whole else ""


def _product(slug: str, category: str) -> Product:
    chance = random.Random(slug)
    name = slug.replace("-", " ").title()
    date = dt.date(2026, chance.randint(1, 9), chance.randint(1, 28))
    home = f"https://{slug}.example"
    stars = int(10 ** chance.uniform(1, 5))
    topics = sorted(chance.sample(range(POOL), CAPABILITIES - 1))
    model = chance.choice(["free", "freemium", "paid"])
    return Product(
        slug,
        {
            "name": name,
            "type": "web-app",
            "category": category,
            "tags": chance.sample(["self-hosted", "hosted", "mobile", "desktop"], 2),
            "summary": f"{name} is {category.replace('-', ' ')} for {chance.choice(PEOPLE)}.",
            "url": f"{home}/",
            "license": chance.choice(["MIT", "Apache-2.0", "AGPL-3.0", "Proprietary"]),
            "platforms": chance.sample(["Linux", "macOS", "Windows", "Android", "iOS"], 3),
            "status": "active",
            "released": date,
            "pricing": {"model": model, "starting_price": f"${chance.randint(2, 99)}/mo"},
            "signals": {
                name: {"value": value, "source": f"{home}/{name}", "date": date}
                for name, value in (
                    ("contributors", stars // 50 + 1),
                    ("github_stars", stars),
                    ("rating", chance.randint(20, 50) / 10),
                )
            },
            "attributes": {
                "interface_languages": chance.randint(1, 60),
                "offline": chance.random() < 0.5,
                "storage": chance.choice(["files", "SQLite", "PostgreSQL"]),
            },
            "capabilities": [
                *(_capability(chance, category, topic) for topic in topics),
                _capability(chance, category, None) | {"name": f"{name} Studio"},
            ],
        },
    )


def _capability(chance: random.Random, category: str, topic: int | None) -> dict[str, str]:
    """Make up a capability. All of one topic have its name, as an editor would see to."""
    pick = chance.choice
    what = f"{DOES[topic or 0]} for {category.replace('-', ' ')}"
    said = [
        f"{pick(DOES)} {pick(THINGS)} {pick(MEANS)}.",
        f"Made for {pick(PEOPLE)} and {pick(PEOPLE)} who handle {pick(THINGS)}.",
        f"{pick(ENDS)}.",
        f"{pick(ENDS)}, {pick(MEANS)}.",
    ]
    return {
        "name": what,
        **({} if topic is None else {"topic": what.lower().replace(" ", "-")}),
        "description": " ".join(said),
        "unique": f"{pick(ENDS)}, for {pick(PEOPLE)} as for {pick(PEOPLE)}.",
        "vs_alternatives": f"{pick(OTHERS)}; here {pick(ENDS).lower()}.",
    }
