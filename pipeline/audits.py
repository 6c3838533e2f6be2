"""Blind checks: some of what models decided alone is asked of people again, unmarked among the other questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, QuerySet
from django.utils.crypto import salted_hmac

from governance import plans
from governance.models import Organisation
from governance.months import following_month
from governance.plan_checks import PlanFacts
from governance.plan_checks.sample import wanted
from pipeline.learning.audit import drawn, most_wrong, place
from pipeline.models import Answer, CheckedMonth, Review
from pipeline.pipeline import UNSURE
from pipeline.plan_history import accepted

# So long people have for a check before it counts as missing.
GRACE = timedelta(days=7)
# The month under way and five before it.
_COUNTED = timedelta(days=152)
# Fewer checks than these prove nothing worth a sentence about the whole.
ENOUGH = 30


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What blind checks of one task say: of `accepted` results `checked` were checked, `wrong` of them were wrong.

    `due` are to be checked by now.
    """

    accepted: int = 0
    due: int = 0
    checked: int = 0
    wrong: int = 0

    @property
    def most_percent(self) -> float | None:
        """At most so many of a hundred accepted results are wrong (95 %); None while nothing was checked."""
        return 100 * most_wrong(self.wrong, self.checked) if self.checked else None


def draw(task: str, now: datetime) -> int:
    """Open the checks that are due of this month's and last month's results; how many. None without a plan for it."""
    day = Organisation.current().day(now)
    version, plan = plans.governing(task, day)
    if version is None or plan is None or plan.audit_percent is None:
        return 0
    last_month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    return sum(_draw(task, plan, month) for month in (last_month, day.replace(day=1)))


def _draw(task: str, plan: PlanFacts, month: date) -> int:
    standing = _standing(task, month)
    sample = _sample(task, plan, month, standing)
    known = set(Review.objects.filter(kind=Review.Kind.AUDIT, decision__in=sample).values_list("decision", flat=True))
    low, high = _stakes(task)
    made = [
        Review(decision_id=pk, subject_id=standing[pk], pipeline=task, kind=Review.Kind.AUDIT,
               stake=low + (high - low) * place(pk, _seed(f"stake:{task}")))
        for pk in sample if pk not in known
    ]  # fmt: skip
    Review.objects.bulk_create(made, ignore_conflicts=True)
    cut = place(sample[-1], _seed(f"{task}:{month}")) if sample else 0.0
    CheckedMonth.objects.update_or_create(
        pipeline=task, month=month, defaults={"accepted": len(standing), "drawn": len(sample), "cut": cut}
    )
    return len(made)


def checked(tasks: Collection[str], now: datetime) -> dict[str, Checked]:
    """By task what the checks of about six months prove together; `accepted` and `due` are of this month alone.

    Read from what was drawn and answered: a few queries, however many results there are. Of a month's answers those
    count that stand inside its draw, so that each result was as likely to be among them as any other.
    """
    first = (now - _COUNTED).date().replace(day=1)
    drawn = CheckedMonth.objects.filter(pipeline__in=tasks, month__gte=first)
    months = {(one.pipeline, one.month): one for one in drawn}
    if not months:
        return {task: Checked() for task in tasks}
    organisation = Organisation.current()
    month = organisation.month(now)
    said: dict[str, list[bool]] = {task: [] for task in tasks}
    given = dict(_answers(tasks).order_by("pk").values_list("subject", "is_correction"))
    for task, subject, decision, at in _drawn_since(_begin(first), given):
        drawn_in = months.get((task, organisation.month(at)))
        if drawn_in and place(decision, _seed(f"{task}:{drawn_in.month}")) <= drawn_in.cut:
            said[task].append(given[subject])
    return {task: _summed(said[task], months.get((task, month))) for task in tasks}


def _drawn_since(begin: datetime, subjects: Collection[int]) -> Iterable[tuple[str, int, int, datetime]]:
    """Task, subject, decision and the run's time of the last check drawn of each; one that was opened again after an
    answer was taken back belongs to no run."""
    drawn = Review.objects.filter(kind=Review.Kind.AUDIT, subject__in=subjects, decision__run__created_at__gte=begin)
    rows = drawn.order_by("pk").values_list("pipeline", "subject", "decision", "decision__run__created_at")
    return {row[1]: row for row in rows}.values()


def _summed(answers: Sequence[bool], this_month: CheckedMonth | None) -> Checked:
    return Checked(
        accepted=this_month.accepted if this_month else 0,
        due=this_month.drawn if this_month else 0,
        checked=len(answers),
        wrong=sum(answers),
    )


def worst(found: Mapping[str, Checked]) -> Checked | None:
    """The task of which least is proven; None where nothing was checked."""
    proven = [one for one in found.values() if one.most_percent is not None]
    return max(proven, key=lambda one: one.most_percent or 0.0, default=None)


def due_by(task: str, plan: PlanFacts, now: datetime) -> Checked:
    """The results of a month that were accepted longer ago than people have for a check, and how many are checked; of
    that month and the one before the one that lags behind more."""
    before = now - GRACE
    month = Organisation.current().month(before)
    said = _said(task)
    both = [_checked(task, plan, one, said, before) for one in (month, (month - timedelta(days=1)).replace(day=1))]
    return max(both, key=lambda one: one.due - one.checked)


def _checked(task: str, plan: PlanFacts, month: date, said: dict[int, bool], before: datetime | None = None) -> Checked:
    standing = _standing(task, month, before)
    sample = _sample(task, plan, month, standing)
    answers = [said[standing[pk]] for pk in sample if standing[pk] in said]
    return Checked(accepted=len(standing), due=len(sample), checked=len(answers), wrong=sum(answers))


def _standing(task: str, month: date, before: datetime | None = None) -> dict[int, int]:
    """Decision → subject of what models decided in runs of a month and what still stands, or was checked."""
    decided = accepted([task], _begin(month)).filter(run__created_at__lt=_begin(following_month(month)))
    if before is not None:
        decided = decided.filter(created_at__lt=before)
    stands = dict(decided.filter(superseded_by=None).values_list("pk", "subject"))
    answered = decided.filter(reviews__kind=Review.Kind.AUDIT, subject__in=_answers([task]).values("subject"))
    return stands | dict(answered.values_list("pk", "subject"))


def _sample(task: str, plan: PlanFacts, month: date, standing: Collection[int]) -> Sequence[int]:
    number = wanted(len(standing), plan.audit_percent or 0, plan.audit_minimum or 0)
    return drawn(standing, number, _seed(f"{task}:{month}"))


def _begin(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=Organisation.current().zone)


def _answers(tasks: Collection[str]) -> QuerySet[Answer]:
    given = Answer.objects.filter(pipeline__in=tasks, review__kind=Review.Kind.AUDIT, withdrawn_at=None)
    return given.exclude(label=UNSURE)


def _said(task: str) -> dict[int, bool]:
    """Subject → whether its last blind check came out otherwise than decided."""
    return dict(_answers([task]).order_by("pk").values_list("subject", "is_correction"))


def _stakes(task: str) -> tuple[float, float]:
    """Between these the checks are strewn, so that their place in the queue does not mark them."""
    waiting = Review.objects.filter(pipeline=task, closed_at=None, kind=Review.Kind.QUESTION)
    found = waiting.aggregate(low=Min("stake"), high=Max("stake"))
    return found["low"] or 0.0, found["high"] or 1.0


def _seed(purpose: str) -> str:
    return salted_hmac("audit", purpose).hexdigest()
