"""Facts that nobody vouches for, that have grown old, or that make all others look old."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from comparo.errors import Place, Problem
from comparo.model import Product

PRICE_DAYS = 180
"""A price that was looked up longer ago than this may have changed."""

FACT_DAYS = 365
"""Any other fact that bears a date is worth another look after so many days."""

QUIET_DAYS = 730
"""A product without a release or a commit in so many days may be no more."""

ALONE_DAYS = 180
"""A date so much later than all others is a slip of the pen, or all others need another look."""

_MEASURED = ("rank", "scores.", "signals.")
_LOOKED_UP = (*_MEASURED, "attributes.", "license", "platforms", "status")


def unsourced(product: Product) -> Iterator[Problem]:
    """Find figures that do not say where they come from, all of a product in one line."""
    pricing = product.pricing
    found = [
        (key, fact.place)
        for key, fact in product.facts()
        if not fact.source
        and (
            key.startswith(_MEASURED)
            or (key == "pricing.starting_price" and not pricing.source)
            or (key.startswith("attributes.") and type(fact.value) in (int, float))
        )
    ]
    if found:
        keys = ", ".join(key for key, _ in found)
        verb = "has" if len(found) == 1 else "have"
        hint = "write {value: …, source: …}; the source of a judgement is whoever judged"
        yield Problem(found[0][1] or product.place, f"{keys}: {verb} no source", hint)


def stale(product: Product, newest: dt.date) -> Iterator[Problem]:
    """Find facts and prices that were looked up long before the newest date of the content."""
    old = [
        (fact.date, key, fact.place)
        for key, fact in product.facts()
        if key.startswith(_LOOKED_UP) and fact.date and (newest - fact.date).days > FACT_DAYS
    ]
    if old:
        keys = ", ".join(key for _, key, _ in old)
        date = min(date for date, _, _ in old)
        yield _aged(old[0][2] or product.place, keys, date, newest)
    checked = price_date(product)
    if checked and (newest - checked).days > PRICE_DAYS:
        yield _aged(product.pricing.place or product.place, "pricing", checked, newest)
    yield from _quiet(product, newest)


def price_date(product: Product) -> dt.date | None:
    """Give the day on which a price was last looked up; None where nobody says."""
    price = product.pricing.starting_price
    dates = (product.pricing.checked, price.date if price else None)
    return max((date for date in dates if date), default=None)


def undated_price(product: Product) -> Iterator[Problem]:
    """Find a price that does not say when it was so."""
    price = product.pricing.starting_price
    if price and not price_date(product):
        message = f'pricing: says "{price.value.text}" and not when that was looked up'
        place = product.pricing.place or product.place
        yield Problem(place, message, "add checked: with the day, when you look it up again")


def lonely_date(
    dates: Sequence[tuple[dt.date, Place | None]],
) -> tuple[dt.date, Place | None] | None:
    """Give the date that lies long after every other one; None where the newest ones are near.

    A day on which several files were written is no slip, nor is there one among so few dates that
    any would be far from the others.
    """
    ordered = sorted({date for date, _ in dates})
    if len(dates) < 5 or len(ordered) < 2 or (ordered[-1] - ordered[-2]).days <= ALONE_DAYS:
        return None
    places = [place for date, place in dates if date == ordered[-1]]
    files = {place.file if place else "" for place in places}
    return (ordered[-1], places[0]) if len(files) == 1 else None


def newest_of(dates: Iterable[tuple[dt.date, Place | None]], but: dt.date | None) -> dt.date | None:
    """Give the newest date, without the one that is doubted."""
    return max((date for date, _ in dates if date != but), default=None)


def _aged(place: Place, keys: str, date: dt.date, newest: dt.date) -> Problem:
    days = (newest - date).days
    message = f"{keys}: looked up on {date}, {days:,} days before the newest date here, {newest}"
    return Problem(place, message, "look it up again, and write the new date")


def _quiet(product: Product, newest: dt.date) -> Iterator[Problem]:
    """Find products that look abandoned and do not say so."""
    released, status = product.released, product.status
    if not released or (status and status.value != "active"):
        return
    signs = [released.value, *(fact.value for fact in product.signals.values())]
    if status and status.date:
        signs.append(status.date)
    last = max(sign for sign in signs if isinstance(sign, dt.date))
    if (newest - last).days > QUIET_DAYS:
        said = "it is said to be active" if status else "its status is not given"
        message = f"released: {released.value} is long ago, and {said}"
        hint = "find out, and write status: inactive, discontinued, or {value: active, date: …}"
        yield Problem(released.place or product.place, message, hint)
