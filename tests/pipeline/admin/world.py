"""A run with everything an operator looks at: rules, two models, a person, calls with words, examples, corrections."""

from datetime import timedelta

from django.utils import timezone

from governance.models import Attempt, Budget, Exchange, Rollup
from governance.pricing import Usage
from governance.rollups import added
from governance.statements import together
from pipeline import cases
from pipeline.models import (
    Answer,
    Batch,
    Chunk,
    Decision,
    Dossier,
    ExampleUse,
    ImportFile,
    Record,
    Review,
    Row,
    Run,
    Source,
    Step,
    Subject,
)
from pipeline.pipeline import Candidate, Case, Contrast, Origin, Pair, Pipeline, Presentation, Side, Work
from tests.governance.factories import make_model, make_plan, this_month

NAME = "match-people"


class Rule:
    name, label, is_model = "identifiers", "Same identifiers", False


class Weight:
    name, label, is_model = "match-weight", "Match weight", False


class Light:
    name, label, is_model, tier, prompt = "ask-light", "Light model", True, "light", "Decide."


class Strong:
    name, label, is_model, tier, prompt = "ask-strong", "Strong model", True, "strong", "Decide."


def load(object_ids):
    found = Record.objects.filter(kind="contact")
    found = found if object_ids is None else found.filter(pk__in=object_ids)
    return [Case(object_id=record.pk, values=record.values) for record in found.order_by("pk")]


def side(object_id, values):
    return Side(
        object_id=object_id,
        title=values.get("name", ""),
        source="HubSpot",
        origin=Origin(text=f"people.csv, line {object_id}", url=f"/rows/{object_id}/"),
        url="",
    )


def present(case, anchor):
    pairs = tuple(
        Pair(
            left=side(case.object_id, case.values),
            right=side(other.object_id, other.values),
            contrasts=(
                Contrast(
                    label="Name",
                    left=case.values["name"],
                    right=other.values["name"],
                    level="close",
                    points=3.1,
                    name="name",
                ),
                Contrast(label="E-mail", left=case.values.get("email", ""), right="", level="missing", name="email"),
                Contrast(label="City", left="Graz", right="Linz", level="different", points=-1.4, name="city"),
            ),
            probability=other.probability,
        )
        for other in case.candidates
    )
    return Presentation(question="Are these the same?", pairs=pairs, on_same="They join.", on_new="They stay apart.")


match_people = Pipeline(
    name=NAME,
    title="Find the same people",
    subject="pipeline.Record",
    question="Is this imported person one we know?",
    answers=("same", "new", "unsure"),
    load=load,
    prepare=lambda cases, memory: Work(cases=()),
    layers=(Rule(), Weight(), Light(), Strong()),
    present=present,
    apply=lambda decisions, now: None,
    reasons={"same_email": "The same e-mail address.", "model_same": "A model found the fields to agree."},
    corrections={"namesake": "Different one with the same name"},
)


def people(*names, source=None):
    """One contact record per name; the records, oldest first."""
    source = source or Source.objects.get_or_create(system="hubspot", name="HubSpot")[0]
    file = make_file(source=source, rows=len(names), created=len(names))
    return [
        Record.objects.create(
            source=source, kind="contact", key=f"{file.pk}-{line}", content_hash="",
            values={"name": name, "email": f"p{line}@example.com"}, recorded_at=timezone.now(),
            row=Row.objects.create(file=file, line=line, cells=[name], outcome="created"),
        )
        for line, name in enumerate(names, start=2)
    ]  # fmt: skip


def make_file(batch=None, **values):
    defaults = {
        "name": "people.csv",
        "size": 1200,
        "sha256": "0" * 64,
        "state": "done",
        "format_label": "HubSpot contacts",
    }
    return ImportFile.objects.create(batch=batch or Batch.objects.create(state="done"), **{**defaults, **values})


def make_run(state=Run.State.FINISHED, cases=0, unchanged=0, pipeline=NAME, **values):
    return Run.objects.create(pipeline=pipeline, state=state, cases=cases, unchanged=unchanged, **values)


def step(run, layer, position, **values):
    chunk = Chunk.objects.create(
        run=run,
        phase="ask" if values.get("is_model") else "free",
        idx=Chunk.objects.filter(run=run).count(),
        state="done",
    )
    return Step.objects.create(run=run, chunk=chunk, layer=layer, position=position, **values)


def case_of(record, *others):
    return Case(
        object_id=record.pk,
        values=record.values,
        source="HubSpot",
        candidates=tuple(
            Candidate(
                object_id=other.pk, values=other.values, weight=2.0, probability=0.7, features={"name": 0.9},
                points={"prior": -1.1, "name": 3.1}, levels={"name": "close"},
            )
            for other in others
        ),
    )  # fmt: skip


def decide(run, record, label="same", anchor=None, layer="identifiers", by=None, **values):
    """A decision that supersedes the subject's last one."""
    subject = Subject.objects.get_or_create(pipeline=NAME, object_id=record.pk)[0]
    dossier = None
    if anchor is not None and run is not None:
        dossier = Dossier.objects.get_or_create(
            run=run, subject=subject, defaults={"case": cases.to_json(case_of(record, anchor)), "case_hash": "h"}
        )[0]
    decision = Decision.objects.create(
        subject=subject, run=run, by=by, label=label, anchor=anchor.pk if anchor else None, layer=layer,
        supersedes_id=subject.decision_id, dossier=dossier, created_at=timezone.now(),
        **{"reason": "same_email", **values},
    )  # fmt: skip
    subject.decision = decision
    subject.state = "review" if layer == "person" and by is None else "decided"
    subject.save()
    if subject.state == "review":
        Review.objects.create(decision=decision, subject=subject, pipeline=NAME)
    return decision


