"""How clean the records are: duplicates found and waiting by kind, who settled them, what each source fills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from deals.models import Account, Contact, Entity
from pipeline import registry
from pipeline.models import Decision, Record, Review, Subject
from pipeline.wording import layer_words, title_of

PERSON = "person"
MOST_WAITING = 5
# A share of fewer than these says little; the count is shown instead.
FEWEST_FOR_A_SHARE = 30


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record with duplicates. `fields` are what is worth filling: label → names any of which will do."""

    pipeline: str
    kind: str
    model: type[Entity]
    title: str
    many: str
    fields: Mapping[str, tuple[str, ...]]


KINDS = (
    Kind(
        pipeline="match-contacts",
        kind="contact",
        model=Contact,
        title="People",
        many="people",
        fields={
            "Name": ("family_name", "full_name", "given_name"),
            "E-mail": ("email", "emails"),
            "Phone": ("phone", "mobile"),
            "Title": ("title",),
            "Company": ("company", "account_key"),
            "City": ("city",),
            "Country": ("country",),
            "Profile": ("linkedin",),
        },
    ),
    Kind(
        pipeline="match-accounts",
        kind="account",
        model=Account,
        title="Companies",
        many="companies",
        fields={
            "Name": ("name",),
            "Domain": ("domain", "website"),
            "Phone": ("phone",),
            "Street": ("street",),
            "City": ("city",),
            "Postcode": ("postcode",),
            "Country": ("country",),
            "Industry": ("industry",),
        },
    ),
)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How many records one way of deciding has settled; `tone` is rules, model or people."""

    label: str
    tone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """A pair that waits for a person; `percent` is the rules' estimate that both are the same, if any."""

    review_id: int
    left: str
    right: str
    percent: int | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`records` add up to `entities`; those of the settled, the waiting and the uncompared sum to `records`."""

    kind: Kind
    records: int
    entities: int
    waiting: int
    settled: tuple[Settled, ...]
    questions: tuple[Question, ...]

    @property
    def joined(self) -> int:
        return self.records - self.entities

    @property
    def uncompared(self) -> int:
        return max(0, self.records - self.waiting - sum(one.number for one in self.settled))


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How many records of a source fill a field; `percent` only where the source has 30 records and more."""

    label: str
    number: int
    percent: int | None


@dataclass(frozen=True, kw_only=True)
class Completeness:
    source: str
    records: int
    filled: tuple[Filled, ...]


def figures(kind: Kind) -> Figures:
    """What was found among the records of one kind; seven queries, however many there are."""
    sums = kind.model._default_manager.filter(is_current=True).aggregate(
        entities=Count("id"), records=Sum("record_count")
    )
    waiting = Review.objects.filter(pipeline=kind.pipeline, closed_at=None)
    return Figures(
        kind=kind,
        records=sums["records"] or 0,
        entities=sums["entities"],
        waiting=Subject.objects.filter(pipeline=kind.pipeline, state=Subject.State.REVIEW).count(),
        settled=_settled(kind.pipeline),
        questions=tuple(
            _question(one)
            for one in waiting.order_by("-stake", "id").select_related("decision__dossier")[:MOST_WAITING]
        ),
    )


def completeness(kind: Kind) -> list[Completeness]:
    """Per source what its records fill, the largest source first; bare mentions in other files are left out."""
    records = Record.objects.filter(kind=kind.kind, is_withdrawn=False).exclude(key__startswith="name:")
    counts = {
        f"filled_{place}": Count("id", filter=Q(values__has_any_keys=list(names)))
        for place, names in enumerate(kind.fields.values())
    }
    rows = records.order_by().values(name=F("source__name")).annotate(records=Count("id"), **counts)
    return [_completeness(kind, row) for row in sorted(rows, key=lambda row: (-row["records"], row["name"]))]


def _completeness(kind: Kind, row: Mapping[str, Any]) -> Completeness:
    whole = row["records"]
    numbers = [row[f"filled_{place}"] for place in range(len(kind.fields))]
    return Completeness(
        source=str(row["name"]),
        records=whole,
        filled=tuple(
            Filled(label=label, number=number, percent=_percent(number, whole))
            for label, number in zip(kind.fields, numbers, strict=True)
        ),
    )


def _percent(number: int, whole: int) -> int | None:
    """Whole percent; neither 0 nor 100 where that is not quite so."""
    if whole < FEWEST_FOR_A_SHARE:
        return None
    if 0 < number < whole:
        return min(99, max(1, round(100 * number / whole)))
    return 100 if number else 0


def _settled(pipeline: str) -> tuple[Settled, ...]:
    """Decisions in force by layer, those of people last; from indexes, as decisions are wide rows."""
    numbers: dict[str, int] = {}
    of_runs = Decision.objects.order_by().filter(run__pipeline=pipeline)
    for decisions, sign in ((of_runs, 1), (of_runs.filter(superseded_by__isnull=False), -1)):
        for layer, number in decisions.values_list("layer").annotate(number=Count("id")):
            numbers[layer] = numbers.get(layer, 0) + sign * number
    # What a run left to a person is waiting, not settled.
    numbers.pop(PERSON, None)
    others = Decision.objects.order_by().filter(run=None, superseded_by=None, subject__pipeline=pipeline)
    for layer, by, number in others.values_list("layer", "by").annotate(number=Count("id")):
        if layer != PERSON or by is not None:
            numbers[layer] = numbers.get(layer, 0) + number
    return _in_order(pipeline, {layer: number for layer, number in numbers.items() if number})


def _in_order(pipeline: str, numbers: Mapping[str, int]) -> tuple[Settled, ...]:
    known = registry.pipelines().get(pipeline)
    models = {layer.name for layer in known.model_layers} if known else set()
    order = [layer.name for layer in known.layers] if known else []
    return tuple(
        Settled(
            label="People" if layer == PERSON else layer_words(layer, known),
            tone="people" if layer == PERSON else "heavy" if layer in models else "rules",
            number=numbers[layer],
        )
        for layer in sorted(numbers, key=lambda one: (one == PERSON, order.index(one) if one in order else 99))
    )


def _question(review: Review) -> Question:
    case = review.decision.dossier.case if review.decision.dossier else {}
    others: Sequence[Mapping[str, object]] = case.get("candidates") or ()
    best = next((one for one in others if one["object_id"] == review.decision.anchor), others[0] if others else None)
    return Question(
        review_id=review.pk,
        left=title_of(case.get("values", {}), review.subject_id),
        right=title_of(best["values"], best["object_id"]) if best else "",  # type: ignore[arg-type]
        percent=min(99, round(100 * float(best["probability"]))) if best else None,  # type: ignore[arg-type]
    )
