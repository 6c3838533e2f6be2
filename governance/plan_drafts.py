"""Writing plans: a first draft, a new version from the last one, its answers, and what speaks against approving it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from governance import plans
from governance.models import Organisation, Plan, PlanApproval, PlanDryRun, PlanState, PlanVersion
from governance.plan_checks import At, Finding, Member
from governance.plan_checks.risk import NEEDED, risk
from governance.plan_fields import FALLBACKS, defaults
from governance.plan_own_records import agreement, own_records

VALID_DAYS = 180
STARTER_TARGET_DAYS = 60


class NotADraft(Exception):
    """The version was approved or changed meanwhile."""


def first_draft(name: str, by: Any, day: date, tasks: Sequence[str]) -> PlanVersion:
    """A new plan with a prefilled draft. Raises IntegrityError for a name that is taken."""
    fields = {**defaults(), **_starter(day), "tasks": list(tasks), "owner": by.pk}
    with transaction.atomic():
        plan = Plan.objects.create(name=name, owner=by)
        return _draft(plan, 1, fields, by, day)


def _starter(day: date) -> dict[str, Any]:
    """What a first plan would say anyway, so that the shortest way to one is to read it."""
    return {
        "purpose": "Let AI answer what the rules leave open, so that people decide only what is truly unclear.",
        "target": 90.0,
        "target_date": (day + timedelta(days=STARTER_TARGET_DAYS)).isoformat(),
        "writes_records": True,
    }


def next_draft(plan: Plan, by: Any, day: date) -> PlanVersion:
    """The plan's open draft, or a new one that starts from its newest version; missing answers are prefilled."""
    newest = plan.versions.order_by("-number").first()
    if newest is not None and newest.state == PlanState.DRAFT:
        return newest
    fields = {**defaults(), **(newest.fields if newest else {})}
    fields["review_date"] = (day + timedelta(days=VALID_DAYS)).isoformat()
    try:
        with transaction.atomic():
            return _draft(plan, newest.number + 1 if newest else 1, fields, by, day)
    except IntegrityError:
        return plan.versions.order_by("-number")[0]  # somebody was faster


def _draft(plan: Plan, number: int, fields: dict[str, Any], by: Any, day: date) -> PlanVersion:
    until = day + timedelta(days=VALID_DAYS)
    fields = {**fields, "review_date": fields.get("review_date") or until.isoformat()}
    return PlanVersion.objects.create(
        plan=plan, number=number, fields=fields, author=by, valid_from=day, valid_until=until
    )


def save(draft: PlanVersion, answers: Mapping[str, Any], valid_from: date, valid_until: date, by: Any) -> None:
    """Write a draft's answers; whoever changed it last is its author. Raises NotADraft."""
    drafts = PlanVersion.objects.filter(pk=draft.pk, state=PlanState.DRAFT, fields=draft.fields)
    fields = {**draft.fields, **answers}
    if not drafts.update(fields=fields, valid_from=valid_from, valid_until=valid_until, author=by):
        raise NotADraft("This draft was approved or changed on another page meanwhile; look at it again.")
    draft.refresh_from_db()


def members(day: date) -> dict[int, Member]:
    """Staff by id as the checks see them."""
    return {
        user.pk: Member(
            name=user.get_full_name() or user.get_username(),
            is_active=user.is_active,
            idle_days=(day - user.last_login.date()).days if user.last_login else None,
        )
        for user in User.objects.filter(is_staff=True)
    }


def gaps(draft: PlanVersion, day: date, **observed: Any) -> list[Finding]:
    """ "Check my plan": what is missing, contradicts itself or does not fit the program; nothing is written down."""
    found = plans.failing(
        draft,
        at=At.SAVING,
        day=day,
        members=members(day),
        known_fallbacks=frozenset(FALLBACKS),
        other_plans=plans.other_plans(draft, day),
        **observed,
    )
    return [finding for finding in found if finding.line != 3]


def obstacles(draft: PlanVersion, by: Any, day: date, **observed: Any) -> list[str]:
    """Sentences that say why `by` can't approve the draft as it reads now; empty when nothing speaks against it."""
    if draft.state != PlanState.DRAFT:
        return ["This version is decided already; start a new one to change the plan."]
    told = [finding.sentence for finding in gaps(draft, day, **observed)]
    if draft.author_id == by.pk and not Organisation.current().may_approve_own_plan:
        told.append("You wrote this draft; somebody else has to approve it.")
    run = current_dry_run(draft)
    if run is None or run.state != PlanDryRun.State.DONE:
        told.append("The draft as it reads now has had no dry run yet.")
        return told
    if not run.opened_by.filter(pk=by.pk).exists():
        told.append("You have not looked at its dry run yet.")
    own = agreement(own_records(run))
    if not own.is_complete:
        told.append(f"The owner has answered {own.answered} of {own.records} own records.")
    return told


def current_dry_run(draft: PlanVersion) -> PlanDryRun | None:
    """The last dry run of the draft as it reads now."""
    return draft.dry_runs.filter(fields_hash=draft.current_hash).order_by("-pk").first()


def approvers_needed(version: PlanVersion) -> int:
    facts = plans.plan_facts(version)
    assert facts is not None
    return NEEDED[risk(facts)]


def approve(draft: PlanVersion, by: Any, now: datetime, **observed: Any) -> bool:
    """Approve a draft; True when it is in force with that, False when a second approver is needed.

    Raises PermissionDenied with a sentence where something speaks against it.
    """
    day = Organisation.current().day(now)
    against = obstacles(draft, by, day, **observed)
    if against:
        raise PermissionDenied(against[0])
    with transaction.atomic():
        PlanApproval.objects.get_or_create(
            plan_version=draft, fields_hash=draft.current_hash, by=by, defaults={"at": now}
        )
        given = draft.approvals.filter(fields_hash=draft.current_hash).count()
        if given < approvers_needed(draft):
            return False
        draft.approve(by, now)
        Plan.objects.filter(pk=draft.plan_id).update(owner=draft.fields.get("owner"))
    return True