def answer(decision, by, label="new", reason="namesake", note="", **values):
    return Answer.objects.create(
        subject=decision.subject, decision=decision, pipeline=NAME, by=by, label=label, reason=reason, note=note,
        is_correction=True, created_at=timezone.now(), **values,
    )  # fmt: skip


def attempt(model, version, run=None, record=None, cost=1_200, state="settled", words=True, **values):
    """A call in the ledger with its words, counted in the budget and the roll-up as a settlement would."""
    now = timezone.now()
    defaults = {
        "fingerprint": f"f{Attempt.objects.count()}", "price": model.prices.first(), "day": now.date(), "task": NAME,
        "tier": model.tier, "run_key": run.key if run else "", "layer": f"ask-{model.tier}",
        "subject_key": str(record.pk) if record else "", "reserved_microusd": 5_000, "cost_microusd": cost,
        "input_tokens": 900, "output_tokens": 60, "max_output_tokens": 400, "started_at": now, "ended_at": now,
        "duration_ms": 840, "lease_until": now + timedelta(minutes=2), "finish_reason": "stop",
        "response_model": model.request_model,
    }  # fmt: skip
    made = Attempt.objects.create(model=model, plan_version=version, state=state, **{**defaults, **values})
    if state in ("open", "unknown"):
        Budget.objects.filter(model=model).update(reserved_microusd=made.reserved_microusd)
    else:
        budget = Budget.objects.get(model=model, month=this_month())
        Budget.objects.filter(pk=budget.pk).update(spent_microusd=budget.spent_microusd + cost)
        usage = Usage(input_tokens=made.input_tokens, output_tokens=made.output_tokens)
        together(added(made, usage, cost, is_estimated=made.is_estimated))
    if words:
        Exchange.objects.create(
            attempt=made,
            messages=[
                {"role": "system", "text": "Say whether two records name the same person."},
                {"role": "user", "text": 'Left: {"name": "Ana <b>Berg</b>"}\nRight: {"name": "Anna Berg"}'},
            ],
            answer='{"answer":"same","reason":"the same name and mail"}',
            usage={"prompt_tokens": 900, "completion_tokens": 60},
            is_valid=True,
            purge_after=now + timedelta(days=90),
        )
    return made


def full_run(by=None, is_practice=True):
    """Ten cases: six by rules, two by the light model, one by the strong one, one left to a person."""
    light = make_model(name="small-1", is_practice=is_practice, label="Small 1")
    strong = make_model(name="large-1", tier="strong", is_practice=is_practice, label="Large 1")
    version = make_plan(tasks=(NAME,))
    records = people(*(f"Person {letter}" for letter in "ABCDEFGHIJ"))
    known = people("Ana Berg")[0]
    run = make_run(
        cases=10, unchanged=4, by=by,
        forecast={"questions": 4, "expected_microusd": 5_000, "ceiling_microusd": 90_000, "is_from_history": True},
        summary={"decided": {"identifiers": 5, "match-weight": 1, "ask-light": 2, "ask-strong": 1, "person": 1}},
        started_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    step(run, "identifiers", 0, seen=10, decided=5, milliseconds=12)
    step(run, "match-weight", 1, seen=5, decided=1, milliseconds=1_340)
    step(run, "ask-light", 2, is_model=True, seen=4, decided=2, milliseconds=2_500, calls=4, cost_microusd=4_800)
    step(run, "ask-strong", 3, is_model=True, seen=2, decided=1, milliseconds=3_100, calls=2, cost_microusd=20_000)
    for record in records[:5]:
        decide(run, record, anchor=None, label="new")
    decide(run, records[5], anchor=known, layer="match-weight")
    calls = [attempt(light, version, run, record) for record in records[6:]]
    calls += [attempt(strong, version, run, record, cost=10_000) for record in records[8:]]
    for record, call in zip(records[6:8], calls[:2], strict=True):
        decide(
            run,
            record,
            anchor=known,
            layer="ask-light",
            is_model=True,
            reason="model_same",
            path=path(call, "ask-light"),
        )
    decide(run, records[8], anchor=known, layer="ask-strong", is_model=True, path=path(calls[4], "ask-strong"))
    decide(run, records[9], anchor=known, layer="person", label="unsure", reason="models_unsure",
           path=path(calls[3], "ask-light", outcome="below_threshold"))  # fmt: skip
    return run


def path(call, layer, outcome="accepted"):
    return [
        {"layer": "match-weight", "label": "same", "score": 0.71, "reason": "weight", "outcome": "below_threshold"},
        {
            "layer": layer, "label": "same", "score": 0.97, "reason": "model_same", "outcome": outcome,
            "said": "Both use one address.", "attempts": [call.pk], "asked": "answered", "model": "small-1",
            "is_practice": call.model.is_practice, "is_cached": False, "cost_microusd": call.cost_microusd,
        },
    ]  # fmt: skip


def quote(call, given):
    return ExampleUse.objects.create(attempt=call, answer=given)


def spend(model, cost, day=None, task=NAME, is_estimated=False):
    """A roll-up row without its calls."""
    return Rollup.objects.create(
        day=day or timezone.now().date(), model=model, task=task, attempts=1, cost_microusd=cost,
        estimated_microusd=cost if is_estimated else 0,
    )  # fmt: skip
