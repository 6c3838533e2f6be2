"""Plans: what AI may do, for whom and until when. The program reads the approved version at every run and call."""

import hashlib
import json
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q

from governance.models.organisation import Organisation


class PlanState(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    SUSPENDED = "suspended", "Suspended"


class Plan(models.Model):
    name = models.CharField(max_length=120, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_plans"
    )
    told_month = models.DateField(null=True, editable=False, help_text="The month whose mail went out last.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def governing(self, task: str, day: date) -> "PlanVersion | None":
        """The version a task runs under on a day: of those naming it the last approved (also if suspended since) that
        has begun, else one that begins later, else the newest draft. Whether it permits anything, the checks say."""
        named = [version for version in self.select_related("plan").order_by("-pk") if task in version.tasks]
        decided = [version for version in named if version.state != PlanState.DRAFT]
        begun = [version for version in decided if version.valid_from <= day]
        approved = sorted(begun or decided, key=attrgetter("approved_at"))
        return approved[-1] if approved else next(iter(named), None)


class PlanVersion(models.Model):
    """One wording of a plan. Once approved it is never edited: `fields_hash` tells whether it was.

    `fields` holds the answers by key. The program reads `tasks` (list of pipeline names), `models` (names allowed),
    `sources` (systems allowed), `fields_out` (fields that may leave) and `max_output_tokens`; a missing key or null
    means no restriction, an empty list allows nothing.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    fields_hash = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT, editable=False)
    valid_from = models.DateField()
    valid_until = models.DateField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="written_plan_versions"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="approved_plan_versions"
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="governance_plan_version_unique",
                violation_error_message="This plan has a version of that number already.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")),
                name="governance_plan_version_ends_after_start",
                violation_error_message="A plan can't end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT) | (Q(approved_at__isnull=False) & ~Q(fields_hash="")),
                name="governance_plan_version_approved_is_hashed",
                violation_error_message="An approved version needs its time and hash.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    @property
    def tasks(self) -> list[str]:
        return list(self.fields.get("tasks") or [])

    @property
    def current_hash(self) -> str:
        """The hash of the answers and dates as they read now."""
        return fields_hash(self.fields, self.valid_from, self.valid_until)

    @property
    def is_unchanged(self) -> bool:
        """Whether an approved version still reads as it was approved."""
        return self.fields_hash == self.current_hash

    def approve(self, by: Any, now: datetime) -> None:
        """Approve this draft at `now`. Raises PermissionDenied for its author unless the organisation allows that."""
        if by == self.author and not Organisation.current().may_approve_own_plan:
            raise PermissionDenied("A plan is approved by somebody other than its author.")
        values = {
            "state": PlanState.APPROVED,
            "approved_by": by,
            "approved_at": now,
            "fields_hash": self.current_hash,
        }
        # The draft may have been approved or edited on another page since it was read.
        drafts = PlanVersion.objects.filter(pk=self.pk, state=PlanState.DRAFT)
        as_read = drafts.filter(fields=self.fields, valid_from=self.valid_from, valid_until=self.valid_until)
        if not as_read.update(**values):
            raise PermissionDenied("This version is no longer the draft you looked at.")
        self.refresh_from_db()

    def suspend(self) -> None:
        """Stop an approved version: from the next question on, no model is asked."""
        PlanVersion.objects.filter(pk=self.pk, state=PlanState.APPROVED).update(state=PlanState.SUSPENDED)
        self.refresh_from_db()


def fields_hash(fields: dict[str, Any], valid_from: date, valid_until: date) -> str:
    """SHA-256 over a version's answers and dates, independent of key order."""
    text = json.dumps([fields, valid_from.isoformat(), valid_until.isoformat()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
