"""The tables of the money page, and how its month is spread over models."""

from collections.abc import Sequence
from dataclasses import dataclass

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.models import Attempt
from governance.spending import Spent
from governance.templatetags.figures import count, moment, money, share
from pipeline import registry
from pipeline.admin.steps import NUMBER
from pipeline.models import Run
from pipeline.wording import layer_words, pipeline_title


class SpentTable(tables.Table):
    """What was spent, by pipeline and model."""

    task = tables.Column("For")
    step = tables.Column("Step", empty_values=(), orderable=False)
    model = tables.Column("Model")
    attempts = tables.Column("Calls", attrs=NUMBER)
    input_tokens = tables.Column("Tokens in", attrs=NUMBER)
    output_tokens = tables.Column("Tokens out", attrs=NUMBER)
    cost_microusd = tables.Column("Cost", attrs=NUMBER)
    estimated_microusd = tables.Column("Of it estimated", attrs=NUMBER)

    def render_task(self, value: str) -> str:
        return pipeline_title(value)

    def render_step(self, record: Spent) -> str:
        pipeline = registry.pipelines().get(record.task)
        names = [layer.name for layer in pipeline.model_layers if layer.tier == record.tier] if pipeline else []
        return layer_words(names[0], pipeline) if len(names) == 1 else f"{record.tier} model"

    def render_model(self, record: Spent) -> str:
        return f"{record.model} (practice)" if record.is_practice else record.model

    render_attempts = render_input_tokens = render_output_tokens = staticmethod(lambda value: count(value))  # type: ignore[assignment]
    render_cost_microusd = render_estimated_microusd = staticmethod(lambda value: money(value))  # type: ignore[assignment]


class RunTable(tables.Table):
    """The newest runs of a month, each with the way to its page."""

    id = tables.Column("Run")
    created_at = tables.Column("Begun")
    cost_microusd = tables.Column("Cost", attrs=NUMBER)

    def render_id(self, record: Run) -> SafeString:
        title = f"{pipeline_title(record.pipeline)}, run {record.pk}"
        return format_html('<a href="{}">{}</a>', reverse("run_page", args=[record.pk]), title)

    def render_created_at(self, record: Run) -> str:
        return moment(record.created_at)

    def render_cost_microusd(self, value: int) -> str:
        return money(value)


class CallTable(tables.Table):
    """The last calls, each with the way to its page."""

    id = tables.Column("Call", orderable=False, attrs={"td": {"class": "w-nowrap"}})
    model = tables.Column("Model", orderable=False)
    state = tables.Column("Outcome", orderable=False)
    cost_microusd = tables.Column("Cost", orderable=False, attrs=NUMBER)

    def render_id(self, record: Attempt) -> SafeString:
        address = reverse("attempt_page", args=[record.pk])
        return format_html('<a href="{}">Call {}</a> {}', address, record.pk, moment(record.started_at))

    def render_state(self, record: Attempt) -> str:
        return f"{record.get_state_display()}, estimated" if record.is_estimated else record.get_state_display()

    def render_cost_microusd(self, value: int) -> str:
        return money(value)


@dataclass(frozen=True, kw_only=True)
class ModelShare:
    """A model's part of a month, in percent of all calls and of all money, practice money among practice money."""

    model: str
    is_practice: bool
    calls: int
    cost_microusd: int
    calls_percent: float
    cost_percent: float


def model_shares(spent: Sequence[Spent]) -> list[ModelShare]:
    """The models of a month, the one that cost most in front."""
    all_calls = sum(one.attempts for one in spent)
    cost_of = {kind: sum(one.cost_microusd for one in spent if one.is_practice == kind) for kind in (True, False)}
    found = []
    for name, is_practice in dict.fromkeys((one.model, one.is_practice) for one in spent):
        own = [one for one in spent if (one.model, one.is_practice) == (name, is_practice)]
        calls, cost = sum(one.attempts for one in own), sum(one.cost_microusd for one in own)
        found.append(
            ModelShare(
                model=name,
                is_practice=is_practice,
                calls=calls,
                cost_microusd=cost,
                calls_percent=share(calls, all_calls),
                cost_percent=share(cost, cost_of[is_practice]),
            )
        )
    return sorted(found, key=lambda one: (one.is_practice, -one.cost_microusd))
