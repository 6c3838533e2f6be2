"""Values brought to one form, each once: case, accents, punctuation, legal forms, phone and date notations.

Series functions take and give polars string series of equal length, null where nothing is left; missing stays missing.
"""

import datetime as dt
import html
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import phonenumbers
import polars as pl
from anyascii import anyascii

from pipeline.matching import legal_forms
from pipeline.matching.kinds import Kind

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_CHARS = 1000  # longer cells say no more about identity and cost memory
_MISSING = ("", "-", "--", "?", "n/a", "na", "nan", "none", "null", "nil", "unknown", "#n/a", "not available", "tbd")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe"}
UMLAUTS = str.maketrans(_UMLAUTS)
_HONORIFICS = r"mr|mrs|ms|miss|mx|dr|prof|sir|dame|herr|frau|hr|fr|mme|mlle|sr|sra|srta|dott|ing|dipl|rev|hon|capt"
_POSTNOMINALS = r"phd|md|mba|msc|bsc|esq|cpa|pe|dds|rn|jd|cfa|pmp"
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});"
_FOLDED = r"^[a-z0-9]+(?: [a-z0-9]+)*$"
_SEPARATORS = r"[\s()./\-–]+"
# Bare national digits, by the prefix dialled before them inside a country ("" for none).
_NATIONAL = {"1": r"^1[2-9]\d{9}$|^[2-9]\d{6,11}$", "0": r"^0?[1-9]\d{6,11}$", "": r"^[1-9]\d{6,11}$"}
# Calling codes after which no further digits are dropped or inserted.
_INTERNATIONAL = r"^\+(?:1[2-9]\d{9}|(?:2[07]|3[0-469]|4[013-9]|5[135-8]|6[0-6]|8[1246]|9[0-58])[2-8]\d{6,11})$"
_PLAIN_EMAIL = r"^[a-z0-9_.-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$"
# The last part keeps an opaque token from counting as a date: at least one separator or exactly eight digits.
_ISO = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$"
_LITTLE = r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$"
_EIGHT = r"^(\d{4})(\d{2})(\d{2})(?:\.0)?$"


def normalise(kind: Kind, values: pl.Series, country: str = "US") -> pl.Series:
    """`values` in the one form of `kind`; `country` (ISO 3166) is assumed for national phone numbers."""
    filled = present(values)
    return phones(filled, country) if kind is Kind.PHONE else _BY_KIND[kind](filled)


def fold(values: pl.Series) -> pl.Series:
    """NFKC, transliterated, lower case, apostrophes and inner dots of initials off, any other punctuation one space."""
    return _where_not(_FOLDED, values.str.to_lowercase(), values, _fold)


def _fold(values: pl.Series) -> pl.Series:
    text = transliterate(values.str.normalize("NFKC").str.to_lowercase())
    text = text.str.replace_all(r"['`’´\"]", "").str.replace_all(r"&", " and ").str.replace_all(r"\b([a-z])\.", "$1")
    return _tidy(text.str.replace_all(r"[^0-9a-z]+", " "))


def transliterate(values: pl.Series) -> pl.Series:
    """Latin letters for any script; German and Nordic letters as their own countries spell them (ü → ue)."""
    foreign = values.str.contains(r"[^\x00-\x7f]").fill_null(False)
    if not foreign.any():
        return values
    changed = values.filter(foreign).str.replace_many(list(_UMLAUTS), list(_UMLAUTS.values()))
    latin = pl.Series([anyascii(value).lower() for value in changed], dtype=pl.String)
    return values.scatter(foreign.arg_true(), latin)


def people(values: pl.Series) -> pl.Series:
    """Personal names: "Family, Given" turned round, titles and degrees off, then folded."""
    spaced = values.str.replace_all(r"(\p{Han})", "$1 ")  # written without spaces, each a word in Latin letters
    untitled = spaced.str.replace(rf"(?i)^\s*(?:(?:{_HONORIFICS})\.?\s+)+", "")
    turned = untitled.str.replace(r"^\s*([^,]+?)\s*,\s*([^,]+?)\s*$", "$2 $1")
    text = fold(turned)
    bare = text.str.replace(rf"^(?:(?:{_HONORIFICS}) )+", "").str.replace(rf"(?: (?:{_POSTNOMINALS}))+$", "")
    return _or_else(bare, text)


def companies(values: pl.Series) -> pl.Series:
    """Company names folded, legal forms off unless nothing else is there, "and" and a "the" before or behind off."""
    native = values.str.replace_many(list(legal_forms.NATIVE), [" "] * len(legal_forms.NATIVE))
    text = fold(native.str.replace_all(r"\s*\([^)]*\)\s*$", "")).str.replace(r"^the ", "").str.replace(r" the$", "")
    bare = text.str.replace(trailing_forms(), "").str.replace(leading_forms(), "")
    bare = _where_not(
        ~bare.str.contains(r"\band\b"), bare, bare, lambda rest: _tidy(rest.str.replace_all(r"\band\b", " "))
    )
    found = _or_else(bare, text)
    return _where_not(found.is_not_null(), found, values, fold)


