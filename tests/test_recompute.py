"""Whoever reads only the data of this repository's site comes to all of its figures."""

import json
import math
import re
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest

from comparo.build import build


@pytest.fixture(scope="module")
def output(own_site, tmp_path_factory):
    """Build the site that this repository holds."""
    target = tmp_path_factory.mktemp("own") / "output"
    build(own_site, target)
    return target


@pytest.fixture(scope="module")
def products(output):
    """Read every product's data, by slug."""
    paths = sorted((output / "products").glob("*/index.json"))
    return {path.parent.name: json.loads(path.read_text()) for path in paths}


@pytest.fixture(scope="module")
def comparisons(output):
    """Read the data in every pair's page."""
    found = []
    for path in sorted((output / "compare").glob("*/index.html")):
        data = re.search(r'id="comparison">(.*?)</script>', path.read_text(), re.DOTALL)
        if data:
            found.append(json.loads(data[1]))
    return found


def on_scale(signal, as_of):
    """Put a raw measure on its scale, as the methodology says."""
    scale, value = signal["scale"], signal["value"]
    if scale["kind"] == "decay":
        age = max(0, (date.fromisoformat(as_of) - date.fromisoformat(value)).days)
        return 2 ** (-age / scale["half_life"])
    measure = math.log1p if scale["kind"] == "log" else float
    low, high = measure(scale["low"]), measure(scale["high"])
    return min(1, max(0, (measure(value) - low) / (high - low)))


def test_every_component_is_the_mean_of_its_signals(products):
    """A value that nobody declared follows from the raw measures and their scales."""
    for product in products.values():
        for component in product["components"].values():
            signals = [on_scale(s, product["rules"]["as_of"]) for s in component["signals"]]
            normalised = [s["normalised"] for s in component["signals"]]
            assert normalised == pytest.approx(signals, abs=1e-6)
            if signals and not component["declared"]:
                assert component["value"] == pytest.approx(sum(signals) / len(signals), abs=1e-6)
            if not signals and not component["declared"]:
                assert component["value"] is None


def test_every_rank_follows_from_its_components(products):
    """Rank, range, coverage and whether a product is rated need nothing but its own data."""
    for product in products.values():
        rank, parts = product["rank"], product["components"].values()
        known = [part for part in parts if part["value"] is not None]
        whole = sum(part["weight"] for part in parts)
        weight = sum(part["weight"] for part in known)
        earned = sum(part["weight"] * part["value"] for part in known)
        assert rank["coverage"] == pytest.approx(weight / whole, abs=1e-6)
        if rank["declared"]:
            assert rank["low"] == rank["value"] == rank["high"]
            continue
        assert rank["rated"] is (weight / whole >= product["rules"]["min_coverage"])
        assert rank["low"] == pytest.approx(100 * earned / whole, abs=1e-3)
        assert rank["high"] == pytest.approx(100 * (earned + whole - weight) / whole, abs=1e-3)
        assert (rank["value"] is None) is (not weight)
        if weight:
            assert rank["value"] == pytest.approx(100 * earned / weight, abs=1e-3)


def in_common(a, b):
    """Give the components known of both: name, each one's part of the weight, each one's value."""
    names = [
        name
        for name, part in a["components"].items()
        if part["value"] is not None
        and b["components"][name]["value"] is not None
        and (part["weight"] or b["components"][name]["weight"])
    ]
    whole = [sum(side["components"][name]["weight"] for name in names) for side in (a, b)]
    return [
        (
            name,
            a["components"][name]["weight"] / whole[0],
            b["components"][name]["weight"] / whole[1],
            a["components"][name]["value"],
            b["components"][name]["value"],
        )
        for name in names
    ]


def kind_of(a, b, close_call):
    """Judge by the rules of the methodology: the kind of verdict, and who wins."""
    ranks = a["rank"], b["rank"]
    if not all(rank["rated"] for rank in ranks):
        return "unrated", None
    shown = [math.floor(rank["value"] + 0.5 + 1e-9) for rank in ranks]
    if shown[0] == shown[1] or abs(ranks[0]["value"] - ranks[1]["value"]) < close_call - 1e-9:
        return "close", None
    ahead, behind = (a, b) if ranks[0]["value"] > ranks[1]["value"] else (b, a)
    winner = "a" if ahead is a else "b"
    if ahead["rank"]["low"] > behind["rank"]["high"]:
        return "clear", winner
    values = [
        (part["value"], behind["components"][name]["value"])
        for name, part in ahead["components"].items()
        if part["weight"] or behind["components"][name]["weight"]
    ]
    told = [pair for pair in values if pair != (None, None)]
    level = all(None not in pair and pair[0] >= pair[1] for pair in told)
    return ("clear" if told and level else "likely"), winner


