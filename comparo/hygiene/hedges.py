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
    r"\b(?:presumably|allegedly|purportedly|reportedly|supposedly"
    r"|(?:(?:al)?though|but|albeit) (?:very |most |with |at )?(?:likely|potential(?:ly)?)"
    r"|theoretically (?:any|more|less|able|capable|possible|unlimited|can|could|enabl\w+|allow\w*"
    r"|support\w*)|unknown (?:if|whether)|unclear (?:if|whether)"
    r"|(?-i:(?:\A|(?<=[.!?] ))"
    r"(?:(?:Claims|Appears|Seems) to|Might|Could be|Apparently|Possibly)))\b",
    re.IGNORECASE,
)
"""What guesses wherever it stands."""

_DOCS = (
    r"(?:(?:the|its|their|any|public|official|available) ){0,2}(?:docs|documentation|readme"
    r"|website|landing page|changelog|release notes|marketing)"
)
_SUBJECT = (
    r"(?:(?<!\bas )\bit|\bthis|(?:\A|(?<=[.!?;,] )|(?<=\bbut ))"
    r"(?:(?:the|its|some) \w+|(?!(?:you|they|we)\b)\w+))"
)
"""Who might: "a word you might have missed" is a word to find."""

_OF_IT = r"(?!(?:find|flag|list|warn|detect|report|show|highlight|check|mark)s? )(?:\w+ ){0,3}"
"""What the documentation is silent on, where to find that is not the product's work."""

_GUESS_AT_IT = re.compile(
    rf"{_SUBJECT} (?:might|could be)\b|\bbut might\b"
    r"|\b(?:probably(?! approximately)|perhaps)\b"
    rf"|\b(?:(?<!most )(?<!more )(?<!less )likely {_DOES}|claim(?:s|ed|ing)? to {_DOES}"
    rf"|(?<!may )(?<!might )(?:appear|seem)(?:s|ed)? to {_DOES}"
    r"|(?:is|are|was|were|remains?) (?:undocumented|undisclosed)"
    r"|(?:is|are|was|were) not (?:publicly |well |fully )?(?:documented|disclosed)(?! for\b)"
    r"|(?<!most )(?<!how )likely (?:the (?:\w+est|most|least|only|best)|due to)"
    rf"|(?-i:possibly) (?:{_DOES}|via|the|in)\b"
    rf"|(?-i:apparently) (?:{_DOES}|the|an?|no|not|only)"
    r"|(?:is|are|was|were|has|have) apparently"
    rf"|(?:(?:is|are|was|were) |\A{_OF_IT}|(?<=[.!?;,(] ))"
    rf"not (?:specified|stated|mentioned|described|explained) (?:in|by|on) {_DOCS}"
    rf"|inferred from {_DOCS}|(?:it|this) is assumed to"
    r"|(?:the|its) \w+ (?:is|are) assumed to (?:be (?:built|based|powered|hosted|stored|similar)"
    r"|support|us(?:e|es)|offer|provide|require|include|rely|depend)"
    r"|(?:may|might) or (?:may|might) not)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:if|whether|that|which|what|who|when|where|unless|before|mak(?:es?|ing)"
    r"|(?:mark|flag|treat|file)s? [^.;:!?]*\bas)\b[^.;:!?]*\Z",
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
