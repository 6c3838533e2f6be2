"""What another profile would change: leads whose grade differs, and past months graded by both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from governance.models import Organisation
from leads.models import Lead, LeadLink
from leads.qualification.case import assessment_of
from leads.qualification.profile import GRADES, Profile, to_json
from leads.qualification.records import cases_under
from pipeline.pipeline import Case

MONTHS = 6
OUT = "out"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A lead whose grade another profile would change; "out" is ruled out."""

    lead: int
    name: str
    company: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """Leads first seen in a month by grade under both profiles, and how many of those graded A or B were won."""

    first_day: date
    number: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    won: int
    won_before: int
    won_after: int


@dataclass(frozen=True, kw_only=True)
class Replay:
    """`compared` leads; `changes` are all whose grade differs, best new grade first; `months` newest first."""

    compared: int
    changes: Sequence[Change]
    moves: Mapping[tuple[str, str], int]
    months: Sequence[Month]


def replay(before: Profile, after: Profile, now: datetime) -> Replay:
    """Grade every lead under both profiles as of today, by its oldest record; nothing is written or asked."""
    as_of = Organisation.current().day(now)
    home = dict(
        LeadLink.objects.filter(closed_at=None, lead__is_current=True).values("lead").annotate(first=Min("record"))
        .values_list("first", "lead")
    )  # fmt: skip
    # What either profile's learned rules look at.
    both = replace(after, learned=(*after.learned, *before.learned))
    cases = [case for case in cases_under(both, 0, as_of) if case.object_id in home]
    # One profile after the other: reading a profile for every case costs more than judging it.
    old, new = ([_grade(_under(case, shared)) for case in cases] for shared in (to_json(before), to_json(after)))
    graded = {home[case.object_id]: pair for case, *pair in zip(cases, old, new, strict=True)}
    leads = Lead.objects.filter(pk__in=graded).values_list("id", "full_name", "company", "first_seen_at", "outcome")
    return _told(graded, list(leads), Organisation.current().zone)


def _under(case: Case, shared: Mapping[str, Any]) -> Case:
    return replace(case, context={**case.context, "profile": shared})


def _grade(case: Case) -> tuple[str, str]:
    """(grade or "out", why) of a record by its rules; what a model read before is known."""
    found = assessment_of(case)["assessment"]
    hard = next((one for one in found["against"] if one["is_hard"]), None)
    if hard:
        return OUT, hard["because"]
    return found["grade"], "; ".join(line["because"] for line in found["lines"])


def _told(graded: Mapping[int, Any], leads: Sequence[Any], zone: Any) -> Replay:
    changes, moves = [], Counter[tuple[str, str]]()
    by_month: dict[date, list[tuple[str, str, str]]] = {}
    for pk, name, company, seen, outcome in leads:
        (old, old_why), (new, new_why) = graded[pk]
        by_month.setdefault(seen.astimezone(zone).date().replace(day=1), []).append((old, new, outcome))
        if old != new:
            moves[old, new] += 1
            changes.append(
                Change(
                    lead=pk, name=name, company=company, before=old, after=new, because=_difference(old_why, new_why)
                )
            )
    order = (*GRADES, OUT)
    changes.sort(key=lambda one: (order.index(one.after), order.index(one.before), one.lead))
    months = [_month(day, rows) for day, rows in sorted(by_month.items(), reverse=True)[:MONTHS]]
    return Replay(compared=len(leads), changes=changes, moves=moves, months=months)


def _difference(old: str, new: str) -> str:
    """The parts of the new reasons that the old ones lack."""
    known = set(old.split("; "))
    return "; ".join(part for part in new.split("; ") if part not in known)[:200] or "other cuts"


def _month(day: date, rows: Sequence[tuple[str, str, str]]) -> Month:
    won = [(old, new) for old, new, outcome in rows if outcome == "won"]
    return Month(
        first_day=day, number=len(rows), before=Counter(old for old, _, _ in rows),
        after=Counter(new for _, new, _ in rows), won=len(won),
        won_before=sum(old in ("A", "B") for old, _ in won), won_after=sum(new in ("A", "B") for _, new in won),
    )  # fmt: skip
