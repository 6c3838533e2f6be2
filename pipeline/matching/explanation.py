"""Why two records got their match weight: what each field says for or against it, adding up exactly to the weight.

A waterfall: it begins with how seldom two records are the same at all, each field moves it up or down, and where it
ends against the two cuts is the decision. One point is one bit: it doubles the odds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

PRIOR = "prior"
# Lines that are no field of the records.
_OWN_LABELS = {PRIOR: "Before comparing", "reviews": "Earlier answers"}
# What is shown is rounded to tenths of a point; less than this is not worth a sentence.
_SHOWN = 1
_TELLING = Decimal(1)
_MOST_NAMED = 4

# Each comparison level in words, and in a sentence around the field's name.
LEVELS: Mapping[str, tuple[str, str]] = {
    "equal": ("the same", "same {}"),
    "same words": ("the same words", "same words in the {}"),
    "compatible": ("another form of it", "fitting {}"),
    "initial": ("the initial fits", "fitting initial of the {}"),
    "typo": ("a typo apart", "{} a typo apart"),
    "close": ("nearly the same", "nearly the same {}"),
    "near": ("nearly the same", "nearly the same {}"),
    "similar": ("similar", "similar {}"),
    "related": ("similar", "similar {}"),
    "relative": ("one name is the same, another is not", "a single name the same in the {}"),
    "weak": ("slightly similar", "slightly similar {}"),
    "roughly": ("roughly the same", "roughly the same {}"),
    "part": ("a part is the same", "shared part of the {}"),
    "contained": ("one contains the other", "{} contained in the other"),
    "same start": ("the same beginning", "same beginning of the {}"),
    "together": ("the same but for spaces", "same {} but for spaces"),
    "same domain": ("the same domain", "same domain of the {}"),
    "same local part": ("the same before the @", "same beginning of the {}"),
    "same block": ("the same block of numbers", "same number block of the {}"),
    "same ending": ("the same last digits", "same last digits of the {}"),
    "other ending": ("the same but for the ending", "same {} but for the ending"),
    "same number and name": ("the same number and street", "same number in the {}"),
    "same area": ("the same area", "same area of the {}"),
    "same year": ("the same year", "same year of the {}"),
    "different": ("different", "different {}"),
    "missing": ("missing", "missing {}"),
    "learnt": ("learnt from answers", "{}"),
    "said": ("said by a model", "{}"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step of the waterfall: a field, its comparison level in words, and the points it moves the sum by, from
    `before` to `after`."""

    name: str
    label: str
    level: str
    words: str
    points: Decimal
    before: Decimal
    after: Decimal


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """`prior` and the points of all `lines` sum exactly to `total`, the weight to a tenth of a point.

    From `same_from` on two records are joined unseen, up to `new_to` they are kept apart unseen; None where that cut
    does not exist.
    """

    prior: Line
    lines: tuple[Line, ...]
    total: Decimal
    same_from: float | None = None
    new_to: float | None = None

    @property
    def steps(self) -> tuple[Line, ...]:
        return (self.prior, *self.lines)

    def line(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    @property
    def sentence(self) -> str:
        """What speaks for it and what against it, in one sentence."""
        telling = sorted(self.lines, key=lambda line: -abs(line.points))
        speaking_for = [line for line in telling if line.points >= _TELLING][:_MOST_NAMED]
        against = [line for line in telling if line.points <= -_TELLING][:_MOST_NAMED]
        if not speaking_for:
            said = f"{_named(against)} {_speak(against)} against it; nothing speaks for it" if against else ""
            return f"{_capital(said)}." if said else "No field says much either way."
        said = f"{_named(speaking_for)} {_speak(speaking_for)} for it"
        if against:
            return _capital(f"{said}, {_named(against)} against it.")
        if self.total < 0:
            return _capital(f"{said}, but that is too little: most records are of somebody or something else.")
        return _capital(f"{said}; nothing speaks against it.")


def explain(
    points: Mapping[str, float],
    levels: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
    same_from: float | None = None,
    new_to: float | None = None,
) -> Explanation:
    """The waterfall of a pair from its `points` (field → bits, with the prior) and comparison `levels`.

    `labels` gives fields their order and their names; fields that it does not know come last. The weight is the sum of
    the points.
    """
    labels = labels or {}
    names = [*(name for name in labels if name in points), *(name for name in points if name not in labels)]
    names = [PRIOR, *(name for name in names if name != PRIOR)]
    rounded = parted([points.get(name, 0.0) for name in names], _SHOWN)
    lines, after = [], Decimal(0)
    for name, moved in zip(names, rounded, strict=True):
        before, after = after, after + moved
        level = levels.get(name, "")
        lines.append(
            Line(
                name=name,
                label=labels.get(name) or _OWN_LABELS.get(name) or name.replace("_", " ").capitalize(),
                level=level,
                words=_chance(moved) if name == PRIOR else LEVELS.get(level, (level, ""))[0],
                points=moved,
                before=before,
                after=after,
            )
        )
    return Explanation(prior=lines[0], lines=tuple(lines[1:]), total=after, same_from=same_from, new_to=new_to)


def parted(parts: Sequence[float], digits: int) -> list[Decimal]:
    """`parts` rounded to so many decimals that they sum exactly to their rounded sum; none moves by a whole unit.

    The largest remainders are rounded up (Hamilton's method). Raises ValueError where a part is no finite number.
    """
    scaled = [Fraction(part) * 10**digits for part in _finite(parts)]
    units = [part.__floor__() for part in scaled]
    missing = round(sum(scaled)) - sum(units)
    by_remainder = sorted(range(len(units)), key=lambda place: (units[place] - scaled[place], place))
    for place in by_remainder[:missing]:
        units[place] += 1
    return [Decimal(unit).scaleb(-digits) for unit in units]


def _finite(parts: Sequence[float]) -> Sequence[float]:
    wrong = next((part for part in parts if part - part != 0), None)
    if wrong is not None:
        raise ValueError(f"Points must be finite numbers; one is {wrong}.")
    return parts


def _chance(prior: Decimal) -> str:
    """The prior as people say it."""
    others = 2 ** float(min(max(-prior, Decimal(0)), Decimal(60)))
    return f"about 1 pair in {float(f'{others + 1:.1g}'):,.0f} is the same"


def _named(lines: Sequence[Line]) -> str:
    """ "same e-mail and phone, similar company": fields of one level together, best first."""
    by_phrase: dict[str, list[str]] = {}
    for line in lines:
        phrase = LEVELS.get(line.level, ("", line.level + " {}"))[1]
        by_phrase.setdefault(phrase, []).append(_small(line.label))
    return _and([phrase.format(_and(names)) for phrase, names in by_phrase.items()])


def _speak(lines: Sequence[Line]) -> str:
    return "speaks" if len(lines) == 1 else "speak"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
