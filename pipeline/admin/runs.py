"""Runs: the list, one run while it goes on and afterwards, and starting, stopping, releasing it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from config.theme import ChoicesFilter, ReadOnlyAdmin, display
from governance.models import Attempt
from governance.money import dollars
from governance.pages import draw, may, page, require
from governance.templatetags.figures import moment
from pipeline import registry, tasks
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.steps import StepTable
from pipeline.funnel import PERSON, funnel
from pipeline.models import Chunk, Run
from pipeline.run_progress import Progress, progress
from pipeline.runner.start import AlreadyRunning, consent, start, stop
from pipeline.wording import pipeline_title

TONES = {Run.State.FINISHED: "is-good", Run.State.FAILED: "is-bad", Run.State.CONSENT: "is-warn"}


@admin.register(Run)
class RunAdmin(CsvListAdmin, ReadOnlyAdmin):
    list_display = ("shown_title", "shown_state", "shown_cases", "shown_people", "shown_cost", "shown_by", "shown_time")
    list_display_links = ("shown_title",)
    list_filter = (("state", ChoicesFilter), "is_dry_run")
    list_select_related = ("by",)
    ordering = ("-id",)
    sortable_by = ()
    change_list_template = "admin/pipeline/run/change_list.html"
    nothing_yet = "A run looks for duplicates among what was imported. Start one above."
    csv_columns = (
        ("run", "pk"),
        ("pipeline", "pipeline"),
        ("state", "get_state_display"),
        ("dry run", "is_dry_run"),
        ("cases", "cases"),
        ("unchanged", "unchanged"),
        ("cost in micro-dollars", "cost_microusd"),
        ("started by", "by"),
        ("created", "created_at"),
        ("finished", "finished_at"),
        ("error", "error"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        return with_cost(super().get_queryset(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        known = registry.pipelines().values() if may(request, "pipeline.add_run") else ()
        extra = {"startable": known, "active": _active(), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("run_page", object_id)

    @display(description="run")
    def shown_title(self, run: Run) -> str:
        return f"{pipeline_title(run.pipeline)}, run {run.pk}{' (dry run)' if run.is_dry_run else ''}"

    @display(description="state")
    def shown_state(self, run: Run) -> SafeString:
        return state_tag(run)

    @display(description="cases")
    def shown_cases(self, run: Run) -> str:
        return f"{run.cases:,}"

    @display(description="to a person")
    def shown_people(self, run: Run) -> str:
        decided = run.summary.get("decided") or {}
        return f"{decided.get(PERSON, 0):,}" if run.summary else "–"

    @display(description="by")
    def shown_by(self, run: Run) -> str:
        return (run.by.get_full_name() or run.by.get_username()) if run.by else "–"

    @display(description="created")
    def shown_time(self, run: Run) -> str:
        return moment(run.created_at)

    @display(description="cost")
    def shown_cost(self, run: Run) -> str:
        return dollars(run.cost_microusd)  # type: ignore[attr-defined]


@page("pipeline.view_run")
def runs_active(request: HttpRequest) -> HttpResponse:
    """The runs under way, as the moving part of the list."""
    active = _active()
    response = render(request, "admin/pipeline/run/_active.html", {"active": active})
    if str(len(active)) != request.GET.get("count", str(len(active))) or not active:
        response["X-Live"] = "over"
    return response


def _active() -> list[tuple[Run, str, Progress]]:
    # One run per pipeline at most, so these are few.
    active = Run.objects.filter(state__in=Run.ACTIVE).order_by("id")
    return [(run, pipeline_title(run.pipeline), progress(run)) for run in active]


def with_cost(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Runs with `cost_microusd`, the ledger's sum."""
    key = Concat(Value("run:"), Cast(OuterRef("pk"), CharField()))
    spent = Attempt.objects.filter(run_key=key).order_by().values("run_key").values(total=Sum("cost_microusd"))
    return runs.annotate(cost_microusd=Coalesce(Subquery(spent), 0))


