"""What people said twice in the same words needs no third answer."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.pipeline import Candidate, Case, Memory, Verdict, Work


@dataclass(frozen=True, kw_only=True)
class Aliases:
    """`key(values)` is the exact text an alias holds for (normalised name); an empty key never matches."""

    key: Callable[[Mapping[str, Any]], str]
    name: str = "aliases"
    label: str = "Known alias"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        known = self.known(work.memory)
        return [self._judge(case, known) for case in work.cases]

    def known(self, memory: Memory) -> dict[frozenset[str], str]:
        """Pairs of names people answered alike as often as the plan asks (one may be a slip), never otherwise."""
        said = self._said(memory)
        often = {pair: answers for pair, answers in said.items() if max(answers.values()) >= memory.terms.alias_after}
        return {pair: next(iter(answers)) for pair, answers in often.items() if len(answers) == 1}

    def disputed(self, memory: Memory) -> int:
        """Pairs of names answered alike often enough for an alias, but otherwise too: people have to agree first."""
        said = self._said(memory).values()
        return sum(len(answers) > 1 and max(answers.values()) >= memory.terms.alias_after for answers in said)

    def _said(self, memory: Memory) -> dict[frozenset[str], Counter[str]]:
        said: dict[frozenset[str], Counter[str]] = {}
        for example in memory.examples:
            pair = frozenset({self.key(example.left), self.key(example.right)})
            if len(pair) == 2 and "" not in pair:
                said.setdefault(pair, Counter())[example.label] += 1
        return said

    def _judge(self, case: Case, known: Mapping[frozenset[str], str]) -> Verdict | None:
        def agrees(candidate: Candidate) -> bool:
            return known.get(frozenset({self.key(case.values), self.key(candidate.values)})) == "same"

        same = [candidate for candidate in case.candidates if agrees(candidate)]
        if not same:
            return None
        oldest = min(same, key=lambda candidate: candidate.object_id)
        return Verdict(label="same", score=1.0, reason="alias", anchor=oldest.object_id)
