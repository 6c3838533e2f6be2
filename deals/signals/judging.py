"""All signals over one deal: its findings and the health they add up to."""

from dataclasses import dataclass, replace

from deals.signals.case import DealCase
from deals.signals.finding import Answer, Finding, State, clear
from deals.signals.health import Health, health_of
from deals.signals.settings import Settings
from deals.signals.signal import Limits, Signal

MEETING_AHEAD_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """What the enabled signals say of a deal, in the order of signals, and its health."""

    findings: tuple[Finding, ...]
    health: Health

    def finding(self, code: str) -> Finding | None:
        return next((one for one in self.findings if one.code == code), None)


def is_judged(case: DealCase, settings: Settings) -> bool:
    """Open, and not brand new. A deal whose age is not known is judged."""
    if case.is_closed:
        return False
    return case.age_days is None or case.age_days >= settings.youngest_days


def assess(case: DealCase, settings: Settings) -> Assessed:
    """Judge the enabled signals; those that read the others' findings come last, with the health without them."""
    found: dict[str, Finding] = {}
    enabled = [
        (signal, limits)
        for signal, limits in settings.in_force[settings.size_of(case.base_amount)]
        if signal.code not in case.snoozed
    ]
    for signal, limits in sorted(enabled, key=lambda one: one[0].is_last):
        if signal.is_last:
            limits = replace(limits, found=dict(found), health=health_of(found.values()).score)
        found[signal.code] = _named(signal, _judge(signal, case, limits))
    findings = tuple(found[signal.code] for signal, _ in enabled)
    return Assessed(findings=findings, health=health_of(findings))


def _judge(signal: Signal, case: DealCase, limits: Limits) -> Answer:
    answer = signal.judge(case, limits)
    if signal.yields_to_meeting and answer.state == State.FIRED and case.meets_within(MEETING_AHEAD_DAYS):
        return clear(answer.value, answer.limit)
    return answer


def _named(signal: Signal, answer: Answer) -> Finding:
    return Finding(
        code=signal.code,
        state=answer.state,
        severity=answer.severity,
        value=answer.value,
        limit=answer.limit,
        evidence=answer.evidence,
        sentence=answer.sentence,
        suggested_step=answer.step,
    )
