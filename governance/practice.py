"""The setup while no key is there: practice models with an invented price, budgets, an approved starter plan."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from governance.models import Budget, LanguageModel, Organisation, Plan, PlanState, PlanVersion, Price
from governance.models.plans import fields_hash
from governance.plan_fields import BY_KEY
from governance.practice_prices import PORT, PRACTICE_MODELS, SOURCE

_LIMIT_MICROUSD = 5_000_000
_PLAN = "Starter plan"
_TIMEOUT_S = 20.0


def ensure_practice_setup(
    port: int = PORT, tasks: Sequence[str] = (), *, limit_microusd: int = _LIMIT_MICROUSD
) -> None:
    """Create what is missing so that `tasks` can be asked of the practice model on `port`; safe to repeat.

    Limits, plans and switches that somebody has changed since are left alone; only the port follows.
    """
    with transaction.atomic():
        month = Organisation.current().month(timezone.now())
        Budget.objects.open_month(month)
        for practice in PRACTICE_MODELS:
            model, _ = LanguageModel.objects.update_or_create(
                name=practice.name,
                defaults={"base_url": f"http://127.0.0.1:{port}/v1"},
                create_defaults={
                    "base_url": f"http://127.0.0.1:{port}/v1",
                    "label": practice.label,
                    "request_model": practice.name,
                    "tier": practice.tier.value,
                    "is_practice": True,
                    "timeout_s": _TIMEOUT_S,
                },
            )
            Price.objects.get_or_create(
                model=model,
                valid_from=date(2020, 1, 1),
                defaults={
                    "input_microusd": practice.rates.input,
                    "output_microusd": practice.rates.output,
                    "source": SOURCE,
                },
            )
            if not Budget.objects.filter(model=model, month=month).exists():
                Budget.objects.set_limit(model, month, limit_microusd)
        if not Budget.objects.filter(model=None, month=month).exists():
            Budget.objects.set_limit(None, month, 2 * limit_microusd)
        _ensure_plan([task for task in tasks if not _is_planned(task)])


def _is_planned(task: str) -> bool:
    return PlanVersion.objects.governing(task, Organisation.current().day(timezone.now())) is not None


def _ensure_plan(tasks: Sequence[str]) -> None:
    """An approved version that adds `tasks` to those the starter plan names already."""
    if not tasks:
        return
    now = timezone.now()
    today = Organisation.current().day(now)
    plan, _ = Plan.objects.get_or_create(name=_PLAN)
    last = plan.versions.order_by("-number").first()
    fields = {
        "purpose": "Let the practice model answer what the rules leave open in the sample.",
        "models": [practice.name for practice in PRACTICE_MODELS],
        "known_limits": BY_KEY["known_limits"].default,
        "tasks": [*(last.tasks if last else []), *tasks],
    }
    until = today + timedelta(days=180)
    PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        fields=fields,
        state=PlanState.APPROVED,
        valid_from=today,
        valid_until=until,
        approved_at=now,
        fields_hash=fields_hash(fields, today, until),
    )
