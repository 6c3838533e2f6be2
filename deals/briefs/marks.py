"""How written sentences fared: removed before they were shown, then marked useful, generic or wrong by people."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from deals.models import Brief, Sentence, SentenceMark


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Numbers of briefs, of their sentences, of statements removed, and of people's marks."""

    briefs: int
    sentences: int
    removed: int
    useful: int
    generic: int
    wrong: int

    @property
    def line(self) -> str:
        """The marks in words."""
        return f"{self.useful} useful, {self.generic} generic, {self.wrong} wrong"


def marks_of(briefs: QuerySet[Brief]) -> Marks:
    marks = SentenceMark.objects.filter(sentence__brief__in=briefs, withdrawn_at=None)
    counted = Counter(marks.values_list("mark", flat=True))
    return Marks(
        briefs=briefs.count(),
        sentences=Sentence.objects.filter(brief__in=briefs).count(),
        removed=briefs.aggregate(sum=Sum("removed", default=0))["sum"],
        useful=counted["useful"],
        generic=counted["generic"],
        wrong=counted["wrong"],
    )


def outcome_of_run(run_id: int) -> list[tuple[str, str]]:
    """What became of a run's briefs, as its page shows it: (figure, what it counts); none without briefs."""
    found = marks_of(Brief.objects.filter(decision__run=run_id))
    if not found.briefs:
        return []
    return [
        (str(found.briefs), "briefs"),
        (str(found.sentences), "sentences shown"),
        (str(found.removed), "statements removed: no record bore them out"),
        (str(found.useful), "marked useful"),
        (str(found.generic), "marked generic"),
        (str(found.wrong), "marked wrong"),
    ]
