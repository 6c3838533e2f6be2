"""The light model looks for what qualifies a deal, with the words that say so: suggestions for a person, no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deals.briefs.asking import Reading, asked_again
from deals.briefs.case import calls_for_brief, has_something_to_read, of_others
from deals.briefs.claims import Claim, Found, FoundReply, Slot
from deals.briefs.grounding import Checked, Kind
from governance.questions import Question, Tier
from pipeline.pipeline import UNSURE, Case, Exchange, Verdict

FOUND = "found"


@dataclass(frozen=True, kw_only=True)
class FindQualification:
    """At most two exchanges. Decides by itself where no brief is called for; else the next layer goes on."""

    prompt: str
    name: str = "find-qualification"
    label: str = "Light model"
    tier: Tier = Tier.LIGHT
    is_model: bool = True

    def step(self, case: Case, exchanges: Sequence[Exchange]) -> Question | Verdict | None:
        if not has_something_to_read(case):
            return None
        reading = Reading(of_others(case))
        if not exchanges:
            return reading.question(
                layer=self.name, tier=self.tier, prompt=self.prompt, reply_type=FoundReply, max_output_tokens=900
            )
        answers = [one.reply.answer for one in exchanges if isinstance(one.reply.answer, FoundReply)]
        if not answers:
            return None
        if answers[-1].injection_suspected:
            return Verdict(label=UNSURE, score=0.0, reason="injection_suspected")
        checked = [[(found, _check(reading, found)) for found in answer.found] for answer in answers]
        failures = [
            f"“{found.value[:80]}”: {'; '.join(map(str, one.faults))}" for found, one in checked[-1] if one.faults
        ]
        if failures and len(exchanges) == 1:
            return asked_again(exchanges[0].question, exchanges[0], failures)
        held = {
            (found.element, one.text): (found, one) for answer in checked for found, one in answer if not one.faults
        }
        suggestions = [_kept(reading, found, one) for found, one in held.values()]
        # Where a brief is called for the strong model goes on; a score of 0 is accepted by no threshold.
        score = 0.0 if calls_for_brief(case) else 1.0
        return Verdict(label=FOUND, score=score, reason="qualification_found", evidence={"suggestions": suggestions})


def _check(reading: Reading, found: Found) -> Checked:
    """A find is held to what a statement is held to; its quote alone makes it this deal's."""
    claim = Claim(
        slot=Slot.SITUATION, text=found.value, evidence=[found.evidence, *_named(found)][:6], quote=found.quote
    )
    checked = reading.check(claim)
    shown = reading.shown.get(found.evidence)
    if shown is None or not shown.is_happening:
        return checked
    # A value names a thing and states nothing: "no single sign-on" as an objection has its quote beside it.
    faults = tuple(fault for fault in checked.faults if fault.kind is not Kind.POLARITY)
    return Checked(claim=checked.claim, text=checked.text, faults=faults, quoted=checked.quoted)


def _named(found: Found) -> list[str]:
    """The records that the value's placeholders name: they are cited by being named."""
    from_text = [part.partition(".")[0] for part in found.value.split("{")[1:]]
    return list(dict.fromkeys(ref for ref in from_text if ":" in ref))


def _kept(reading: Reading, found: Found, one: Checked) -> dict[str, Any]:
    named = [source for source in reading.sources(one.claim.evidence) if source["kind"] == "contact"]
    return {
        "element": found.element.value,
        "value": one.text,
        "quote": one.claim.quote,
        "evidence": reading.sources(one.claim.evidence),
        "contact_id": named[0]["object_id"] if len(named) == 1 else None,
    }
