"""What workers do by the clock: assess what changed, report on signals, send the week."""

from datetime import timedelta

from django.core.mail import send_mail
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from deals.models import Activity, Deal, FieldChange, ReportReader, SignalReport
from deals.relationships import records as relationships
from deals.signals.assessing import current_settings
from deals.signals.clock import Calendar, judging_day
from deals.signals.reassessing import judged_day
from deals.signals.reporting import build_report
from deals.signals.week import rows, week_of
from pipeline.models import Batch, Run
from pipeline.runner.start import AlreadyRunning, start
from pipeline.tasks import wake

PIPELINE = "assess-deals"
MONDAY = 0


def assess_changed() -> bool:
    """Start an assessment when a day has begun or something was recorded since the last one. Whether it did."""
    if Batch.objects.filter(state=Batch.State.RUNNING).exists() or not Deal.objects.exists():
        return False
    last = Run.objects.filter(pipeline=PIPELINE, is_dry_run=False).order_by("-pk").first()
    if last is not None and not _is_due(last):
        return False
    try:
        start(PIPELINE)
    except AlreadyRunning:
        return False
    wake()
    return True


def _is_due(last: Run) -> bool:
    """Whether the day has changed since the run began, or a deal, a change or an activity is newer than it."""
    began = last.started_at or last.created_at
    calendar = Calendar.current()
    if calendar.day(began) < calendar.day(timezone.now()):
        return True
    newest = (
        Deal.objects.aggregate(at=Max("updated_at"))["at"],
        FieldChange.objects.aggregate(at=Max("recorded_at"))["at"],
        Activity.objects.aggregate(at=Max("recorded_at"))["at"],
    )
    return any(at is not None and at > began for at in newest)


def report_on_signals(is_asked_for: bool = False) -> bool:
    """Make the signal report once a month, or now where somebody asked for it. Whether one was made."""
    day = judging_day(timezone.now())
    last = SignalReport.objects.order_by("-pk").first()
    if last is not None and last.created_at > timezone.now() - timedelta(days=30) and not is_asked_for:
        return False
    if not Deal.objects.filter(is_closed=True).exists():
        return False
    report = build_report(day, current_settings())
    SignalReport.objects.create(as_of=day, created_at=timezone.now(), values=report.to_json())
    return True


def send_week() -> int:
    """On Mondays, once: the week to everybody who asked for it. Returns how many e-mails went out."""
    now = timezone.now()
    today = Calendar.current().day(now)
    if today.weekday() != MONDAY:
        return 0
    due = ReportReader.objects.exclude(sent_on=today).filter(user__is_active=True).exclude(user__email="")
    readers = list(due.select_related("user"))
    if not readers:
        return 0
    week = week_of(judged_day(now), now)
    text = render_to_string("admin/deals/week_mail.txt", {"week": week, "worst": rows(week)})
    sent = 0
    for reader in readers:
        # Whoever takes the reader first sends; a worker that comes second finds it taken.
        if ReportReader.objects.filter(pk=reader.pk).exclude(sent_on=today).update(sent_on=today):
            sent += send_mail(f"Winnow: the week up to {week.day:%-d %B}", text, None, [reader.user.email])
    return sent


def measure_ties() -> int:
    """Measure who knows whom as of today: ties fade, and people are joined and separated. How many ties there are."""
    return relationships.refresh(Calendar.current().day(timezone.now()))
