"""What a product costs → pricing."""

import re
from decimal import Decimal
from functools import partial
from typing import cast, get_args

from comparo.model import Fact, Price, Pricing, PricingModel
from comparo.values import Value


def read_pricing(value: Value | None) -> Pricing:
    """Read the ``pricing`` of a product; what is not said is unknown."""
    if value is None or value.missing:
        return Pricing()
    fields = value.fields("model", "starting_price", "checked", "source")
    model = fields.read("model", partial(Value.choice, options=get_args(PricingModel)))
    return Pricing(
        model=cast("PricingModel", model or "unknown"),
        starting_price=_read_starting_price(fields.get("starting_price")),
        checked=fields.read("checked", Value.date),
        source=fields.read("source", Value.text) or "",
        place=value.place,
    )


def _read_starting_price(value: Value | None) -> Fact[Price] | None:
    """Read a price: a text, ``{amount, currency, period}``, or either as the value of a fact."""
    if value is None or value.missing:
        return None
    if value.has("value"):
        return value.fact(_price)
    price = _price(value)
    return Fact(price, place=value.place) if price else None


def _price(value: Value) -> Price | None:
    if value.is_scalar or value.is_list:
        text = value.text(100)
        if value.looks_endless:
            value.error(f'must be a price such as "$20/mo", not "{text}"')
        elif text and re.match(r"-\W?\d", text):
            value.error(f'must not be negative: "{text}"')
        return Price(text) if text else None
    fields = value.fields("amount", "currency", "period")
    amount = fields.read("amount", partial(Value.number, low=0))
    currency = fields.read("currency", partial(Value.text, limit=8)) or ""
    period = fields.read("period", partial(Value.text, limit=40)) or ""
    if fields.lacks("amount") and value.holds_keys:
        value.error("has no amount", "write {amount: 20, currency: USD, period: month}")
    if amount is None:
        return None
    figure = f"{amount:,.2f}".removesuffix(".00")
    if round(amount, 2) != amount:  # $0.0004 for a request is not free
        figure = f"{Decimal(str(amount)):,f}"
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency.upper())
    text = f"{sign}{figure}" if sign else f"{figure} {currency}".strip()
    short = {"month": "mo", "year": "yr"}.get(period, period)
    return Price(f"{text}/{short}" if short else text, amount, currency.upper(), period)
