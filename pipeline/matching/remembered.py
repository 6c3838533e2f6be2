"""Learnt parameters as plain values and back: what a later match of a part of the rows weighs by."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.matching.fields import Field
from pipeline.matching.weights import Parameters


def to_json(names: Sequence[str], known: Parameters) -> dict[str, Any]:
    """JSON types; fields by name, so that a match that lacks some of them can use the rest."""
    shares = zip(names, known.kinds, known.m, known.u, strict=False)
    return {
        "prior": known.prior,
        "fields": {name: {"kind": kind.value, "m": _kept(m), "u": _kept(u)} for name, kind, m, u in shares},
        "given": [[names[f], names[g], _kept(shares)] for (f, g), shares in known.given.items()],
    }


def from_json(data: Mapping[str, Any], fields: Sequence[Field]) -> Parameters | None:
    """The parameters for just these fields; None where one of them is unknown or of another kind by now."""
    stored: Mapping[str, Any] = data.get("fields") or {}
    if any(stored.get(one.name, {}).get("kind") != one.kind.value for one in fields):
        return None
    places = {one.name: place for place, one in enumerate(fields)}
    return Parameters(
        kinds=tuple(one.kind for one in fields),
        m=tuple(np.array(stored[one.name]["m"]) for one in fields),
        u=tuple(np.array(stored[one.name]["u"]) for one in fields),
        prior=float(data["prior"]),
        steps=0,
        given={
            (places[f], places[g]): np.array(shares) for f, g, shares in data["given"] if f in places and g in places
        },
    )


def _kept(shares: Any) -> list[float]:
    return [float(f"{share:.8g}") for share in shares]
