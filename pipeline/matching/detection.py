"""What kind a column is, told from its values alone: no name of a column is read.

Shares of values that fit a shape decide, strictest shape first. Where a column is hard to tell (a family name from a
city), a wrong guess costs little, as such kinds are compared alike.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipeline.matching import legal_forms, lexicon
from pipeline.matching.kinds import Kind
from pipeline.matching.normalise import day, fold, present

_LOOKED_AT = 700  # values per column
_COUNTED = 20_000  # values among which the different ones are counted
_EMAIL = r"^[^@\s]+@[^@\s]+$"
_URL = r"^(?i:https?://|www\.)\S+$|^(?i)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/\S*)?$"
_PHONE = r"^\+?[\d\s()./\-–]{7,}(\s*(?i:x|ext)\.?\s*\d+)?$"
_NATIONAL_ID = r"^\d{3}-\d{2}-\d{4}$"  # as the United States write it: no telephone number has such groups
_DATE = (
    r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b|"
    r"^(18|19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$"
)
_WORDED_DATE = r"(?i)^(\d{1,2}\.? )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2}, ?)?\d{4}$"
_MONEY = r"^[-+]?[$€£¥]?\s?[-+]?\d[\d.,' ]*\s?([$€£¥%]|[A-Z]{3})?$"
_POSTCODE = (
    r"(?i)^([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|\d{5}(-\d{4})?|"
    r"\d{4} ?[a-z]{2}|[a-z]{1,2}-\d{4,5}|\d{2}-\d{3}|\d{3} \d{2})$"
)


@dataclass(frozen=True, eq=False)
class _Look:
    """A column's values (a sample, missing ones off) and the measures that tell its kind."""

    values: pl.Series
    distinct: float  # share of different values among all
    kinds_of_value: int

    def share(self, pattern: str) -> float:
        """The share of values that fit a regular expression."""
        return float(self.values.str.contains(pattern).mean() or 0.0)  # type: ignore[arg-type]

    @cached_property
    def words(self) -> list[list[str]]:
        return [text.split() if text else [] for text in fold(self.values)]

    @cached_property
    def mean_words(self) -> float:
        return sum(map(len, self.words)) / max(1, len(self.words))

    def share_with(self, known: frozenset[str], place: slice = slice(None)) -> float:
        """The share of values that hold one of the known words (at a place)."""
        return sum(any(word in known for word in words[place]) for words in self.words) / max(1, len(self.words))

    def share_given(self, place: slice) -> float:
        return sum(any(lexicon.is_given_name(w) for w in words[place]) for words in self.words) / max(
            1, len(self.words)
        )


def detect(values: pl.Series) -> Kind | None:
    """The kind of a column of texts; None where it tells nothing apart (empty, or one value only)."""
    filled = present(_spread(values.drop_nulls(), _COUNTED)).drop_nulls()
    different = filled.n_unique()
    if different < 2:
        return None
    look = _Look(_spread(filled, _LOOKED_AT), different / len(filled), different)
    return _shaped(look) or (_numeric(look) if look.share(r"^[^A-Za-z]*$") >= 0.9 else _worded(look))


