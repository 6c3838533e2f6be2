"""How much the verifier of briefs catches and how much it refuses wrongly: python -m tests.benchmarks.grounding.

Prints the share of corrupted statements caught, by kind, and of faithful ones refused, with the first misses.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from deals.briefs.claims import Claim
from deals.briefs.grounding import Grounds
from tests.benchmarks.grounding_cases import Told, build, corrupt


@dataclass(kw_only=True)
class Result:
    """Corruptions made and missed, by kind, and faithful statements; misses and refusals in words."""

    made: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    faithful: int = 0
    refusals: list[str] = field(default_factory=list)


def measure(seed: int, number: int) -> Result:
    """`number` faithful statements and as many corrupted ones held against their records."""
    rng = Random(seed)
    result = Result()
    while min(result.faithful, result.made.total()) < number:
        world = build(rng)
        grounds = Grounds(world.records)
        for told in world.told:
            if result.faithful < number:
                _hold_faithful(result, grounds, told)
            false = corrupt(world, told, rng)
            if false is not None and result.made.total() < number:
                _hold_corrupted(result, grounds, told, *false)
    return result


def _hold_faithful(result: Result, grounds: Grounds, told: Told) -> None:
    result.faithful += 1
    checked = grounds.check(told.claim)
    if checked.faults:
        faults = "; ".join(map(str, checked.faults))
        result.refusals.append(f"{faults}: {told.claim.text!r} ← {told.claim.quote!r}")


def _hold_corrupted(result: Result, grounds: Grounds, told: Told, kind: str, claim: Claim) -> None:
    result.made[kind] += 1
    if grounds.check(claim).is_grounded:
        result.missed[kind] += 1
        result.misses.append(f"{kind}: {claim.text!r} ← {claim.quote!r} (was {told.claim.text!r})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    result = measure(options.seed, options.number)
    made, refused = result.made, len(result.refusals)
    for kind, count in sorted(made.items()):
        print(f"{kind:20} {count - result.missed[kind]:6} of {count:6} caught")
    caught = made.total() - result.missed.total()
    print(f"caught {caught} of {made.total()} ({100 * caught / made.total():.3f} %)")
    print(f"refused {refused} of {result.faithful} faithful statements ({100 * refused / result.faithful:.3f} %)")
    for line in [*result.misses[: options.show], *result.refusals[: options.show]]:
        print("  ", line)


if __name__ == "__main__":
    main()
