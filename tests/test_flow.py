"""The main job from files to decisions, in one process, with a model behind real HTTP."""

import csv
import io
import json
from collections import Counter
from itertools import combinations

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from deals.models import ContactLink
from deals.sample import company
from governance.models import Attempt, Budget
from pipeline import registry, tasks
from pipeline.models import Record, Review, Run, Step, Subject
from pipeline.review import answers
from pipeline.runner import chunks, decide, free, start
from tests import flow
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


def run(name, **options):
    started = start.start(name, **options)
    tasks.drain()
    started.refresh_from_db()
    return started


@pytest.fixture
def world(practice_endpoint):  # noqa: F811
    """The sample's people, and a practice endpoint that may be asked."""
    flow.import_people()
    flow.use_practice(practice_endpoint.server_port)
    return practice_endpoint


def test_without_a_key_everything_works_but_the_asking():
    flow.import_people()

    finished = [run(name) for name in flow.PIPELINES]

    assert [one.state for one in finished] == ["finished", "finished"]
    assert Subject.objects.filter(decision=None).count() == 0
    assert Attempt.objects.count() == 0
    assert set(Review.objects.filter(subject__is_ask_due=True).values_list("decision__reason", flat=True)) == {
        "ask:blocked"
    }


@pytest.mark.parametrize("left_out", ["", "Connections.csv"])
def test_rules_decide_most_of_the_second_crm_and_are_right(left_out):
    flow.import_people(left_out)
    for name in flow.PIPELINES:
        run(name)

    found = Subject.objects.filter(pipeline="match-contacts", object_id__in=_records("Salesforce"))
    by_rules = found.exclude(decision__layer="person").count()

    assert by_rules / found.count() >= 0.70
    right, said = _precision()
    assert said >= 140
    assert right / said >= 0.99


def _records(source):
    return Record.objects.filter(kind="contact", source__name=source).values("id")


def _precision():
    """Pairs of people joined by rules that the sample's truth confirms, and all pairs joined."""
    text = company.truth_csv(company.build(as_of=flow.AS_OF)).decode()
    truth = {
        frozenset((r["left_id"], r["right_id"])) for r in csv.DictReader(io.StringIO(text)) if r["kind"] == "contact"
    }
    key = {
        pk: values.get("linkedin") if source == "LinkedIn" else key
        for pk, key, values, source in Record.objects.filter(kind="contact").values_list(
            "id", "key", "values", "source__name"
        )
    }
    groups = {}
    for record, contact in ContactLink.objects.filter(closed_at=None).values_list("record_id", "contact_id"):
        groups.setdefault(contact, []).append(key[record])
    joined = {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}
    return len(joined & truth), len(joined)


def test_the_ambiguous_rest_is_asked_and_every_case_ends(world):
    finished = [run(name) for name in flow.PIPELINES]

    assert [one.state for one in finished] == ["finished", "finished"]
    layers = Counter(Subject.objects.values_list("decision__layer", flat=True))
    assert layers["ask-light"] > 0
    assert Subject.objects.filter(decision=None).count() == 0
    assert Review.objects.filter(closed_at=None).count() == layers["person"]


def test_step_totals_are_the_run_s_are_the_ledger_s_are_the_budget_s(world):
    finished = run("match-contacts")

    steps = sum(Step.objects.filter(run=finished).values_list("cost_microusd", flat=True))
    calls = sum(Step.objects.filter(run=finished).values_list("calls", flat=True))
    assert steps == finished.summary["cost_microusd"] == flow.ledger_sum()
    assert steps == Budget.objects.get(model=None).spent_microusd
    assert calls == finished.summary["calls"] == Attempt.objects.count() == world.state.report()["calls"]
    assert Budget.objects.get(model=None).reserved_microusd == 0


def test_a_dry_run_asks_nothing_and_decides_nothing(world):
    finished = run("match-contacts", is_dry_run=True)

    assert finished.state == "finished"
    assert finished.forecast["questions"] > 0
    assert world.state.report()["calls"] == 0
    assert Subject.objects.exclude(decision=None).count() == 0


def test_the_same_input_twice_decides_the_same_and_asks_nothing(world):
    run("match-contacts")
    before, calls = flow.decisions(), world.state.report()["calls"]

    again = run("match-contacts")

    assert flow.decisions() == before
    assert world.state.report()["calls"] == calls
    assert again.cases == 0


def test_faults_are_facts_about_a_case_and_never_end_the_run(world):
    world.state.set_faults({"429": 0.1, "500": 0.1, "malformed": 0.2, "refusal": 0.1, "lying": 0.2})

    finished = run("match-contacts")

    assert finished.state == "finished"
    assert Subject.objects.filter(decision=None).count() == 0


