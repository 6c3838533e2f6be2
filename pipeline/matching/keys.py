"""Parts of values worth looking records up by: whole values, skeletons, first words, local parts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching import traits
from pipeline.matching.fields import Codes, Field, factorise
from pipeline.matching.kinds import Kind

_DOUBLED = "bdfgklmnprstx"


@dataclass(frozen=True, eq=False)
class Part:
    """One integer per row by which rows agree (-1: not at all); `column` is the position of the field it comes from.

    `agreement` is the share of all pairs of rows that agree, found by counting.
    """

    name: str
    column: int
    codes: Codes
    agreement: float


def parts(fields: tuple[Field, ...]) -> list[Part]:
    """All parts of all fields, those that tell nothing (one value, or none) left out."""
    found = []
    for column, field in enumerate(fields):
        for name, of_values in _PARTS.get(field.kind, {}).items():
            numbers = of_values(field)
            codes = np.append(numbers, -1).astype(np.int32)[field.codes]
            agreement = share_agreeing(codes)
            if 0 < agreement < 0.5:
                found.append(Part(f"{field.name} {name}".strip(), column, codes, agreement))
    return found


def share_agreeing(codes: npt.NDArray[np.integer]) -> float:
    """The share of ordered pairs of rows with equal codes, missing ones (-1) agreeing with none."""
    present = codes[codes >= 0]
    counts = np.bincount(present).astype(np.float64) if len(present) else np.zeros(1)
    return float((counts * counts).sum() / max(1, len(codes)) ** 2)


def _whole(field: Field) -> traits.Ints:
    return np.arange(len(field.values), dtype=np.int32)


def skeleton(field: Field) -> traits.Ints:
    """Names that sound alike: first letter and consonants, doubled letters once, ph = f, c/q = k, z = s; at least
    three.
    """
    return sounds(field.values)


def sounds(values: pl.Series, least: int = 3) -> traits.Ints:
    """A number per value, the same for values with the same skeleton; a skeleton shorter than `least` is the value."""
    codes, distinct = factorise(values)
    text = distinct.str.replace_all(" ", "", literal=True)
    text = text.str.replace_many(["ph", "ck", "sch", "sh", "th", "dt"], ["f", "k", "s", "s", "t", "t"])
    text = text.str.replace_many(["c", "q", "z", "v", "w", "y"], ["k", "k", "s", "f", "f", "i"])
    head, rest = text.str.slice(0, 1), text.str.slice(1).str.replace_all(r"[aeiouh]", "")
    joined = head + rest.str.replace_many([2 * letter for letter in _DOUBLED], list(_DOUBLED))
    frame = pl.DataFrame({"joined": joined, "whole": text})
    kept = frame.select(pl.when(pl.col("joined").str.len_chars() >= least).then("joined").otherwise("whole"))
    return np.append(traits.tokens(kept.to_series().str.head(6)), np.int32(-1))[codes]


def _first_word_skeleton(field: Field) -> traits.Ints:
    return sounds(field.values.str.extract(r"^(\S+)", 1))


def _last_word_skeleton(field: Field) -> traits.Ints:
    return sounds(field.values.str.extract(r"(\S+)$", 1))


def sorted_words(field: Field) -> traits.Ints:
    """Values with the same words in any order are alike."""
    return traits.tokens(field.values.str.split(" ").list.sort().list.join(" "))


def _long_head(field: Field) -> traits.Ints:
    return traits.heads(field, 12)


_PARTS: dict[Kind, dict[str, Callable[[Field], traits.Ints]]] = {
    Kind.GIVEN_NAME: {"": _whole, "start": lambda f: traits.heads(f, 3), "initial": traits.initials},
    Kind.FAMILY_NAME: {"": _whole, "sound": skeleton},
    Kind.PERSON: {"words": sorted_words, "last word": _last_word_skeleton, "first word": _first_word_skeleton},
    Kind.COMPANY: {"": _whole, "first word": traits.first_words, "sound": _first_word_skeleton},
    Kind.EMAIL: {"": _whole, "local part": traits.local_parts, "domain": traits.mail_domains},
    Kind.PHONE: {"": _whole, "ending": lambda f: traits.tails(f, 7), "block": lambda f: traits.without_tail(f, 4)},
    Kind.DOMAIN: {"": _whole, "name": traits.domain_names},
    Kind.STREET: {"words": sorted_words, "number": traits.numbers_in},
    Kind.CITY: {"": _whole, "sound": skeleton},
    Kind.POSTCODE: {"": _whole, "area": lambda f: traits.heads(f, 3)},
    Kind.COUNTRY: {"": _whole},
    Kind.DATE: {"": _whole, "days": traits.unordered_days, "year": lambda f: traits.heads(f, 4)},
    Kind.NUMBER: {"": _whole},
    Kind.CODE: {"": _whole, "start": lambda f: traits.heads(f, 4)},
    Kind.TEXT: {"words": sorted_words, "start": _long_head, "first word": _first_word_skeleton},
    Kind.CATEGORY: {"": _whole},
}
