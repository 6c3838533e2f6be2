"""How deals stand: which trouble each of the eighty has, so that every signal finds some and leaves others alone."""

from dataclasses import dataclass
from typing import Literal

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A kind of deal; all ranges are in days before (or, for `close_in`, after) the day of the export.

    `silence` counts from the last contact, `unanswered` is how many messages of ours stand after the last reply,
    `drop_percent` by how much the amount fell in the last weeks.
    """

    name: str
    count: int
    stages: Range
    age: Range
    in_stage: Range
    silence: Range
    close_in: Range
    people: Range = (2, 4)
    system: Literal["", "hubspot", "salesforce"] = ""
    unanswered: Range = (0, 0)
    pushes: Range = (0, 0)
    drop_percent: Range = (0, 0)
    has_next_step: bool = True
    meets_soon: bool = False


PLOTS: tuple[Plot, ...] = (
    Plot(
        name="won",
        count=18,
        stages=(5, 5),
        age=(60, 190),
        in_stage=(15, 400),
        silence=(0, 0),
        close_in=(0, 0),
        people=(2, 5),
    ),
    Plot(
        name="lost",
        count=14,
        stages=(6, 6),
        age=(40, 220),
        in_stage=(20, 380),
        silence=(0, 0),
        close_in=(0, 0),
        people=(1, 3),
    ),
    Plot(
        name="healthy",
        count=10,
        stages=(1, 4),
        age=(25, 75),
        in_stage=(3, 14),
        silence=(1, 4),
        close_in=(25, 80),
        people=(3, 5),
        meets_soon=True,
    ),
    Plot(name="overdue", count=6, stages=(2, 4), age=(70, 170), in_stage=(12, 30), silence=(4, 11), close_in=(-38, -3)),
    Plot(
        name="pushed",
        count=5,
        stages=(2, 4),
        age=(120, 260),
        in_stage=(15, 40),
        silence=(2, 9),
        close_in=(8, 40),
        system="salesforce",
        pushes=(2, 4),
    ),
    Plot(
        name="silent",
        count=5,
        stages=(1, 3),
        age=(80, 200),
        in_stage=(30, 60),
        silence=(22, 64),
        close_in=(10, 60),
        has_next_step=False,
    ),
    Plot(
        name="ghosted",
        count=4,
        stages=(2, 4),
        age=(60, 140),
        in_stage=(25, 45),
        silence=(26, 36),
        close_in=(8, 45),
        unanswered=(3, 5),
    ),
    Plot(name="stuck", count=4, stages=(1, 3), age=(120, 240), in_stage=(60, 105), silence=(3, 9), close_in=(20, 70)),
    Plot(
        name="shrunk",
        count=3,
        stages=(3, 4),
        age=(70, 140),
        in_stage=(10, 30),
        silence=(2, 8),
        close_in=(10, 45),
        system="salesforce",
        drop_percent=(24, 52),
    ),
    Plot(
        name="one_person",
        count=3,
        stages=(3, 4),
        age=(50, 110),
        in_stage=(6, 20),
        silence=(1, 6),
        close_in=(12, 40),
        people=(1, 1),
    ),
    Plot(
        name="champion_left",
        count=2,
        stages=(2, 4),
        age=(60, 130),
        in_stage=(10, 30),
        silence=(8, 16),
        close_in=(12, 50),
    ),
    Plot(name="stranger", count=2, stages=(2, 3), age=(40, 90), in_stage=(8, 18), silence=(2, 7), close_in=(20, 60)),
    Plot(
        name="no_owner", count=1, stages=(1, 3), age=(90, 160), in_stage=(20, 40), silence=(18, 30), close_in=(10, 50)
    ),
    Plot(name="no_amount", count=1, stages=(3, 3), age=(40, 90), in_stage=(8, 15), silence=(2, 6), close_in=(20, 50)),
    Plot(
        name="moved_back",
        count=1,
        stages=(2, 2),
        age=(80, 140),
        in_stage=(8, 20),
        silence=(3, 9),
        close_in=(25, 60),
        system="salesforce",
    ),
    Plot(name="look_alike", count=1, stages=(1, 3), age=(20, 50), in_stage=(3, 10), silence=(1, 5), close_in=(25, 70)),
)
DEALS_PER_BLOCK = sum(plot.count for plot in PLOTS)
assert DEALS_PER_BLOCK == 80
