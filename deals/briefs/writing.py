"""The strong model writes a brief: what the verifier lets pass stays; after one retry the rest is dropped, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deals.briefs.asking import Reading, asked_again
from deals.briefs.case import calls_for_brief, has_something_to_read
from deals.briefs.claims import MOST_CLAIMS, BriefReply
from deals.briefs.grounding import Checked
from governance.questions import Question, Tier
from pipeline.pipeline import UNSURE, Case, Exchange, Verdict

BRIEF = "brief"


@dataclass(frozen=True, kw_only=True)
class WriteBrief:
    """At most two exchanges: the question, and once more with what did not hold. Only where a signal calls for it."""

    prompt: str
    name: str = "write-brief"
    label: str = "Strong model"
    tier: Tier = Tier.STRONG
    is_model: bool = True

    def step(self, case: Case, exchanges: Sequence[Exchange]) -> Question | Verdict | None:
        if not calls_for_brief(case) or not has_something_to_read(case):
            return None
        reading = Reading(case, {"signals": list(case.values.get("signals") or ())})
        if not exchanges:
            return reading.question(
                layer=self.name, tier=self.tier, prompt=self.prompt, reply_type=BriefReply, max_output_tokens=1500
            )
        answers = [one.reply.answer for one in exchanges if isinstance(one.reply.answer, BriefReply)]
        if not answers:
            return None
        if answers[-1].injection_suspected:
            return Verdict(label=UNSURE, score=0.0, reason="injection_suspected")
        checked = [[reading.check(claim) for claim in answer.claims] for answer in answers]
        failures = [f"“{one.claim.text[:80]}”: {'; '.join(map(str, one.faults))}" for one in checked[-1] if one.faults]
        if failures and len(exchanges) == 1:
            return asked_again(exchanges[0].question, exchanges[0], failures)
        return _verdict(reading, checked)


def _verdict(reading: Reading, checked: Sequence[Sequence[Checked]]) -> Verdict:
    """What held of either answer, each text once; what did not hold of the last is what was removed."""
    held = {one.text: one for answer in checked for one in answer if one.is_grounded}
    kept = list(held.values())[:MOST_CLAIMS]
    removed = sum(not one.is_grounded for one in checked[-1])
    claims = [_kept(reading, one) for one in kept]
    score = len(kept) / (len(kept) + removed) if kept else 0.0
    evidence = {"claims": claims, "removed": removed, "sentences": len(kept) + removed, "unfounded": removed}
    reason = "brief_written" if kept else "nothing_held"
    return Verdict(label=BRIEF, score=score, reason=reason, evidence=evidence)


def _kept(reading: Reading, one: Checked) -> dict[str, Any]:
    quoted = reading.shown[one.quoted].ref if one.quoted else ""
    return {
        "slot": one.claim.slot.value,
        "text": one.text,
        "template": reading.own(one.claim.text),
        "quote": one.claim.quote if quoted else "",
        "quoted": quoted,
        "evidence": reading.sources(one.claim.evidence),
    }
