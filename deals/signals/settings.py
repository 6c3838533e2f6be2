"""What a company may change about its signals: which are on, their limits, and what counts as a small deal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from deals.signals.registry import BY_CODE, ON_BY_DEFAULT, SIGNALS
from deals.signals.signal import Limits, Signal
from deals.signals.stages import Phase

SIZES = ("small", "mid", "enterprise")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`limits` hold only what differs from the defaults: code → name → number. Amounts are in the base currency.

    Day limits follow the deal's size: half for small deals, twice for enterprise ones (a published rule of thumb is
    7, 14 and 30 to 45 days of silence). `phases` are the phases a person gave to stages, by name. Deals younger than
    `youngest_days` are not judged. `strengths` are words that say what sets us apart from competitors.
    """

    enabled: frozenset[str] = ON_BY_DEFAULT
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    small_below: float = 10_000
    enterprise_from: float = 100_000
    small_factor: float = 0.5
    enterprise_factor: float = 2.0
    phases: Mapping[str, Phase] = field(default_factory=dict)
    youngest_days: int = 3
    strengths: tuple[str, ...] = ()

    def size_of(self, base_amount: float | None) -> str:
        """small, mid or enterprise; an unknown amount counts as mid."""
        if base_amount is None:
            return "mid"
        if base_amount < self.small_below:
            return "small"
        return "enterprise" if base_amount >= self.enterprise_from else "mid"

    def factor(self, size: str) -> float:
        return {"small": self.small_factor, "enterprise": self.enterprise_factor}.get(size, 1.0)

    def reads_like(self, other: "Settings") -> bool:
        """Whether deals are read alike by both, so that only limits and switches tell them apart."""
        names = ("phases", "small_below", "enterprise_from", "strengths")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def limit(self, code: str, name: str) -> float:
        """The limit as entered, before the deal's size counts. Raises KeyError for a name the signal does not have."""
        default = next((limit.default for limit in BY_CODE[code].limits if limit.name == name), None)
        if default is None:
            raise KeyError(f"{code} has no limit “{name}”.")
        return self.limits.get(code, {}).get(name, default)

    def limits_of(self, signal: Signal, size: str) -> dict[str, float]:
        """The signal's limits in force for a deal of this size."""
        factor = self.factor(size)
        return {
            limit.name: self.limit(signal.code, limit.name) * (factor if limit.is_scaled else 1)
            for limit in signal.limits
        }

    @cached_property
    def in_force(self) -> Mapping[str, tuple[tuple[Signal, Limits], ...]]:
        """Size → the enabled signals in their order with their limits: the same for thousands of deals."""
        enabled = [signal for signal in SIGNALS if signal.code in self.enabled]
        return {
            size: tuple((signal, Limits(values=self.limits_of(signal, size))) for signal in enabled) for size in SIZES
        }

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types; `from_json` gives equal settings back."""
        return {
            **{one.name: getattr(self, one.name) for one in fields(self)},
            "enabled": sorted(self.enabled),
            "limits": {code: dict(found) for code, found in self.limits.items()},
            "phases": {stage: int(phase) for stage, phase in self.phases.items()},
            "strengths": list(self.strengths),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Settings":
        """What is missing keeps its default; codes and limits that exist no more are left out."""
        known = {one.name for one in fields(cls)}
        given = {name: value for name, value in data.items() if name in known}
        limits = {
            code: {name: float(value) for name, value in found.items() if name in _names(code)}
            for code, found in given.pop("limits", {}).items()
            if code in BY_CODE
        }
        enabled = frozenset(given.pop("enabled", ON_BY_DEFAULT)) & BY_CODE.keys()
        phases = {stage: Phase(number) for stage, number in given.pop("phases", {}).items()}
        strengths = tuple(given.pop("strengths", ()))
        return cls(enabled=frozenset(enabled), limits=limits, phases=phases, strengths=strengths, **given)


def _names(code: str) -> set[str]:
    return {limit.name for limit in BY_CODE[code].limits}
