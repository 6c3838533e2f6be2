"""How generic briefs are: python -m tests.benchmarks.generic, on a database with briefs (a sample and a run).

Takes sentences of the current briefs, moves each to another deal of the same stage and asks the verifier whether it
would still be true there: the text as it was shown, citing every record of the other deal.
"""

import argparse
import os
from collections import defaultdict
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from deals.briefs.case import records_of  # noqa: E402
from deals.briefs.claims import Claim  # noqa: E402
from deals.briefs.grounding import Grounds, Kind  # noqa: E402
from deals.briefs.records import load_cases  # noqa: E402
from deals.briefs.rendering import literal  # noqa: E402
from deals.models import Deal, Sentence  # noqa: E402

# What cannot be asked of a moved sentence: its placeholders are filled, and it is about another deal's plain values.
_OF_FORM = frozenset({Kind.UNQUOTED, Kind.GENERIC})
_MOST_CITED = 6


def is_true_of(sentence: Sentence, grounds: Grounds, *, is_bare: bool) -> bool:
    """Whether the shown text is borne out by the records of another deal, whichever of them one cites.

    Bare: without the values that fill its placeholders, and without its quote, which no other deal has.
    """
    text = " ".join(literal(sentence.template).replace("|", " ").split()) if is_bare else sentence.text
    deal = [ref for ref in grounds.records if ref.partition(":")[0] in ("deal", "account")]
    others = [ref for ref in grounds.records if ref not in deal]
    for ref in others or deal[:1]:
        claim = Claim.model_construct(
            slot="situation", text=text, evidence=[*deal, ref][-_MOST_CITED:], quote="" if is_bare else sentence.quote
        )
        if not [fault for fault in grounds.check(claim).faults if fault.kind not in _OF_FORM]:
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bare", action="store_true", help="without filled placeholders and quotes")
    options = parser.parse_args()
    rng = Random(options.seed)
    grounds = {
        case.object_id: Grounds({record.ref: record for record in records_of(case)})
        for case in load_cases()
        if case.values.get("deal")
    }
    stages = dict(Deal.objects.filter(pk__in=grounds).values_list("pk", "stage"))
    by_stage: dict[str, list[int]] = defaultdict(list)
    for pk, stage in stages.items():
        by_stage[stage].append(pk)
    sentences = list(Sentence.objects.filter(brief__is_current=True).select_related("brief"))
    rng.shuffle(sentences)
    moved, stays = 0, []
    for sentence in sentences:
        own = sentence.brief.deal_id
        others = [pk for pk in by_stage[stages.get(own, "")] if pk != own]
        if not others or moved == options.number:
            continue
        moved += 1
        other = rng.choice(others)
        if is_true_of(sentence, grounds[other], is_bare=options.bare):
            stays.append(f"{sentence.text} (of deal {own}, also true of {other})")
    share = 100 * len(stays) / max(moved, 1)
    print(f"{len(stays)} of {moved} sentences stay true of another deal of the same stage ({share:.1f} %)")
    for line in stays[:20]:
        print("  ", line)


if __name__ == "__main__":
    main()
