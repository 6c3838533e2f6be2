"""What a plan may want a person to see of a lead's grade before it stands."""

from pipeline.pipeline import Case, Verdict

_AWAY = frozenset({"disqualified", "D"})


def of_grade(case: Case, verdict: Verdict) -> frozenset[str]:
    """Whether the lead is turned away ("disqualify")."""
    return frozenset({"disqualify"}) if verdict.label in _AWAY else frozenset()
