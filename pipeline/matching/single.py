"""The folded forms of one value, for rules over two records; `normalise` holds the same for whole columns."""

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from pipeline.matching import legal_forms
from pipeline.matching.normalise import UMLAUTS, leading_forms, trailing_forms

_QUOTES = re.compile(r"['`’´\"]")
_INITIAL_DOT = re.compile(r"\b([a-z])\.")
_OTHER = re.compile(r"[^0-9a-z]+")
_BRACKETED_END = re.compile(r"\s*\([^)]*\)\s*$")
_AND = re.compile(r"\band\b")


@lru_cache(maxsize=262144)
def folded(value: str) -> str:
    """The text as `normalise.fold` gives it; "" where nothing is left."""
    text = unicodedata.normalize("NFKC", value).lower()
    if not text.isascii():
        text = anyascii(text.translate(UMLAUTS)).lower()
    if text.isalnum():
        return text
    text = _INITIAL_DOT.sub(r"\1", _QUOTES.sub("", text).replace("&", " and "))
    return _OTHER.sub(" ", text).strip()


@lru_cache(maxsize=262144)
def company_core(name: str) -> str:
    """The company's name as `normalise.companies` gives it (legal form, "and", leading "the" off); "" for none."""
    native = name
    for form in legal_forms.NATIVE:
        native = native.replace(form, " ")
    text = folded(_BRACKETED_END.sub("", native))
    bare = _leading().sub("", _trailing().sub("", text))
    bare = " ".join(_AND.sub(" ", bare).removeprefix("the ").removesuffix(" the").split())
    return bare or text or folded(name)


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(trailing_forms())


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(leading_forms())
