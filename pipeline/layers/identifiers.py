"""Same e-mail, same profile, same domain: what identifies by itself needs no weighing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.pipeline import Candidate, Case, Verdict, Work

# Says which identifier two records share, as a reason code, or None.
Identify = Callable[[Case, Candidate], str | None]


@dataclass(frozen=True, kw_only=True)
class SharedIdentifiers:
    """Links to the oldest candidate that shares an identifier and has no guard.

    Several such candidates name the same thing twice among themselves; the oldest is the better anchor. A reason in
    `sole` identifies only where no second candidate has it too (two people called Chris at one company).
    """

    identify: Identify
    sole: frozenset[str] = frozenset()
    name: str = "identifiers"
    label: str = "Shared identifier"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        found = [(c, reason) for c in case.candidates if not c.guards and (reason := self.identify(case, c))]
        strong = [(c, reason) for c, reason in found if reason not in self.sole]
        if not strong and len({candidate.group for candidate, _ in found}) > 1:
            return None
        candidate, reason = min(strong or found, key=lambda pair: pair[0].object_id, default=(None, ""))
        return Verdict(label="same", score=1.0, reason=reason, anchor=candidate.object_id) if candidate else None