def emails(values: pl.Series) -> pl.Series:
    """Addresses in lower case without plus-tag; dots before the @ go only at gmail. No @: missing."""
    text = values.str.to_lowercase()
    usual = text.str.contains(_PLAIN_EMAIL) & ~text.str.contains("@g(?:oogle)?mail.com$")
    return _where_not(usual, text, values, _emails)


def _emails(values: pl.Series) -> pl.Series:
    text = values.str.normalize("NFKC").str.to_lowercase().str.replace(r"^[^<]*<([^<>@]+@[^<>]+)>.*$", "$1")
    text = text.str.strip_chars(" <>;,\t").str.replace("^mailto:", "")
    text = text.str.replace(r"^([^@+]+)\+[^@]*@", "$1@").str.replace("@googlemail.com$", "@gmail.com")
    at_gmail = text.str.ends_with("@gmail.com")
    local = text.str.strip_suffix("@gmail.com").str.replace_all(".", "", literal=True)
    frame = pl.DataFrame({"text": text, "gmail": local + "@gmail.com", "is_gmail": at_gmail})
    plain = frame.select(pl.when("is_gmail").then("gmail").otherwise("text")).to_series()
    return _null_where(plain, ~plain.str.contains(r"^[^@\s]+@[^@\s]+$"))


def domains(values: pl.Series) -> pl.Series:
    """The registrable domain of a URL or host ("https://www.shop.example.co.uk/x" → "example.co.uk")."""
    return pl.Series([registrable(value) if value else None for value in values], dtype=pl.String)


def registrable(value: str) -> str | None:
    """The registrable domain of one URL, host or e-mail address, by the list of public suffixes; None without one."""
    found = _suffixes().extract_str(value.strip().lower().rpartition("@")[2])
    return found.top_domain_under_public_suffix or found.domain or None


@cache
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract  # brings an HTTP client along, for lists that have no URLs too

    # The reserved name "example" counts as a suffix: without it every invented company would share one domain.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=("example",))


@lru_cache(maxsize=65536)
def phone(value: str, country: str = "US") -> str | None:
    """E.164 ("+493012345"), national numbers read as of `country`; unreadable ones as bare digits, None below five."""
    try:
        number = phonenumbers.parse(value, country)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    except phonenumbers.NumberParseException:
        digits = re.sub(r"\D", "", value)
        return digits if len(digits) >= 5 else None


def phones(values: pl.Series, country: str) -> pl.Series:
    """Numbers as `phone` gives them. The usual notations need no parser, which takes 30 µs a number."""
    prefix = phonenumbers.ndd_prefix_for_region(country, True) or ""
    if prefix not in _NATIONAL:
        return _international(values, country)
    bare = values.str.replace_all(_SEPARATORS, "")
    calling = f"+{phonenumbers.country_code_for_region(country)}"
    return _where_not(
        bare.str.contains(_NATIONAL[prefix]), pl.Series([calling]) + bare.str.strip_prefix(prefix), values,
        lambda rest: _international(rest, country),
    )  # fmt: skip


def _international(values: pl.Series, country: str) -> pl.Series:
    bare = values.str.replace_all(_SEPARATORS, "")
    return _where_not(
        bare.str.contains(_INTERNATIONAL) & ~values.str.contains("(0", literal=True), bare, values,
        lambda rest: pl.Series([phone(value, country) for value in rest], dtype=pl.String),
    )  # fmt: skip


def streets(values: pl.Series) -> pl.Series:
    """Addresses folded, kinds of street abbreviated alike."""
    text = fold(values)
    for long, short in _STREET_WORDS:
        text = text.str.replace_all(rf"\b(?:{long})\b", short)
    return text.str.replace_all(r"(\w)strasse\b", "$1 str")


def dates(values: pl.Series) -> pl.Series:
    """Days as "yyyymmdd"; whether 3/4 is March or April is decided by the column's other values, March where none
    says.
    """
    text = values.str.normalize("NFKC").str.strip_chars()
    parts = text.str.extract_groups(_LITTLE).struct.unnest()
    first, second = (parts[name].cast(pl.Int32, strict=False) for name in parts.columns[:2])
    day_first = int((first > 12).sum() or 0) > int((second > 12).sum() or 0)
    return pl.Series([day(value, day_first=day_first) if value else None for value in text], dtype=pl.String)


def day(value: str, *, day_first: bool = False) -> str | None:
    """One date as "yyyymmdd", None where it is none; "04031999" style and times of day are understood."""
    if found := re.match(_ISO, value) or re.match(_EIGHT, value):
        year, month, number = (int(part) for part in found.groups())
    elif found := re.match(_LITTLE, value):
        first, second, year = (int(part) for part in found.groups())
        year += 0 if year > 99 else 2000 if year < 30 else 1900
        number, month = (first, second) if day_first else (second, first)
    else:
        return _worded_day(value)
    if month > 12 >= number:
        month, number = number, month
    return f"{year:04}{month:02}{number:02}"


