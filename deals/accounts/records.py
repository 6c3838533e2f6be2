"""The company pipeline's database side: records to cases, decisions to links, a case to what the review page shows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from deals.accounts.case import LABELS, values_of
from deals.accounts.values import recompute, repoint
from deals.models import Account, AccountLink
from pipeline.linking import Linkage, Move, apply
from pipeline.models import Decision, Record
from pipeline.pipeline import Case, Presentation
from pipeline.presenting import present_pairs

KIND = "account"
LINKAGE = Linkage(
    pipeline="match-accounts",
    entity=Account,
    link=AccountLink,
    field="account",
    recompute=recompute,
    repoint=repoint,
)


def load_cases(object_ids: Collection[int] | None = None) -> list[Case]:
    """All account records (or those named) as cases, oldest first."""
    records = Record.objects.filter(kind=KIND, is_withdrawn=False).order_by("id")
    if object_ids is not None:
        records = records.filter(id__in=list(object_ids))
    rows = list(records.values_list("id", "key", "values", "source__name", "source__is_sample"))
    links = AccountLink.objects.filter(closed_at=None)
    links = links if object_ids is None else links.filter(record__in=list(object_ids))
    group = dict(links.values_list("record_id", "account_id"))
    size = dict(Account.objects.filter(record_count__gt=1).values_list("id", "record_count"))
    return [
        Case(
            object_id=pk,
            values=values_of(raw, is_mention=key.startswith("name:")),
            source=source,
            group=group.get(pk),
            group_size=size.get(group.get(pk, 0), 1),
            is_sample=is_sample,
        )
        for pk, key, raw, source, is_sample in rows
    ]


def link_records(decisions: Sequence[Decision], now: datetime) -> list[Move]:
    """Bring accounts in line with the decisions."""
    return apply(LINKAGE, decisions, now)


def present(case: Case, anchor: int | None = None) -> Presentation:
    """The imported company beside the candidates, the anchor (if given) first."""
    pairs = present_pairs(case, anchor, LABELS, lambda values: str(values.get("name") or ""))
    name = case.values.get("name") or "This company"
    other = pairs[0].right if pairs else None
    return Presentation(
        question=f"Is {name} ({case.source}) the same company as {other.title} ({other.source})?"
        if other
        else f"Is {name} ({case.source}) a company we know?",
        pairs=pairs,
        on_same="Both become one account; contacts, deals and activities move along. Can be undone.",
        on_new=f"{name} stays an account of its own, and this pair is not proposed again.",
    )
