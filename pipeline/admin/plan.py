"""Plan: the sentences with a light each, what happened, money, quality, differences; drafting, dry run, approval.

The plan is governance's; the page stands here because it names tasks and replays cases.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_q.tasks import async_task

from governance import plan_drafts
from governance.models import Organisation, Plan, PlanDryRun, PlanFinding, PlanState, PlanVersion
from governance.pages import draw, may, page, person, require
from governance.plan_checks import At
from governance.plan_checks.risk import risk
from governance.plan_checks.success import METRICS, baseline
from governance.plan_lights import differences, lights
from governance.plan_own_records import agreement, own_records
from governance.plan_spending import plan_spending
from governance.plan_words import before_in_words
from governance.plans import plan_facts, record
from governance.questions import Tier
from pipeline import audits, registry
from pipeline import plan_facts as observed
from pipeline.admin.plan_form import asked, read_answers
from pipeline.models import Answer, Subject
from pipeline.plan_nightly import success_now
from pipeline.wording import pipeline_title

TABS = {
    "plan": "The plan",
    "happened": "What happened",
    "money": "Money",
    "quality": "Quality",
    "differences": "Differences to the previous version",
}
_FINDINGS_SHOWN = 100


@page("governance.view_plan")
def plan_home(request: HttpRequest) -> HttpResponse:
    """The plan itself where there is one, else the list."""
    plans = list(Plan.objects.order_by("name")[:50])
    if len(plans) == 1:
        return redirect("plan_page", plans[0].pk)
    newest = {plan.pk: plan.versions.order_by("-number").first() for plan in plans}
    rows = [(plan, version, _state(version, _today())) for plan in plans if (version := newest[plan.pk])]
    return draw(request, "admin/governance/plan/list.html", title="Plans", rows=rows, **_may(request))


@page("governance.view_plan")
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    version = _version(plan, request.GET.get("version", ""))
    tab = request.GET.get("tab", "plan")
    people, titles, now = _people(), observed.task_titles(), timezone.now()
    previous = plan.versions.filter(number__lt=version.number).order_by("-number").first()
    facts = plan_facts(version)
    assert facts is not None
    shown = lights(version, now, people, titles)
    return draw(
        request,
        "admin/governance/plan/page.html",
        title=f"Plan: {plan.name}",
        plan=plan,
        version=version,
        versions=plan.versions.order_by("-number")[:20],
        is_newest=version.number == plan.versions.order_by("-number")[0].number,
        state=_state(version, _today()),
        tab=tab if tab in TABS else "plan",
        tabs=TABS,
        lights=shown,
        questions=[light for light in shown if light.line.question],
        folded=[light for light in shown if not light.line.question],
        troubles=[light for light in shown if light.colour in ("bad", "warn")],
        risk=risk(facts),
        differences=differences(version, previous, people, titles),
        previous=previous,
        findings=_findings(version),
        spending=plan_spending(version.tasks, _today()),
        monthly=facts.monthly_microusd,
        quality=_quality(version, titles) if tab == "quality" else (),
        metric=METRICS.get(facts.metric),
        success=success_now(version, now) if tab == "quality" else None,
        baseline=baseline(facts),
        before=before_in_words(version.fields),
        facts=facts,
        **_draft_context(request, version),
        **_may(request),
    )


def _draft_context(request: HttpRequest, version: PlanVersion) -> dict[str, Any]:
    if version.state != PlanState.DRAFT:
        return {}
    seen = _observed(version)
    return {
        "gaps": plan_drafts.gaps(version, _today(), **seen),
        "obstacles": plan_drafts.obstacles(version, request.user, _today(), **seen),
        "dry_run": (dry_run := plan_drafts.current_dry_run(version)),
        "own": agreement(own_records(dry_run)) if dry_run and dry_run.state == PlanDryRun.State.DONE else None,
        "is_owner": version.fields.get("owner") == request.user.pk,
        "approvals": version.approvals.filter(fields_hash=version.current_hash).select_related("by"),
        "needed": plan_drafts.approvers_needed(version),
    }


@page("governance.view_plan")
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The seven questions, the other lines folded; saving runs “check my plan”."""
    require(request, "governance.add_planversion")
    version = get_object_or_404(PlanVersion.objects.select_related("plan"), pk=pk)
    if version.state != PlanState.DRAFT:
        return redirect("plan_page", version.plan_id)
    people, titles = _people(), observed.task_titles()
    errors: dict[str, str] = {}
    fields = dict(version.fields)
    typed = request.POST if request.method == "POST" else None
    if typed is not None:
        answers, errors = read_answers(typed, titles, people)
        dates = _dates(typed, version, errors)
        if not errors:
            return _save(request, version, answers, dates)
        fields |= answers
    lines = asked(fields, titles, people, errors, typed)
    return draw(
        request,
        "admin/governance/plan/edit.html",
        title=f"Plan: {version.plan.name}, version {version.number}",
        version=version,
        questions=[one for one in lines if one.line.question],
        folded=[one for one in lines if not one.line.question and one.inputs],
        errors=errors,
        valid_from=typed.get("valid_from", "") if typed else version.valid_from.isoformat(),
        valid_until=typed.get("valid_until", "") if typed else version.valid_until.isoformat(),
        sources=[one.name for one in observed.source_facts(timezone.now())],
    )


