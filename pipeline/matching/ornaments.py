"""Personal names without what people hang on to them (degrees, emoji), and with letters an export has lost put back.

For comparing only: what is shown stays as the file has it. Generation marks (Jr., III) tell people apart and stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from nameparser.config import CONSTANTS

# Short family names stand there too (ma, do, chi): how a word is written must tell them apart.
_CREDENTIALS = frozenset(CONSTANTS.suffix_acronyms) | {"esq", "esquire", "mphil", "dipling"}
_IN_ANY_CASE = frozenset({"phd", "mba", "pmp", "cpa", "cfa", "esq", "esquire", "bsc", "msc", "dphil", "mphil"})
_WRITTEN_SO = frozenset({"PhD", "DPhil", "MPhil", "BSc", "MSc", "MEng", "PsyD", "PharmD", "EdD", "DipIng"})
_PICTURES = frozenset({"So", "Cn", "Co"})
_JOINERS = {"\ufe0e", "\ufe0f", "\u200d", "\u20e3"} | {chr(tone) for tone in range(0x1F3FB, 0x1F400)}
_PRONOUNS = re.compile(r"\s*[(\[](?:she|he|they|her|him|them)(?:\s*[/,|]\s*\w+){1,2}[)\]]", re.IGNORECASE)
# A letter that could not be written became a question mark: it touches a letter.
_LOST = re.compile(r"(?<=[^\W\d_])\?+|\?+(?=[^\W\d_])")
# What exports are written in by mistake; each loses other letters.
_ENCODINGS = ("ascii", "latin-1", "cp1252")


@lru_cache(maxsize=262144)
def bare_name(name: str) -> str:
    """`name` without emoji, marks like ®, pronouns and credentials: "⭐ Ito, PMP®" gives "Ito".

    A name of nothing else stays as it is.
    """
    if name.isascii() and name.isalpha():
        return name
    plain = "".join(" " if _is_picture(letter) else letter for letter in _PRONOUNS.sub("", name))
    first, *others = (" ".join(part.split()) for part in plain.split(","))
    is_shouted = name.isupper()
    parts = [_without_credentials(first, is_shouted), *(p for p in others if not _is_credentials(p, is_shouted))]
    return ", ".join(part for part in parts if part) or name


def restored(names: Iterable[str]) -> Mapping[str, str]:
    """Each name with lost letters → the only one among `names` that an export turns into it ("St?pie?" → "Stępień"),
    or where there is no such or several, the name without the question marks.
    """
    distinct = set(names)
    lost = [name for name in distinct if "?" in name and _LOST.search(name)]
    originals: dict[str, dict[str, str]] = {}
    for name in sorted(distinct.difference(lost)) if lost else ():
        if not name.isascii():
            for form in _damaged(name):
                originals.setdefault(form, {})[name.casefold()] = name
    return {name: _original(name, originals.get(name.casefold(), {})) for name in lost}


def _damaged(name: str) -> set[str]:
    forms = {name.encode(encoding, "replace").decode(encoding).casefold() for encoding in _ENCODINGS}
    return {form for form in forms if "?" in form}


def _original(name: str, found: Mapping[str, str]) -> str:
    return next(iter(found.values())) if len(found) == 1 else _LOST.sub("", name)


def _without_credentials(text: str, is_shouted: bool) -> str:
    """Without the credentials at the end that no comma parts from the name."""
    words = text.split()
    while len(words) > 1 and _is_credential(words[-1], is_shouted):
        words.pop()
    return " ".join(words)


def _is_credentials(text: str, is_shouted: bool) -> bool:
    return all(_is_credential(word, is_shouted) for word in re.split(r"[\s/]+", text))


def _is_credential(word: str, is_shouted: bool) -> bool:
    """Listed, and written as no name is: many short family names are degrees in capitals."""
    letters = re.sub(r"[\W_]", "", word)
    is_written_so = letters in _WRITTEN_SO or (letters.isupper() and not is_shouted and len(letters) > 1)
    return letters.casefold() in _IN_ANY_CASE or (is_written_so and letters.casefold() in _CREDENTIALS)


def _is_picture(letter: str) -> bool:
    return not letter.isascii() and (letter in _JOINERS or unicodedata.category(letter) in _PICTURES)
