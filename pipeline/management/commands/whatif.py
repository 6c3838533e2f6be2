"""What the calls on record would have cost at other prices, models or volumes: a replay of the ledger."""

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.ledger import read_ledger
from governance.models import LanguageModel, Organisation, Price
from governance.money import dollars
from governance.pricing import Rates
from governance.routes import rates_of
from governance.whatif import Change, replay
from pipeline.whatif import Shift, asked_cases, decided_by_rules, shifted, shocks


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--price-factor", default="1", help="prices times this, such as 10")
        parser.add_argument("--volume", default="1", help="calls times this")
        parser.add_argument("--swap", action="append", default=[], metavar="A=B", help="ask model B in place of A")
        parser.add_argument(
            "--without", action="append", default=[], metavar="STEP", help="leave a step out; “rules”: all rules"
        )
        parser.add_argument("--pipeline", default="", help="only this pipeline's calls")
        parser.add_argument("--days", type=int, default=90, help="how far back (default 90)")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, **options: Any) -> None:
        day = Organisation.current().day(timezone.now())
        swaps = dict(_swap(text) for text in options["swap"])
        change = Change(
            price_factor=_factor(options["price_factor"], "--price-factor"),
            volume=_factor(options["volume"], "--volume"),
            swaps=swaps,
            rates={name: _rates(name) for name in set(swaps.values())},
            without=frozenset(options["without"]),
        )
        first, until = day - timedelta(days=max(1, min(options["days"], 3_650))), day + timedelta(days=1)
        task = options["pipeline"]
        left_out = _cases_of_rules(options["without"], first, until, task)
        change = shifted(change, Shift(asked=left_out))
        ledger = read_ledger(first, until, task, cases=asked_cases(first, until, task))
        was, then = replay(ledger, Change()), replay(ledger, change)
        found = {
            "days": options["days"],
            "calls": was.calls,
            "cost_usd": was.cost_microusd / 1_000_000,
            "calls_then": then.calls,
            "cost_then_usd": then.cost_microusd / 1_000_000,
            "by_model_usd": {name: cost / 1_000_000 for name, cost in then.by_model.items()},
            "by_step_usd": {name: cost / 1_000_000 for name, cost in then.by_step.items()},
            "shock_usd": [
                {
                    "price_factor": one.factor,
                    "cost": one.cost / 1_000_000,
                    "cost_without_rules": one.cost_without_rules / 1_000_000,
                }
                for one in shocks(ledger, change, decided_by_rules(first, until, task) - left_out)
            ],
        }
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        self.stdout.write(f"{was.calls:,} calls in {options['days']} days cost {dollars(was.cost_microusd)}.")
        self.stdout.write(f"They would come to {dollars(then.cost_microusd)} ({then.calls:,} calls):")
        for name, cost in [*then.by_model.items(), *then.by_step.items()]:
            self.stdout.write(f"  {name}: {dollars(cost)}")


def _cases_of_rules(names: list[str], first: date, until: date, task: str) -> int:
    """The cases of the rules among the steps to leave out."""
    if "rules" in names:
        return decided_by_rules(first, until, task)
    return sum(decided_by_rules(first, until, task, name) for name in names)


def _factor(text: str, option: str) -> Decimal:
    try:
        factor = Decimal(text)
    except InvalidOperation:
        factor = Decimal(-1)
    if not 0 <= factor <= 1_000:
        raise CommandError(f"{option} {text} is no number from 0 to 1000.")
    return factor


def _swap(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (sign and old and new):
        raise CommandError(f"--swap {text} should read A=B.")
    return old, new


def _rates(name: str) -> Rates:
    model = LanguageModel.objects.filter(name=name).first()
    if model is None:
        known = ", ".join(LanguageModel.objects.values_list("name", flat=True)) or "none"
        raise CommandError(f"There is no model {name}; known: {known}.")
    price = Price.objects.on(model, Organisation.current().day(timezone.now()))
    if price is None:
        raise CommandError(f"The price of {name} is unknown.")
    return rates_of(price)