def _dates(typed: Mapping[str, str], version: PlanVersion, errors: dict[str, str]) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(typed.get(key, "")) for key in ("valid_from", "valid_until"))
    except ValueError:
        errors["valid_from"] = "Write both days as 2027-01-31."
        return version.valid_from, version.valid_until
    if last < first:
        errors["valid_from"] = "A plan can't end before it begins."
    return first, last


def _save(
    request: HttpRequest, version: PlanVersion, answers: dict[str, Any], dates: tuple[date, date]
) -> HttpResponse:
    # What the program asks with today is what is approved: prompts are pinned, not typed.
    pinned = {task: prompt for task, prompt in observed.prompts().items() if task in answers["tasks"]}
    try:
        plan_drafts.save(version, {**answers, "prompts": pinned}, *dates, by=request.user)
    except plan_drafts.NotADraft as error:
        messages.error(request, str(error))
        return redirect("plan_page", version.plan_id)
    found = plan_drafts.gaps(version, _today(), **_observed(version))
    if found:
        record(version, found, at=At.SAVING, task="", now=timezone.now())
        messages.warning(request, f"Saved. Your plan has {len(found)} open point{'s' if len(found) > 1 else ''}.")
    else:
        messages.success(request, "Saved. Nothing is missing; the next step is a dry run.")
    return redirect(_page_of(version))


@require_POST
@page("governance.view_plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """A first draft, or the next version of a plan."""
    require(request, "governance.add_planversion")
    if "plan" in request.POST:
        plan = get_object_or_404(Plan, pk=request.POST["plan"] if request.POST["plan"].isdecimal() else 0)
        return redirect("plan_edit", plan_drafts.next_draft(plan, request.user, _today()).pk)
    require(request, "governance.add_plan")
    name = request.POST.get("name", "").strip()[:120]
    try:
        if not name:
            raise IntegrityError
        draft = plan_drafts.first_draft(name, request.user, _today(), list(observed.task_titles()))
    except IntegrityError:
        messages.error(request, f"There is a plan “{name}” already." if name else "Give the plan a name.")
        return redirect("plan")
    return redirect("plan_edit", draft.pk)


@page("governance.view_plan")
def plan_dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What a dry run found; who opens a finished one has seen it."""
    dry_run = get_object_or_404(PlanDryRun.objects.select_related("plan_version__plan", "by"), pk=pk)
    version = dry_run.plan_version
    if dry_run.state == PlanDryRun.State.DONE:
        dry_run.opened_by.add(person(request))
    title = f"Dry run: {version.plan.name}, version {version.number}"
    is_current = dry_run.fields_hash == version.current_hash
    return draw(request, "admin/governance/plan/dry_run.html", title=title, dry_run=dry_run, version=version,
                results=[{**one, "layers": _coloured(one["layers"])} for one in dry_run.result or ()],
                is_current=is_current, back=_page_of(version), **_may(request))  # fmt: skip


def _coloured(layers: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """(colour class, words, number) of a dry run's (layer, words, number)."""
    asking = [layer for one in registry.pipelines().values() for layer in one.model_layers]
    colours = {layer.name: "is-heavy" if layer.tier == Tier.STRONG else "is-light" for layer in asking}
    colours |= {"person": "is-people", "asked": "is-light"}
    return [(colours.get(name, "is-rules"), words, number) for name, words, number in layers]


@require_POST
@page("governance.view_plan")
def plan_dry_run_start(request: HttpRequest, pk: int) -> HttpResponse:
    if not (may(request, "governance.add_planversion") or may(request, "governance.change_planversion")):
        raise PermissionDenied("A dry run is started by whoever may write or approve plans.")
    version = get_object_or_404(PlanVersion, pk=pk, state=PlanState.DRAFT)
    waiting = version.dry_runs.filter(fields_hash=version.current_hash, state=PlanDryRun.State.WAITING).first()
    if waiting is None:
        waiting = version.dry_runs.create(fields_hash=version.current_hash, by_id=request.user.pk)
        async_task("pipeline.tasks.plan_dry_run", waiting.pk)
    return redirect("plan_dry_run", waiting.pk)


@require_POST
@page("governance.view_plan")
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "governance.change_planversion")
    version = get_object_or_404(PlanVersion.objects.select_related("plan"), pk=pk)
    if request.POST.get("hash") != version.current_hash:
        messages.error(request, "The draft was changed since you looked at it; look at it again.")
        return redirect(_page_of(version))
    try:
        is_in_force = plan_drafts.approve(version, request.user, timezone.now(), **_observed(version))
    except PermissionDenied as error:
        messages.error(request, str(error))
        return redirect(_page_of(version))
    if is_in_force:
        messages.success(request, f"Version {version.number} is approved; the next run follows it.")
    else:
        messages.info(request, "Your approval is on record. The risk is high, so somebody else has to approve too.")
    return redirect(_page_of(version))


@require_POST
@page("governance.view_plan")
def plan_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "governance.change_planversion")
    version = get_object_or_404(PlanVersion, pk=pk)
    version.suspend()
    messages.warning(request, "The plan is suspended: from the next question on only the rules decide.")
    return redirect(_page_of(version))


