"""What speaks for choosing one product: what it alone can do, limits of the other, price."""

from dataclasses import dataclass
from functools import lru_cache

from comparo.compare.alignment import name_key
from comparo.compare.tying import telling_words
from comparo.model import Capability, Product

CHOICES = 7
"""How many grounds to choose a product are worth reading."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to choose a product. ``kind`` names the theme's wording, ``value`` fills it.

    ``capability`` is the id of the product's capability that it rests on, so that a page can lead
    to it; ``subject`` the name of the other product's, where the ground is what that one lacks.
    """

    kind: str
    value: str
    capability: str = ""
    subject: str = ""


def grounds(
    this: Product,
    other: Product,
    alone: tuple[Capability, ...],
    both: tuple[tuple[Capability, Capability], ...],
) -> tuple[Ground, ...]:
    """Find what speaks for one product and not for the other: no ground stands on both sides."""
    found = [Ground("capability", c.name, c.id) for c in alone[:3]]
    if _alone_starts_free(this, other):
        found.append(Ground("free", this.pricing.model))
    elif this.pricing.starting_price and costs_less(this, other):
        found.append(Ground("price", this.pricing.starting_price.value.text))
    found += _lacks(this, both)
    suits = {x.casefold(): x for c in this.capabilities for x in c.best_for}
    named = {x.casefold() for c in other.capabilities for x in c.best_for}
    found += [Ground("best_for", text) for key, text in suits.items() if key not in named][:1]
    if this.pricing.model == "open_source" and _is_closed(other):
        found.append(Ground("open_source", this.license.value if this.license else ""))
    if this.platforms and other.platforms:
        served = {p.casefold() for p in other.platforms.value}
        extra = [p for p in this.platforms.value if p.casefold() not in served]
        if extra:
            found.append(Ground("platform", ", ".join(extra[:3])))
    licences = [p.license.value for p in (this, other) if p.license]
    if len({text.casefold() for text in licences}) == 2:
        found.append(Ground("license", licences[0]))
    return tuple(found[:CHOICES])


def costs_less(this: Product, other: Product) -> bool:
    """Tell whether one product is known to cost less: it starts free, or its price is lower."""
    if this.pricing.starts_free or other.pricing.starts_free:
        return _alone_starts_free(this, other)
    if not (this.pricing.starting_price and other.pricing.starting_price):
        return False
    ours, theirs = this.pricing.starting_price.value, other.pricing.starting_price.value
    if ours.amount is None or theirs.amount is None:
        return False
    alike = (ours.currency, ours.period) == (theirs.currency, theirs.period)
    return alike and ours.amount < theirs.amount


def _lacks(this: Product, both: tuple[tuple[Capability, Capability], ...]) -> list[Ground]:
    """Find a limit, and a requirement, that the other product alone has in what both can do.

    What is not said may hold all the same. So a requirement counts only where this product's own
    are known, and neither counts where this product says something like it, in whatever words.
    """
    lacking = [pair for pair in both if pair[1].limitations or pair[1].requires]
    if not lacking:
        return []
    everywhere = {
        name_key(text) for c in this.capabilities for text in (*c.limitations, *c.requires)
    }
    limits: list[Ground] = []
    needs: list[Ground] = []
    for ours, theirs in lacking:
        said = _words_of(ours)
        needed = telling_words(" ".join(ours.requires))
        limits += [
            Ground("limit", text, ours.id, theirs.name)
            for text in theirs.limitations
            if name_key(text) not in everywhere and not _resembles(text, said)
        ]
        needs += [
            Ground("requirement", text, ours.id, theirs.name)
            for text in (theirs.requires if ours.requires else ())
            if name_key(text) not in everywhere
            and telling_words(text).isdisjoint(needed)
            and not _resembles(text, said)
        ]
    return [*limits[:1], *needs[:1]]


@lru_cache(maxsize=10_000)
def _words_of(capability: Capability) -> frozenset[str]:
    description = capability.description.markdown if capability.description else ""
    texts = (capability.name, description, capability.unique, *capability.limitations)
    return telling_words(" ".join((*texts, *capability.requires)))


def _resembles(text: str, said: frozenset[str]) -> bool:
    """Tell whether half of what a text says is said already: likeness may silence, never assert."""
    words = telling_words(text)
    return 2 * len(words & said) >= len(words)


def _alone_starts_free(this: Product, other: Product) -> bool:
    """Tell whether one product starts free and the other is known to cost: unknown is not paid."""
    price = other.pricing.starting_price
    costs = not (price and price.value.amount == 0)
    return this.pricing.starts_free and other.pricing.model in ("paid", "contact") and costs


def _is_closed(product: Product) -> bool:
    """Tell whether nothing says that a product is open source, though its pricing is known.

    A licence on file speaks for itself: what has a paid plan may be open source all the same.
    """
    return product.pricing.model not in ("open_source", "unknown") and not product.license
