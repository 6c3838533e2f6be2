"""The people pipeline's database side: records to cases, decisions to links, a case to what the review page shows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from deals.contacts.case import LABELS, values_of
from deals.contacts.values import recompute, repoint
from deals.models import AccountLink, Contact, ContactLink
from pipeline.linking import Linkage, Move, apply
from pipeline.models import Decision, Record
from pipeline.people import full_name
from pipeline.pipeline import Case, Presentation
from pipeline.presenting import present_pairs

KIND = "contact"
LINKAGE = Linkage(
    pipeline="match-contacts",
    entity=Contact,
    link=ContactLink,
    field="contact",
    recompute=recompute,
    repoint=repoint,
)


def load_cases(object_ids: Collection[int] | None = None) -> list[Case]:
    """All contact records (or those named) as cases, oldest first."""
    records = Record.objects.filter(kind=KIND, is_withdrawn=False).order_by("id")
    if object_ids is not None:
        records = records.filter(id__in=list(object_ids))
    rows = list(records.values_list("id", "values", "source_id", "source__name", "source__is_sample"))
    links = ContactLink.objects.filter(closed_at=None)
    links = links if object_ids is None else links.filter(record__in=list(object_ids))
    group = dict(links.values_list("record_id", "contact_id"))
    size = dict(Contact.objects.filter(record_count__gt=1).values_list("id", "record_count"))
    companies = _companies()
    return [
        Case(
            object_id=pk,
            values=values_of(raw, companies.get((source_id, raw.get("account_key")), "")),
            source=source,
            group=group.get(pk),
            group_size=size.get(group.get(pk, 0), 1),
            is_sample=is_sample,
        )
        for pk, raw, source_id, source, is_sample in rows
    ]


def moved_since(moment: datetime) -> set[int]:
    """Records of people whose company has changed since: joined with another, parted or renamed."""
    links = ContactLink.objects.filter(closed_at=None, contact__account__updated_at__gte=moment)
    return set(links.values_list("record_id", flat=True))


def _companies() -> dict[tuple[int, str | None], str]:
    """(source, account key) → name of the account it belongs to, joined accounts being one."""
    links = AccountLink.objects.filter(closed_at=None)
    return {
        (source, key): name
        for source, key, name in links.values_list("record__source_id", "record__key", "account__name")
    }


def link_records(decisions: Sequence[Decision], now: datetime) -> list[Move]:
    """Bring contacts in line with the decisions."""
    return apply(LINKAGE, decisions, now)


def present(case: Case, anchor: int | None = None) -> Presentation:
    """The imported person beside the candidates, the anchor (if given) first."""
    pairs = present_pairs(case, anchor, LABELS, full_name)
    name = full_name(case.values) or "This person"
    other = pairs[0].right if pairs else None
    link = (
        ContactLink.objects.filter(record=other.object_id, closed_at=None).select_related("contact") if other else None
    )
    records = sum(found.contact.record_count for found in link) if link else 0
    return Presentation(
        question=f"Is {name} ({case.source}) the same person as {other.title} ({other.source})?"
        if other
        else f"Is {name} ({case.source}) somebody we know?",
        pairs=pairs,
        on_same=f"Both become one contact with {records + 1} records; activities and deals move along. Can be undone.",
        on_new=f"{name} stays a contact of their own, and this pair is not proposed again.",
    )