def test_a_spent_budget_leaves_cases_waiting_and_a_raised_one_asks_them(world):
    limit = Budget.objects.get(model=None)
    Budget.objects.filter(pk=limit.pk).update(limit_microusd=0)
    blocked = run("match-contacts")
    waiting = Subject.objects.filter(is_ask_due=True).count()
    calls_before = world.state.report()["calls"]
    Budget.objects.filter(pk=limit.pk).update(limit_microusd=5_000_000)

    run("match-contacts")

    assert (blocked.state, calls_before) == ("finished", 0)
    assert waiting > 10
    assert world.state.report()["calls"] > 0
    assert Subject.objects.filter(is_ask_due=True).count() == 0


def test_a_correction_stands_in_a_later_prompt_with_its_author(world):
    Budget.objects.filter(model=None).update(limit_microusd=0)
    run("match-contacts")
    ana = User.objects.create_user("ana", first_name="Ana", is_superuser=True)
    for review in Review.objects.filter(subject__is_ask_due=True, closed_at=None).order_by("id")[:6]:
        answers.answer(
            review, by=ana, label="new", anchor=None, reason="namesake", note="Two people", now=timezone.now()
        )
    Budget.objects.filter(model=None).update(limit_microusd=5_000_000)

    run("match-contacts")

    prompts = [json.dumps(attempt.exchange.messages) for attempt in Attempt.objects.exclude(example_uses=None)]
    assert prompts
    assert all("Ana" in prompt and "namesake: Two people" in prompt for prompt in prompts)


def test_what_a_person_decides_while_questions_are_out_stands(world):
    ana = User.objects.create_user("ana", is_superuser=True)
    started = start.start("match-contacts")
    tasks.do(chunks.claim())
    waiting = Subject.objects.filter(dossiers__run=started, decision=None).first()
    outcome = decide.Outcome(subject=waiting, label="new", layer="person", reason="person")
    decide.record([outcome], pipeline=registry.get("match-contacts"), now=timezone.now(), by=ana)

    tasks.drain()

    waiting.refresh_from_db()
    assert waiting.decision.by == ana
    assert Run.objects.get(pk=started.pk).state == "finished"


def test_what_a_person_decides_while_the_rules_are_applied_stands(monkeypatch, settings):
    """Rules find a record that nobody had decided about, and a person is there before they write."""
    settings.CHUNK_RETRY_S = 0
    flow.import_people()
    ana, pipeline = User.objects.create_user("ana", is_superuser=True), registry.get("match-contacts")
    record = Record.objects.filter(kind="contact").order_by("id")[3]
    judge = free.judge

    def late(*args):
        if not Subject.objects.filter(object_id=record.pk, pipeline=pipeline.name).exists():
            subject = Subject.objects.create(pipeline=pipeline.name, object_id=record.pk)
            outcome = decide.Outcome(subject=subject, label="new", layer="person", reason="person")
            decide.record([outcome], pipeline=pipeline, now=timezone.now(), by=ana)
        return judge(*args)

    monkeypatch.setattr(free, "judge", late)
    monkeypatch.setattr(free, "ahead", iter)  # the test's own thread has the database

    finished = run("match-contacts")

    subjects = Subject.objects.filter(pipeline=pipeline.name)
    assert (finished.state, subjects.filter(decision=None).count()) == ("finished", 0)
    assert subjects.get(object_id=record.pk).decision.by == ana
    assert subjects.count() == Record.objects.filter(kind="contact", is_withdrawn=False).count()


def test_practice_answers_never_decide_what_a_user_uploaded(world):
    Record.objects.first().source.__class__.objects.update(is_sample=False)

    run("match-contacts")

    assert world.state.report()["calls"] == 0
    assert "ask:unavailable" in set(Review.objects.values_list("decision__reason", flat=True))


def test_the_commands_print_sums_that_add_up(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_text("id,first name,last name,email\n1,Ada,Okafor,ada@x.example\n2,Ben,Ito,bad\n3,too,many,cells,here\n")

    call_command("ingest", str(path), "--json")
    file = json.loads(capsys.readouterr().out)["files"][0]
    call_command("run", "match-contacts", "--wait", "--json")
    report = json.loads(capsys.readouterr().out)

    assert file["rows"] == file["created"] + file["updated"] + file["unchanged"] + file["skipped"] + file["failed"] == 3
    assert (report["state"], report["cases"], report["decided"]) == ("finished", 2, {"match-weight": 2})
    assert Run.objects.count() == 1
