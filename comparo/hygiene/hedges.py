"""Words that guess: what a product does is either known or left out."""

import re

from comparo.hygiene.prose import own_words

_DOES = (
    r"(?:is|are|was|were|be|has|have|had|built|based|powered|us(?:es|e|ing)|requir(?:es|e|ing)"
    r"|need(?:s|ing)?|rel(?:ies|y|ying)|depend(?:s|ing)?|support(?:s|ing)?|includ(?:es|e|ing)"
    r"|involv(?:es|e|ing)|provid(?:es|e|ing)|offer(?:s|ing)?|lack(?:s|ing)?|work(?:s|ing)?"
    r"|leverag(?:es|e|ing)|employ(?:s|ing)?|implement(?:s|ed|ing)?|handl(?:es|e|ing)"
    r"|allow(?:s|ing)?|enabl(?:es|e|ing)|stor(?:es|e|ing)|trad(?:es|e|ing) off)"
)
"""What a guess is about, where it is not about numbers: "the most likely value"."""

_GUESS = re.compile(
    r"\b(?:probably(?! approximately)|presumably|allegedly|purportedly|reportedly|supposedly"
    r"|perhaps|(?:(?:al)?though|but|albeit) (?:very |most |with |at )?(?:likely|potential(?:ly)?)"
    r"|theoretically (?:any|more|less|able|capable|possible|unlimited|can|could|enabl\w+|allow\w*"
    r"|support\w*)|unknown (?:if|whether)|unclear (?:if|whether)"
    r"|(?-i:(?:\A|(?<=[.!?] ))(?:Claims|Appears|Seems) to))\b",
    re.IGNORECASE,
)
"""What guesses wherever it stands."""

_GUESS_AT_IT = re.compile(
    rf"\b(?:(?<!most )(?<!more )(?<!less )likely {_DOES}|claim(?:s|ed|ing)? to {_DOES}"
    rf"|(?<!may )(?<!might )(?:appear|seem)(?:s|ed)? to {_DOES}"
    r"|(?:is|are|was|were|remains?) (?:undocumented|undisclosed)"
    r"|(?:is|are|was|were) not (?:publicly |well |fully )?(?:documented|disclosed)"
    r"|(?:may|might) or (?:may|might) not)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:if|whether|that|which|what|who|when|where|unless|mak(?:es?|ing))\b[^.;:!?]*\Z",
    re.IGNORECASE,
)
"""After these a clause tells of a case: "flags a variable that is likely used twice"."""


def hedges(text: str) -> tuple[str, ...]:
    """Give the words with which a text guesses, each once."""
    text = " ".join(own_words(text).split())
    found = [match[0] for match in _GUESS.finditer(text)]
    found += [
        match[0]
        for match in _GUESS_AT_IT.finditer(text)
        if not _CASE.search(text, max(0, match.start() - 80), match.start())
    ]
    return tuple(dict.fromkeys(found))
