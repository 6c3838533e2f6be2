"""The plan at whole runs, counted by the endpoint itself: what must not be asked never reaches it."""

import json
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from governance import practice_model
from governance.models import Budget, PlanFinding, PlanState, PlanVersion
from governance.models.plans import fields_hash
from governance.practice import ensure_practice_setup
from leads.suppression import suppress
from pipeline import tasks
from pipeline.ingest import upload
from pipeline.models import Subject
from pipeline.runner import start
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)
from tests.governance.factories import make_plan

pytestmark = pytest.mark.django_db(transaction=True)
TASK = "match-contacts"
CARD = "4111 1111 1111 1111"
HEAD = "First name,Last name,E-mail,Company,City\n"
ONE = "Benjamin,Ito,{email},Nordwind,Linz\nRobert,Quist,,Marsh,Wien\n"
OTHER = "Ben,Ito,benjamin@nordwind.example,Nordwind Trade,{city}\nBob,Quist,bob@marsh.example,Marsh Media,Wien\n"


@pytest.fixture
def endpoint(practice_endpoint):  # noqa: F811
    """An endpoint that may be asked, and no plan."""
    ensure_practice_setup(practice_endpoint.server_port)
    return practice_endpoint


@pytest.fixture
def arrived(endpoint, monkeypatch):
    """The bodies that reached the endpoint, as text."""
    bodies, complete = [], practice_model._completion

    def note(body, fault):
        bodies.append(json.dumps(body, ensure_ascii=False))
        return complete(body, fault)

    monkeypatch.setattr(practice_model, "_completion", note)
    return bodies


def import_two_lists(city="Linz", email=""):
    """Two people on either list, alike enough for a question about each and not for a rule."""
    for name, text in (("one", HEAD + ONE.format(email=email)), ("other", HEAD + OTHER.format(city=city))):
        upload.start_batch(upload.stage([(f"{name}.csv", text.encode())], source_name=name, is_sample=True))
    tasks.drain()


def run():
    started = start.start(TASK)
    tasks.drain()
    started.refresh_from_db()
    return started


def set_version(version, **values):
    PlanVersion.objects.filter(pk=version.pk).update(**values)


def test_a_plan_that_is_not_in_force_stops_the_next_run_and_the_page_names_the_line(endpoint, client_of):
    import_two_lists()
    version = make_plan()
    was = {name: getattr(version, name) for name in ("state", "fields", "fields_hash", "valid_until")}
    expired = timezone.localdate() - timezone.timedelta(days=1)
    broken = {
        "expired": {"valid_until": expired, "fields_hash": fields_hash(version.fields, version.valid_from, expired)},
        "unapproved": {"state": PlanState.DRAFT},
        "edited": {"fields": {**version.fields, "monthly_microusd": 10**9}},
        "suspended": {"state": PlanState.SUSPENDED},
    }
    viewer, seen = client_of("Viewer"), {}

    for name, values in broken.items():
        set_version(version, **{**was, **values})
        stopped = run()
        page = viewer.get(reverse("run_page", args=[stopped.pk])).content.decode()
        line = stopped.forecast["plan"]["line"]
        seen[name] = (stopped.state, line, f"Line {line} of" in page)
    calls_while_broken = endpoint.state.report()["calls"]
    set_version(version, **was)
    run()

    assert seen == {
        "expired": ("finished", 4, True),
        "unapproved": ("finished", 3, True),
        "edited": ("finished", 3, True),
        "suspended": ("finished", 3, True),
    }
    assert calls_while_broken == 0
    assert endpoint.state.report()["calls"] > 0


def test_a_forbidden_class_never_leaves_and_the_other_cases_are_asked(endpoint, arrived):
    import_two_lists(city=CARD)
    make_plan(never_send=["card"])

    run()

    assert any("Quist" in body for body in arrived)
    assert not any(CARD in body or "Ito" in body for body in arrived)
    assert Subject.objects.get(decision__reason="ask:blocked").is_ask_due
    assert set(PlanFinding.objects.values_list("line", "moment")) == {(9, "call")}


def test_only_the_fields_the_plan_names_leave(endpoint, arrived):
    import_two_lists()
    make_plan(fields_out=["given_name", "family_name", "company"])

    finished = run()

    assert [(one["source"], one["records"], one["due"]) for one in finished.audit["sources"]] == [
        ("one", 2, 2),
        ("other", 2, 2),
    ]
    assert any("Quist" in body and "Marsh Media" in body for body in arrived)
    assert not any("Wien" in body or "@" in body for body in arrived)
    assert PlanFinding.objects.filter(moment="call").count() == 0


def test_nobody_is_asked_about_who_objected_on_either_side(endpoint, arrived):
    import_two_lists()
    make_plan()
    suppress("email", "bob@marsh.example", reason="objected", now=timezone.now())

    forecast = run().forecast

    assert any("Ito" in body for body in arrived)
    assert not any("Quist" in body for body in arrived)
    assert forecast["expected_microusd"] > 0
    assert set(PlanFinding.objects.filter(moment="call").values_list("line", "sentence")) == {
        (30, "Your plan says that nobody is asked about who objected or was deleted; this case is about one.")
    }


def test_what_rules_are_sure_of_is_asked_too_where_the_plan_says_always(endpoint):
    import_two_lists(email="benjamin@nordwind.example")
    make_plan(modes={TASK: "always"})
    Budget.objects.filter(model=None).update(limit_microusd=0)
    run()
    unaffordable = _standing()
    Budget.objects.filter(model=None).update(limit_microusd=5_000_000)
    Subject.objects.update(case_hash="changed")

    run()

    assert unaffordable == {("same", "identifiers"): 1, ("new", "match-weight"): 2, ("unsure", "person"): 1}
    assert Subject.objects.filter(decision__layer="identifiers").count() == 0
    assert endpoint.state.report()["calls"] >= 2


def _standing():
    return Counter(Subject.objects.values_list("decision__label", "decision__layer"))
