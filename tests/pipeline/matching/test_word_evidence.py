import numpy as np
import polars as pl

from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.shared_words import words_of
from pipeline.matching.word_evidence import word_evidence


def test_a_word_that_only_one_text_has_speaks_for_what_reviews_say_of_it():
    values = [f"tern {number}{end}" for number in range(40) for end in ("", " upgrade", " box")]
    field = Field("title", Kind.TEXT, np.arange(len(values), dtype=np.int32), pl.Series(values))
    a = np.repeat(np.arange(0, 120, 3), 2).astype(np.int32)
    b = a + np.tile([1, 2], 40).astype(np.int32)
    truth = np.tile([False, True], 40)

    bits = word_evidence(words_of(field), a, b, np.zeros((80, 1), dtype=np.float32), truth[:60])

    assert (bits[60:] > 0).tolist() == truth[60:].tolist()
    assert ((bits[:60] > 0) == truth[:60]).all()
