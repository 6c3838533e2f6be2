"""A lead's points as pages show them: lines with bars, what speaks against it, what its heat is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leads.models import Lead, LeadEvent
from leads.qualification.disqualifiers import RULES
from leads.qualification.fit import LEARNED

CRITERIA = {
    "industry": "Industry",
    "employees": "Employees",
    "country": "Country",
    "seniority": "Seniority",
    "function": "Function",
    "triggers": "Triggers",
}
_GROUPS = {"intent": "intent", "people": "people", "content": "content"}
_LIFTABLE = {rule.code for rule in RULES if rule.who != "nobody"}


@dataclass(frozen=True, kw_only=True)
class FitRow:
    label: str
    earned: int
    unknown: int
    most: int
    because: str

    @property
    def earned_percent(self) -> float:
        return min(100.0, 100 * abs(self.earned) / self.most) if self.most else 0

    @property
    def unknown_percent(self) -> float:
        return 100 * self.unknown / self.most if self.most else 0


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    label: str
    points: float
    day: date | None
    detail: str

    @property
    def percent(self) -> float:
        return min(abs(self.points), 50) * 2


@dataclass(frozen=True, kw_only=True)
class Against:
    code: str
    because: str
    is_hard: bool
    who: str
    expires: date | None
    may_be_lifted: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """Everything a page shows of a decision about a lead; `as_of` is the day it was counted on."""

    low: int
    high: int
    coverage: int
    lines: Sequence[FitRow]
    heat: float
    heat_lines: Sequence[HeatRow]
    against: Sequence[Against]
    as_of: date | None
    profile: int | None
    readings: Sequence[tuple[str, str, str]]
    is_practice: bool


def score_of(lead: Lead) -> Score | None:
    """What the last decision rests on; None before the first."""
    decision = lead.decision
    kept: Mapping[str, Any] = decision.evidence if decision else {}
    if "assessment" not in kept and decision is not None and decision.dossier is not None:
        case = decision.dossier.case
        kept = {**case.get("context", {}), "profile": case.get("values", {}).get("profile")}
    found = kept.get("assessment")
    if not found:
        return None
    path = decision.path if decision else []
    return Score(
        low=found["low"],
        high=found["high"],
        coverage=found["coverage"],
        lines=[_fit(line) for line in found["lines"]],
        heat=found["heat"]["points"],
        heat_lines=[_heat(line) for line in found["heat"]["lines"]],
        against=[_against(one) for one in found["against"]],
        as_of=_day(kept.get("as_of")),
        profile=kept.get("profile") if isinstance(kept.get("profile"), int) else None,
        readings=[
            (CRITERIA[name], one["value"] or "does not say", one["quote"])
            for name, one in kept.get("readings", {}).items()
        ],
        is_practice=any(step.get("is_practice") for step in path),
    )


def _fit(line: Mapping[str, Any]) -> FitRow:
    return FitRow(
        label=CRITERIA.get(line["criterion"]) or line["criterion"].removeprefix(LEARNED),
        earned=line["earned"], unknown=max(0, line["unknown"]), most=line["most"], because=line["because"],
    )  # fmt: skip


def _heat(line: Mapping[str, Any]) -> HeatRow:
    kind = line["kind"]
    if kind == "ends":
        label = "Heat ends at 0 and 100"
    elif kind.startswith("cap:"):
        label = f"Most that {_GROUPS.get(kind[4:], kind[4:])} counts"
    else:
        label = str(LeadEvent.Kind(kind).label)
    return HeatRow(label=label, points=line["points"], day=_day(line["day"]), detail=line["detail"])


def _against(one: Mapping[str, Any]) -> Against:
    return Against(
        code=one["code"], because=one["because"], is_hard=one["is_hard"], who=one["who"],
        expires=_day(one["expires"]), may_be_lifted=one["code"] in _LIFTABLE,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