@require_POST
@page("governance.view_plan")
def plan_own_approval(request: HttpRequest) -> HttpResponse:
    """The organisation's answer whether authors may approve their own plan; the approvers give it."""
    require(request, "governance.change_planversion")
    Organisation.current()
    Organisation.objects.filter(pk=1).update(may_approve_own_plan=request.POST.get("own") == "1")
    messages.success(request, "Noted. It can be changed on any plan's page.")
    return redirect("plan")


def _version(plan: Plan, text: str) -> PlanVersion:
    """The version asked for, else the one in force, else the newest."""
    versions = plan.versions.select_related("plan", "author", "approved_by")
    if text.isdecimal() and len(text) < 9:
        return get_object_or_404(versions, number=int(text))
    decided = versions.exclude(state=PlanState.DRAFT).order_by("-approved_at").first()
    return decided or get_object_or_404(versions.order_by("-number")[:1])


def _state(version: PlanVersion, day: date) -> tuple[str, str]:
    """The state in words and its colour."""
    if version.state == PlanState.DRAFT:
        return "Draft", ""
    if version.state == PlanState.SUSPENDED:
        return "Suspended: only rules decide", "is-bad"
    if not version.is_unchanged:
        return "Changed after approval: only rules decide", "is-bad"
    if day > version.valid_until:
        return "Expired: only rules decide", "is-bad"
    return ("Begins later", "is-warn") if day < version.valid_from else ("In force", "is-good")


def _findings(version: PlanVersion) -> list[PlanFinding]:
    return list(version.findings.order_by("-pk")[:_FINDINGS_SHOWN])


def _quality(version: PlanVersion, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Per task: what stands decided by a model, what people said about it since, and what blind checks prove."""
    rows, facts = [], plan_facts(version)
    has_checks = facts is not None and facts.audit_percent is not None
    checks = audits.checked(version.tasks, timezone.now()) if has_checks else {}
    for task in version.tasks:
        judged = Answer.objects.filter(pipeline=task, withdrawn_at=None).exclude(label="unsure")
        rows.append(
            {
                "title": titles.get(task) or pipeline_title(task),
                "by_model": Subject.objects.filter(pipeline=task, decision__is_model=True).count(),
                "waiting": Subject.objects.filter(pipeline=task, state=Subject.State.REVIEW).count(),
                "judged": judged.count(),
                "corrected": judged.filter(is_correction=True).count(),
                "checks": checks.get(task),
            }
        )
    return rows


def _observed(version: PlanVersion) -> dict[str, Any]:
    return observed.at_saving(version.tasks)


def _people() -> dict[int, str]:
    staff = User.objects.filter(is_staff=True).order_by("username")
    return {user.pk: user.get_full_name() or user.get_username() for user in staff}


def _may(request: HttpRequest) -> dict[str, Any]:
    return {
        "may_write": may(request, "governance.add_planversion"),
        "may_approve": may(request, "governance.change_planversion"),
        "own_approval": Organisation.current().may_approve_own_plan,
    }


def _page_of(version: PlanVersion) -> str:
    return f"{reverse('plan_page', args=[version.plan_id])}?version={version.number}"


def _today() -> date:
    return Organisation.current().day(timezone.now())
