"""Columns that know how it ended: filled in or changed after the outcome. Told by their cells, never by their names.

A fact known beforehand makes a lead likelier; a note made afterwards all but says the outcome. Both are columns like
any other, so that each rule here states what it saw, and a person can put a column back.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leads.learning.accuracy import ranking
from leads.learning.columns import Column
from leads.learning.table import Flags, Floats
from pipeline.matching.cuts import lower_bound, upper_bound

MOST_ALONE = 0.85  # AUC beyond which one column knows more than a fact known beforehand can
_DECISIVE, _DECISIVE_ROWS, _FEWEST_DECIDED = 0.95, 0.20, 20
_SELDOM_FILLED = 0.60
_FILL_APART, _FILL_FAR_APART, _FILL_NOTED = 0.15, 0.40, 0.10
_MOST_WHERE_FILLED = 0.68
_LATE_FROM, _LATE_TO = 0.5, 0.2  # filled in for at least half of some older leads, for a fifth of that in the newest
_STATES, _FEWEST_STATES, _STATE_AUC = 0.6, 3, 0.60
_TWIN_AUC, _TWIN_SHARED, _FEWEST_TWIN_LEVELS = 0.65, 0.6, 5
_ECHO = 0.99
_EDITED, _FEWEST_EDITED = 0.2, 10
_FOLDS, _SMOOTHING = 5, 5.0
_EVENT = re.compile(
    r"\b(?:opened|clicked|sent|visited|bounced|unsubscribed|subscribed|resubscribed|unreachable|called|replied|modified"
    r"|submitted|received|converted|closed|lost|won|contacted|ringing|busy|switched off|follow(?:ed)?[ -]?up|responded"
    r"|interested|qualified|unqualified|junk|dead|duplicate|invalid|wrong number|conversation|attempted|scheduled"
    r"|no answer|no response|not reached|voicemail|hang ?up|negotiation|proposal|nurtur\w+|recycled|disqualified"
    r"|geöffnet|gesendet|kontaktiert|erreicht|verloren|gewonnen|angerufen|perdu|gagné|contacté|envoyé|ouvert)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Leak:
    """`is_left_out` says whether the column is; otherwise it counts, and a person is told to look at it."""

    code: str
    because: str
    is_left_out: bool = True


def leaks(
    columns: Sequence[Column], won: Flags, edited: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, Leak]:
    """Column → what speaks for its having been filled in after the outcome. Leads stand oldest first."""
    found: dict[str, Leak] = {}
    alone = {one.name: _alone(one, won) for one in columns}
    for one in columns:
        leak = _edited(one, edited or {}) or _of_column(one, won, alone[one.name]) or _late(one)
        if leak:
            found[one.name] = leak
    found |= {name: leak for name, leak in _twins(columns, alone).items() if not _is_out(found, name)}
    return found | {name: leak for name, leak in _echoes(columns, found).items() if not _is_out(found, name)}


def _is_out(found: Mapping[str, Leak], name: str) -> bool:
    return name in found and found[name].is_left_out


def _of_column(one: Column, won: Flags, alone: float) -> Leak | None:
    here = one.is_here
    return (
        _decides(alone)
        or _one_sided(one, won)
        or _decisive(one, won)
        or _filled_apart(one, one.is_filled[here & won], one.is_filled[here & ~won], won)
        or _states(one, alone)
    )


def _decides(alone: float) -> Leak | None:
    if alone < MOST_ALONE:
        return None
    return Leak(
        code="decides",
        because=f"By itself it tells a won lead from a lost one {100 * alone:.0f} times in 100. A fact known "
                "beforehand can hardly do that; it was probably filled in when the outcome was known.",
    )  # fmt: skip


def _one_sided(one: Column, won: Flags) -> Leak | None:
    """Seldom filled in, and then nearly always for one outcome."""
    number, right = int(one.is_filled.sum()), int(won[one.is_filled].sum())
    if number < _FEWEST_DECIDED or number > _SELDOM_FILLED * one.is_here.sum():
        return None
    only = _only(right, number, float(won[one.is_here].mean()))
    if not only:
        return None
    of = right if only == "won" else number - right
    return Leak(code="decisive", because=f"Where it is filled in, {of} of {number} leads were {only}.")


def _only(right: int, number: int, base: float) -> str:
    """ "won" or "lost" where these leads nearly always end so, "" else."""
    if upper_bound(right, number) <= min(1 - _DECISIVE, base / 5):
        return "lost"
    return "won" if lower_bound(right, number) >= max(_DECISIVE, 1 - (1 - base) / 5) else ""


def _decisive(one: Column, won: Flags) -> Leak | None:
    """Values that occur with one outcome only, for a good part of the leads."""
    base = float(won[one.is_here].mean()) if one.is_here.any() else 0.5
    decided, examples = 0, []
    for code in np.unique(one.codes[one.codes >= 0]):
        of_level = won[one.codes == code]
        right, number = int(of_level.sum()), len(of_level)
        if number < _FEWEST_DECIDED:
            continue
        if only := _only(right, number, base):
            decided += number
            examples.append((number, worded(one, int(code)), only))
    if decided < _DECISIVE_ROWS * one.is_here.sum():
        return None
    said = " and ".join(f"“{words}” nearly only in {how} ones" for _, words, how in sorted(examples, reverse=True)[:2])
    return Leak(code="decisive", because=f"What it says decides {decided} of {int(one.is_here.sum())} leads: {said}.")


def _filled_apart(one: Column, in_won: Flags, in_lost: Flags, won: Flags) -> Leak | None:
    """Filled in for far more leads of one outcome: by those who worked them, or by the leads themselves?"""
    if len(in_won) < _FEWEST_DECIDED or len(in_lost) < _FEWEST_DECIDED:
        return None
    of_won, of_lost = float(in_won.mean()), float(in_lost.mean())
    apart = abs(of_won - of_lost)
    middle = np.r_[in_won, in_lost].mean()
    error = float(np.sqrt(middle * (1 - middle) * (1 / len(in_won) + 1 / len(in_lost))))
    if apart < _FILL_NOTED or apart < 3 * error:
        return None
    said = f"It is filled in for {100 * of_won:.0f} % of the won and {100 * of_lost:.0f} % of the lost leads"
    if apart >= _FILL_FAR_APART:
        return Leak(code="filled", because=f"{said}: it is filled in because of how it ended.")
    if apart >= _FILL_APART and _where_filled(one, won) >= _MOST_WHERE_FILLED:
        return Leak(code="filled", because=f"{said}, and what it then says all but tells how it ended.")
    return Leak(
        code="blanks",
        because=f"{said}, so that it may be filled in while a lead is worked. It counts; leave it out if it is.",
        is_left_out=False,
    )  # fmt: skip


def _where_filled(one: Column, won: Flags) -> float:
    chosen = one.is_filled
    return _encoded_auc(one.codes[chosen], won[chosen]) if chosen.any() else 0.5


def _states(one: Column, alone: float) -> Leak | None:
    """Values in the words of things that happen to a lead, or of what was thought of it: rewritten as it is worked."""
    if one.is_number or alone < _STATE_AUC:
        return None
    counted = Counter(one.codes[one.codes >= 0].tolist())
    states = [code for code in counted if _EVENT.search(one.levels[code])]
    if len(states) < _FEWEST_STATES or sum(counted[code] for code in states) < _STATES * counted.total():
        return None
    likeliest = sorted(states, key=lambda code: -counted[code])[:2]
    said = " and ".join(f"“{one.levels[code]}”" for code in likeliest)
    return Leak(
        code="state",
        because=f"It says what happened to a lead last ({said}) and is rewritten while the lead is worked, so that it "
                "may know how it ended.",
    )  # fmt: skip


def _late(one: Column) -> Leak | None:
    """Filled in for older leads and hardly for new ones: long after a lead came, or not any more."""
    quarters = [part for part in np.array_split(one.is_filled[one.is_here], 4) if len(part) >= _FEWEST_DECIDED]
    if len(quarters) < 4:
        return None
    most, newest = max(float(part.mean()) for part in quarters), float(quarters[-1].mean())
    if most < _LATE_FROM or newest > _LATE_TO * most:
        return None
    return Leak(
        code="late",
        because=f"It is filled in for {100 * most:.0f} % of older leads and {100 * newest:.0f} % of the newest: either "
                "long after a lead came in, or not any more. New leads can't be told by it.",
    )  # fmt: skip


def _twins(columns: Sequence[Column], alone: Mapping[str, float]) -> dict[str, Leak]:
    """Two columns that say the same kind of thing at different times: what they say changes."""
    words = [one for one in columns if not one.is_number and len(one.levels) >= _FEWEST_TWIN_LEVELS
             and alone[one.name] >= _TWIN_AUC]  # fmt: skip
    found = {}
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            if _share_of_same_words(one, other) >= _TWIN_SHARED and _share_of_same_words(other, one) >= _TWIN_SHARED:
                for this, that in ((one, other), (other, one)):
                    found[this.name] = Leak(
                        code="twin",
                        because=f"It says the same kind of thing as “{that.name}”, but not always the same: at least "
                                "one of the two is rewritten while a lead is worked.",
                    )  # fmt: skip
    return found


def _share_of_same_words(one: Column, other: Column) -> float:
    """Of the filled cells of `one` those whose value occurs in `other` too; 0 where the two never differ."""
    both = {level.casefold() for level in other.levels}
    texts = [one.levels[code].casefold() for code in one.codes[one.codes >= 0]]
    shared = sum(text in both for text in texts) / len(texts) if texts else 0.0
    named = [(one.levels[a].casefold(), other.levels[b].casefold())
             for a, b in zip(one.codes.tolist(), other.codes.tolist(), strict=True) if a >= 0 and b >= 0]  # fmt: skip
    agreed = sum(a == b for a, b in named) / len(named) if named else 0.0
    return shared if 0.3 <= agreed < 0.99 else 0.0


def _echoes(columns: Sequence[Column], found: Mapping[str, Leak]) -> dict[str, Leak]:
    """Filled in for exactly the leads for which a column that was left out is: they come from the same hand."""
    out = [one for one in columns if _is_out(found, one.name)]
    echoes = {}
    for one in columns:
        if _is_out(found, one.name) or not 0.05 <= one.is_filled.mean() <= 0.95:
            continue
        same = next((other for other in out if np.mean(one.is_filled == other.is_filled) >= _ECHO), None)
        if same:
            echoes[one.name] = Leak(
                code="echo", because=f"It is filled in for the same leads as “{same.name}”, which was left out."
            )
    return echoes


def _edited(one: Column, edited: Mapping[str, tuple[int, int]]) -> Leak | None:
    changed, seen = edited.get(one.name, (0, 0))
    if changed < _FEWEST_EDITED or changed < _EDITED * seen:
        return None
    return Leak(code="edited", because=f"It changed in {changed} of {seen} leads when their outcome became known.")


def worded(one: Column, code: int) -> str:
    """A level in words: a value, or a range of numbers."""
    if not one.is_number:
        return one.levels[code]
    low = f"above {one.edges[code - 1]:g}" if code else ""
    high = f"up to {one.edges[code]:g}" if code < len(one.edges) else ""
    return " ".join(part for part in (low, high) if part)


def _alone(one: Column, won: Flags) -> float:
    here = one.is_here
    return _encoded_auc(one.codes[here], won[here]) if here.any() else 0.5


def _encoded_auc(codes: np.ndarray, won: Flags) -> float:
    """AUC of a column's levels, each scored by the outcomes of other leads with it (five folds)."""
    scores: Floats = np.zeros(len(won))
    fold = np.arange(len(won)) % _FOLDS
    places = codes + 2
    size = int(places.max(initial=0)) + 1
    for one in range(_FOLDS):
        rest = fold != one
        number = np.bincount(places[rest], minlength=size)
        right = np.bincount(places[rest], weights=won[rest], minlength=size)
        base = float(won[rest].mean()) if rest.any() else 0.5
        scores[~rest] = ((right + _SMOOTHING * base) / (number + _SMOOTHING))[places[~rest]]
    return ranking(scores, won).auc
