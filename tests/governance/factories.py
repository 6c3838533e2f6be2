"""Plain makers of models, plans, budgets and questions."""

from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone
from pydantic import BaseModel, Field

from governance.models import Attempt, Budget, LanguageModel, Organisation, Plan, PlanState, PlanVersion, Price
from governance.models.plans import fields_hash
from governance.questions import Message, Question, Tier

TASK = "match-contacts"


class Said(BaseModel):
    answer: str = Field(max_length=100)


def this_month() -> date:
    return Organisation.current().month(timezone.now())


def make_model(
    base_url="http://127.0.0.1:9/v1",
    name="practice-light",
    tier="light",
    limit_microusd=1_000_000,
    input_rate=100_000,
    output_rate=400_000,
    **fields,
):
    """A practice model with a price of $0.10 / $0.40 per million tokens and $1.00 for this month."""
    values = {"label": name, "request_model": name, "is_practice": True, "timeout_s": 5, **fields}
    model = LanguageModel.objects.create(name=name, base_url=base_url, tier=tier, **values)
    if input_rate is not None:
        Price.objects.create(
            model=model,
            valid_from=date(2020, 1, 1),
            input_microusd=input_rate,
            output_microusd=output_rate,
            source="invented",
        )
    if limit_microusd is not None:
        Budget.objects.set_limit(model, this_month(), limit_microusd)
    return model


def make_plan(tasks=(TASK,), name="Plan", state=PlanState.APPROVED, begins_in=-10, ends_in=100, **limits):
    """An approved plan version for `tasks`, valid from ten days ago."""
    today = Organisation.current().day(timezone.now())
    first, last = today + timedelta(days=begins_in), today + timedelta(days=ends_in)
    fields = {"tasks": list(tasks), **limits}
    return PlanVersion.objects.create(
        plan=Plan.objects.get_or_create(name=name)[0],
        number=PlanVersion.objects.filter(plan__name=name).count() + 1,
        fields=fields,
        state=state,
        valid_from=first,
        valid_until=last,
        approved_at=None if state == PlanState.DRAFT else timezone.now(),
        fields_hash=fields_hash(fields, first, last),
    )


def question(text="Are these the same?", task=TASK, tier=Tier.LIGHT, reply_type=Said, **fields):
    values = {"layer": "ask-light", "subject_key": "1", "max_output_tokens": 100, **fields}
    return Question(task=task, tier=tier, messages=(Message(role="user", text=text),), reply_type=reply_type, **values)


def sums():
    """What the ledger says was spent and is held, and what this month's budgets of models say."""
    ledger = Attempt.objects.aggregate(spent=Sum("cost_microusd", default=0))
    held = Attempt.objects.filter(state__in=["open", "unknown"]).aggregate(held=Sum("reserved_microusd", default=0))
    budgets = Budget.objects.filter(model__isnull=False).aggregate(
        spent=Sum("spent_microusd", default=0), held=Sum("reserved_microusd", default=0)
    )
    return {**ledger, **held}, budgets
