"""A plan's month in three numbers and one decision, for the mail to its owner."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q, Sum

from governance import plan_mail, plans
from governance.models import Organisation, PlanVersion, Rollup
from governance.money import dollars
from governance.plan_checks import At
from pipeline import audits
from pipeline.models import Decision, Run
from pipeline.plan_facts import task_titles


def tell_month(version: PlanVersion, now: datetime) -> bool:
    """Mail what last month came to, on the first night that finds it untold; False where it was told or can't be."""
    month = Organisation.current().month(now)
    if version.approved_at is None or Organisation.current().month(version.approved_at) >= month:
        return False
    numbers = numbers_of(version, (month - timedelta(days=1)).replace(day=1), month, now)
    return plan_mail.tell_month(version, month, numbers, decision_of(version))


def numbers_of(version: PlanVersion, first: date, until: date, now: datetime) -> list[str]:
    """Who decided, what it cost, and what blind checks prove, a sentence each."""
    return [_deciders(version, first, until), _cost(version, first, until), _checks(version, now)]


def _deciders(version: PlanVersion, first: date, until: date) -> str:
    zone = Organisation.current().zone
    begin, end = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, until))
    runs = Run.objects.filter(pipeline__in=version.tasks, created_at__gte=begin, created_at__lt=end, is_dry_run=False)
    found = Decision.objects.filter(run__in=runs.values("pk")).aggregate(
        all=Count("id"), model=Count("id", filter=Q(is_model=True)), person=Count("id", filter=Q(layer="person"))
    )
    if not found["all"]:
        return "Nothing had to be decided."
    rules = found["all"] - found["model"] - found["person"]
    return (
        f"Of {found['all']:,} cases rules decided {rules:,}, models {found['model']:,}, and {found['person']:,} went "
        "to people."
    )


def _cost(version: PlanVersion, first: date, until: date) -> str:
    of_month = Rollup.objects.filter(task__in=version.tasks, day__gte=first, day__lt=until)
    spent = of_month.aggregate(cost=Sum("cost_microusd", default=0))["cost"]
    limit = version.fields.get("monthly_microusd")
    return f"It cost {dollars(spent)}" + (f" of the {dollars(limit)} the plan allows." if limit else ".")


def _checks(version: PlanVersion, now: datetime) -> str:
    told = []
    for task, found in audits.checked(version.tasks, now).items():
        if found.most_percent is not None:
            title = task_titles().get(task, task)
            told.append(f"{title}: {found.wrong} of {found.checked} wrong, at most {found.most_percent:.1f} %")
    return f"Blind checks: {'; '.join(told)}." if told else "No blind check was answered yet: errors are unknown."


def decision_of(version: PlanVersion) -> str:
    """The one thing to decide: the first line that does not hold, else whether the plan goes on."""
    found = plans.open_findings(version, At.NIGHTLY)
    if found:
        return found[0].sentence
    due = version.fields.get("review_date") or version.valid_until.isoformat()
    return f"does the plan go on as it is? It is reviewed by {due}; until then nothing needs you."
