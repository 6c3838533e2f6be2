"""Where two nearly equal values differ, character by character."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

# Longer texts are compared as a whole: marks in a paragraph help nobody, and the comparison is quadratic.
LONGEST = 200
# Below this share of common characters the marks would be confetti.
_ALIKE = 0.5
# The joiners of Persian, Indic scripts and emoji belong to the text; other invisible characters are shown.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text; `is_marked` where the other side reads differently."""

    text: str
    is_marked: bool = False


def pieces(left: str, right: str, level: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both values cut into pieces, marked by `level`: same and missing not at all, different whole, close by character.

    Invisible characters become "◌", so that two values which only differ by them do not look the same.
    """
    left, right = visible(left), visible(right)
    if level == "close":
        return _close(left, right)
    return _whole(left, level == "different"), _whole(right, level == "different")


def visible(text: str) -> str:
    """The text with each control or format character replaced by "◌"."""
    return "".join("◌" if unicodedata.category(one) in ("Cc", "Cf") and one not in _JOINERS else one for one in text)


def _close(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if max(len(left), len(right)) > LONGEST:
        return _whole(left, True), _whole(right, True)
    matcher = SequenceMatcher(None, _folded(left), _folded(right), autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(left, True), _whole(right, True)
    steps = matcher.get_opcodes()
    return (
        tuple(Piece(text=left[a:b], is_marked=tag != "equal") for tag, a, b, _, _ in steps if b > a),
        tuple(Piece(text=right[c:d], is_marked=tag != "equal") for tag, _, _, c, d in steps if d > c),
    )


def _folded(text: str) -> str:
    """Lower case where that keeps the length, so that positions stay true."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _whole(text: str, is_marked: bool) -> tuple[Piece, ...]:
    return (Piece(text=text, is_marked=is_marked),) if text else ()
