"""Kinds of text that must not leave the house, found by shape and, where there is one, by checksum."""

import re
import unicodedata
from collections.abc import Callable, Iterable

CLASSES = {
    "national_id": "national identity numbers",
    "card": "card and bank account numbers",
    "health": "remarks about somebody's health",
    "secret": "passwords and keys",
}

# Copied text has hard spaces, full-width digits and marks nobody sees between the digits of a number.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
# Shapes: US Social Security, UK National Insurance, Spanish DNI/NIE, Italian codice fiscale.
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])")
_NINO = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b")
_DNI = re.compile(r"\b([XYZ]?)-?(\d{7,8})-?([A-HJ-NP-TV-Z])\b")
_CODICE = re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]\b")
# A number with + or 00 in front is a phone number; card numbers stand alone or in fours.
_CARD = re.compile(r"(?<![\w+./-])(?:[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{1,7}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_HEALTH = re.compile(
    r"\b(?:diagnos(?:ed|is) (?:with|of)|chemotherap\w+|hiv[- ]positive|is pregnant|maternity leave|on sick leave|"
    r"medical leave|burn-?out|suffers from depression|had surgery|in hospital|disabled person|wheelchair user|"
    r"krankgeschrieben|schwanger\w*|krebserkrankung|schwerbehindert\w*|im krankenhaus|arrêt maladie|enceinte|"
    r"hospitalisée?|de baja médica|embarazada)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bsk-[A-Za-z0-9_-]{20,}|\bgh[pousr]_[A-Za-z0-9]{30,}|"
    r"\bxox[abpr]-[A-Za-z0-9-]{10,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|"
    r"\b(?:password|passwort|kennwort|mot de passe|contraseña)\s*(?:is|ist|:|=)\s*[\"“']?\S{6,}",
    re.IGNORECASE,
)


def classes_in(text: str, forbidden: Iterable[str]) -> frozenset[str]:
    """Which of the `forbidden` classes (keys of `CLASSES`) the text seems to hold."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return frozenset(name for name in forbidden if name in _FINDERS and _FINDERS[name](plain))


def _has_national_id(text: str) -> bool:
    is_spanish = any(_is_dni(*found.groups()) for found in _DNI.finditer(text))
    return is_spanish or any(pattern.search(text) for pattern in (_SSN, _NINO, _CODICE))


def _is_dni(prefix: str, digits: str, letter: str) -> bool:
    if len(digits) != (7 if prefix else 8):
        return False
    number = int(f"{'XYZ'.index(prefix)}{digits}" if prefix else digits)
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == letter


def _has_account(text: str) -> bool:
    cards = (re.sub(r"\D", "", found[0]) for found in _CARD.finditer(text))
    accounts = (found[0].replace(" ", "") for found in _IBAN.finditer(text))
    return any(13 <= len(card) <= 19 and _luhn(card) for card in cards) or any(_is_iban(one) for one in accounts)


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (2 * int(digit) if place % 2 else int(digit) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_iban(account: str) -> bool:
    """ISO 13616: the number behind the letters leaves 1 when divided by 97."""
    if not 15 <= len(account) <= 34:
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


_FINDERS: dict[str, Callable[[str], bool]] = {
    "national_id": _has_national_id,
    "card": _has_account,
    "health": lambda text: bool(_HEALTH.search(text)),
    "secret": lambda text: bool(_SECRET.search(text)),
}
