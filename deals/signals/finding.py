"""What a signal found: fired, clear or unknown, with the number, its limit, the proof, one sentence and one step."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any


class State(StrEnum):
    """`UNKNOWN` is not clear: the facts to judge by are missing."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Severity(IntEnum):
    NONE = 0
    AMBER = 1
    RED = 2


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One signal's answer about one deal on one day.

    `evidence` are references of the form "activity:12", "change:7", "role:3", "contact:5" or "deal:9". `sentence` says
    what is wrong (fired) or what is missing (unknown); a clear finding has none.
    """

    code: str
    state: State
    severity: Severity = Severity.NONE
    value: float | None = None
    limit: float | None = None
    evidence: tuple[str, ...] = ()
    sentence: str = ""
    suggested_step: str = ""

    @property
    def is_fired(self) -> bool:
        return self.state == State.FIRED

    @property
    def is_red(self) -> bool:
        return self.severity == Severity.RED

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types without what is empty; of a clear finding only that it is clear."""
        if self.state == State.CLEAR:
            return {"code": self.code, "state": str(self.state)}
        said = {
            "code": self.code,
            "state": str(self.state),
            "severity": int(self.severity),
            "value": self.value,
            "limit": self.limit,
            "evidence": list(self.evidence),
            "sentence": self.sentence,
            "suggested_step": self.suggested_step,
        }
        return {name: value for name, value in said.items() if value not in ("", None, [])}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Finding":
        """The finding that `to_json` wrote; a clear one comes back without its number."""
        return cls(
            **{
                **data,
                "state": State(data["state"]),
                "severity": Severity(data.get("severity", 0)),
                "evidence": tuple(data.get("evidence", ())),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a rule says before the registry puts its code on it."""

    state: State
    severity: Severity = Severity.NONE
    value: float | None = None
    limit: float | None = None
    evidence: tuple[str, ...] = ()
    sentence: str = ""
    step: str = ""


def clear(value: float | None = None, limit: float | None = None) -> Answer:
    return Answer(state=State.CLEAR, value=value, limit=limit)


def unknown(why: str) -> Answer:
    return Answer(state=State.UNKNOWN, sentence=why)


def fired(
    severity: Severity,
    sentence: str,
    *,
    value: float | None = None,
    limit: float | None = None,
    evidence: tuple[str, ...] = (),
    step: str = "",
) -> Answer:
    return Answer(
        state=State.FIRED,
        severity=severity,
        sentence=sentence,
        value=value,
        limit=limit,
        evidence=evidence,
        step=step,
    )


def graded(
    amber: bool,
    red: bool,
    sentence: str,
    *,
    value: float | None = None,
    limit: float | None = None,
    evidence: tuple[str, ...] = (),
    step: str = "",
) -> Answer:
    """Red where `red`, amber where only `amber`, clear where neither."""
    if not (amber or red):
        return clear(value, limit)
    severity = Severity.RED if red else Severity.AMBER
    return fired(severity, sentence, value=value, limit=limit, evidence=evidence, step=step)
