"""What outcomes say: learned on the older leads, tried on the newest, columns that know the end left aside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from leads.learning import design
from leads.learning.accuracy import Ranking, Share, log_loss, ranking, share
from leads.learning.columns import Column, Unusable, read
from leads.learning.leaks import Leak, leaks
from leads.learning.proposals import Proposal, proposals
from leads.learning.score import Score, learn
from leads.learning.table import Flags, Floats, Table

FEWEST = 200  # outcomes
FEWEST_OF_EITHER = 20
OLDER = 0.8
MOST_LEADS = 12_000  # the newest: more teach nothing new
MOST_COLUMNS = 300
_BANDS = 10
_CERTAIN = 0.5  # an AUC that tells nothing


@dataclass(frozen=True, kw_only=True)
class Band:
    """Leads of like score among the newest: the share expected and the one that was won."""

    expected: float
    won: Share


@dataclass(frozen=True, kw_only=True)
class Validation:
    """What the score of the older leads said of the newest. `unmarked` is the AUC when it does not count whether the
    columns that were noted are filled in at all (None where none was noted)."""

    older: int
    newest: int
    ranking: Ranking
    unmarked: Ranking | None
    accepted: Share
    rejected: Share
    is_better: bool
    bands: tuple[Band, ...]

    @property
    def decided(self) -> Share:
        """Right among the leads accepted or rejected."""
        return share(self.accepted.right + self.rejected.right, self.accepted.number + self.rejected.number)

    @property
    def decided_share(self) -> float:
        return (self.accepted.number + self.rejected.number) / self.newest if self.newest else 0.0


@dataclass(frozen=True, kw_only=True)
class Study:
    """`score` and `proposals` are empty where no reliable pattern was found."""

    outcomes: int
    won: int
    ordered_by: str
    used: tuple[str, ...]
    leaks: Mapping[str, Leak]
    unusable: Mapping[str, str]
    validation: Validation
    score: Score | None
    proposals: tuple[Proposal, ...]

    @property
    def has_pattern(self) -> bool:
        return self.score is not None


def is_enough(outcomes: int, won: int) -> bool:
    return outcomes >= FEWEST and min(won, outcomes - won) >= FEWEST_OF_EITHER


def study(table: Table, *, put_back: Collection[str] = (), taken_out: Collection[str] = ()) -> Study:
    """Learn from a table of at least `FEWEST` outcomes, oldest first. `put_back` names columns a person wants counted
    although they look as if they knew the end, `taken_out` those a person does not want counted."""
    table = table.part(slice(max(0, len(table) - MOST_LEADS), len(table)))
    border = int(OLDER * len(table))
    older, newest = table.part(slice(0, border)), table.part(slice(border, len(table)))
    found = [read(name, older.columns[name]) for name in list(older.columns)[:MOST_COLUMNS]]
    columns = [one for one in found if isinstance(one, Column)]
    unusable = [one for one in found if isinstance(one, Unusable)]
    noted = leaks(columns, older.won, table.edited)
    # A date that only won leads have says nothing by itself, but that it is there does.
    noted |= {name: leak for name, leak in leaks([one.as_flag() for one in unusable], older.won, table.edited).items()
              if leak.is_left_out and leak.code != "late"}  # fmt: skip
    out = {name for name, leak in noted.items() if leak.is_left_out and name not in put_back} | set(taken_out)
    used = [one for one in columns if one.name not in out]
    with threadpool_limits(1):
        return _judged(table, older, newest, used, noted, unusable)


def _judged(
    table: Table, older: Table, newest: Table, used: Sequence[Column], noted: Mapping[str, Leak],
    unusable: Sequence[Unusable],
) -> Study:  # fmt: skip
    codings = [design.coding(one, has_blank=True) for one in used]
    first = learn(older, codings)
    marked = [one.name for one in used if one.name in noted]
    validation = _validated(first, older, newest, _without_marks(used, marked, older, newest))
    # Twice better than a guess, on different leads: once happens by chance.
    is_reliable = min(validation.ranking.low, first.ahead.low) > _CERTAIN and validation.is_better
    return Study(
        outcomes=len(table), won=int(table.won.sum()), ordered_by=table.ordered_by,
        used=tuple(one.name for one in used), leaks=noted,
        unusable={one.name: one.because for one in unusable if one.name not in noted},
        validation=validation,
        score=learn(table, codings) if is_reliable else None,
        proposals=tuple(proposals(first, used, older, newest)) if is_reliable else (),
    )  # fmt: skip


def _without_marks(used: Sequence[Column], marked: Collection[str], older: Table, newest: Table) -> Ranking | None:
    if not marked:
        return None
    codings = [design.coding(one, has_blank=one.name not in marked) for one in used]
    return ranking(learn(older, codings).chances(newest.columns, len(newest)), newest.won)


def _validated(score: Score, older: Table, newest: Table, unmarked: Ranking | None) -> Validation:
    chances = score.chances(newest.columns, len(newest))
    usual = np.full(len(newest), float(older.won.mean()))
    accepted = chances >= (2.0 if score.accept is None else score.accept)
    rejected = chances <= (-1.0 if score.reject is None else score.reject)
    return Validation(
        older=len(older), newest=len(newest), ranking=ranking(chances, newest.won), unmarked=unmarked,
        accepted=share(int((accepted & newest.won).sum()), int(accepted.sum())),
        rejected=share(int((rejected & ~newest.won).sum()), int(rejected.sum())),
        is_better=log_loss(chances, newest.won) < log_loss(usual, newest.won),
        bands=_bands(chances, newest.won),
    )  # fmt: skip


def _bands(chances: Floats, won: Flags) -> tuple[Band, ...]:
    """Ten bands of like size, lowest scores first; fewer where there are few leads."""
    order = np.argsort(chances, kind="stable")
    parts = np.array_split(order, max(1, min(_BANDS, len(order) // 20)))
    return tuple(
        Band(expected=float(chances[part].mean()), won=share(int(won[part].sum()), len(part)))
        for part in parts
        if len(part)
    )
