"""The atoms of a text: what can be invented. Money, numbers, dates, times, addresses, phones, codes and names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from deals.briefs.dates import Moment, moments
from deals.briefs.numbers import Number, numbers
from deals.briefs.ordinary import ALWAYS_CAPITAL, COURTESIES, NAME_LIKE, OPENERS, PARTICLES, SMALL_WORDS
from pipeline.matching.nicknames import short_forms

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]]+|\b[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b(?:/[^\s<>\"'()\[\]]*)?"
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+|\(0|00?)?\d[\d\s()./\u00a0-]{5,}\d(?!\w)")
_TIME = re.compile(
    r"(?<![\d.,:])(\d{1,2})[:h](\d{2})(?::\d{2})?(?!\d)\s*([ap]\.?m\b)?|(?<![\d.,:])(\d{1,2})\s*([ap]\.?m\b)", re.I
)
_CODE = re.compile(r"(?<![\w-])(?=[\w/-]*\d)(?=[\w/-]*[^\W\d_])\w[\w/-]*(?![\w])")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])|\.(?=[^\W\d_]\.))*\.?")
_GROUPED_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0.,]\d{3})+(?:[.,]\d{1,2})?\Z")
_SENTENCE_END = re.compile(r"[.!?:;\n\r•–—|(\[\"“„«]\s*\Z|\A\s*[-*]?\s*\Z|\s-\s*\Z")
_BREAK = re.compile(r"[^\s]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_GROUP = 3


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of a text: its folded spellings, and whether it is written with a capital letter."""

    text: str
    span: tuple[int, int]
    keys: frozenset[str]
    is_capital: bool
    is_opening: bool
    follows: bool  # nothing but blanks stands between it and the word before

    @property
    def key(self) -> str:
        return min(self.keys, key=len)


@dataclass(frozen=True, kw_only=True)
class Atoms:
    """What stands in a text. E-mails, hosts, phones and codes are normalised; words come in order."""

    emails: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    times: frozenset[tuple[int, int]] = frozenset()
    codes: frozenset[str] = frozenset()
    moments: tuple[Moment, ...] = ()
    numbers: tuple[Number, ...] = ()
    words: tuple[Word, ...] = ()


@lru_cache(maxsize=65536)
def atoms(text: str) -> Atoms:
    """All atoms of a text; each place of it belongs to one."""
    left = _Left(text)
    emails = {found.lower() for found in left.take(_EMAIL)}
    urls = {_bare_url(found) for found in left.take(_URL)}
    found_moments = tuple(moments(left.text))
    left.blank(moment.span for moment in found_moments)
    times = {_time(found) for found in left.matches(_TIME)}
    phones = {_digits(found) for found in left.take(_PHONE, _is_phone)}
    found_numbers = tuple(numbers(left.text))
    left.blank(number.span for number in found_numbers)
    codes = {found.lower() for found in left.take(_CODE)}
    return Atoms(
        emails=frozenset(emails),
        urls=frozenset(urls),
        phones=frozenset(phones),
        times=frozenset(times),
        codes=frozenset(codes),
        moments=found_moments,
        numbers=found_numbers,
        words=tuple(_words(left.text)),
    )


def names(found: Atoms) -> Iterator[tuple[Word, ...]]:
    """The runs of capitalised words that may be names, longest first reading: "Ada van der Berg" is one run.

    Words that any sentence may open with are none; a lone sentence-opening word that is not ordinary is one.
    """
    run: list[Word] = []
    pending: list[Word] = []
    for word in found.words:
        if run and not word.follows:
            yield tuple(run)
            run, pending = [], []
        if _is_name(word):
            run += [*pending, word]
            pending = []
            if _POSSESSIVE.search(word.text):
                yield tuple(run)
                run = []
        elif run and word.key in PARTICLES:
            pending.append(word)
        elif run:
            yield tuple(run)
            run, pending = [], []
    if run:
        yield tuple(run)


def same_phone(left: str, right: str) -> bool:
    """Whether two numbers' digits are one number, with or without the country's code."""
    one, two = sorted((left.lstrip("0"), right.lstrip("0")), key=len)
    return one == two or (len(one) >= 7 and len(two) - len(one) <= _GROUP and two.endswith(one))


def folded(text: str) -> frozenset[str]:
    """The spellings a word is found under: without accents, and with umlauts spelt out."""
    lower = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", text).casefold()).rstrip(".")
    plain = lower.replace("’", "'").replace(".", "")
    if plain.isascii():
        return frozenset({plain})
    return frozenset({anyascii(plain).lower(), anyascii(plain.translate(_UMLAUTS)).lower()})


def _is_name(word: Word) -> bool:
    if not word.is_capital:
        return _is_given_name(word.key)
    if word.keys & ALWAYS_CAPITAL or word.keys & COURTESIES:
        return False
    return not (word.is_opening and word.keys & OPENERS)


@lru_cache(maxsize=65536)
def _is_given_name(key: str) -> bool:
    """Whether a word written small is a known given name all the same: "bob is the champion"."""
    is_ordinary = key in OPENERS or key in NAME_LIKE or key in SMALL_WORDS or len(key) < 3
    return not is_ordinary and len(short_forms(key)) > 1


class _Left:
    """A text whose atoms are taken out one kind after the other, places kept."""

    def __init__(self, text: str) -> None:
        self.text = text

    def blank(self, spans: Iterator[tuple[int, int]]) -> None:
        for start, end in spans:
            # A bar parts the words around it: what stood between them was no blank.
            self.text = f"{self.text[:start]}{'|' * (end - start)}{self.text[end:]}"

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.blank(one.span() for one in found)
        return found

    def take(self, pattern: re.Pattern[str], is_wanted: object = None) -> list[str]:
        found = [one for one in pattern.finditer(self.text) if not callable(is_wanted) or is_wanted(one[0])]
        self.blank(one.span() for one in found)
        return [one[0] for one in found]


def _words(text: str) -> Iterator[Word]:
    end = 0
    for found in _WORD.finditer(text):
        word, start = found[0], found.start()
        # The dot belongs to an initial or a title, not to the last word of a sentence.
        if (
            word.endswith(".")
            and len(word.replace(".", "")) > 1
            and folded(word).isdisjoint({"dr", "prof", "st", *COURTESIES})
        ):
            word = word[:-1]
        between = text[end:start]
        yield Word(
            text=word,
            span=(start, start + len(word)),
            keys=folded(word),
            is_capital=_has_capital(word),
            is_opening=bool(_SENTENCE_END.search(text[:start]))
            if start < 400
            else bool(_SENTENCE_END.search(text[start - 40 : start])),
            follows=end > 0 and not between.strip() and bool(between),
        )
        end = start + len(word)


def _has_capital(word: str) -> bool:
    # Scripts without capitals have no lower case either: any of their words may be a name.
    return any(letter.isupper() or letter.istitle() for letter in word) or not any(letter.islower() for letter in word)


def _is_phone(text: str) -> bool:
    if _GROUPED_THOUSANDS.match(text.strip()):
        return False
    return len(_digits(text)) >= 7 and (not text.strip().isdigit() or len(text.strip()) >= 9)


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return digits[2:] if digits.startswith("00") else digits


def _bare_url(text: str) -> str:
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", text.lower()).rstrip("/.,;:!?")


def _time(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = (found[3] or found[5] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    return (0 if half.startswith("a") and hour == 12 else hour), minute


__all__ = ["NAME_LIKE", "Atoms", "Word", "atoms", "folded", "names", "same_phone"]
