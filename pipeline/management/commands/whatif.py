"""What the calls on record would have cost at other prices, models or volumes: a replay of the ledger."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance.models import LanguageModel, Organisation, Price
from governance.money import dollars
from governance.pricing import Rates
from governance.routes import rates_of
from governance.whatif import Change
from pipeline import registry
from pipeline.whatif import Consequence, Supposition, Threshold, follow
from pipeline.whatif_people import People, Proof


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--price-factor", default="1", help="prices times this, such as 10")
        parser.add_argument("--volume", default="1", help="calls times this")
        parser.add_argument("--swap", action="append", default=[], metavar="A=B", help="ask model B in place of A")
        parser.add_argument(
            "--without", action="append", default=[], metavar="STEP", help="leave a step out; “rules”: all rules"
        )
        parser.add_argument(
            "--threshold", default="", metavar="PIPELINE/STEP=SCORE", help="a step accepts from this score (0 to 1) on"
        )
        parser.add_argument("--pipeline", default="", help="only this pipeline's calls")
        parser.add_argument("--days", type=int, default=90, help="how far back (default 90)")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, **options: Any) -> None:
        day, swaps = Organisation.current().day(timezone.now()), dict(_swap(text) for text in options["swap"])
        change = Change(
            price_factor=_factor(options["price_factor"], "--price-factor"),
            volume=_factor(options["volume"], "--volume"),
            swaps=swaps,
            rates={name: _rates(name) for name in set(swaps.values())},
        )
        found = follow(
            Supposition(
                first=day - timedelta(days=max(1, min(options["days"], 3_650))),
                until=day + timedelta(days=1),
                change=change,
                task=options["pipeline"],
                left_out=frozenset(options["without"]),
                threshold=_threshold(options["threshold"]) if options["threshold"] else None,
            )
        )
        if options["json"]:
            self.stdout.write(json.dumps({"days": options["days"], **_figures(found)}))
            return
        for line in _lines(found, options["days"]):
            self.stdout.write(line)


def _figures(found: Consequence) -> dict[str, Any]:
    was, then, people = found.was, found.then, found.people
    return {
        "calls": was.calls,
        "cost_usd": was.cost_microusd / 1_000_000,
        "calls_then": then.calls,
        "cost_then_usd": then.cost_microusd / 1_000_000,
        "spread_usd": [amount / 1_000_000 for amount in found.spread] if found.spread else None,
        "by_model_usd": {name: cost / 1_000_000 for name, cost in then.by_model.items()},
        "by_step_usd": {name: cost / 1_000_000 for name, cost in then.by_step.items()},
        "left_to_people": people.was,
        "left_to_people_then": people.then,
        "review_minutes": people.minutes_was,
        "review_minutes_then": people.minutes_then,
        "silent_error_percent": people.proof.most_percent,
        "silent_error_percent_then": people.proof_then.most_percent if people.proof_then else None,
        "shock_usd": [
            {
                "price_factor": one.factor,
                "cost": one.cost / 1_000_000,
                "cost_without_rules": one.cost_without_rules / 1_000_000,
            }
            for one in found.shocks
        ],
    }


def _lines(found: Consequence, days: int) -> Iterator[str]:
    was, then, people = found.was, found.then, found.people
    yield f"{was.calls:,} calls in {days} days cost {dollars(was.cost_microusd)}."
    yield f"They would come to {dollars(then.cost_microusd)} ({then.calls:,} calls):"
    for name, cost in [*then.by_model.items(), *then.by_step.items()]:
        yield f"  {name}: {dollars(cost)}"
    if found.spread:
        low, high = map(dollars, found.spread)
        yield f"Other runs like these would come to {low} to {high} in 9 of 10 cases."
    yield f"Left to people: {people.was:,} cases, then {people.then:,}; {_minutes(people)}."
    yield f"Wrong among what was accepted: {_proven(people.proof)}; then {_proven(people.proof_then)}."


def _minutes(people: People) -> str:
    if people.minutes_was is None or people.minutes_then is None:
        return "how long an answer takes is not known yet"
    return f"about {people.minutes_was:,.0f} minutes, then {people.minutes_then:,.0f}"


def _proven(proof: Proof | None) -> str:
    if proof is None or proof.most_percent is None:
        return "unknown"
    return f"at most {proof.most_percent:.1f} % ({proof.checked:,} checked)"


def _threshold(text: str) -> Threshold:
    place, _, score = text.partition("=")
    name, _, layer = place.partition("/")
    pipeline = registry.pipelines().get(name)
    if pipeline is None or layer not in [one.name for one in pipeline.layers]:
        known = ", ".join(f"{one.name}/{step.name}" for one in registry.pipelines().values() for step in one.layers)
        raise CommandError(f"--threshold {text} should read PIPELINE/STEP=SCORE; known: {known}.")
    try:
        value = float(score)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise CommandError(f"--threshold {text}: the score is a number from 0 to 1.")
    return Threshold(pipeline=name, layer=layer, value=value)


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
