"""The plan's pages: write, check, dry run, approve by somebody else, see what happened."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Organisation, Plan, PlanDryRun, PlanFinding, PlanState, PlanVersion
from pipeline import registry, tasks
from tests.governance.factories import make_plan

pytestmark = pytest.mark.django_db
TARGET = "2030-01-01"


@pytest.fixture(autouse=True)
def _queue(monkeypatch):
    monkeypatch.setattr("pipeline.admin.plan.async_task", lambda *args, **options: None)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def answers(owner, **changes):
    values = {
        "purpose": "Find the doubles",
        "tasks": ["match-people"],
        "owner": str(owner),
        "modes-match-people": "ambiguous",
        "metric": "acceptance",
        "target": "90",
        "target_date": TARGET,
        "fallback": "person",
        "known_limits": "Namesakes.",
        "writes_records": "on",
        "valid_from": timezone.now().date().isoformat(),
        "valid_until": (timezone.now() + timedelta(days=90)).date().isoformat(),
        **changes,
    }
    return values


def draft_of(person, client, **changes):
    """A saved draft by somebody of Plan author."""
    client.post(reverse("plan_new"), {"name": "Clean records"})
    draft = PlanVersion.objects.get()
    client.post(reverse("plan_edit", args=[draft.pk]), answers(draft.author_id, **changes))
    draft.refresh_from_db()
    return draft


def dry_run_of(draft, client):
    client.post(reverse("plan_dry_run_start", args=[draft.pk]))
    run = PlanDryRun.objects.latest("pk")
    tasks.plan_dry_run(run.pk)
    return run


def approve(draft, client):
    return client.post(reverse("plan_approve", args=[draft.pk]), {"hash": draft.current_hash}, follow=True)


def test_without_a_plan_the_page_says_what_that_means(client_of):
    page = html(client_of("Viewer").get(reverse("plan")))

    assert "Without an approved plan no model is asked" in page
    assert 'name="name"' not in page


def test_seven_questions_are_asked_and_the_rest_is_prefilled(client_of, person):
    client = client_of("Plan author")
    client.post(reverse("plan_new"), {"name": "Clean records"})
    draft = PlanVersion.objects.get()

    page = html(client.get(reverse("plan_edit", args=[draft.pk])))

    assert [f"<h2>{number}. " in page for number in range(1, 9)] == [True] * 7 + [False]
    assert draft.fields["never_send"] == ["national_id", "card", "health", "secret"]


def test_an_answer_that_can_not_be_taken_says_why_and_saves_nothing(client_of, person):
    client = client_of("Plan author")
    draft = draft_of(person, client)

    page = html(client.post(reverse("plan_edit", args=[draft.pk]), answers(draft.author_id, monthly_microusd="much")))

    assert "“much” is no amount; write dollars such as 12.50." in page
    draft.refresh_from_db()
    assert draft.fields["monthly_microusd"] is None


def test_check_my_plan_lists_what_is_missing(client_of, person):
    client = client_of("Plan author")
    draft = draft_of(person, client, purpose="", known_limits="")

    page = html(client.get(reverse("plan_page", args=[draft.plan_id])))

    assert "2 open points" in page
    assert "The plan does not name its purpose yet." in page
    assert "The plan does not say what AI is known to get wrong here." in page


def test_from_the_draft_to_an_approved_plan(client_of, person):
    author, approver = client_of("Plan author"), client_of("Plan approver")
    draft = draft_of(person, author)
    assert "has had no dry run yet" in html(approve(draft, approver))
    run = dry_run_of(draft, author)
    assert "You have not looked at its dry run yet." in html(approve(draft, approver))

    html(approver.get(reverse("plan_dry_run", args=[run.pk])))
    page = html(approve(draft, approver))

    draft.refresh_from_db()
    assert draft.state == PlanState.APPROVED
    assert draft.is_unchanged
    assert "Version 1 is approved; the next run follows it." in page
    assert draft.fields["prompts"].keys() == {name for name in registry.pipelines() if name in draft.tasks}


def test_an_author_can_not_approve_unless_the_organisation_says_so(client_of, person):
    client = client_of("Plan author", "Plan approver")
    draft = draft_of(person, client)
    html(client.get(reverse("plan_dry_run", args=[dry_run_of(draft, client).pk])))
    assert "You wrote this draft; somebody else has to approve it." in html(approve(draft, client))

    client.post(reverse("plan_own_approval"), {"own": "1"})
    page = html(approve(draft, client))

    draft.refresh_from_db()
    assert draft.state == PlanState.APPROVED
    assert "Here authors may approve their own plans." in page


def test_whoever_may_not_approve_is_refused(client_of, person):
    client = client_of("Plan author")
    draft = draft_of(person, client)

    assert approve(draft, client).status_code == 403
    assert Organisation.current().may_approve_own_plan is None


def test_a_changed_draft_needs_another_dry_run(client_of, person):
    author, approver = client_of("Plan author"), client_of("Plan approver")
    draft = draft_of(person, author)
    html(approver.get(reverse("plan_dry_run", args=[dry_run_of(draft, author).pk])))

    author.post(reverse("plan_edit", args=[draft.pk]), answers(draft.author_id, purpose="Something else"))
    draft.refresh_from_db()

    assert "has had no dry run yet" in html(approve(draft, approver))


def test_high_risk_takes_two_approvers(client_of, person):
    author, first = client_of("Plan author"), client_of("Plan approver")
    second = client_of("Plan approver", "Viewer")
    draft = draft_of(person, author, sends_outside="on")
    run = dry_run_of(draft, author)
    for client in (first, second):
        html(client.get(reverse("plan_dry_run", args=[run.pk])))

    assert "somebody else has to approve too" in html(approve(draft, first))
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT
    html(approve(draft, second))

    draft.refresh_from_db()
    assert draft.state == PlanState.APPROVED


def test_a_new_version_starts_from_the_approved_one_and_shows_what_differs(client_of):
    version = make_plan(monthly_microusd=1_000_000)
    client = client_of("Plan author")
    client.post(reverse("plan_new"), {"plan": version.plan_id})
    draft = PlanVersion.objects.get(number=2)
    assert draft.fields["monthly_microusd"] == 1_000_000
    PlanVersion.objects.filter(pk=draft.pk).update(fields={**draft.fields, "monthly_microusd": 2_500_000})

    page = html(client.get(reverse("plan_page", args=[version.plan_id]), {"version": 2, "tab": "differences"}))

    assert "$1.00" in page
    assert "$2.50" in page


def test_an_approved_version_is_never_edited(client_of):
    version = make_plan()
    client = client_of("Plan author")

    client.post(reverse("plan_edit", args=[version.pk]), answers(1, purpose="Changed"))

    version.refresh_from_db()
    assert "purpose" not in version.fields


def test_a_line_that_failed_shows_its_light_and_the_last_failure(client_of):
    version = make_plan()
    PlanFinding.objects.create(plan_version=version, line=13, moment="call", action="not asked",
                               sentence="Your plan allows the models a; b is not among them.")  # fmt: skip
    client = client_of("Viewer")

    page = html(client.get(reverse("plan_page", args=[version.plan_id])))
    happened = html(client.get(reverse("plan_page", args=[version.plan_id]), {"tab": "happened"}))

    assert "1 line needs a look" in page
    assert 'class="plan-light is-bad"' in page
    assert "b is not among them." in happened


@pytest.mark.parametrize("tab", ["plan", "happened", "money", "quality", "differences", "nonsense"])
def test_every_tab_can_be_read_by_a_viewer(client_of, tab):
    version = make_plan()

    html(client_of("Viewer").get(reverse("plan_page", args=[version.plan_id]), {"tab": tab}))


def test_a_suspended_plan_says_so(client_of):
    version = make_plan()

    page = html(client_of("Plan approver").post(reverse("plan_suspend", args=[version.pk]), follow=True))

    assert "Suspended: only rules decide" in page
    assert Plan.objects.count() == 1


def test_the_starter_plan_has_no_gaps_but_what_only_people_can_do(client_of, person):
    client = client_of("Plan author")
    person("Reviewer")

    client.post(reverse("plan_new"), {"name": "Clean records"})
    page = html(client.get(reverse("plan_page", args=[PlanVersion.objects.get().plan_id])))

    assert "Nothing is missing and nothing contradicts itself. The risk is <b" in page


def test_how_the_work_was_done_before_is_what_success_is_measured_by(client_of):
    version = make_plan(metric="acceptance", target=97, target_date=TARGET, before_system="Spreadsheets",
                        before_who="two assistants", before_items=1200, before_minutes=4.5,
                        before_error_percent=6)  # fmt: skip

    page = html(client_of("Viewer").get(reverse("plan_page", args=[version.plan_id]), {"tab": "quality"}))

    assert "Spreadsheets, two assistants, 1,200 items a week, 4.5 minutes each, 6 % of them wrong." in page
    assert "before it was 94 %" in page
    assert "Too little happened yet to say where it stands." in page
