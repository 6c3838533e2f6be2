"""Ten records that a plan's owner answers before it is approved, and how often the draft agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

import scipy

from governance.models import PlanDryRun, PlanOwnAnswer, PlanVersion

NUMBER = 10
SAME, UNSURE = "same", "unsure"


@dataclass(frozen=True, kw_only=True)
class OwnRecord:
    """One of the ten: what the draft would make of it (`label` empty where it has no answer yet), and the case as the
    page shows it; `said` is the owner's answer."""

    task: str
    object_id: int
    label: str
    anchor: int | None
    layer: str
    case: Mapping[str, Any]
    said: PlanOwnAnswer | None = None

    @property
    def is_comparable(self) -> bool:
        return bool(self.label) and self.said is not None and self.said.label != UNSURE

    @property
    def is_agreed(self) -> bool:
        if self.said is None:
            return False
        if SAME in (self.said.label, self.label):
            return (self.said.label, self.said.anchor) == (self.label, self.anchor)
        # Both say that it is nobody else; what more the draft makes of it ("D", "disqualified") was not asked.
        return True


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Of `records` the owner answered `answered`; on `comparable` of them the draft has a word too, and `agreed` are
    the same. `low` and `high` are percents that hold the true share in 95 of 100 such plans (Clopper and Pearson)."""

    records: int
    answered: int
    comparable: int
    agreed: int
    low: float | None
    high: float | None

    @property
    def is_complete(self) -> bool:
        return self.answered == self.records


def own_records(dry_run: PlanDryRun) -> list[OwnRecord]:
    """The ten of a finished dry run, its tasks by turns; fewer where there are fewer, none without records."""
    version = dry_run.plan_version
    by_task = [[{**one, "task": part["task"]} for one in part.get("own", ())] for part in dry_run.result]
    mixed = [one for one in chain.from_iterable(zip_longest(*by_task)) if one is not None][:NUMBER]
    said = {(one.task, one.object_id): one for one in _answers(version)}
    return [OwnRecord(**one, said=said.get((one["task"], one["object_id"]))) for one in mixed]


def answer(version: PlanVersion, record: OwnRecord, label: str, anchor: int | None, by: Any) -> None:
    """Keep what the owner says; a later word takes the place of an earlier one."""
    PlanOwnAnswer.objects.update_or_create(
        plan_id=version.plan_id, task=record.task, object_id=record.object_id, by_id=by.pk,
        defaults={"label": label, "anchor": anchor},
    )  # fmt: skip


def agreement(records: Sequence[OwnRecord]) -> Agreement:
    """How often the draft says what the owner says."""
    compared = [one for one in records if one.is_comparable]
    agreed = sum(one.is_agreed for one in compared)
    low, high = _span(agreed, len(compared)) if compared else (None, None)
    return Agreement(
        records=len(records),
        answered=sum(one.said is not None for one in records),
        comparable=len(compared),
        agreed=agreed,
        low=low,
        high=high,
    )


def _span(agreed: int, compared: int) -> tuple[float, float]:
    """Between which percentages the true share lies, at 95 % confidence (Clopper and Pearson 1934)."""
    low = scipy.special.betaincinv(agreed, compared - agreed + 1, 0.025) if agreed else 0.0
    high = scipy.special.betaincinv(agreed + 1, compared - agreed, 0.975) if agreed < compared else 1.0
    return 100 * float(low), 100 * float(high)


def _answers(version: PlanVersion) -> Sequence[PlanOwnAnswer]:
    # Whoever owns it now has to know; what an earlier owner said does not count.
    return list(PlanOwnAnswer.objects.filter(plan=version.plan_id, by=version.fields.get("owner")))
