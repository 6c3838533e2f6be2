"""What typing, copying and exporting do to names, firms and telephone numbers."""

from random import Random

from deals.sample.accounts import ascii_fold
from deals.sample.names import NICKNAMES
from deals.sample.places import COUNTRIES, Country

_NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "n": "m", "o": "p", "r": "t", "s": "d", "t": "r", "l": "k", "h": "g"}


def mistyped(word: str, rng: Random) -> str:
    """One slip behind the first two letters: swapped, left out, doubled or a neighbouring key."""
    if len(word) < 4:
        return word
    place = rng.randrange(2, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slips = (
        before + after[0] + letter + after[1:],
        before + after,
        before + letter + letter + after,
        before + _NEIGHBOURS.get(letter, letter + letter) + after,
    )
    return next((slip for slip in rng.sample(slips, len(slips)) if slip != word), word)


def nickname(given: str, rng: Random) -> str:
    """A short form of the given name, or the name itself where there is none."""
    return rng.choice(NICKNAMES.get(given, (given,)))


def umlauts_spelt_out(name: str) -> str:
    """Müller → Mueller, Wróbel → Wrobel."""
    plain = ascii_fold(name, "de")
    return plain.upper() if name.isupper() else plain


def decoded_twice(name: str) -> str:
    """Müller → MÃ¼ller, where that can be written at all."""
    try:
        return name.encode().decode("cp1252")
    except UnicodeDecodeError:
        return name


def phone_as_typed(e164: str, country_code: str, rng: Random) -> str:
    """An E.164 number the way somebody of that country types it."""
    if not e164:
        return ""
    return _american(e164, rng) if country_code == "US" else _european(e164, COUNTRIES[country_code], rng)


def _american(e164: str, rng: Random) -> str:
    area, exchange, line = e164[-10:-7], e164[-7:-4], e164[-4:]
    return rng.choice(
        (
            f"({area}) {exchange}-{line}",
            f"({area}) {exchange}-{line}",
            f"+1 {area}-{exchange}-{line}",
            f"{area}.{exchange}.{line}",
            f"+1{area}{exchange}{line}",
        )
    )


def _european(e164: str, country: Country, rng: Random) -> str:
    area, line = _parted(e164, country)
    size = 4 if len(line) == 8 else 3
    spaced = " ".join(line[start : start + size] for start in range(0, len(line), size))
    dial, trunk = country.dial, country.trunk
    return rng.choice(
        (
            f"+{dial} {area} {spaced}",
            f"+{dial} {area} {spaced}",
            f"+{dial} ({trunk}){area} {spaced}" if trunk else f"+{dial} {area} {line}",
            f"00{dial} {area} {line}",
            e164,
        )
    )


def _parted(e164: str, country: Country) -> tuple[str, str]:
    """Area or mobile code, and the rest."""
    rest = e164[1 + len(country.dial) :]
    codes = [city.code for city in country.cities if rest.startswith(city.code)]
    size = len(codes[0]) if codes else 4 if country.code == "GB" else 3
    return rest[:size], rest[size:]
