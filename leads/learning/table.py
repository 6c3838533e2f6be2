"""What outcomes are learned from: leads that were won or lost, and what their lists said of them, oldest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

# What stands in a cell that nobody filled in.
_BLANK = frozenset({
    "", "-", "--", "?", "n/a", "na", "#n/a", "null", "none", "nan", "select", "please select", "select one",
    "- select -", "-- select --", "--select--", "-none-", "choose", "please choose", "not specified", "bitte wählen",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Table:
    """Leads with a known outcome, oldest first: `columns` maps a name to one cell per lead, None where its list has no
    such column. `edited` tells of columns in how many leads they changed when the outcome became known, of how many
    leads seen before and after."""

    columns: Mapping[str, Sequence[str | None]]
    won: Flags
    ordered_by: str = ""
    edited: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.won)

    def part(self, rows: slice) -> "Table":
        columns = {name: cells[rows] for name, cells in self.columns.items()}
        return Table(columns=columns, won=self.won[rows], ordered_by=self.ordered_by, edited=self.edited)


def filled(cell: str | None) -> str:
    """The cell's text as it is compared; "" for what means that nobody filled it in."""
    text = " ".join((cell or "").split())
    return "" if text.casefold() in _BLANK else text


def number(text: str) -> float | None:
    """A finite number of a filled cell ("1,234.5" and "12 %" as well), else None."""
    try:
        found = float(text.rstrip("% ").replace(",", "") if text[:1].isdigit() or text[:1] in "-+." else text)
    except ValueError:
        return None
    return found if np.isfinite(found) else None
