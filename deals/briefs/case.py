"""A deal as a case: its records as evidence, how it stands, and what people corrected in what was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from deals.briefs.evidence import CORRECTION, Evidence, from_json
from deals.briefs.instructions import gives_orders
from pipeline.pipeline import Case, Memory, Work

# The parts of a case that may stand in a question; a plan may name fewer.
PARTS = ("deal", "account", "contacts", "activities")
FIRED_FROM = 1


def prepare(cases: Sequence[Case], memory: Memory) -> Work:
    """Cases of deals are judged one by one: there is nothing to compare."""
    return Work(cases=tuple(cases), memory=memory)


def records_of(case: Case) -> list[Evidence]:
    """All evidence of a case that is there (a plan may have kept parts back), the deal first."""
    return [record for part in PARTS for record in from_json(case.values.get(part) or ())]


def has_something_to_read(case: Case) -> bool:
    return any(record.is_happening and record.values.get("text") for record in records_of(case))


def of_others(case: Case) -> Case:
    """The case without what colleagues said: it qualifies no deal, for only a customer's words do."""
    happened = [one for one in case.values.get("activities") or () if one["kind"] != CORRECTION]
    return replace(case, values={**case.values, "activities": happened})


def calls_for_brief(case: Case) -> bool:
    """Whether a signal fired: a deal that nothing is wrong with needs no words."""
    return any(severity_of(one) >= FIRED_FROM for one in case.values.get("state") or ())


def severity_of(state: str) -> int:
    """1 amber, 2 red, of "S06:2"."""
    return int(state.rpartition(":")[2] or 0)


def suspicious(case: Case) -> list[Evidence]:
    """Records that read like orders to a machine and that nobody has cleared."""
    cleared = set(case.values.get("cleared") or ())
    return [record for record in records_of(case) if record.key not in cleared and gives_orders(record)]


def told(corrections: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """People's corrections as a prompt quotes them."""
    return [
        {"we_said": str(one["said"]), "but": str(one["mark"]), "right_is": str(one["right"])} for one in corrections
    ]
