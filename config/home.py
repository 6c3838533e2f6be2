"""The home page's figures: what was found, who decided, what it cost. The queries do not grow with what there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils import timezone

from config.needs import needs
from deals.models import Account, Contact, Entity
from governance.models import LanguageModel, Organisation
from governance.spending import Month, month_of_spending
from leads.models import Lead
from pipeline import audits, registry
from pipeline.models import Decision, ImportFile, Run, Subject
from pipeline.review import queue

# (pipeline, entity, one, many) of what is told in a sentence, people first.
_KINDS: Sequence[tuple[str, type[Entity], str, str]] = (
    ("match-contacts", Contact, "person", "people"),
    ("match-accounts", Account, "company", "companies"),
    ("qualify-leads", Lead, "lead", "leads"),
)
_COLOURS = {"Rules": "is-rules", "Model": "is-heavy", "People": "is-people"}


@dataclass(frozen=True, kw_only=True)
class Found:
    """ "`rows` rows → `found` people, `joined` joined, `waiting` need you"; rows = found + joined."""

    pipeline: str
    noun: str
    rows: int
    found: int
    waiting: int

    @property
    def joined(self) -> int:
        return self.rows - self.found


@dataclass(frozen=True, kw_only=True)
class Share:
    """One part of the bar; `percent` of all parts sum to exactly 100 where anything was decided."""

    name: str
    colour: str
    number: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the three steps of a fresh installation."""

    title: str
    text: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True, kw_only=True)
class Money:
    """Micro-dollars of a month; `per_result` is None while no model's answer was accepted."""

    month: Month
    is_practice: bool
    accepted: int

    @property
    def spent(self) -> int:
        return self.month.total(is_practice=self.is_practice)

    @property
    def per_result(self) -> int | None:
        return round(self.spent / self.accepted) if self.accepted else None


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the home page shows, added to the admin index's own context."""
    organisation, now = Organisation.current(), timezone.now()
    waiting = queue.counts(request.user)
    standing = _standing(_model_layers())
    found = [one for kind in _KINDS if (one := _found(*kind, waiting)).rows]
    month = month_of_spending(organisation.month(now))
    last_run = Run.objects.filter(state=Run.State.FINISHED, is_dry_run=False).order_by("-id").first()
    return {
        **context,
        "title": "Home",
        "needs": needs(request, waiting, month, _uncompared(found)),
        "found": found,
        "shares": shares(standing),
        "decided": sum(standing.values()),
        "money": _money(organisation, month),
        "checks": audits.worst(audits.checked(list(registry.pipelines()), now)),
        "last_run": last_run,
        "last_run_title": _title(last_run) if last_run else "",
        "steps": _steps(found, last_run),
        "zone": organisation.zone,
    }


def practice(request: HttpRequest) -> dict[str, Any]:
    """For every page: whether the practice model stands in for a real one, and whether four eyes are waived (asked only
    where a page uses it)."""
    return {"is_practising": is_practising, "is_own_approval_allowed": may_approve_own_plan}


def may_approve_own_plan() -> bool:
    return bool(Organisation.objects.filter(pk=1, may_approve_own_plan=True).exists())


def open_questions(request: HttpRequest) -> int:
    """The number beside Review in the sidebar."""
    return sum(queue.counts(request.user).values())


def is_practising() -> bool:
    """Whether questions of any strength go to the practice model: it is on, and no real model there has a key."""
    enabled = list(LanguageModel.objects.filter(is_enabled=True))
    real = {model.tier for model in enabled if not model.is_practice and model.has_key()}
    return any(model.is_practice and model.tier not in real for model in enabled)


def shares(standing: Mapping[str, int]) -> tuple[Share, ...]:
    """The parts of the bar, from how many decisions in force are by Rules, Model and People."""
    numbers = [standing[name] for name in _COLOURS]
    return tuple(
        Share(name=name, colour=colour, number=number, percent=percent)
        for (name, colour), number, percent in zip(_COLOURS.items(), numbers, percentages(numbers), strict=True)
    )


def percentages(numbers: Sequence[int]) -> list[int]:
    """Whole percents that sum to exactly 100 (to 0 where all numbers are 0), by the largest remainder."""
    whole = sum(numbers)
    if not whole:
        return [0] * len(numbers)
    floors = [100 * number // whole for number in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda i: (-(100 * numbers[i] % whole), i))
    for i in by_remainder[: 100 - sum(floors)]:
        floors[i] += 1
    return floors


def _model_layers() -> set[str]:
    return {layer.name for pipeline in registry.pipelines().values() for layer in pipeline.model_layers}


def _standing(model_layers: set[str]) -> dict[str, int]:
    """Decisions in force by who took them; what waits for a person stands under that person's layer already.

    All decisions less those superseded, both from indexes: joining subjects to their decisions reads every wide row.
    """
    numbers = dict.fromkeys(_COLOURS, 0)
    all_of_them, replaced = Decision.objects.order_by(), Decision.objects.order_by().filter(superseded_by__isnull=False)
    for decisions, sign in ((all_of_them, 1), (replaced, -1)):
        for layer, number in decisions.values_list("layer").annotate(number=Count("id")):
            who = "People" if layer == "person" else "Model" if layer in model_layers else "Rules"
            numbers[who] += sign * number
    return numbers


def _found(pipeline: str, entity: type[Entity], one: str, many: str, waiting: Mapping[str, int]) -> Found:
    sums = entity._default_manager.filter(is_current=True).aggregate(found=Count("id"), rows=Sum("record_count"))
    return Found(
        pipeline=pipeline,
        noun=one if sums["found"] == 1 else many,
        rows=sums["rows"] or 0,
        found=sums["found"],
        waiting=waiting.get(pipeline, 0),
    )


def _uncompared(found: Sequence[Found]) -> dict[str, int]:
    """Records no run has decided about yet, by pipeline in flow order."""
    decided = Subject.objects.exclude(state="").order_by().values_list("pipeline").annotate(number=Count("id"))
    seen, rows = dict(decided), {one.pipeline: one.rows for one in found}
    new = {name: rows.get(name, 0) - seen.get(name, 0) for name in registry.pipelines()}
    return {name: number for name, number in new.items() if number > 0}


def _money(organisation: Organisation, month: Month) -> Money:
    begins = datetime(month.first_day.year, month.first_day.month, 1, tzinfo=organisation.zone)
    runs = Run.objects.filter(created_at__gte=begins).values("id")
    accepted = Decision.objects.filter(run__in=runs, layer__in=_model_layers()).count()
    is_practice = month.total(is_practice=False) == 0 and any(one.is_practice for one in month.spent)
    return Money(month=month, is_practice=is_practice, accepted=accepted)


def _title(run: Run) -> str:
    known = registry.pipelines().get(run.pipeline)
    return known.title if known else run.pipeline


def _steps(found: Sequence[Found], last_run: Run | None) -> tuple[Step, ...]:
    """Empty once a search for duplicates has finished."""
    if last_run is not None:
        return ()
    has_records = bool(found) or ImportFile.objects.exists()
    texts = (
        ("Import your files", "Exports of your CRM, a lead list, your LinkedIn contacts, in any order.", has_records),
        ("Find duplicates", "Rules decide what is clear, at no cost. Nothing is merged that can't be undone.", False),
        ("Answer what is left", "One question at a time, with the reason why it is asked.", False),
    )
    first = 1 if has_records else 0
    return tuple(
        Step(title=title, text=text, is_done=is_done, is_next=i == first)
        for i, (title, text, is_done) in enumerate(texts)
    )
