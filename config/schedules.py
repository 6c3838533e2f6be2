"""What runs by the clock: rows in the queue's own schedule, put there after each migrate."""

from typing import Any

from django_q.models import Schedule

# Name, function, every so many minutes.
SCHEDULES = (
    ("Close calls of workers that died", "governance.tasks.sweep", 1),
    ("Compare budgets with their limits", "governance.tasks.watch_budgets", 60),
    ("Tell budget owners of alerts", "governance.tasks.send_alerts", 1),
    ("Delete prompts past their retention", "governance.tasks.purge_exchanges", 24 * 60),
    ("Assess deals when something changed", "deals.tasks.assess_changed", 5),
    ("Measure who knows whom", "deals.tasks.measure_ties", 60),
    ("Compare signals with how deals ended", "deals.tasks.report_on_signals", 24 * 60),
    ("Send the week on Mondays", "deals.tasks.send_week", 60),
    ("Check the plans", "pipeline.tasks.check_plans", 24 * 60),
    ("Let the heat of leads fade", "leads.tasks.cool_leads", 24 * 60),
    ("Learn from outcomes", "leads.tasks.learn_from_outcomes", 10),
    ("Tidy up finished background jobs", "pipeline.tasks.tidy", 24 * 60),
)


def schedule_after_migrate(using: str, **kwargs: Any) -> None:
    """Create what is missing; an interval somebody changed is left alone."""
    for name, func, minutes in SCHEDULES:
        Schedule.objects.using(using).get_or_create(
            name=name, defaults={"func": func, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1}
        )
