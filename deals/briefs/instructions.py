"""Text that reads like an order to a machine: a record with such text waits for a person before a model reads it."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from deals.briefs.evidence import Evidence

_ORDERS = (
    "instructions?|prompts?|rules?|directions?|commands?|guidelines?|contexts?|messages?|texts?|orders?|data|notes?"
)
_EARLIER = "previous|prior|earlier|above|preceding|all|any|these|those|your|the|system|existing|other|former"
_MACHINES = (
    "ai|llm|gpt|chatgpt|claude|gemini|copilot|language model|ai assistant|ai model|assistant|model|bot|chatbot|"
    "summari[sz]er|agent|dan"
)
_SAYING = (
    "say|write|state|report|output|print|return|answer|reply|respond|mention|claim|list|name|include|set|mark|add|"
    "conclude|record|put|always|make sure"
)
_WRITING = r"summari[sz]\w+|generat\w+|writ\w+|produc\w+|creat\w+|prepar\w+"
_PRODUCTS = "summar(?:y|ies)|briefs?|briefing|answers?|repl(?:y|ies)|reports?|outputs?|crm"
_ORDERING = "must|should|shall|please|needs to"
_EXACTLY = "only|exactly|instead|verbatim|the following"
_LISTING = "list|name|report|record|enter|output|put|mark|state"
_PEOPLE = "champion|economic buyer|decision[ -]maker"


def _near(*parts: str | int) -> re.Pattern[str]:
    """Words (alternatives parted by "|") that follow each other at most so many characters apart."""
    pieces = (rf".{{0,{part}}}" if isinstance(part, int) else rf"\b(?:{part})\b" for part in parts)
    return re.compile("".join(pieces))


_PATTERNS = (
    _near("ignore|disregard|forget|override|bypass|skip|discard|overlook", 30, _EARLIER, 30, _ORDERS),
    _near("ignore|disregard|forget|override", 20, "everything|anything|all", 20, "above|before|said|told|else|earlier"),
    re.compile(rf"\b(?:new|updated|real|actual|secret|hidden|special|system|important) (?:{_ORDERS})\b[^.]{{0,25}}:"),
    _near("you are|you're|act as|pretend to be|behave as|from now on you", 25, _MACHINES),
    re.compile(
        rf"\b(?:dear|attention|hey|hello|hi|to|for)\b[ :,]{{1,2}}(?:the |any )?(?:{_MACHINES})\b ?(?:[:,]|please)"
    ),
    _near("ai|llm|chatgpt|gpt|language model|summari[sz]er|assistant|bot", 20, _ORDERING, 25, _SAYING),
    _near("system|developer|assistant", 1, "prompt|message|override|note"),
    _near(rf"as (?:the|an|a) (?:{_MACHINES})", 12, "you", 8, _ORDERING, 25, _SAYING),
    re.compile(r"\b(?:write|state|output|say|print|report) (?:the following|exactly|only) ?:"),
    re.compile(r"\[ ?/? ?(?:inst|system|assistant)\b|< ?/? ?\|? ?(?:system|im_start|im_end|assistant|data)\b"),
    re.compile(r"(?:^|[.!?] )(?:p\.? ?s\.? )?(?:system|assistant|developer) ?:"),
    _near("when|while|whenever|if you|before you|always|in your", 25, _WRITING, 25, _PRODUCTS, 40, _SAYING),
    _near(
        "say|write|state|output|print|return|respond|reply|answer", 20, _EXACTLY, 25, "words?|text|json|claims?|this"
    ),
    _near("reveal|print|show|repeat|leak|output", 25, "system prompt|your prompt|your instructions|api key"),
    _near(_LISTING, 30, _PEOPLE, 15, "as"),
    _near(_LISTING, 40, "as|as the", 1, _PEOPLE),
    _near(
        "do not|don't|never", 20, "mention|report|tell|reveal|include|flag", 25, "this (?:note|message|text)|the user"
    ),
    _near(r"ignorier\w*|vergiss|missachte", 40, r"anweisung\w*|vorgabe\w*|regeln?|anleitung\w*|prompt"),
    _near(r"ignor\w+|oublie\w*|negeer", 30, "instrucciones|instrucoes|consignes|instructions|istruzioni|instructies"),
    _near(r"jailbreak\w*|prompt injection|developer mode|execute the following|end of (?:data|record|document)"),
)


@lru_cache(maxsize=65536)
def reads_like_instructions(text: str) -> bool:
    """Whether a text speaks to a machine rather than about a deal. Errs towards yes: a person then has a look."""
    # A line of its own is a sentence of its own.
    folded = anyascii(unicodedata.normalize("NFKC", text)).lower().replace("\n", ". ")
    plain = " ".join(folded.split())
    spaced = " ".join(re.sub(r"[_*~`\"]+", " ", folded).split())
    # Letters set apart ("i g n o r e") read the same to a model.
    joined = re.sub(r"\b(?:\w[ .\-]){3,}\w\b", lambda found: re.sub(r"[ .\-]", "", found[0]), spaced)
    return any(pattern.search(form) for form in {plain, spaced, joined} for pattern in _PATTERNS)


def gives_orders(record: Evidence) -> bool:
    """Whether any value of a record reads so."""
    return any(reads_like_instructions(value) for value in record.values.values())
