"""Leads: people who may become customers, as their records add up, and how they stand."""

from django.db import models
from django.db.models import F, Q

from deals.models import Account, Colleague, Contact
from pipeline.models import Entity, Link, Record


class Lead(Entity):
    """A person (or a company without a person) on a lead list. Points are those of the last qualification; `heat` is
    as of `heat_on` and falls from day to day."""

    class Grade(models.TextChoices):
        A = "A"
        B = "B"
        C = "C"
        D = "D"
        NONE = "", "Not graded"

    class Band(models.TextChoices):
        HOT = "hot", "Hot"
        WARM = "warm", "Warm"
        COLD = "cold", "Cold"

    class Status(models.TextChoices):
        NEW = "new", "Not qualified yet"
        REVIEW = "review", "Needs a look"
        PATH = "path", "Find an introduction"
        OWNER = "owner", "With its owner"
        NURTURE = "nurture", "Nurture"
        NONE = "none", "No action"
        DISQUALIFIED = "out", "Disqualified"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Handed back"
        CONVERTED = "converted", "Converted"

    # What people decided; a later qualification leaves it alone.
    SETTLED = (Status.ACCEPTED, Status.REJECTED, Status.CONVERTED)

    class Outcome(models.TextChoices):
        WON = "won", "Won"
        LOST = "lost", "Lost"
        UNKNOWN = "", "Not known"

    COMPUTED = (
        "number", "given_name", "family_name", "email", "phone", "mobile", "title", "department", "company", "domain",
        "city", "country", "industry", "employees", "linkedin", "source", "campaign", "source_status", "technologies",
        "description", "opted_out", "has_bounced", "outcome", "created_on",
    )  # fmt: skip
    # What qualification and people write.
    STANDING = (
        "status", "grade", "fit_low", "fit_high", "coverage", "is_provisional", "disqualifier", "why", "heat", "band",
        "heat_on", "drops_on", "drops_to", "is_holdout", "owner", "owner_why", "due_at", "qualified_at", "contact",
        "account", "twin", "decision",
    )  # fmt: skip
    KEPT = (*Entity.KEPT, *STANDING)

    full_name = models.CharField(max_length=255)
    number = models.CharField(max_length=80, blank=True, verbose_name="lead number")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    mobile = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=160, blank=True)
    department = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=255, blank=True)
    domain = models.CharField(max_length=255, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    linkedin = models.CharField(max_length=255, blank=True)
    source = models.CharField(max_length=120, blank=True, verbose_name="lead source")
    campaign = models.CharField(max_length=160, blank=True)
    source_status = models.CharField(max_length=80, blank=True, verbose_name="status in the source")
    technologies = models.TextField(blank=True)
    description = models.TextField(blank=True)
    opted_out = models.BooleanField(default=False)
    has_bounced = models.BooleanField(default=False)
    outcome = models.CharField(max_length=4, choices=Outcome, blank=True)
    created_on = models.DateField(null=True, blank=True, verbose_name="created in the source")

    status = models.CharField(max_length=9, choices=Status, default=Status.NEW)
    grade = models.CharField(max_length=1, choices=Grade, blank=True)
    fit_low = models.PositiveSmallIntegerField(null=True, blank=True)
    fit_high = models.PositiveSmallIntegerField(null=True, blank=True)
    coverage = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Percent of the points decided.")
    is_provisional = models.BooleanField(default=False)
    disqualifier = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=255, blank=True)
    heat = models.FloatField(default=0)
    band = models.CharField(max_length=4, choices=Band, default=Band.COLD)
    heat_on = models.DateField(null=True, blank=True)
    drops_on = models.DateField(null=True, blank=True)
    drops_to = models.CharField(max_length=4, choices=Band, blank=True)
    is_holdout = models.BooleanField(default=False, help_text="Worked although graded C, to check the grades.")
    owner = models.ForeignKey(Colleague, models.SET_NULL, null=True, blank=True, related_name="leads", db_index=False)
    owner_why = models.CharField(max_length=80, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    qualified_at = models.DateTimeField(null=True, blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="leads", db_index=False)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="leads", db_index=False)
    twin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
                             help_text="May be the same person; nobody has said so.")  # fmt: skip
    decision = models.ForeignKey(
        "pipeline.Decision", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    records = models.ManyToManyField(Record, through="LeadLink", related_name="+")

    class Meta:
        ordering = ["grade", "-heat", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fit_low=None, fit_high=None) | Q(fit_low__lte=F("fit_high"), fit_high__lte=100),
                name="lead_points_in_order",
                violation_error_message="Points earned can't exceed the points possible, nor those 100.",
            ),
            models.CheckConstraint(
                condition=Q(heat__gte=0, heat__lte=100),
                name="lead_heat_within_bounds",
                violation_error_message="Heat lies between 0 and 100.",
            ),
        ]
        # Every qualification writes every lead anew, and with it each index: those here are the ones that are asked.
        indexes = [
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="lead_of_contact"),
            models.Index(fields=["account"], condition=Q(account__isnull=False), name="lead_of_account"),
            models.Index(fields=["twin"], condition=Q(twin__isnull=False), name="lead_of_twin"),
            models.Index(fields=["decision"], condition=Q(decision__isnull=False), name="lead_of_decision"),
            models.Index(fields=["is_current", "grade", "-heat", "-fit_low", "id"], name="lead_ranked"),
            models.Index(fields=["is_current", "status", "grade", "-heat", "-fit_low", "id"], name="lead_by_status"),
            models.Index(fields=["owner", "status"], name="lead_of_owner"),
            models.Index(fields=["heat_on"], condition=Q(heat__gt=0), name="lead_heat_due"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.company or self.number or "(no name)"


class LeadLink(Link):
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="links")

    class Meta(Link.Meta):
        indexes = [models.Index(fields=["lead"], condition=Q(closed_at=None), name="leadlink_open")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.lead_id}"