def test_every_verdict_follows_from_two_products(products, comparisons):
    """Kind, winner and margin need the data of the two and the bounds in force."""
    kinds = set()
    for data in comparisons:
        a, b = products[data["a"]], products[data["b"]]
        kind, winner = kind_of(a, b, data["rules"]["close_call"])
        kinds.add(kind)
        assert (data["verdict"]["kind"], data["verdict"]["winner"]) == (kind, winner), data["a"]
        if kind != "unrated":
            margin = abs(a["rank"]["value"] - b["rank"]["value"])
            assert data["verdict"]["margin"] == pytest.approx(margin, abs=1e-5)
    assert kinds == {"unrated", "close", "likely", "clear"}


def test_every_lead_follows_from_the_components(products, comparisons):
    """The points of each component are weight times difference, over what is known of both."""
    for data in comparisons:
        parts = in_common(products[data["a"]], products[data["b"]])
        points = {name: 100 * (wa * va - wb * vb) for name, wa, wb, va, vb in parts}
        if data["verdict"]["kind"] != "unrated":
            assert data["verdict"]["points"] == pytest.approx(points, abs=1e-3)


def test_every_flip_is_the_smallest_shift_of_all(products, comparisons):
    """Trying every pair of components finds the shift that a page names, or that there is none."""
    flips = 0
    for data in comparisons:
        a, b = products[data["a"]], products[data["b"]]
        verdict, parts = data["verdict"], in_common(a, b)
        lead = sum(wa * va - wb * vb for _, wa, wb, va, vb in parts)
        sign = 1 if verdict["winner"] == "a" else -1
        declared = a["rank"]["declared"] or b["rank"]["declared"]
        shifts = [
            (100 * lead / against, source[0], target[0])
            for source, target in permutations(parts, 2)
            if verdict["winner"] and not declared and sign * lead > 0
            if (against := (source[3] - source[4]) - (target[3] - target[4]))
            if 0 < lead / against < min(source[1], source[2]) - 1e-9
        ]
        assert (verdict["flip"] is None) is (not shifts), (data["a"], data["b"])
        if shifts:
            flips += 1
            least = min(shifts)
            assert verdict["flip"]["shift"] == pytest.approx(least[0], abs=1e-3)
            assert (verdict["flip"]["from"], verdict["flip"]["to"]) == least[1:]
    assert flips


def share_of(differences):
    """Give the chance of ``Σ λ d > 0``, λ uniform on the simplex, by another formula than ours.

    For different d it is ``Σ d_i^(n-1) / Π_j (d_i - d_j)`` over the positive ones; equal ones are
    drawn apart by next to nothing.
    """
    exact = [
        Fraction(d).limit_denominator(10**6) + Fraction(i, 10**9)
        for i, d in enumerate(differences)
        if d
    ]
    return float(
        sum(
            d ** (len(exact) - 1) / math.prod(d - other for other in exact if other != d)
            for d in exact
            if d > 0
        )
    )


def test_every_share_of_weightings_is_exact(products, comparisons):
    """The part of all weightings that each side wins agrees with the textbook's formula."""
    shares = 0
    for data in comparisons:
        parts = in_common(products[data["a"]], products[data["b"]])
        share = data["verdict"]["share"]
        if data["verdict"]["kind"] == "unrated" or not parts:
            assert share is None
            continue
        shares += 1
        differences = [va - vb for _, _, _, va, vb in parts]
        assert share["a"] == pytest.approx(share_of(differences), abs=1e-3)
        assert share["b"] == pytest.approx(share_of([-d for d in differences]), abs=1e-3)
    assert shares


def test_evidence_is_shown_where_it_is_claimed(output, products, comparisons):
    """Every pair that met in searches shows them, with counts that are the products' own."""
    for data in comparisons:
        page = (output / "compare" / f"{data['a']}-vs-{data['b']}" / "index.html").read_text()
        assert data["reasons"]["searches"] == data["shared_total"]["intents"]
        assert ('id="searches"' in page) is bool(data["shared_intents"] or data["asked"])
        for intent in data["shared_intents"]:
            assert intent["a"] <= products[data["a"]]["times_matched"]
            assert intent["b"] <= products[data["b"]]["times_matched"]


def test_the_example_is_called_one_wherever_it_is_shown(output, products):
    """Searches that nobody made never stand without saying so."""
    demonstration = "An example, not real searches"
    for slug in products:
        assert demonstration in (output / "products" / slug / "index.html").read_text()
    pages = [output / "methodology/index.html", output / "index.html"]
    for path in [*pages, *(output / "compare").glob("*/index.html")]:
        page = path.read_text()
        assert demonstration in page or 'id="searches"' not in page
    assert all(demonstration in path.read_text() for path in pages)
