"""Whether a layer's verdict stands: the one place that accepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline import evidence
from pipeline.layers import match_weight
from pipeline.pipeline import UNSURE, Case, Memory, Verdict

# Where nothing is set: a free layer must be all but certain (shown as "not yet proven").
DEFAULT_THRESHOLD = 0.99


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """`is_accepted`: the verdict is the decision. `is_for_person`: nobody else is asked. Else the next layer goes on.

    `reason` says why a verdict was not accepted.
    """

    is_accepted: bool = False
    is_for_person: bool = False
    reason: str = ""


def cuts(thresholds: Mapping[tuple[str, str], float]) -> tuple[float | None, float | None]:
    """The weights (bits) up to which the match weight keeps records apart unseen and from which it joins them."""
    return evidence.cut_bits(thresholds, match_weight.NAME, DEFAULT_THRESHOLD)


def rule(case: Case, layer: str, verdict: Verdict, memory: Memory) -> Ruling:
    """Accept by threshold per (layer, label); a guard on the pair keeps any layer from linking without a person."""
    if verdict.label == UNSURE:
        return Ruling(is_for_person=True, reason=verdict.reason)
    if verdict.score < memory.thresholds.get((layer, verdict.label), DEFAULT_THRESHOLD):
        return Ruling(reason="below_threshold")
    anchor = case.candidate(verdict.anchor)
    if anchor is not None and anchor.guards:
        return Ruling(is_for_person=True, reason=f"guard:{anchor.guards[0]}")
    return Ruling(is_accepted=True)
