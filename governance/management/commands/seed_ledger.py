"""Fills the ledger with invented calls at models of their own, for benchmarks: not for a database that is in use."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from governance.models import (
    AttemptState,
    Budget,
    LanguageModel,
    Organisation,
    Plan,
    PlanState,
    PlanVersion,
    Price,
    Rollup,
)
from governance.models.plans import fields_hash

_BATCH = 2_000
_DAYS = 90
_TASKS = ("match-accounts", "match-contacts")
_NAMES = (("seeded-light", "light", 150_000, 600_000), ("seeded-strong", "strong", 1_250_000, 10_000_000))
_MOST = 10_000_000
_SUMMED_BY = ("day", "model_id", "task", "layer", "run_key")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("calls", type=int, help="how many")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, calls: int, seed: int, **options: Any) -> None:
        if not 0 < calls <= _MOST:
            raise CommandError(f"{calls} calls can't be made: from 1 to {_MOST:,}.")
        random, now = Random(seed), timezone.now()
        with transaction.atomic():
            prices, version = [_price(*name) for name in _NAMES], _version(now)
            sums: dict[tuple[Any, ...], list[int]] = {}
            for start in range(0, calls, _BATCH):
                batch = [
                    _attempt(number, calls, prices, version, random, now)
                    for number in range(start, min(start + _BATCH, calls))
                ]
                _write(batch)
                _add(sums, batch)
            _write_sums(sums)
        self.stdout.write(f"{calls:,} calls written, {len(sums):,} sums by day.")


def _price(name: str, tier: str, input_rate: int, output_rate: int) -> Price:
    model, _ = LanguageModel.objects.get_or_create(
        name=name,
        defaults={
            "label": name.replace("-", " ").capitalize(),
            "base_url": "http://127.0.0.1:9/v1",
            "request_model": name,
            "tier": tier,
            "is_practice": True,
            "is_enabled": False,
        },
    )
    rates = {"input_microusd": Decimal(input_rate), "output_microusd": Decimal(output_rate), "source": "Invented"}
    return Price.objects.get_or_create(model=model, valid_from="2020-01-01", defaults=rates)[0]


def _version(now: datetime) -> PlanVersion:
    plan, _ = Plan.objects.get_or_create(name="Seeded ledger")
    first, last = now.date() - timedelta(days=_DAYS), now.date()
    fields: dict[str, Any] = {"tasks": []}
    return plan.versions.first() or PlanVersion.objects.create(
        plan=plan, number=1, fields=fields, state=PlanState.DRAFT, valid_from=first, valid_until=last,
        fields_hash=fields_hash(fields, first, last),
    )  # fmt: skip


def _attempt(
    number: int, calls: int, prices: list[Price], version: PlanVersion, random: Random, now: datetime
) -> dict[str, Any]:
    """One call as its columns."""
    price = prices[random.random() < 0.2]
    tier, rates = price.model.tier, (int(price.input_microusd), int(price.output_microusd))
    tokens = (random.randint(400, 2_000), random.randint(20, 200))
    cost = -(-(tokens[0] * rates[0] + tokens[1] * rates[1]) // 1_000_000)
    started = now - timedelta(seconds=round(86_400 * _DAYS * (1 - number / calls)))
    is_lost = random.random() < 0.01
    return {
        "fingerprint": f"seeded {number} {random.getrandbits(64):x}", "model_id": price.model_id, "price_id": price.pk,
        "plan_version_id": version.pk, "day": started.date(), "task": _TASKS[number % 2], "tier": tier,
        "service_tier": "standard", "response_service_tier": "",
        "run_key": f"run:seeded-{number // 500}", "layer": f"ask-{tier}", "subject_key": str(number // 2),
        "state": AttemptState.SETTLED.value, "reserved_microusd": 4 * cost,
        "cost_microusd": 4 * cost if is_lost else cost, "is_estimated": is_lost,
        "input_tokens": 0 if is_lost else tokens[0], "cached_tokens": 0, "cache_write_tokens": 0,
        "output_tokens": 0 if is_lost else tokens[1], "reasoning_tokens": 0, "max_output_tokens": 400,
        "started_at": started, "ended_at": started, "duration_ms": random.randint(200, 4_000), "lease_until": started,
        "error": "timeout" if is_lost else "", "finish_reason": "" if is_lost else "stop",
        "response_model": price.model.request_model, "retry_number": 0, "is_repair": False, "example_ids": "[]",
    }  # fmt: skip


def _write(batch: list[dict[str, Any]]) -> None:
    # Plain SQL: bulk_create spends a third of a millisecond a row on a table this wide.
    columns = ", ".join(batch[0])
    marks = ", ".join(["%s"] * len(batch[0]))
    rows = [list(row.values()) for row in batch]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY governance_attempt ({columns}) FROM STDIN") as copied:
                for row in rows:
                    copied.write_row(row)
            return
        cursor.executemany(f"INSERT INTO governance_attempt ({columns}) VALUES ({marks})", rows)


def _add(sums: dict[tuple[Any, ...], list[int]], batch: list[dict[str, Any]]) -> None:
    for one in batch:
        row = sums.setdefault(tuple(one[name] for name in _SUMMED_BY), [0] * 5)
        estimated = one["cost_microusd"] if one["is_estimated"] else 0
        for place, amount in enumerate((1, one["input_tokens"], one["output_tokens"], one["cost_microusd"], estimated)):
            row[place] += amount


def _write_sums(sums: dict[tuple[Any, ...], list[int]]) -> None:
    """The roll-ups and the budgets, as settlements would have left them."""
    Rollup.objects.filter(model__name__in=[name for name, *_ in _NAMES]).delete()
    names = ("attempts", "input_tokens", "output_tokens", "cost_microusd", "estimated_microusd")
    Rollup.objects.bulk_create(
        Rollup(**dict(zip(_SUMMED_BY, key, strict=True)), **dict(zip(names, row, strict=True)))
        for key, row in sums.items()
    )
    month = Organisation.current().month(timezone.now())
    for model in LanguageModel.objects.filter(name__in=[name for name, *_ in _NAMES]):
        Budget.objects.filter(model=model, month=month).delete()
        Budget.objects.set_limit(model, month, 10**12)
