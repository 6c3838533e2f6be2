"""Amounts of several currencies in one, by rates that are valid from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Rates:
    """`rows` has per currency (valid from, worth in `base`), oldest first."""

    base: str
    rows: Mapping[str, Sequence[tuple[date, float]]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: str, rows: Iterable[tuple[str, date, float]]) -> "Rates":
        found: dict[str, list[tuple[date, float]]] = {}
        for currency, valid_from, rate in sorted(rows):
            found.setdefault(currency, []).append((valid_from, rate))
        return cls(base=base, rows=found)

    def convert(self, amount: float | None, currency: str, day: date) -> float | None:
        """The amount in the base currency by the rate of that day; None without one.

        An amount whose currency nobody wrote down is in the base currency.
        """
        if amount is None or currency in ("", self.base):
            return amount
        valid = [rate for valid_from, rate in self.rows.get(currency, ()) if valid_from <= day]
        return amount * valid[-1] if valid else None
