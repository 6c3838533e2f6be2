"""Properties of a field's distinct values, as arrays aligned with its codes: words, initials, domains, lengths."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.fields import Codes, Field, factorise
from pipeline.matching.nicknames import short_forms

Ints = npt.NDArray[np.int32]
Rest = ParamSpec("Rest")


def remembered(trait: Callable[Concatenate[Field, Rest], Any]) -> Callable[Concatenate[Field, Rest], Any]:
    """Each trait of a field is computed once."""

    @wraps(trait)
    def kept(field: Field, *args: Rest.args, **kwargs: Rest.kwargs) -> Any:
        key = (trait.__name__, *args)
        if key not in field.memo:
            field.memo[key] = trait(field, *args, **kwargs)
        return field.memo[key]

    return kept


def tokens(values: pl.Series) -> Ints:
    """An integer per distinct text, aligned with `values`; -1 for null and ""."""
    return factorise(pl.select(pl.when(values != "").then(values)).to_series())[0]


@remembered
def one_numbering(field: Field, other: Field) -> tuple[Field, Field]:
    """Both fields with codes into one list of values, so that their values can be compared with each other."""
    numbers = tokens(pl.concat([field.values, other.values]))
    values = pl.concat([field.values, other.values]).unique(maintain_order=True)
    own = np.append(numbers[: len(field.values)], -1)[field.codes]
    others = np.append(numbers[len(field.values) :], -1)[other.codes]
    return Field(field.name, field.kind, own, values), Field(other.name, other.kind, others, values)


@remembered
def lengths(field: Field) -> Ints:
    """Characters per value."""
    return field.values.str.len_chars().cast(pl.Int32).to_numpy()


@remembered
def letter_sets(field: Field) -> npt.NDArray[np.uint32]:
    """The letters of each value as bits; several characters share one."""
    text = f"{field.values.str.join('').item()} "  # so that an empty value at the end begins somewhere, too
    letters = np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8) % 32
    return np.bitwise_or.reduceat(np.uint32(1) << letters, np.cumsum(lengths(field)) - lengths(field))


@remembered
def word_counts(field: Field) -> Ints:
    return field.values.str.count_matches(" ", literal=True).cast(pl.Int32).to_numpy() + 1


def _words(values: pl.Series, pattern: str) -> pl.Series:
    return values.str.extract(pattern, 1)


def first_words(field: Field) -> Ints:
    """First and last words share one numbering, so that they can be compared with each other."""
    return _first_and_last(field)[0]


def last_words(field: Field) -> Ints:
    return _first_and_last(field)[1]


@remembered
def _first_and_last(field: Field) -> tuple[Ints, Ints]:
    size = len(field.values)
    both = tokens(pl.concat([_words(field.values, r"^(\S+)"), _words(field.values, r"(\S+)$")]))
    return both[:size], both[size:]


@remembered
def first_lengths(field: Field) -> Ints:
    return _words(field.values, r"^(\S+)").str.len_chars().cast(pl.Int32).fill_null(0).to_numpy()


@remembered
def initials(field: Field) -> Ints:
    return tokens(field.values.str.slice(0, 1))


@remembered
def without_spaces(field: Field) -> Ints:
    return tokens(field.values.str.replace_all(" ", "", literal=True))


@remembered
def local_parts(field: Field) -> Ints:
    return tokens(field.values.str.extract(r"^([^@]+)@", 1))


@remembered
def mail_domains(field: Field) -> Ints:
    return tokens(field.values.str.extract(r"@(.+)$", 1))


@remembered
def domain_names(field: Field) -> Ints:
    """The registrable domain without its public suffix's last part ("example.de" and "example.com" alike)."""
    return tokens(field.values.str.extract(r"^([^.]+)", 1))


@remembered
def without_tail(field: Field, count: int) -> Ints:
    return tokens(field.values.str.head(-count))


@remembered
def tails(field: Field, count: int) -> Ints:
    return tokens(field.values.str.tail(count))


@remembered
def heads(field: Field, count: int) -> Ints:
    return tokens(field.values.str.head(count))


@remembered
def numbers_in(field: Field) -> Ints:
    """The first number in each text, -1 without one."""
    return field.values.str.extract(r"(\d{1,9})", 1).cast(pl.Int32, strict=False).fill_null(-1).to_numpy()


@remembered
def number_lists(field: Field) -> Ints:
    """All numbers of each text in order (house and numbered street); -1 where there are fewer than two."""
    found = field.values.str.extract_all(r"\d+")
    joined = found.list.join(" ")
    frame = pl.DataFrame({"joined": joined, "count": found.list.len()})
    return tokens(frame.select(pl.when(pl.col("count") > 1).then("joined")).to_series())


@remembered
def unordered_days(field: Field) -> Ints:
    """Dates with day and month in ascending order, so that 3 April and 4 March are alike."""
    year, month, day = (field.values.str.slice(start, size) for start, size in ((0, 4), (4, 2), (6, 2)))
    frame = pl.DataFrame({"year": year, "month": month, "day": day})
    low, high = pl.min_horizontal("month", "day"), pl.max_horizontal("month", "day")
    return tokens(frame.select(pl.concat_str("year", low, high)).to_series())


@remembered
def amounts(field: Field) -> npt.NDArray[np.float64]:
    return field.values.cast(pl.Float64, strict=False).fill_null(0.0).to_numpy()


def are_nicknames(field: Field, a: Codes, b: Codes) -> npt.NDArray[np.bool_]:
    """Whether the first words of values `a` and `b` are short forms of one name."""
    related = _nickname_pairs(field)
    if not len(related):
        return np.zeros(len(a), dtype=bool)
    first = first_words(field)
    low, high = np.minimum(first[a], first[b]), np.maximum(first[a], first[b])
    keys = low.astype(np.int64) * (1 << 32) + high
    place = np.minimum(np.searchsorted(related, keys), len(related) - 1)
    return related[place] == keys


@remembered
def _nickname_pairs(field: Field) -> npt.NDArray[np.int64]:
    names = _words(field.values, r"^(\S+)")
    numbers = dict(zip(names.to_list(), first_words(field).tolist(), strict=True))
    found = {
        (min(number, numbers[form]), max(number, numbers[form]))
        for name, number in numbers.items() if name
        for form in short_forms(name) if form != name and form in numbers
    }  # fmt: skip
    return np.array(sorted(low * (1 << 32) + high for low, high in found), dtype=np.int64)
