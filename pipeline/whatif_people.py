"""What a change means for people: cases left to them, minutes of their time, and what checks prove of the rest."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median

from django.db.models import QuerySet

from pipeline.funnel import PERSON
from pipeline.learning.audit import most_wrong
from pipeline.models import Answer, Decision, Review, Run
from pipeline.pipeline import UNSURE

# Whoever answers the next question later than this did something else in between.
_LONGEST_PAUSE = timedelta(minutes=10)
_ANSWERS_READ = 1_000
_ENOUGH_PAUSES = 20


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Of `checked` accepted results people found `wrong` ones without knowing what had been decided."""

    checked: int
    wrong: int

    @property
    def most_percent(self) -> float | None:
        """At most so many of a hundred accepted results are wrong (95 %); None while nothing was checked."""
        return 100 * most_wrong(self.wrong, self.checked) if self.checked else None


@dataclass(frozen=True, kw_only=True)
class People:
    """Cases left to people as it was and under the change; `minutes_each` is None while too few answers tell.

    `proof` is what blind checks say of what was accepted, `proof_then` of what still would be; None where the change
    would accept results that nobody could check.
    """

    was: int
    then: int
    minutes_each: float | None
    proof: Proof
    proof_then: Proof | None

    @property
    def minutes_was(self) -> float | None:
        return None if self.minutes_each is None else self.was * self.minutes_each

    @property
    def minutes_then(self) -> float | None:
        return None if self.minutes_each is None else self.then * self.minutes_each


def left_to_people(runs: QuerySet[Run]) -> int:
    """Cases that the runs left to a person."""
    return Decision.objects.filter(run__in=runs, by=None, layer=PERSON).count()


def proof(task: str = "", layer: str = "", value: float = 0.0) -> Proof:
    """What the blind checks of a task prove; only of results that a step's threshold at `value` would still accept."""
    given = Answer.objects.filter(review__kind=Review.Kind.AUDIT, withdrawn_at=None).exclude(label=UNSURE)
    given = given.filter(pipeline=task) if task else given
    given = given.exclude(review__decision__layer=layer, review__decision__score__lt=value) if layer else given
    said = list(given.values_list("is_correction", flat=True))
    return Proof(checked=len(said), wrong=sum(said))


def minutes_per_answer(task: str = "") -> float | None:
    """The median time between two answers of a person in a row; None while too few are on record."""
    given = Answer.objects.filter(pipeline=task) if task else Answer.objects.all()
    moments = sorted(given.order_by("-pk").values_list("by", "created_at")[:_ANSWERS_READ])
    pauses = [later - earlier for (by, earlier), (same, later) in pairwise(moments) if by == same]
    short = [pause.total_seconds() / 60 for pause in pauses if pause < _LONGEST_PAUSE]
    return median(short) if len(short) >= _ENOUGH_PAUSES else None
