"""The match weight above or below its cuts, with a clear gap to the next rival."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.pipeline import UNSURE, Candidate, Case, Verdict, Work

# Bits between the best candidate and the next of another entity: below this the two are rivals, not a winner and noise.
GAP_BITS = 3.0
NAME = "match-weight"


@dataclass(frozen=True, kw_only=True)
class MatchWeight:
    """`same` where one candidate stands out, `new` where none is likely, else no opinion.

    Scores are posteriors (0..1) from the weights; `certain` is where a guarded pair is worth a person's look at once
    instead of a model's question. `corroborated` names what a link needs beside its weight: likeness alone proves
    nothing where namesakes exist.
    """

    corroborated: Callable[[Candidate], bool] = lambda candidate: True

    name: str = NAME
    label: str = "Match weight"
    is_model: bool = False
    certain: float = 0.99

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        if not case.candidates:
            return Verdict(label="new", score=1.0, reason="no_candidate")
        best = max(case.candidates, key=lambda candidate: candidate.weight)
        if best.probability < 0.5:
            # Several unlikely candidates add up: the case is new only if it is none of them.
            none_of_them = math.prod(1.0 - candidate.probability for candidate in case.candidates)
            return Verdict(label="new", score=none_of_them, reason="all_unlikely", anchor=None)
        if best.guards and best.probability >= self.certain:
            return Verdict(
                label=UNSURE, score=best.probability, reason=f"guard:{best.guards[0]}", anchor=best.object_id
            )
        if _has_rival(best, case) or not self.corroborated(best):
            return None
        return Verdict(label="same", score=best.probability, reason="weight", anchor=best.object_id)


def _has_rival(best: Candidate, case: Case) -> bool:
    return any(
        best.weight - candidate.weight < GAP_BITS
        for candidate in case.candidates
        if candidate is not best and (candidate.group is None or candidate.group != best.group)
    )
