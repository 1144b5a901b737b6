"""The nouns that content says: products, capabilities, settings. All of it is immutable."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeAlias, TypeVar

from comparo.errors import Place

T_co = TypeVar("T_co", covariant=True)

PricingModel = Literal["free", "freemium", "open_source", "paid", "contact", "unknown"]
Status = Literal["active", "inactive", "discontinued"]
ScaleKind = Literal["log", "linear", "decay"]
Strategy = Literal["related", "category", "all", "listed"]
AttributeKind = Literal["text", "number", "boolean", "list", "date", "url"]

Number: TypeAlias = int | float
"""A figure of the content; one that was written as a whole number stays one."""

Value: TypeAlias = bool | Number | str | dt.date | tuple[str, ...]
"""What an attribute may hold."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value, where it comes from and when it was true; both may be missing.

    ``place`` is where it is written, for findings; it is no part of what is said.
    """

    value: T_co
    source: str = ""
    date: dt.date | None = None
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as its author wrote it, and the safe HTML that it becomes."""

    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside a product: the path from the site's root, and its bytes."""

    path: str
    suffix: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a product does. ``topic`` names the same capability across products."""

    id: str
    name: str
    description: Prose | None = None
    topic: str = ""
    unique: str = ""
    vs_alternatives: str = ""
    intents: tuple[str, ...] = ()
    best_for: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    source: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Price:
    """A price as it is shown; ``amount`` only where the author gave it as a number."""

    text: str
    amount: Number | None = None
    currency: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a product costs, and when and where that was looked up."""

    model: PricingModel = "unknown"
    starting_price: Fact[Price] | None = None
    checked: dt.date | None = None
    source: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def starts_free(self) -> bool:
        """Whether someone can begin without paying."""
        return self.model in ("free", "freemium", "open_source")


@dataclass(frozen=True, slots=True)
class Product:
    """One product folder."""

    slug: str
    name: str
    place: Place = field(compare=False, repr=False)
    type: str = "product"
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: Fact[str] | None = None
    about: Prose | None = None
    logo: Image | None = None
    url: Fact[str] | None = None
    repo: Fact[str] | None = None
    license: Fact[str] | None = None
    platforms: Fact[tuple[str, ...]] | None = None
    status: Fact[Status] | None = None
    released: Fact[dt.date] | None = None
    pricing: Pricing = field(default_factory=Pricing)
    rank: Fact[Number] | None = None
    scores: Mapping[str, Fact[Number]] = field(default_factory=dict)
    signals: Mapping[str, Fact[Number | dt.date]] = field(default_factory=dict)
    attributes: Mapping[str, Fact[Value]] = field(default_factory=dict)
    capabilities: tuple[Capability, ...] = ()

    def facts(self) -> Iterator[tuple[str, Fact[object]]]:
        """Go through the facts that are given, each with its key, such as ``scores.quality``."""
        for key in ("summary", "url", "repo", "license", "platforms", "status", "released", "rank"):
            if fact := getattr(self, key):
                yield key, fact
        if self.pricing.starting_price:
            yield "pricing.starting_price", self.pricing.starting_price
        for group in ("scores", "signals", "attributes"):
            for name, fact in getattr(self, group).items():
                yield f"{group}.{name}", fact


@dataclass(frozen=True, slots=True)
class Topic:
    """A need that capabilities of several products meet, and the other names it goes by."""

    slug: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """A search that a product answered, ``count`` times; ``date`` is the newest day of it.

    With ``other``, the page that compares the two answered it, which is evidence for the pair and
    for neither product. Without ``query``, it stands for searches whose words were not kept.
    """

    query: str
    product: str
    capability: str = ""
    count: int = 1
    date: dt.date | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Editorial:
    """Words that an editor wrote for one pair; the lists replace the computed ones where given."""

    a: str
    b: str
    place: Place
    choose_a: tuple[str, ...] = ()
    choose_b: tuple[str, ...] = ()
    words: Prose | None = None

    def turned(self) -> "Editorial":
        """Give the same words for the pair in the other order."""
        return replace(self, a=self.b, b=self.a, choose_a=self.choose_b, choose_b=self.choose_a)


@dataclass(frozen=True, slots=True)
class ExtraPage:
    """A further page of the site, such as "about"."""

    slug: str
    title: str
    description: str
    body: Prose


@dataclass(frozen=True, slots=True)
class Scale:
    """How a raw measure becomes a value from 0 to 1.

    ``log`` and ``linear`` run from ``low`` to ``high``; ``decay`` halves in ``half_life`` days.
    """

    signal: str
    kind: ScaleKind
    low: float = 0.0
    high: float = 0.0
    half_life: float = 0.0


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the rank, and the signals that it is the mean of."""

    name: str
    label: str
    weight: float
    scales: tuple[Scale, ...] = ()


@dataclass(frozen=True, slots=True)
class RankSettings:
    """How ranks are made, and when they are close or too thin to state."""

    label: str
    components: tuple[Component, ...]
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    close_call: float = 3.0
    min_coverage: float = 0.4

    def weight(self, component: Component, product_type: str) -> float:
        """Give the weight of a component for products of one type."""
        return self.weights.get(product_type, {}).get(component.name, component.weight)


@dataclass(frozen=True, slots=True)
class PairSettings:
    """Which products meet; ``places`` tells where each pair of ``include`` is written."""

    strategy: Strategy = "related"
    per_product: int = 12
    include: tuple[tuple[str, str], ...] = ()
    exclude: tuple[tuple[str, str], ...] = ()
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """Which searches count: those of the last ``window`` days, or all without one.

    ``demonstration`` says, where it is not "", that they are an example, and of what; every page
    that shows them says so too.
    """

    window: int | None = None
    demonstration: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further fact that is compared: how it is called and what kind of value it has."""

    name: str
    label: str
    kind: AttributeKind


@dataclass(frozen=True, slots=True)
class Settings:
    """``site.yaml`` with every default filled in."""

    title: str
    rank: RankSettings
    base_url: str = ""
    description: str = ""
    language: str = "en"
    theme: str = "default"
    pairs: PairSettings = field(default_factory=PairSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    capabilities_shown: int = 8
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a site says."""

    settings: Settings
    products: tuple[Product, ...]
    topics: tuple[Topic, ...] = ()
    searches: tuple[Search, ...] = ()
    editorials: tuple[Editorial, ...] = ()
    pages: tuple[ExtraPage, ...] = ()

    def words(self) -> dict[tuple[str, str], Editorial]:
        """Give what editors wrote by pair, in either order."""
        return {(e.a, e.b): e for each in self.editorials for e in (each, each.turned())}
