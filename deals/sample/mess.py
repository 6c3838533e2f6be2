"""What typing, copying and exporting do to names, firms and telephone numbers."""

from random import Random

from deals.sample.accounts import ascii_fold
from deals.sample.names import NICKNAMES

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
    return ascii_fold(name, "de")


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
    styles = {"1": _american, "4": _european, "3": _european}
    return styles.get(e164[1], _european)(e164, rng)


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


def _european(e164: str, rng: Random) -> str:
    dial, rest = e164[1:3], e164[3:]
    area = rest[: 3 if rest[0] in "1679" else 2]
    line = rest[len(area) :]
    spaced = " ".join(line[start : start + 3] for start in range(0, len(line), 3))
    domestic = "" if dial in {"34", "48", "39"} else "0"
    return rng.choice(
        (
            f"+{dial} {area} {spaced}",
            f"+{dial} {area} {spaced}",
            f"+{dial} ({domestic}){area} {spaced}" if domestic else f"+{dial} {area} {line}",
            f"00{dial} {area} {line}",
            e164,
        )
    )
