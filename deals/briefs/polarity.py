"""Words that turn a statement round: atoms don't see them, so the quote beside a statement must say the same."""

import re

_NEGATIONS = (
    r"no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|hardly|barely|unable|lacks?|lacking|missing|"
    r"fail(?:s|ed)?|refus\w+|refusal|declin\w+|reject\w+|den(?:y|ies|ied)|nicht|kein\w*|ohne|pas|jamais|sin|nunca|non|un(?:likely|willing|decided|happy|clear|convinced|interested)"
)
# Each family says one thing; two families never mean the same.
_FAMILIES = {
    "negation": _NEGATIONS,
    "won": r"w[oi]n|wins|winning|won",
    "lost": r"los[te]|loses|losing|loss|losses",
    "approved": r"approv\w+|sign(?:s|ed)?[ -]off|green[ -]light\w*|releas\w+",
    "agreed": r"agree[ds]?|agreeing|agreement|accept\w*|consent\w*",
    "confirmed": r"confirm\w*",
    "signed": r"sign|signs|signed|signing",
    "cancelled": r"cancel\w*|call(?:s|ed)? off|stopp?(?:ed|s)?|abandon\w*|terminat\w+|kill(?:s|ed)?",
    "postponed": r"postpon\w+|delay\w*|on hold|paus\w+|push(?:es|ed)? (?:back|out)|deferr?\w*|slipp?\w*",
    "against": r"against|oppos\w+|object(?:s|ed|ion|ions)?|resist\w*|block(?:s|ed|er|ing)?|veto\w*|scepti\w+|skepti\w+",
    "favour": r"in favou?r|support(?:s|ed|ive)|keen|convinced|endors\w+|happy|likes?|liked|prefer\w*",
    "unhappy": r"angry|annoyed|disappoint\w+|frustrat\w+|worr(?:y|ies|ied)|concern(?:s|ed)?|complain\w*",
    "increase": r"increas\w+|rais(?:es|ed|ing)|grow(?:s|n|ing|th)?|higher|more expensive|up from",
    "decrease": r"decreas\w+|reduc\w+|cut(?:s|ting)?|lower(?:s|ed)?|cheaper|shr[aiu]nk\w*|down from",
    "left": r"resign\w*|quits?|fired|leav(?:es|ing)",
    "over": r"expired?|overdue|ended|finished",
}
_PATTERNS = {name: re.compile(rf"(?<![\w-])(?:{text})(?![\w-])", re.IGNORECASE) for name, text in _FAMILIES.items()}


def polarity(text: str) -> frozenset[str]:
    """The families of polar words in a text; empty where nothing could be turned round."""
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(text))


def negations(text: str) -> int:
    """How many words negate in a text."""
    return len(_PATTERNS["negation"].findall(text))


def contradicts(said: str, source: str) -> bool:
    """Whether a statement is more or less negated than its source, or polar where the source is not."""
    claimed, known = polarity(said), polarity(source)
    if ("negation" in claimed) != ("negation" in known):
        return True
    if negations(said) % 2 != negations(source) % 2 and negations(source) < 2:
        return True
    return not claimed <= known
