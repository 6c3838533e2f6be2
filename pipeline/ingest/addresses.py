"""E-mail addresses, phone numbers, web addresses and domains as cells hold them."""

import re
from urllib.parse import unquote, urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from pipeline.ingest.faults import BadCell, quoted

MAX_ADDRESS_CHARS = 320
MAX_URL_CHARS = 2_000
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15  # ITU E.164 allows 15

# What nearly every address looks like; the rest goes to the validator, at eighty times the price.
_PLAIN_EMAIL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_RESERVED = re.compile(r"@(?:.*\.)?(?:localhost|invalid|test|local)$")
_DIALLED_ABROAD = re.compile(r"^\(?00(?=[1-9])")
_BRACKETS = re.compile(r"<([^<>]+)>")
_SEPARATORS = re.compile(r"\s*(?:;|,| ::: |\||\s)\s*")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[^\W\d_]{{2,24}}|(?:{_LABEL}\.)+xn--[a-z0-9-]{{2,59}}")
_PHONE_EXTRAS = re.compile(r"[\d\s+().\-/–x#*,;=a-z:]*", re.IGNORECASE)
_NUMBER_AS_FLOAT = re.compile(r"(\d{6,15})\.0")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)

# Pages on other companies' sites say nothing about the domain a company owns.
SHARED_SITES = frozenset({
    "linkedin.com", "facebook.com", "fb.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "tiktok.com",
    "xing.com", "google.com", "goo.gl", "bit.ly", "linktr.ee", "medium.com", "github.com", "crunchbase.com",
    "wikipedia.org",
})  # fmt: skip


def read_email(text: str) -> str:
    """One address, in lower case; "Name <a@b.c>" and "mailto:" are undone, of several the first is taken.

    Raises BadCell; syntax only, nothing is looked up.
    """
    lower = text.lower()
    if _PLAIN_EMAIL.fullmatch(lower) and len(lower) <= MAX_ADDRESS_CHARS and not _RESERVED.search(lower):
        return lower
    return _validated(_addresses(text)[0], text)


def read_emails(text: str) -> list[str]:
    """Every address in a cell, in order, without repeats. Raises BadCell when one is none, keeping the others."""
    found: dict[str, None] = {}
    refusals: list[BadCell] = []
    for address in _addresses(text):
        try:
            found[_validated(address, address)] = None
        except BadCell as refusal:
            refusals.append(refusal)
    if refusals:
        raise BadCell(str(refusals[0]), kept=list(found) or None)
    return list(found)


def _addresses(text: str) -> list[str]:
    bracketed = _BRACKETS.findall(text)
    parts = bracketed or _SEPARATORS.split(text.strip())
    cleaned = [part.strip().strip("'\"").removeprefix("mailto:") for part in parts]
    return [part for part in cleaned if part] or [text]


def _validated(address: str, text: str) -> str:
    lower = address.lower()
    if len(lower) > MAX_ADDRESS_CHARS:
        raise BadCell(f"{quoted(text)} is not an e-mail address.")
    if _PLAIN_EMAIL.fullmatch(lower) and not _RESERVED.search(lower):
        return lower
    try:
        return str(validate_email(address, check_deliverability=False).normalized).lower()
    except EmailNotValidError:
        raise BadCell(f"{quoted(text)} is not an e-mail address.") from None


def read_phone(text: str, country: str) -> str:
    """A number in international form ("+4930901820 ext. 12"), or as typed when its country is unknown.

    `country` is the ISO code national numbers belong to, or "". Raises BadCell, keeping the text as typed unless a
    spreadsheet has cut its digits.
    """
    bare = text.split(" ::: ")[0].lstrip("'`´’").strip()
    if _SHORTENED.fullmatch(bare):
        raise BadCell(f"{quoted(text)} is a number a spreadsheet has shortened; its last digits are lost.")
    whole = _NUMBER_AS_FLOAT.fullmatch(bare)
    bare = whole[1] if whole else bare
    digits = sum(character.isdigit() for character in bare)
    if len(bare) > MAX_ADDRESS_CHARS or digits < _FEWEST_DIGITS or not _PHONE_EXTRAS.fullmatch(bare):
        raise BadCell(f"{quoted(text)} is not a phone number.", kept=bare[:MAX_ADDRESS_CHARS])
    # "0044 …" is how most of the world dials "+44 …"; no national number has two zeros in front.
    dialled = _DIALLED_ABROAD.sub("+", bare)
    return _international(dialled, country) or bare


def _international(bare: str, country: str) -> str:
    try:
        number = phonenumbers.parse(bare, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    extension = f" ext. {number.extension}" if number.extension else ""
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def read_domain(text: str) -> str:
    """The host a web or e-mail address names, in lower case and without "www.". Raises BadCell."""
    host = _host(text.rpartition("@")[2] if "@" in text and "/" not in text else text)
    site = ".".join(host.split(".")[-2:])
    if site in SHARED_SITES:
        raise BadCell(f"{quoted(text)} is a page on {site}, not a company's own domain.")
    return host.removeprefix("www.")


def read_url(text: str) -> str:
    """A web address with its scheme; LinkedIn profiles in one form, so that equal ones are equal. Raises BadCell."""
    host = _host(text)
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if host == "linkedin.com" or host.endswith(".linkedin.com"):
        return f"https://www.linkedin.com{unquote(parts.path).lower().rstrip('/')}"
    path = f"{parts.path}{'?' + parts.query if parts.query else ''}".rstrip("/")
    return f"{parts.scheme.lower()}://{host}{path}"[:MAX_URL_CHARS]


def _host(text: str) -> str:
    if len(text) > MAX_URL_CHARS:
        raise BadCell(f"{quoted(text)} is not a web address.")
    try:
        parts = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        raise BadCell(f"{quoted(text)} is not a web address.")
    return host
