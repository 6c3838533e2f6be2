"""Leads: ranked by grade and heat, each with its reasons, and the counts by both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.theme import AutocompleteFilter, DropdownFilter, display
from governance.pages import may
from leads import heat_days
from leads.admin.page import lead_page
from leads.admin.score import score_of
from leads.models import Lead, LeadSeat
from leads.qualification.disqualifiers import WORDS
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.visible import VisibleAdmin
from pipeline.models import Run, Subject
from pipeline.templatetags.record_values import shown

MAX_WORDS, MOST_COOLED = 8, 500
_TONES = {"hot": "is-bad", "warm": "is-warn", "cold": ""}


class StandingFilter(DropdownFilter):
    title = "standing"
    parameter_name = "standing"
    all_option = ["", "Not ruled out"]
    _ALL = {
        "all": Q(),
        "new": Q(status="new"),
        "review": Q(status="review"),
        "todo": Q(status__in=("owner", "path")),
        "late": Q(status__in=("owner", "path")),
        "nurture": Q(status__in=("nurture", "none")),
        "accepted": Q(status="accepted"),
        "rejected": Q(status="rejected"),
        "converted": Q(status="converted"),
        "out": Q(status="out"),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("todo", "To be worked"), ("late", "Overdue"), ("review", "Needs a look"), ("new", "Not qualified yet"),
            ("nurture", "Nurture or no action"), ("accepted", "Accepted"), ("rejected", "Handed back"),
            ("converted", "Converted"), ("out", "Ruled out"), ("all", "All, also ruled out"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        if chosen == "late":
            queryset = queryset.filter(due_at__lt=timezone.now())
        return queryset.filter(self._ALL[chosen]) if chosen in self._ALL else queryset.exclude(status="out")


class GradeFilter(DropdownFilter):
    title = parameter_name = "grade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("provisional", "Provisional")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "provisional":
            return queryset.filter(is_provisional=True)
        return queryset.filter(grade=self.value()) if self.value() else queryset


class HeatFilter(DropdownFilter):
    title = parameter_name = "heat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("hot", "Hot"), ("warm", "Warm"), ("cold", "Cold")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(band=self.value()) if self.value() else queryset


class AgainstFilter(DropdownFilter):
    title = "ruled out because"
    parameter_name = "against"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(WORDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(disqualifier=self.value()) if self.value() else queryset


class MoreFilter(DropdownFilter):
    title = "more"
    parameter_name = "more"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("twin", "May be a duplicate"), ("holdout", "Worked to check the grades"),
                ("mine", "Mine"), ("won", "Won in the file"), ("lost", "Lost in the file")]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {
            "twin": Q(twin__isnull=False), "holdout": Q(is_holdout=True), "mine": Q(owner__user=request.user.pk),
            "won": Q(outcome="won"), "lost": Q(outcome="lost"),
        }  # fmt: skip
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset  # type: ignore[index]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many leads of one grade and heat, and where they are listed."""

    number: int
    url: str
    is_here: bool


