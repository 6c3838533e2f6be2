"""Which of people's earlier answers stand in a prompt: nearest by the shape of the comparison, not by the words."""

import math
from collections.abc import Mapping, Sequence

from pipeline.pipeline import Example

MOST = 8
# Per answer, so that both sides of the line are shown (contrast pairs).
AT_LEAST_OF_EACH = 3
# Root mean square distance beyond which an example says nothing about the case; random examples do harm.
FAR = 0.45
_CORRECTIONS_COUNT = 2.0


def distance(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Root mean square difference over the features of either side, 0..1; a feature only one side has counts half."""
    names = left.keys() | right.keys()
    if not names:
        return 1.0
    squares = ((left[n] - right[n]) ** 2 if n in left and n in right else 0.25 for n in names)
    return math.sqrt(sum(squares) / len(names))


def select(features: Mapping[str, float], examples: Sequence[Example], most: int = MOST) -> tuple[Example, ...]:
    """At most `most` examples, most similar first; corrections come nearer by half; fewer where few are similar.

    `features` are the case's own (0..1). Ties go to the newer answer (`examples` come newest first).
    """
    ranked = sorted(
        (
            (away / (_CORRECTIONS_COUNT if example.is_correction else 1.0), age, example)
            for age, example in enumerate(examples)
            if (away := distance(features, example.features)) <= FAR
        ),
        key=lambda near: near[:2],
    )
    chosen = sorted(_with_both_answers(ranked), key=lambda near: near[:2])[: min(most, MOST)]
    return tuple(example for _, _, example in chosen)


def _with_both_answers(ranked: list[tuple[float, int, Example]]) -> list[tuple[float, int, Example]]:
    labels = {example.label for _, _, example in ranked}
    kept = [t for label in labels for t in [r for r in ranked if r[2].label == label][:AT_LEAST_OF_EACH]]
    rest = [t for t in ranked if t not in kept]
    return kept + rest[: max(0, MOST - len(kept))]
