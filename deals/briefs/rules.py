"""The free layers of briefs: which deals need none, and which a person sees before any model does."""

from collections.abc import Sequence
from dataclasses import dataclass

from deals.briefs.case import has_something_to_read, suspicious
from pipeline.pipeline import UNSURE, Case, Verdict, Work

NONE = "none"
ABSENT = "absent"


@dataclass(frozen=True, kw_only=True)
class NoneNeeded:
    """Closed deals, and deals about which nothing was written: the facts by rule are all there is."""

    name: str = "none-needed"
    label: str = "No brief needed"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._verdict(case) for case in work.cases]

    def _verdict(self, case: Case) -> Verdict | None:
        if case.values.get("is_closed"):
            return Verdict(label=NONE, score=1.0, reason="closed")
        if not has_something_to_read(case):
            return Verdict(label=NONE, score=1.0, reason="nothing_written")
        return None


@dataclass(frozen=True, kw_only=True)
class Orders:
    """A record that reads like an order to a machine sends the deal to a person, before any model has read it."""

    name: str = "orders"
    label: str = "Orders to a machine"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        found = (suspicious(case) for case in work.cases)
        return [
            Verdict(label=UNSURE, score=0.0, reason="orders", evidence={"orders": [one.key for one in records]})
            if records
            else None
            for records in found
        ]


@dataclass(frozen=True, kw_only=True)
class FactsAlone:
    """Never decides by itself: facts and steps by rule stand where no model answered."""

    name: str = "facts-alone"
    label: str = "Facts by rule alone"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [None] * len(work.cases)