def _spread(values: pl.Series, most: int) -> pl.Series:
    """About `most` values from all over the column."""
    return values if len(values) <= most else values.gather_every(len(values) // most)


def _shaped(look: _Look) -> Kind | None:
    """Kinds with a notation of their own."""
    if look.share(_EMAIL) >= 0.6:
        return Kind.EMAIL
    if look.share(_DATE) + look.share(_WORDED_DATE) >= 0.8 and _are_days(look.values):
        return Kind.DATE
    if look.share(_URL) >= 0.7 and look.share(r"\.\D*$") >= 0.7:
        return Kind.DOMAIN
    if look.share(_NATIONAL_ID) >= 0.6:
        return Kind.CODE
    if (
        look.share(_PHONE) >= 0.8
        and look.share(r"\d[\s()./\-–]+\d|^\+\d|^0\d{6,}") >= 0.3
        and look.share(r"(?:\d\D*){7,}") >= 0.8
    ):
        return Kind.PHONE
    if look.share(_POSTCODE) >= 0.8 and look.share(r"[A-Za-z]|-") >= 0.5:
        return Kind.POSTCODE
    return None


def _are_days(values: pl.Series) -> bool:
    found = [day(value) or day(value, day_first=True) for value in values.head(200)]
    years = [int(one[:4]) for one in found if one]
    return len(years) >= 0.8 * len(found) and sum(1850 <= year <= 2100 for year in years) >= 0.8 * len(years)


def _numeric(look: _Look) -> Kind:
    """Kinds written without letters."""
    if look.share(_MONEY) < 0.8:
        return Kind.CODE
    if look.share(r"[.,]\d{1,2}\D*$|[$€£¥%]") >= 0.2 or look.share(r"^(18|19|20)\d{2}$") >= 0.9:
        return Kind.NUMBER
    lengths = look.values.str.replace_all(r"\D", "").str.len_chars()
    usual = lengths.mode()[0]
    is_uniform = float((lengths == usual).mean() or 0) >= 0.85  # type: ignore[arg-type]
    if is_uniform and 10 <= usual <= 12:
        return Kind.PHONE
    if is_uniform and 4 <= usual <= 6 and look.distinct < 0.8:
        return Kind.POSTCODE
    if usual >= 5 or (is_uniform and usual == 4):
        return Kind.CODE
    return Kind.NUMBER


def _worded(look: _Look) -> Kind:
    """Kinds written in words."""
    with_digits = look.share(r"\d")
    if look.mean_words <= _LONGEST_COUNTRY and _share_of_countries(look.values) >= 0.6:
        return Kind.COUNTRY
    if look.share(r"^\S+$") >= 0.8 and with_digits >= 0.7:
        return Kind.CODE
    if (
        (look.distinct < 0.05 or (look.kinds_of_value <= 12 and look.distinct < 0.3))
        and look.kinds_of_value <= 60
        and look.mean_words <= 6
    ):
        return Kind.CATEGORY
    streets = look.share_with(lexicon.STREET_WORDS, slice(1, None))
    if look.mean_words >= 2 and look.mean_words <= 9 and (streets >= 0.4 or (with_digits >= 0.6 and streets >= 0.15)):
        return Kind.STREET
    if look.mean_words > 5 or look.values.str.len_chars().mean() > 45:  # type: ignore[operator]
        return Kind.TEXT
    return _named(look)


def _named(look: _Look) -> Kind:
    """Names of persons, firms and places."""
    first, last = look.share_given(slice(0, 1)), look.share_given(slice(-1, None))
    family = look.share_with(lexicon.FAMILY_NAMES, slice(-1, None))
    places = look.share_with(lexicon.PLACES) + look.share_with(lexicon.PLACE_PARTS, slice(0, None)) / 2
    firms = look.share_with(lexicon.FIRM_WORDS) + look.share_with(legal_forms.ALL, slice(1, None))
    if firms >= 0.2 and firms > places:
        return Kind.COMPANY
    if look.mean_words <= 1.35 and max(first, family, places) >= 0.05:
        best = max(
            (first, Kind.GIVEN_NAME), (1.3 * family, Kind.FAMILY_NAME), (places, Kind.CITY), key=lambda one: one[0]
        )
        return best[1]
    if 1.6 <= look.mean_words <= 4 and max(first, last) >= 0.3 and look.share(r"\d") < 0.1:
        return Kind.PERSON
    if places >= 0.15 and look.mean_words < 2.5:
        return Kind.CITY
    if look.mean_words <= 1.35:
        return Kind.FAMILY_NAME
    return Kind.COMPANY if look.share(r"\d") < 0.15 and look.mean_words <= 4 else Kind.TEXT


# Words. Names of countries are read from several languages, which takes as long as all the rest of a short list.
_LONGEST_COUNTRY = 4


def _share_of_countries(values: pl.Series) -> float:
    return float(values.str.to_lowercase().is_in(list(lexicon.countries())).mean() or 0.0)  # type: ignore[arg-type]
