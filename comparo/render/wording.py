"""A verdict, a pair's reasons and a rank, in the words of the theme's ``strings.yaml``."""

from collections.abc import Iterable
from datetime import date

from comparo.compare.grounds import Ground
from comparo.compare.pairing import Pair, Reasons
from comparo.compare.verdict import Side, Standing, Verdict
from comparo.model import Capability
from comparo.render.cells import words_of
from comparo.render.entries import Entry, Link
from comparo.render.theme import Theme, day, number


def place(entry: Entry, theme: Theme) -> str:
    """Say in one sentence how a product ranks, or that it does not."""
    if entry.rank.rated:
        return theme.say("headline.product", name=entry.name, rank=entry.rank.shown)
    return theme.say(
        "headline.product_unrated",
        name=entry.name,
        percent=entry.rank.known_percent,
        label=entry.labels["rank"],
    )


def headline(standing: Standing | Verdict, a: Entry, b: Entry, theme: Theme) -> str:
    """Say in one sentence who ranks higher, or why nobody does."""
    if standing.winner:
        return theme.say("headline.higher", **_ranked(standing.winner, a, b))
    if standing.kind == "close":
        return theme.say("headline.close", **_both(a, b))
    return _unrated(a, b, theme)


def sentences(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> list[str]:
    """Say the verdict in full: who, how surely, by what, and at what price."""
    if verdict.kind == "unrated":
        return [theme.say("verdict.unrated", **_both(a, b)), _unrated(a, b, theme)]
    if verdict.winner is None:
        return [theme.say("verdict.close", **_both(a, b)), _margin(verdict, theme)]
    ranked = _ranked(verdict.winner, a, b)
    said = [theme.say("verdict.higher", **ranked)]
    if verdict.free_start == verdict.winner:
        said.append(theme.say("verdict.free", **ranked))
    said.append(surety(verdict, a, b, theme))
    said.append(_margin(verdict, theme))
    if verdict.better_buy:
        said.append(_better_buy(verdict, a, b, theme))
    if verdict.deciding:
        names = _listed(difference.label for difference in verdict.deciding[:3])
        said.append(theme.say("verdict.decided_by", components=names, **ranked))
    return said


def surety(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> str:
    """Say how sure a lead is; "" where nobody leads."""
    if verdict.winner is None:
        return ""
    if a.rank.declared or b.rank.declared:
        return theme.say("surety.declared")
    key = "surety.settled" if verdict.settled else f"surety.{verdict.kind}"
    return theme.say(key, **_ranked(verdict.winner, a, b))


def hanging(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> list[str]:
    """Say how far a result hangs on the weights: what would reverse it, and how many agree."""
    found = (_flip(verdict, a, b, theme), _share(verdict, a, b, theme))
    return [sentence for sentence in found if sentence]


def caveats(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> list[str]:
    """Say what weakens a verdict."""
    names = {"a": a.name, "b": b.name, None: ""}
    return [
        theme.say(
            f"caveat.{caveat.kind}",
            name=names[caveat.side],
            value=day(caveat.value) if isinstance(caveat.value, date) else caveat.value,
        )
        for caveat in verdict.caveats
    ]


def choices(
    grounds: Iterable[Ground],
    entry: Entry,
    other: Entry,
    shown: Iterable[Capability],
    theme: Theme,
) -> list[Link]:
    """Say whom a product suits; what rests on a capability that the page shows leads to it."""
    cards = {capability.id for capability in shown}
    return [
        Link(
            theme.say(
                f"choose.{ground.kind}",
                value=ground.value,
                subject=ground.subject,
                other=other.name,
            ),
            f"#{entry.slug}--{ground.capability}" if ground.capability in cards else "",
        )
        for ground in grounds
    ]


class PairWords:
    """What is said of pairs, again and again."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._reasons: dict[tuple[Reasons, bool], str] = {}

    def label(self, a: str, b: str) -> str:
        """Name a pair by the names of its products."""
        return self.theme.say("title.comparison", a=a, b=b)

    def reason(self, pair: Pair) -> str:
        """Say why two products are compared."""
        why = pair.reasons, pair.like
        if why not in self._reasons:
            self._reasons[why] = reason(pair, self.theme)
        return self._reasons[why]


def reason(pair: Pair, theme: Theme) -> str:
    """Say why two products are compared."""
    why = pair.reasons
    parts = []
    if why.categories:
        parts.append(theme.say("reason.categories", names=_listed(map(words_of, why.categories))))
    if why.capabilities:
        parts.append(theme.say("reason.capabilities", n=why.capabilities))
    if why.searches:
        parts.append(theme.say("reason.searches", n=why.searches))
    if why.asked:
        parts.append(theme.say("reason.asked", n=why.asked))
    if not parts and why.tags:
        parts.append(theme.say("reason.tags", names=_listed(map(words_of, why.tags[:3]))))
    if not pair.like:
        parts.append(theme.say("reason.types"))
    if why.chosen:
        parts.append(theme.say("reason.chosen"))
    if not parts:
        parts.append(theme.say("reason.same_type"))
    return ", ".join(parts)


def _flip(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> str:
    if verdict.winner is None or verdict.declared:
        return ""
    ranked = _ranked(verdict.winner, a, b)
    if verdict.flip:
        return theme.say(
            "flip.shift",
            shift=number(round(verdict.flip.shift, 1)),
            source=verdict.flip.source.label,
            target=verdict.flip.target.label,
            **ranked,
        )
    lead = round(verdict.lead if verdict.winner == "a" else -verdict.lead, 1)
    if lead == 0:
        return theme.say("flip.even", **ranked)
    if lead < 0:
        return theme.say("flip.elsewhere", points=number(-lead), **ranked)
    return theme.say("flip.none", **ranked)


def _share(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> str:
    if verdict.share is None or len(verdict.weighed) < 2:
        return ""
    if not (verdict.share.a or verdict.share.b):
        return theme.say("share.even", a=a.name, b=b.name)
    shares = {"a_share": _in_percent(verdict.share.a), "b_share": _in_percent(verdict.share.b)}
    return theme.say("share.split", n=len(verdict.weighed), a=a.name, b=b.name, **shares)


def _in_percent(share: float) -> str:
    """Show a share to a tenth; what is not all or nothing is not shown as if it were."""
    return number(100 * share if share in (0, 1) else min(99.9, max(0.1, round(100 * share, 1))))


def _better_buy(verdict: Verdict, a: Entry, b: Entry, theme: Theme) -> str:
    cheaper, other = (a, b) if verdict.better_buy == "a" else (b, a)
    return theme.say(
        "verdict.better_buy",
        name=cheaper.name,
        price=cheaper.cost,
        other=other.name,
        other_price=other.cost,
    )


def _margin(verdict: Verdict, theme: Theme) -> str:
    return theme.say("verdict.margin", margin=number(round(verdict.margin or 0.0, 2)))


def _ranked(side: Side | None, a: Entry, b: Entry) -> dict[str, object]:
    winner, loser = (a, b) if side == "a" else (b, a)
    return {
        "winner": winner.name,
        "winner_rank": winner.rank.shown,
        "loser": loser.name,
        "loser_rank": loser.rank.shown,
    }


def _both(a: Entry, b: Entry) -> dict[str, object]:
    return {"a": a.name, "a_rank": a.rank.shown, "b": b.name, "b_rank": b.rank.shown}


def _unrated(a: Entry, b: Entry, theme: Theme) -> str:
    if not (a.rank.rated or b.rank.rated):
        return theme.say("headline.unrated_both", a=a.name, b=b.name)
    unrated, other = (b, a) if a.rank.rated else (a, b)
    return theme.say(
        "headline.unrated_one",
        name=unrated.name,
        other=other.name,
        percent=unrated.rank.known_percent,
        label=unrated.labels["rank"],
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