def state_tag(run: Run) -> SafeString:
    tone = "is-live" if run.state == Run.State.RUNNING else TONES.get(Run.State(run.state), "")
    return format_html('<span class="w-tag {}">{}</span>', tone, run.get_state_display())


@page("pipeline.view_run")
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.select_related("by"), pk=pk)
    title = f"{pipeline_title(run.pipeline)}, {'dry run' if run.is_dry_run else 'run'} {run.pk}"
    return draw(request, "admin/pipeline/run/page.html", title=title, **_context(request, run))


@page("pipeline.view_run")
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the run's page that moves; the header X-Live says "over" once nothing will move any more."""
    run = get_object_or_404(Run.objects.select_related("by"), pk=pk)
    response = render(request, "admin/pipeline/run/_live.html", _context(request, run))
    if not run.is_active or run.state != request.GET.get("state", run.state):
        response["X-Live"] = "over"
    return response


def _context(request: HttpRequest, run: Run) -> dict[str, Any]:
    pipeline = registry.pipelines().get(run.pipeline)
    figures = funnel(run, pipeline)
    return {
        "run": run,
        "pipeline": pipeline,
        "state_tag": state_tag(run),
        "figures": figures,
        "bands": [(band, _cases_url(run, *band.layers) if band.cases else "") for band in figures.bands],
        "progress": progress(run),
        "outcome": pipeline.outcome(run.pk) if pipeline and not run.is_dry_run else (),
        "steps": StepTable(figures, lambda layer, state: _cases_url(run, layer, state=state)),
        "broken": Chunk.objects.filter(run=run).exclude(error="").order_by("id")[:5]
        if run.is_active or run.error
        else (),
        "ledger_url": f"{reverse('admin:governance_attempt_changelist')}?{urlencode({'run_key': run.key})}",
        "cases_url": _cases_url(run),
        "export_url": f"{reverse('admin:pipeline_decision_export')}?{urlencode({'run__id__exact': run.pk})}",
        "may_run": may(request, "pipeline.add_run") and pipeline is not None,
        "may_stop": may(request, "pipeline.change_run"),
    }


def _cases_url(run: Run, *layers: str, state: str = "") -> str:
    if run.is_dry_run:
        return ""
    asked = {"run__id__exact": run.pk} | ({"layer__in": ",".join(layers)} if layers else {})
    if state:
        asked["standing"] = state
    return f"{reverse('admin:pipeline_decision_changelist')}?{urlencode(asked)}"


@require_POST
@page("pipeline.add_run")
def run_start(request: HttpRequest) -> HttpResponse:
    """Start the pipelines named in the form, in flow order; a dry run where `is_dry_run` is given."""
    wanted = set(request.POST.getlist("pipeline"))
    names = [name for name in registry.pipelines() if name in wanted]
    started = []
    for name in names:
        try:
            started.append(start(name, by=request.user, is_dry_run="is_dry_run" in request.POST))
        except AlreadyRunning as error:
            messages.warning(request, str(error))
    if started:
        tasks.wake_on_commit()
    if not names:
        messages.error(request, "Choose what to run.")
    if len(started) == 1:
        return redirect("run_page", started[0].pk)
    return redirect("admin:pipeline_run_changelist")


@require_POST
@page("pipeline.view_run")
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "pipeline.change_run")
    if stop(get_object_or_404(Run, pk=pk)):
        messages.success(request, "The run is stopped. What is decided stays decided; questions on their way are paid.")
    else:
        messages.info(request, "The run had ended already.")
    return redirect("run_page", pk)


@require_POST
@page("pipeline.view_run")
def run_consent(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "pipeline.change_run")
    if consent(get_object_or_404(Run, pk=pk)):
        tasks.wake_on_commit()
        messages.success(request, "The run goes on and asks its questions.")
    else:
        messages.info(request, "The run was not waiting for consent any more.")
    return redirect("run_page", pk)
