"""What stands around the text of a web page and was scraped with it: menus, banners, notices."""

import re
from collections.abc import Iterator
from itertools import pairwise

from comparo.hygiene.prose import own_words

MENU = 12
"""So many words in a row, most of them capitalised and none a small one, are a menu."""

CAPITALS = 0.7
"""The share of a menu's words that begin with a capital."""

PERIOD = 12
"""A phrase of up to so many words is looked for twice in a row; what is longer, as a sentence."""

_FRAME = re.compile(
    r"""(?<![\w…-])(?:
    (?:Loading|LOADING|Just\ a\ moment)(?:\.\.\.|…)|Loading,?\ please\ wait(?:\.{1,3}|…)?
    |Last\ indexed:?|Last\ (?:updated|edited|modified)(?::|\ on\b)|Index\ your\ code\ with\ \w+
    |Ask\ Devin\ about\ [\w./-]+(?:\ repo(?:sitory)?)?|Refresh\ this\ wiki|Relevant\ source\ files
    |Star\ \d[\d.,]*k?\s+Fork\ \d[\d.,]*k?|Fork\ \d[\d.,]*k?\s+Star\ \d[\d.,]*k?
    |Menu\ Close|(?:Log|Sign)\ in\s+Sign\ up|Sign\ up\s+(?:Log|Sign)\ in
    |Toggle\ (?:navigation|sidebar)|Skip\ to\ (?:main\ |the\ )?content
    |Jump\ to\ (?:navigation|search)|Back\ to\ top
    |Was\ this\ (?:page|article|answer)\ helpful\??|Subscribe\ to\ our\ newsletter
    |All\ [Rr]ights\ [Rr]eserved\.?|(?:Copyright\ )?©\ ?(?:19|20)\d\d
    |(?:We|This\ (?:web)?site)\ uses?\ cookies\b[^.]{0,80}\.?|Accept\ (?:all\ )?cookies
    |(?:Please|You\ need\ to)\ enable\ JavaScript\b[^.]{0,80}\.?
    |Enable\ JavaScript(?:\ and\ cookies)?\ to\ continue\.?
    |Checking\ your\ browser\b[^.]{0,80}|Verify\ you\ are\ human
    |^Home(?:\ [>»›/]\ \w[\w ]{0,40}?){2,}
    )(?=[\s|·]*(?:$|[A-Z\d]))""",
    re.VERBOSE | re.MULTILINE,
)
"""What no author says of a product, where nothing or a new phrase follows: "Skip to content" is a
line of a page; "Skip to content links that help readers" is something that a product can do."""

_FOREIGN = re.compile(
    r"\bLorem ipsum dolor(?: sit amet)?|\bAs an AI language model(?=,|\.|\s*$| I\b)"
    r"|\bAs an? (?:AI|large language) (?:model|assistant), I\b"
)
"""Filler, and what a machine said of itself: wherever they stand."""

_BUTTON = (
    r"(?:Edit (?:Wiki|this page|on GitHub)|View on GitHub|On this page|Privacy Policy"
    r"|Terms of (?:Service|Use)|Cookie (?:Policy|Settings)|Learn more|Read more|Show more"
    r"|Get [Ss]tarted|Book a [Dd]emo|Contact (?:[Uu]s|[Ss]ales)|About [Uu]s)"
)
_LABEL = (
    rf"(?:{_BUTTON}|Sign [Ii]n|Sign [Uu]p|Log [Ii]n|Login|Register|Share|Print|Table of [Cc]ontents"
    r"|Privacy|Terms|Contact|About|Careers|Home|Menu|Search|Docs|Documentation|Blog|Pricing"
    r"|Changelog|Products|Solutions|Support|Next|Previous|Overview)"
)
_WIDER = (
    rf"(?:{_LABEL}|Resources|Company|Customers|Partners|Community|Enterprise|Developers"
    r"|Integrations|Features|Product|Platform|FAQ|News|Events)"
)
_LABELS = re.compile(
    rf"\A{_BUTTON}\Z|(?<![\w-])(?:{_LABEL}(?:[\s|·•»›]+{_LABEL}\b){{2,}}"
    rf"|{_WIDER}(?:[\s|·•»›]+{_WIDER}\b){{3,}})"
)
"""A button and nothing else, or some labels in a row: each by itself is an honest word."""

_BREAK = re.compile(
    r"[.!?,;:…)\]]{1,5}(?=\s|$)|\s[-–—|•·(/&+]+\s?|\n\s*\n|\n\s*[-*+#>|\d]"
    r"|\b(?:an?|the|this|that|which|for|with|using|by|from|in|on|of|or|to|as|at|into|via|through"
    r"|between|is|are|can|your|you|it)(?=\s)",
    re.IGNORECASE,
)
"""What menus do without: the ends of sentences and of items, and the small words of a title."""

_AND = {"and", "plus", "und", "et"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]{2}")


def scraps(text: str) -> tuple[str, ...]:
    """Quote what was scraped along with a text; nothing where all of it can be its author's."""
    text = own_words(text)
    found = [
        match[0] for pattern in (_FRAME, _FOREIGN, _LABELS) for match in pattern.finditer(text)
    ]
    return tuple(dict.fromkeys(map(_cut, (*found, *_menus(text), *_repeated(text)))))


def _menus(text: str) -> Iterator[str]:
    """Find runs of titles; letters without case, as in Chinese, make none."""
    for run in _BREAK.split(text):
        words = [word.strip("*_\"'") for word in run.split() if _WORD.search(word)]
        capitals = sum(word[:1].isupper() for word in words)
        joints = sum(word in _AND for word in words)
        if joints > 2 and len(words) - joints < 3 * (joints + 1):  # a list: this and that and more
            continue
        if len(words) >= MENU and capitals >= CAPITALS * len(words):
            yield run


def _repeated(text: str) -> Iterator[str]:
    """Find what stands twice in a row: a phrase of three words at least, or a sentence."""
    words = text.split()
    for period in range(3, PERIOD + 1):
        alike = 0
        for place in range(period, len(words)):
            alike = alike + 1 if words[place] == words[place - period] else 0
            if alike == period:
                phrase = words[place - period + 1 : place + 1]
                said = {word for word in phrase if _WORD.search(word)}
                if len(said) > 2 and "…" not in "".join(phrase):
                    yield " ".join(phrase)
                    return
    for ours, theirs in pairwise(_SENTENCE.split(text)):
        if ours == theirs and len(ours.split()) > PERIOD:
            yield ours
            return


def _cut(quote: str) -> str:
    words = quote.split()
    return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:6])} …"
