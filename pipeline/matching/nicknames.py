"""Whether two given names can be one person's: equal, an initial, or a known short form. A hint, never a proof."""

from functools import lru_cache
from typing import Literal

from nicknames import NickNamer

Agreement = Literal["equal", "initial", "nickname", "none"]


@lru_cache(maxsize=1)
def _book() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=65536)
def short_forms(name: str) -> frozenset[str]:
    """All names that share a base form with `name` (folded), itself included: "bob" → {"bob", "robert", …}."""
    book = _book()
    return frozenset({name}.union(*(book.canonicals_of(one) | book.nicknames_of(one) for one in _endings(name))))


def _endings(name: str) -> set[str]:
    """A name as it is and with the other ending of short forms: "peggie" and "peggy"."""
    if name.endswith("ie"):
        return {name, f"{name[:-2]}y"}
    return {name, f"{name[:-1]}ie"} if name.endswith("y") else {name}


@lru_cache(maxsize=65536)
def is_known(name: str) -> bool:
    """Whether a folded word is a given name, or a short form of one, that has others."""
    return len(short_forms(name)) > 1


def agreement(left: str, right: str) -> Agreement:
    """How two folded given names agree. Middle names are ignored unless the first ones differ; empty agrees with
    none.
    """
    first_left, first_right = left.split(" ")[0], right.split(" ")[0]
    if not first_left or not first_right:
        return "none"
    if left == right or (first_left == first_right and len(first_left) > 1):
        return "equal"
    if (len(first_left) == 1 or len(first_right) == 1) and first_left[0] == first_right[0]:
        return "initial"
    if first_right in short_forms(first_left) or first_left in short_forms(first_right):
        return "nickname"
    return "none"


def is_compatible(left: str, right: str) -> bool:
    """True where the two folded given names may be one person's; a missing name is compatible with any."""
    return not left or not right or agreement(left, right) != "none"
