"""Figures of consequence in a text: somebody must have measured them, and it should say who."""

import re

from comparo.hygiene.prose import own_words

_N = r"\d[\d,]{0,15}(?:\.\d{1,6})?"
_RANGE = rf"{_N}(?: ?[-–] ?{_N})?"
_START = r"(?<![\w.,$])"
_ABOUT = r"(?:about |over |~)?"
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
            rf"{_START}{_RANGE} ?% {_FEW}(?:{_BETTER}|{_QUALITY})",  # 40% fewer clicks
            rf"{_START}99\.\d{{1,6}} ?%",  # uptime
            rf"{_START}(?:sub-|under |[<~] ?)?{_RANGE} ?(?:[µnm]s|milliseconds) {_FEW}latency",
            rf"{_START}{_RANGE}[km]?\+? {_RATE}",  # 900 requests per second
            rf"{_START}{_MANY}\+? (?:\w+ )?{_CROWD}",  # 10,000 users
            rf"(?<!\w)[$€£] ?{_N}(?: ?/ ?\w+| (?:per|an?) \w+|(?<=\d\d))",  # $1 is also a parameter
            rf"\b(?-i:FID|BLEU|ROUGE|mAP|MMLU|MTEB|WER|NDCG|MRR|AUC|Elo) {_FEW}{_N}",
            rf"\b(?:accuracy|precision|recall|F-?score|F1) of {_ABOUT}{_N}",
            rf"\bsav(?:es|e|ing) (?:\w+ ){{0,3}}?{_RANGE} ?%",
            rf"{_CHANGES} (?:[\w/-]+ ){{0,5}}?(?:by|up to|of|to) {_ABOUT}{_RANGE} ?(?:%|[x×]\b)",
            rf"\b(?:achiev|reach|scor)(?:es|ed|ing|s)? (?:[\w/-]+ ){{0,3}}?{_RANGE} ?%",
        )
    ),
    re.IGNORECASE,
)


def figures(text: str) -> tuple[str, ...]:
    """Give the figures of consequence in a text, each once: gains, prices, scores, speeds, users.

    A limit ("up to 50 metadata keys") or a version is none.
    """
    if not any(map(str.isdigit, text)):
        return ()
    text = " ".join(own_words(text).split())
    return tuple(dict.fromkeys(match[0] for match in _FIGURE.finditer(text)))
