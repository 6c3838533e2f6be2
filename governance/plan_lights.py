"""A light per line of a plan: green, amber or red, with the last failure; and what two versions differ in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.models import PlanFinding, PlanVersion
from governance.plan_fields import FIELDS, LINE_OF, LINES, Line
from governance.plan_words import in_words

# A failure at a question or an answer is over when it did not come again for so long.
_FRESH = timedelta(days=7)
_MILD = frozenset({"notice", "shortened", "trimmed", "missed", "review due", "removed", "proposal to the owner"})


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer of a line in words."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Light:
    """`colour`: good, warn, bad or none (never failed); `last` is the last failure."""

    line: Line
    answers: tuple[Answered, ...]
    colour: str
    word: str
    last: PlanFinding | None = None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What one answer was and is."""

    line: int
    label: str
    before: str
    after: str


def lights(
    version: PlanVersion, now: datetime, people: Mapping[int, str], titles: Mapping[str, str]
) -> tuple[Light, ...]:
    """All 32, in order; one query."""
    last: dict[int, PlanFinding] = {}
    is_over: dict[int, bool] = {}
    for finding in version.findings.exclude(moment="saving").order_by("pk"):
        if finding.is_passed:
            is_over[finding.line] = True
        else:
            last[finding.line], is_over[finding.line] = finding, False
    return tuple(
        _light(line, version, last.get(line.number), is_over.get(line.number, True), now, people, titles)
        for line in LINES
    )


def _light(
    line: Line,
    version: PlanVersion,
    last: PlanFinding | None,
    is_over: bool,
    now: datetime,
    people: Mapping[int, str],
    titles: Mapping[str, str],
) -> Light:
    answers = tuple(
        Answered(label=field.label, text=in_words(field, version.fields.get(field.key), people, titles))
        for field in line.fields
    )
    if last is None or version.state == "draft":
        colour, word = ("none", "not in force") if version.state == "draft" else ("good", "kept")
    elif is_over or (last.moment in ("call", "output", "run") and now - last.recorded_at > _FRESH):
        colour, word = "good", "kept again"
    else:
        colour, word = ("warn", "look at it") if last.action in _MILD else ("bad", "broken")
    return Light(line=line, answers=answers, colour=colour, word=word, last=last)


def differences(
    version: PlanVersion, previous: PlanVersion | None, people: Mapping[int, str], titles: Mapping[str, str]
) -> Sequence[Difference]:
    """What changed since the previous version, in the order of the lines."""
    if previous is None:
        return ()
    dates = (("Valid from", previous.valid_from, version.valid_from),
             ("Valid until", previous.valid_until, version.valid_until))  # fmt: skip
    changed = [
        Difference(line=4, label=label, before=f"{before:%-d %B %Y}", after=f"{after:%-d %B %Y}")
        for label, before, after in dates
        if before != after
    ]
    for field in FIELDS:
        before, after = (in_words(field, one.fields.get(field.key), people, titles) for one in (previous, version))
        if before != after:
            changed.append(Difference(line=LINE_OF[field.key], label=field.label, before=before, after=after))
    return sorted(changed, key=lambda one: one.line)
