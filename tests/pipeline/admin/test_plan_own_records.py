"""The owner's ten own records: blind, before approval, with the agreement and how little it proves."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from governance import plan_drafts
from governance.models import PlanDryRun
from governance.plan_own_records import agreement, own_records
from pipeline import registry, tasks
from pipeline.pipeline import Verdict, Work
from tests.governance.factories import make_plan
from tests.pipeline.admin import world
from tests.pipeline.admin.world import NAME, case_of, match_people

pytestmark = pytest.mark.django_db


class Sure:
    """Joins every record but the two the page's tests call doubtful to the one before it."""

    name, label, is_model = "identifiers", "Same identifiers", False

    def judge(self, work):
        return [
            Verdict(label="same", score=1.0, reason="", anchor=case.candidates[0].object_id)
            if case.candidates and "Doubtful" not in case.values["name"]
            else None
            for case in work.cases
        ]


class Light(world.Light):
    def step(self, case, exchanges):
        return None


def prepare(cases, memory):
    """Every record beside the one before it."""
    records = list(world.Record.objects.order_by("pk"))
    pairs = zip(records[1:], records, strict=False)
    return Work(cases=(case_of(records[0]), *(case_of(one, other) for one, other in pairs)))


alike = replace(match_people, layers=(Sure(), Light()), prepare=prepare)


@pytest.fixture
def draft(person, settings):
    """A draft owned by “ana” whose dry run has gone through what was imported."""
    settings.PIPELINES = [f"{__name__}.alike"]
    registry.pipelines.cache_clear()

    def make(*names):
        world.people(*names)
        owner = person("Viewer", username="ana")
        version = make_plan(tasks=(NAME,), state="draft", owner=owner.pk, modes={NAME: "ambiguous"})
        run = PlanDryRun.objects.create(plan_version=version, fields_hash=version.current_hash)
        tasks.plan_dry_run(run.pk)
        return version, owner

    return make


def records(version):
    return own_records(plan_drafts.current_dry_run(version))


def say(client, version, record, answer):
    where = reverse("plan_own_records", args=[version.pk])
    return client.post(where, {"task": record.task, "record": record.object_id, "answer": answer}, follow=True)


def test_without_records_that_are_alike_nothing_is_asked(draft):
    version, owner = draft("Ana")

    assert records(version) == []
    assert not any("own records" in told for told in plan_drafts.obstacles(version, owner, today()))


def today():
    return timezone.localdate()


def test_ten_are_asked_first_those_the_draft_has_a_word_about(draft):
    version, _ = draft(*(f"P{n}" for n in range(9)), *(f"Doubtful {n}" for n in range(9)))

    assert [bool(one.label) for one in records(version)] == [True] * 8 + [False] * 2


def test_the_page_asks_without_telling_what_the_draft_would_say(draft, client):
    version, owner = draft("Ana", "Anna")
    client.force_login(owner)

    page = client.get(reverse("plan_own_records", args=[version.pk])).content.decode()

    assert "Are these the same?" in page
    assert "Same identifiers" not in page


def test_approval_waits_for_the_owner_and_then_the_agreement_is_shown_with_its_range(draft, client):
    version, owner = draft("Ana", "Anna", "Hanna", "Doubtful")
    client.force_login(owner)
    first, second, open_ = records(version)
    say(client, version, first, f"same-{first.anchor}")
    told = plan_drafts.obstacles(version, owner, today())
    assert "The owner has answered 1 of 3 own records." in told

    say(client, version, second, "new")
    page = say(client, version, open_, "unsure").content.decode()

    found = agreement(records(version))
    assert (found.answered, found.comparable, found.agreed) == (3, 2, 1)
    assert "The draft agrees with you in 1 of 2" in page
    assert "anything from 1 % to 99 %" in page
    assert "would ask a model" in page
    assert not any("own records" in one for one in plan_drafts.obstacles(version, owner, today()))


def test_nobody_but_the_owner_answers(draft, client_of):
    version, _ = draft("Ana", "Anna")
    (record,) = records(version)

    page = say(client_of("Plan approver"), version, record, "new").content.decode()

    assert "The owner, ana, answers these; you may look." in page
    assert agreement(records(version)).answered == 0


@pytest.mark.parametrize("answer", ["same-999", "maybe", "same-", ""])
def test_an_answer_that_does_not_fit_is_refused(draft, client, answer):
    version, owner = draft("Ana", "Anna")
    client.force_login(owner)

    page = say(client, version, records(version)[0], answer).content.decode()

    assert "That is no answer to one of the ten records." in page
    assert agreement(records(version)).answered == 0


def test_a_word_can_be_changed_and_another_owner_starts_afresh(draft, client):
    version, owner = draft("Ana", "Anna")
    client.force_login(owner)
    (record,) = records(version)
    say(client, version, record, "new")

    say(client, version, record, f"same-{record.anchor}")

    assert agreement(records(version)).agreed == 1
    plan_drafts.save(version, {"owner": owner.pk + 1}, version.valid_from, version.valid_until, owner)
    run = PlanDryRun.objects.create(plan_version=version, fields_hash=version.current_hash)
    tasks.plan_dry_run(run.pk)
    assert agreement(records(version)).answered == 0
