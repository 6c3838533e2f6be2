"""What reviewed pairs teach about given ones: first each pair by itself, then beside its rivals."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching.features import features, whole_row
from pipeline.matching.fields import Codes, Field
from pipeline.matching.rivals import rivalry
from pipeline.matching.scorer import BOOSTING_FROM, train
from pipeline.matching.shared_words import words_of
from pipeline.matching.word_evidence import word_evidence

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """Calibrated log2 odds of the pairs that were not reviewed; from `accept_bits` on F1 is expected to be best, from
    `sure_bits` on a chance of .99 is borne out by reviews.
    """

    bits: Floats
    accept_bits: float
    sure_bits: float


def learnt_bits(
    fields: tuple[Field, ...], a: Codes, b: Codes, levels: npt.NDArray[np.int8], truth: Flags
) -> Learnt | None:
    """What the first pairs, whose `truth` [known] is known, say about the rest; None with too few reviews of a kind.

    `a`, `b` [pairs] are rows, `levels` [pairs × fields] their comparison.
    """
    known = len(truth)
    _, alike = features(fields, a, b, levels)
    alone = train(alike[:known], truth)
    if alone is None:
        return None
    bits = np.r_[alone.unseen, alone.bits(alike[known:])]
    told = [alike, bits, *_word_evidence(fields, a, b, alike, truth)]
    bits = bits if len(told) < 3 else (bits + told[2]) / 2
    records = (_numbers(fields, a), _numbers(fields, b))
    together = np.column_stack([*told, rivalry(*records, bits, truth)]).astype(np.float32)
    scorer = train(together[:known], truth)
    if scorer is None:
        return None
    return Learnt(bits=scorer.bits(together[known:]), accept_bits=scorer.accept_bits, sure_bits=scorer.sure_bits)


def _word_evidence(
    fields: tuple[Field, ...], a: Codes, b: Codes, alike: npt.NDArray[np.float32], truth: Flags
) -> list[Floats]:
    """Bits from single words, where a row has words enough and many pairs are reviewed."""
    whole = whole_row(fields)
    if whole is None or len(truth) < BOOSTING_FROM:
        return []
    return [word_evidence(words_of(whole), whole.codes[a], whole.codes[b], alike, truth) / np.log(2)]


def _numbers(fields: tuple[Field, ...], rows: Codes) -> npt.NDArray[np.int32]:
    """The same number for rows that say the same in every field."""
    codes = np.column_stack([one.codes[rows] for one in fields])
    return np.unique(codes, axis=0, return_inverse=True)[1].ravel().astype(np.int32)
