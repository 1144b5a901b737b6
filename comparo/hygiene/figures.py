"""Figures of consequence in a text: somebody must have measured them, and it should say who."""

import re

from comparo.hygiene.prose import own_words

_N = r"\d[\d,]{0,15}(?:\.\d{1,6})?"
_RANGE = rf"{_N}(?: ?[-–] ?{_N})?"
_START = r"(?<![\w.,$])"
_ABOUT = r"(?:about |over |~)?"
_PERCENT = r"(?: ?%| per ?cent\b)"
_FEW = r"(?:\w+[ -]){0,2}?"

_BETTER = (
    r"(?:faster|slower|quicker|cheaper|better|worse|more|less|fewer|smaller|larger|lower|higher"
    r"|greater|speed-?ups?|reductions?|improvements?|increases?|gains?|savings?|compression"
    r"|throughput|performance)\b"
)
_QUALITY = r"(?:accuracy|accurate|recall|precision|cost|uptime|availability|sla)\b"
_CHANGES = r"\b(?:reduc|sav|cut|lower|improv|increas|decreas|boost|accelerat|speed|shrink|drop)\w*"
_RATE = (
    r"(?:qps|tps|rps|(?:\w+ )?(?:requests?|req|quer(?:y|ies)|events|rows|records|messages|msgs?"
    r"|vectors|tokens|ops|operations|transactions|jobs|pages|documents)(?:/s(?:ec)?| per second))\b"
)
_CURRENCY = r"(?:EUR|USD|GBP|CHF|euros?|dollars|pounds)"
_CROWD = (
    r"(?:users|teams|customers|companies|businesses|organi[sz]ations|developers|downloads"
    r"|installs|installations|stars)\b"
)
_MANY = (
    r"(?:\d{1,3}(?:,\d\d\d){1,4}|\d{4,15}|\d{1,15}(?:\.\d{1,6})? ?(?:[km]|thousand|million|billion)"
    r"|\d{1,15}(?=\+))"
)

_FIGURE = re.compile(
    "|".join(
        (
            rf"{_START}{_RANGE}(?: ?[x×]| times) {_FEW}{_BETTER}",  # 5x faster
            rf"{_START}{_RANGE}{_PERCENT} {_FEW}(?:{_BETTER}|{_QUALITY})",  # 40% fewer clicks
            rf"{_START}99\.\d{{1,6}} ?%",  # uptime
            rf"(?<!\w)[$€£] ?{_N}(?: ?/ ?\w+| (?:per|an?) \w+|(?<=\d\d))",  # $1 is also a parameter
            rf"{_START}(?:{_N} ?{_CURRENCY}|{_CURRENCY} {_N})(?: ?/ ?| (?:per|an?) )\w+",
            rf"\brat(?:ed|ing of) {_ABOUT}{_N} ?(?:/ ?|out of )(?:5|10)\b",
            rf"\b(?-i:FID|BLEU|ROUGE|mAP|MMLU|MTEB|WER|NDCG|MRR|AUC|Elo) {_FEW}{_N}",
            rf"\b(?:accuracy|precision|recall|F-?score|F1) of {_ABOUT}{_N}",
            rf"\bsav(?:es|e|ing) (?:\w+ ){{0,3}}?{_RANGE}{_PERCENT}",
            rf"\b(?:achiev|reach|scor)(?:es|ed|ing|s)? (?:[\w/-]+ ){{0,3}}?{_RANGE}{_PERCENT}",
        )
    ),
    re.IGNORECASE,
)
_EXTENT = re.compile(
    "|".join(
        (
            rf"{_START}(?:sub-|under |[<~] ?)?{_RANGE} ?(?:[µnm]s|milliseconds) {_FEW}latency",
            rf"\blatency (?:of|under|below) {_ABOUT}{_RANGE} ?(?:[µnm]s|milliseconds)\b",
            rf"{_START}{_RANGE}[km]?\+? {_RATE}",  # 900 requests per second
            rf"{_START}{_MANY}\+? (?:\w+ )?{_CROWD}",  # 10,000 users
            rf"(?<!be )\b(?:used|trusted|chosen) by {_ABOUT}\d{{2,3}} (?:\w+ )?{_CROWD}",
        )
    ),
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:limit\w*|restrict\w*|caps?|capped|throttl\w*|quotas?|allow\w*|at most|no more than"
    r"|max(?:imum)?|free|nothing|alarm|alert\w*|warns?|when|if)\b[^.;:!?]*\Z"
    r"|(?<!handles )(?<!serves )(?<!answers )(?<!processes )\bup to \Z",
    re.IGNORECASE,
)
"""After these an extent is a limit or a setting, which nobody has to measure."""

_GAIN = re.compile(
    rf"{_CHANGES} (?:[\w/-]+ ){{0,5}}?(?:by|up to|of|to) {_ABOUT}{_RANGE}"
    rf"(?:{_PERCENT}| ?[x×]\b)"
    r"|\b(?:twice|thrice|(?:\d{1,4}|two|three|four|five|ten) times) as"
    r" (?:fast|quick|cheap|small|accurate|efficient)(?:ly)?\b",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:lets?|allows?|enables?|you can|(?:users|editors|authors) can|plays?|option to)\b"
    r"[^.;:!?]*\Z",
    re.IGNORECASE,
)
"""After these a gain is what somebody sets: "lets you cut the bitrate by half"."""

_WORTH = re.compile(r"\b(?:costs?|time|bills?|work|efforts?|churn|latency)\b", re.IGNORECASE)
"""Nobody sets these."""


def figures(text: str) -> tuple[str, ...]:
    """Give the figures of consequence in a text, each once: gains, prices, scores, speeds, users.

    A limit ("up to 50 metadata keys") or a version is none.
    """
    text = " ".join(own_words(text).split())
    found = list(_FIGURE.finditer(text))
    found += [match for match in _EXTENT.finditer(text) if not _after(_LIMIT, match)]
    found += [
        match
        for match in _GAIN.finditer(text)
        if _WORTH.search(match[0]) or not _after(_SETTING, match)
    ]
    found.sort(key=lambda match: match.start())
    return tuple(dict.fromkeys(match[0] for match in found))


def _after(words: re.Pattern[str], match: re.Match[str]) -> bool:
    """Tell whether words come shortly before a match, in its sentence."""
    return words.search(match.string, max(0, match.start() - 80), match.start()) is not None
