"""People's names as they are compared: without ornaments, lost letters put back. What is shown stays as filed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.matching.ornaments import bare_name, restored
from pipeline.pipeline import Case, Work

_NAMES = ("given_name", "family_name")


def compared(cases: Sequence[Case]) -> list[Case]:
    """The cases under their bare names; a case whose name is bare already is the same object."""
    originals = {name: restored(bare_name(case.values[name]) for case in cases) for name in _NAMES}
    return [_renamed(case, originals) for case in cases]


def _renamed(case: Case, originals: Mapping[str, Mapping[str, str]]) -> Case:
    bare = {name: bare_name(case.values[name]) for name in _NAMES}
    names = {name: originals[name].get(text, text) for name, text in bare.items()}
    if all(case.values[name] == text for name, text in names.items()):
        return case
    return replace(case, values={**case.values, **names})


def as_filed(work: Work, cases: Sequence[Case], renamed: Sequence[Case]) -> Work:
    """`work` over `renamed`, with the values that the same `cases` had before."""
    filed = {case.object_id: case.values for case, other in zip(cases, renamed, strict=True) if case is not other}
    if not filed:
        return work
    return replace(work, cases=tuple(_filed(case, filed) for case in work.cases))


def _filed(case: Case, filed: Mapping[int, Mapping[str, Any]]) -> Case:
    if case.object_id not in filed and not any(candidate.object_id in filed for candidate in case.candidates):
        return case
    return replace(
        case,
        values=filed.get(case.object_id, case.values),
        candidates=tuple(replace(c, values=filed.get(c.object_id, c.values)) for c in case.candidates),
    )
