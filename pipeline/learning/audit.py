"""Blind checks of accepted results: which are drawn, and what they prove about the rest."""

import hashlib
from collections.abc import Iterable

from pipeline.matching.cuts import upper_bound

CONFIDENCE = 0.95


def place(key: int, seed: str) -> float:
    """Where a result stands in the lottery, 0..1: the same for the same seed, and nobody without it can tell."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{key}".encode()).digest()[:8]) / 2**64


def drawn(keys: Iterable[int], number: int, seed: str) -> list[int]:
    """The `number` results that stand first: each is as likely as any other, and a larger draw holds the smaller."""
    return sorted(keys, key=lambda key: place(key, seed))[:number]


def most_wrong(wrong: int, checked: int) -> float:
    """The upper bound (0..1) of the share of errors with 95 % confidence, after `wrong` of `checked`.

    Clopper and Pearson (1934), one-sided: 0 of 20 prove at most 13.9 %, 2 of 150 at most 4.1 %.
    """
    return upper_bound(wrong, checked, CONFIDENCE)
