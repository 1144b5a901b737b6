"""What is wrong with a product's capabilities, at most a few lines each."""

from collections.abc import Callable, Iterator, Mapping

from comparo.compare.alignment import name_key
from comparo.errors import Place, Problem
from comparo.hygiene.copies import near_duplicates, repeats
from comparo.hygiene.figures import figures
from comparo.hygiene.hedges import hedges
from comparo.hygiene.placeholders import misnomers, placeholders
from comparo.hygiene.scraps import scraps
from comparo.model import Capability, Product

QUOTED = 4
"""How many of a text's words a message quotes."""

PROSE = ("summary", "description", "unique", "vs_alternatives")
"""The keys of whole texts: "undefined" may be an input, and no description."""

Texts = Mapping[str, tuple[str, ...]]
"""What is said under each key: one text, or the items of a list."""


def unsound_capabilities(product: Product) -> Iterator[Problem]:
    """Find capabilities that were scraped, guessed, claimed without a source, or copied.

    Of a capability that was scraped nothing else is said: it has to be written anew.
    """
    kept = []
    for number, capability in enumerate(product.capabilities):
        place = capability.place or product.place
        path = f"capabilities[{number}]." if place.file == product.place.file else ""
        texts = _texts(capability)
        described = bool(capability.description)
        misnamed = misnomers(capability.name, product.name, described=described)
        scraped = list(_scraped(place, path, texts, misnamed))
        yield from scraped
        if not scraped:
            kept.append((place, path, capability))
            yield from _claimed(place, path, texts, capability.source)
    yield from _copied(kept)


def unsound_summary(product: Product) -> Iterator[Problem]:
    """Find in a product's summary what would be wrong in a capability."""
    summary = product.summary
    if summary:
        place, texts = summary.place or product.place, {"summary": (summary.value,)}
        scraped = list(_scraped(place, "", texts))
        yield from scraped or _claimed(place, "", texts, summary.source)


def _texts(capability: Capability) -> dict[str, tuple[str, ...]]:
    """Give what a capability says, by its keys."""
    return {
        "name": (capability.name,),
        "description": (_description(capability),),
        "unique": (capability.unique,),
        "vs_alternatives": (capability.vs_alternatives,),
        "intents": capability.intents,
        "best_for": capability.best_for,
        "limitations": capability.limitations,
        "requires": capability.requires,
        "inputs": capability.inputs,
        "outputs": capability.outputs,
    }


def _description(capability: Capability) -> str:
    return capability.description.markdown if capability.description else ""


def _scraped(
    place: Place, path: str, texts: Texts, misnamed: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Find what came with a page, or stands where a text should; of a list an item may be so."""
    found = {
        key: words
        for key, several in texts.items()
        if (
            words := [
                *(misnamed if key == "name" else ()),
                *(word for text in several for word in scraps(text)),
                *(word for text in several if key in PROSE for word in placeholders(text)),
            ]
        )
    }
    keys, quotes = _quoted(found)
    if keys:
        message = f"{path}{keys}: looks scraped, with navigation or boilerplate: {quotes}"
        yield Problem(place, message, "say in your own words what the product does, or remove it")


def _claimed(place: Place, path: str, texts: Texts, source: str) -> Iterator[Problem]:
    # A limitation may be just that: nobody says whether it works.
    keys, quotes = _found({k: v for k, v in texts.items() if k != "limitations"}, hedges)
    if keys:
        hint = "say what is known, and leave out the rest"
        yield Problem(place, f"{path}{keys}: guesses: {quotes}", hint)
    keys, quotes = ("", "") if source else _found(texts, figures)
    if keys:
        hint = "add source: https://…, or leave the figure out"
        yield Problem(place, f"{path}{keys}: gives a figure without a source: {quotes}", hint)


def _found(texts: Texts, look: Callable[[str], tuple[str, ...]]) -> tuple[str, str]:
    """Look through texts: the keys where something is found, and the words that are."""
    found = {
        key: words
        for key, several in texts.items()
        if (words := [word for text in several for word in look(text)])
    }
    return _quoted(found)


def _quoted(found: Mapping[str, list[str]]) -> tuple[str, str]:
    """Name keys, and quote the first of what is found under them."""
    quotes = dict.fromkeys(word for words in found.values() for word in words)
    more = ", …" if len(quotes) > QUOTED else ""
    return ", ".join(found), ", ".join(f'"{word}"' for word in list(quotes)[:QUOTED]) + more


def _copied(capabilities: list[tuple[Place, str, Capability]]) -> Iterator[Problem]:
    """Find what is told twice: a name, a description, or a text within one capability."""
    named: dict[str, Place] = {}
    for place, path, capability in capabilities:
        first = named.setdefault(name_key(capability.name), place)
        if first != place:
            message = (
                f'{path}name: "{capability.name}" has the name of another, on {_at(first, place)}'
            )
            yield Problem(place, message, "merge the two, or name what sets them apart")
        yield from _repeats_above(place, path, capability)
    for number, other in near_duplicates([_description(each) for _, _, each in capabilities]):
        place, path, capability = capabilities[number]
        if name_key(capability.name) != name_key(capabilities[other][2].name):
            message = f"{path}description: is nearly that on {_at(capabilities[other][0], place)}"
            yield Problem(place, message, "merge the two, or say what sets them apart")


def _repeats_above(place: Place, path: str, capability: Capability) -> Iterator[Problem]:
    """Find a text that only says again what stands above it."""
    above = {"description": _description(capability)}
    for key in ("unique", "vs_alternatives"):
        text = getattr(capability, key)
        copied = [other for other, said in above.items() if repeats(text, said)]
        if copied:
            hint = "leave it out, or say what the other does not"
            yield Problem(place, f"{path}{key}: repeats the {copied[0]}", hint)
        above[key] = text


def _at(place: Place, seen_from: Place) -> str:
    return f"line {place.line}" if place.file == seen_from.file else str(place)
