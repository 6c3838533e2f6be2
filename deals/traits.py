"""What a plan may want a person to see before it stands: a link that joins what already stands for several records."""

from pipeline.pipeline import Case, Verdict


def of_link(case: Case, verdict: Verdict) -> frozenset[str]:
    """Of a link between two records: "merge" where each belongs to an entry of several."""
    other = case.candidate(verdict.anchor) if verdict.label == "same" else None
    return frozenset({"merge"}) if other is not None and "bridging" in other.guards else frozenset()