@admin.register(Lead)
class LeadAdmin(CsvListAdmin, VisibleAdmin):
    change_list_template = "admin/leads/lead/change_list.html"
    list_display = ("person", "shown_grade", "shown_heat", "shown_why", "shown_owner", "shown_due")
    list_filter = (StandingFilter, GradeFilter, HeatFilter, AgainstFilter, ("owner", AutocompleteFilter), MoreFilter)
    list_select_related = ("owner", "account", "decision")
    search_fields = ("full_name", "email", "company")
    search_help_text = "Name, e-mail or company"
    sortable_by = ()
    list_per_page = 50
    nothing_yet = "Import a lead list, and who is worth a call appears here."
    csv_columns = (
        ("Id", "pk"), ("Name", "full_name"), ("First name", "given_name"), ("Last name", "family_name"),
        ("E-mail", "email"), ("Phone", "phone"), ("Title", "title"), ("Company", "company"), ("Country", "country"),
        ("Industry", "industry"), ("Employees", "employees"), ("Grade", "grade"), ("Provisional", "is_provisional"),
        ("Fit, at least", "fit_low"), ("Fit, at most", "fit_high"), ("Known %", "coverage"), ("Heat", "heat"),
        ("Heat band", "band"), ("Band drops on", "drops_on"), ("Standing", "get_status_display"), ("Why", "why"),
        ("Owner", "owner.name"), ("Due", "due_at"), ("Source", "source"), ("Campaign", "campaign"),
        ("Outcome", "outcome"),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(is_current=True)

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        if request.GET.get("standing") in ("out", "all", "new"):
            return ("-fit_low", "-heat", "id")
        ranked = ("grade", "-heat", "-fit_low", "id")
        # "" (no grade) would stand before A. Only an index's own order is quick among 100,000, so not always.
        if not Lead.objects.filter(is_current=True, status=Lead.Status.NEW).exists():
            return ranked
        return (Case(When(grade="", then=1), default=0).asc(), *ranked)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split()[:MAX_WORDS]:
            queryset = queryset.filter(
                Q(full_name__icontains=word) | Q(email__icontains=word) | Q(company__icontains=word)
            )
        return queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        # Nightly work does all of them; whoever comes before it waits for the warmest alone.
        heat_days.refresh(timezone.now(), MOST_COOLED)
        return super().changelist_view(request, {**self._panel(request), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return lead_page(request, object_id)  # type: ignore[return-value]

    def _panel(self, request: HttpRequest) -> dict[str, Any]:
        """What stands above the list: leads by grade and heat, what waits, and what can be done."""
        here = Lead.objects.visible_to(request.user).filter(is_current=True)
        late_ones = Q(status__in=("owner", "path"), due_at__lt=timezone.now())
        # One look at all leads for all the numbers above the list.
        groups = (
            here.order_by()
            .values_list("status", "grade", "band")
            .annotate(n=Count("id"), late=Count("id", filter=late_ones), twins=Count("twin"))
        )
        numbers: Counter[tuple[str, str]] = Counter()
        by_status: Counter[str] = Counter()
        late = twins = 0
        for status, grade, band, n, late_here, twins_here in groups:
            by_status[status] += n
            numbers[grade, band] += n if status != "out" else 0
            late, twins = late + late_here, twins + twins_here
        running = Run.objects.filter(pipeline="qualify-leads", state__in=Run.ACTIVE).first()
        return {
            "grid": [(grade, [self._cell(request, numbers, grade, band) for band in ("hot", "warm", "cold")])
                     for grade in "ABCD"],
            "has_leads": bool(by_status),
            "new": by_status.get("new", 0),
            "waiting": Subject.objects.filter(pipeline="qualify-leads", state=Subject.State.REVIEW).count(),
            "late": late,
            "todo": by_status.get("owner", 0) + by_status.get("path", 0),
            "out": by_status.get("out", 0),
            "twins": twins,
            "has_seats": LeadSeat.objects.exists(),
            "may_run": may(request, "pipeline.add_run"),
            "may_import": may(request, "pipeline.add_batch"),
            "import_page": f"{reverse('import_files')}?kind=lead",
            "import_words": "Import a lead list",
            "may_seat": may(request, "leads.add_leadseat"),
            "running": running,
            "title": "Leads",
        }  # fmt: skip

    def _cell(self, request: HttpRequest, numbers: Mapping[tuple[str, str], int], grade: str, band: str) -> Cell:
        is_here = (request.GET.get("grade"), request.GET.get("heat")) == (grade, band)
        query = "" if is_here else urlencode({"grade": grade, "heat": band})
        return Cell(number=numbers.get((grade, band), 0), is_here=is_here,
                    url=f"{reverse('admin:leads_lead_changelist')}?{query}")  # fmt: skip

    @display(description="Lead", header=True)
    def person(self, lead: Lead) -> Sequence[str]:
        company = lead.account.name if lead.account else lead.company
        about = " · ".join(part for part in (lead.title, company) if part)
        return [shown(str(lead)), shown(about)]

    @display(description="Grade")
    def shown_grade(self, lead: Lead) -> SafeString:
        if not lead.grade:
            return format_html('<span class="w-tag">{}</span>', lead.get_status_display())
        points = f"{lead.fit_low}" if lead.fit_low == lead.fit_high else f"{lead.fit_low} to {lead.fit_high}"
        note = " · provisional" if lead.is_provisional else ""
        return format_html(
            '<span class="ld-grade is-{}">{}</span> <span class="w-faint w-small">{}{}</span>',
            lead.grade, lead.grade, points, note,
        )  # fmt: skip

    @display(description="Heat")
    def shown_heat(self, lead: Lead) -> SafeString:
        fades = f"{lead.get_drops_to_display()} on {on_short(lead.drops_on)}" if lead.drops_on else ""
        return format_html(
            '<span class="w-tag {}">{} {}</span> <span class="w-faint w-small" title="if nothing happens">{}</span>',
            _TONES.get(lead.band, ""), lead.get_band_display(), round(lead.heat), fades,
        )  # fmt: skip

    @display(description="Why")
    def shown_why(self, lead: Lead) -> str:
        found = score_of(lead)
        if found is None:
            return shown(lead.why or lead.get_status_display())
        return render_to_string("admin/leads/lead/_why.html", {"lead": lead, "score": found})

    @display(description="Owner")
    def shown_owner(self, lead: Lead) -> SafeString:
        return format_html('{} <span class="w-faint w-small">{}</span>', shown(str(lead.owner or "")),
                           lead.owner_why)  # fmt: skip

    @display(description="Next")
    def shown_due(self, lead: Lead) -> SafeString:
        words = lead.get_status_display()
        if lead.due_at is None:
            return format_html('<span class="w-small">{}</span>', words)
        tone = "w-error" if lead.due_at < timezone.now() else "w-faint"
        when = timezone.localtime(lead.due_at)
        return format_html(
            '<span class="w-small">{}</span> <span class="w-small {}">by {}</span>',
            words,
            tone,
            f"{when:%a %-d %b %H:%M}",
        )


def on_short(day: Any) -> str:
    return f"{day:%-d %b}" if day else ""