def numbers(values: pl.Series) -> pl.Series:
    """Amounts as plain decimals, currency signs and group separators off; what is no number is missing."""
    text = values.str.replace_all(r"[^0-9.,\-]", "")
    comma_last = text.str.contains(r",\d{1,2}$") & ~text.str.contains(r"\.\d*$")
    frame = pl.DataFrame({"text": text, "comma": comma_last})
    continental = pl.col("text").str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    english = pl.col("text").str.replace_all(",", "", literal=True)
    plain = frame.select(pl.when("comma").then(continental).otherwise(english)).to_series()
    amounts = plain.cast(pl.Float64, strict=False)
    return _null_where(amounts.cast(pl.String), ~amounts.is_finite())  # hundreds of digits are no amount


def codes(values: pl.Series) -> pl.Series:
    """Identifiers in lower case without spaces and punctuation, leading zeros off."""
    bare = fold(values).str.replace_all(" ", "", literal=True)
    return _or_else(bare.str.strip_chars_start("0"), bare)


def _worded_day(value: str) -> str | None:
    if not re.search(r"[A-Za-z]{3}.*\d|\d.*[A-Za-z]{3}", value) or len(value) > 40:
        return None
    from dateutil import parser as dateparser

    try:
        return dateparser.parse(value, default=dt.datetime(1, 1, 1)).strftime("%Y%m%d").zfill(8)
    except (ValueError, OverflowError, TypeError):
        return None


@cache
def trailing_forms() -> str:
    """A regular expression for the legal forms at the end of a folded name."""
    forms = sorted(legal_forms.ALL, key=len, reverse=True)
    return rf"(?: (?:{'|'.join(forms)}))+$"


@cache
def leading_forms() -> str:
    """A regular expression for the legal forms before a folded name."""
    return rf"^(?:{'|'.join(sorted(legal_forms.LEADING, key=len, reverse=True))}) "


def present(values: pl.Series) -> pl.Series:
    """Trimmed texts, at most 1,000 characters, "&#252;" and "&amp;" read; empty cells and words for "nothing" null."""
    cut = values.str.slice(0, MAX_CHARS)
    text = _where_not(~cut.str.contains(_ENTITY), cut, cut, _unescaped).str.strip_chars()
    return _null_where(text, text.str.to_lowercase().is_in(_MISSING))


def _unescaped(values: pl.Series) -> pl.Series:
    return pl.Series([html.unescape(value) for value in values], dtype=pl.String)


def _where_not(
    clean: str | pl.Series, plain: pl.Series, values: pl.Series, change: Callable[[pl.Series], pl.Series]
) -> pl.Series:
    """`plain` where it is `clean` already (fits the pattern, or as marked) or missing, else what `change` makes of
    `values`: most values of a large list need no more than a look.
    """
    rest = ~(plain.str.contains(clean) if isinstance(clean, str) else clean).fill_null(True)
    if not rest.any():
        return plain
    return plain.scatter(rest.arg_true(), change(values.filter(rest)))


def _tidy(text: pl.Series) -> pl.Series:
    text = text.str.replace_all(r"\s+", " ").str.strip_chars()
    return _null_where(text, text == "")


def _null_where(text: pl.Series, condition: pl.Series) -> pl.Series:
    return pl.select(pl.when(condition.fill_null(True)).then(None).otherwise(text)).to_series().cast(pl.String)


def _or_else(text: pl.Series, other: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(_null_where(text, text == ""), other)).to_series()


_STREET_WORDS = (
    ("street|straat|strasse", "str"), ("avenue|avenida", "ave"), ("road", "rd"), ("boulevard|blvrd|blv", "blvd"),
    ("drive", "dr"), ("lane", "ln"), ("place|plaza", "pl"), ("square", "sq"), ("court", "ct"), ("highway", "hwy"),
    ("crescent|cres", "cr"), ("parkway", "pkwy"), ("terrace", "tce"), ("north", "n"), ("south", "s"), ("east", "e"),
    ("west", "w"), ("suite", "ste"), ("apartment", "apt"), ("floor", "fl"), ("building", "bldg"), ("saint", "st"),
    ("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th"),
    ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th"), ("eleventh", "11th"),
    ("twelfth", "12th"),
)  # fmt: skip

_BY_KIND = {
    Kind.GIVEN_NAME: people, Kind.FAMILY_NAME: fold, Kind.PERSON: people, Kind.COMPANY: companies, Kind.EMAIL: emails,
    Kind.DOMAIN: domains, Kind.STREET: streets, Kind.CITY: fold, Kind.POSTCODE: codes, Kind.COUNTRY: fold,
    Kind.DATE: dates, Kind.NUMBER: numbers, Kind.CODE: codes, Kind.TEXT: fold, Kind.CATEGORY: fold,
}  # fmt: skip
