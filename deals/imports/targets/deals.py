"""Imported deals: their values, account, people with their parts, and the stage dates a file carries along."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from deals.deal_values import fill, recompute
from deals.imports.fields import DEAL
from deals.imports.targets.entities import changed_at, moment, update
from deals.imports.targets.references import References, account_keys, contact_keys
from deals.models import Deal, DealLink, DealRole, FieldChange
from deals.models.owners import Owners
from deals.signals.replay import write_role
from pipeline.entity_values import create
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record
from pipeline.survivorship import Chosen


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    owners.add_missing(staged[0].record.source_id, (entry.record.values.get("owner") for entry in staged))

    def complete(deal: Deal, chosen: Mapping[str, Chosen]) -> None:
        fill(deal, chosen, owners)

    create(Deal, DealLink, "deal", [entry.record for entry in staged if entry.is_new], complete)
    update(DealLink, "deal", [entry for entry in staged if not entry.is_new], recompute)
    records = [entry.record for entry in staged]
    connect(records)
    add_stage_dates(records)


def connect(records: Sequence[Record]) -> None:
    """Set the account and the people of these deals, as far as they are known."""
    deal_of = _deal_of(records)
    deals = Deal.objects.in_bulk(deal_of.values())
    references = References(records[0].source_id, (record.values for record in records))
    roles: list[DealRole] = []
    for record in records:
        deal = deals[deal_of[record.pk]]
        deal.account_record_id, deal.account_id = references.account(record.values)
        roles += _roles(deal, record.values, references)
    Deal.objects.bulk_update(deals.values(), ["account", "account_record"], batch_size=300)
    _note_new_parts(records, deal_of, deals, roles)
    DealRole.objects.bulk_create(roles, ignore_conflicts=True)


def _note_new_parts(
    records: Sequence[Record], deal_of: Mapping[int, int], deals: Mapping[int, Deal], roles: Sequence[DealRole]
) -> None:
    """People whom a later file names in a deal that was known before: from then on, and not all along."""
    at = {
        deal_of[record.pk]: record for record in records if record.recorded_at > deals[deal_of[record.pk]].first_seen_at
    }
    known = set(DealRole.objects.filter(deal__in=list(at)).values_list("deal_id", "contact_id", "role"))
    FieldChange.objects.bulk_create(
        FieldChange(
            deal_id=role.deal_id,
            field="role",
            new=write_role(role.contact_id, role.role),
            happened_at=changed_at(at[role.deal_id]),
            recorded_at=at[role.deal_id].recorded_at,
            row_id=at[role.deal_id].row_id,
        )
        for role in roles
        if role.deal_id in at and (role.deal_id, role.contact_id, role.role) not in known
    )


def _deal_of(records: Sequence[Record]) -> dict[int, int]:
    links = DealLink.objects.filter(record__in=[record.pk for record in records], closed_at=None)
    return dict(links.values_list("record_id", "deal_id"))


def _roles(deal: Deal, values: Mapping[str, Any], references: References) -> list[DealRole]:
    """People named with their parts (each its own row), and those only named."""
    parts: dict[str, list[str]] = {}
    for name, keys in (values.get("roles") or {}).items():
        for key in keys or ():
            parts.setdefault(str(key), []).extend(part[:60] for part in named_parts(name))
    return [
        DealRole(deal=deal, contact_id=contact, contact_record_id=record, role=role)
        for key in contact_keys(values)
        for record, contact in (references.contact(key),)
        if record and contact
        for role in parts.get(key) or ("",)
    ]


def named_parts(said: object) -> list[str]:
    """The parts a cell names: "Champion;Influencer" are two."""
    listed = said if isinstance(said, list) else str(said).split(";")
    return list(dict.fromkeys(part for item in listed if (part := str(item).strip())))


def add_stage_dates(records: Sequence[Record]) -> None:
    """HubSpot's "date entered stage" columns are stage history: one change per stage, in order of time."""
    deal_of = _deal_of(records)
    known = set(
        FieldChange.objects.filter(deal__in=deal_of.values(), field="stage").values_list(
            "deal_id", "new", "happened_at"
        )
    )
    changes = []
    for record in records:
        said = (record.values.get("stage_dates") or {}).items()
        entered = sorted((at, stage) for stage, text in said if (at := moment(text)))
        before = ""
        for at, stage in entered:
            if (deal_of[record.pk], stage, at) not in known:
                changes.append(
                    FieldChange(
                        deal_id=deal_of[record.pk],
                        field="stage",
                        old=before,
                        new=stage,
                        happened_at=at,
                        recorded_at=record.recorded_at,
                        row_id=record.row_id,
                    )
                )
            before = stage
    FieldChange.objects.bulk_create(changes)


def settle(batch: Batch) -> None:
    """Accounts and people that came in a later file than their deals; buying roles that stand with the person."""
    waiting = Deal.objects.filter(account=None, links__closed_at=None).values_list("links__record_id", flat=True)
    lost = Record.objects.filter(id__in=waiting, kind="deal")
    for source in set(lost.values_list("source_id", flat=True)):
        named = [
            record
            for record in lost.filter(source=source)
            if account_keys(record.values) or contact_keys(record.values)
        ]
        if named:
            connect(named)
    _roles_of_people()


def _roles_of_people() -> None:
    """HubSpot keeps the buying roles with the contact: they hold for the deals that name them without a part."""
    plain: Any = DealRole.objects.filter(role="", contact_record__values__has_key="buying_role")
    DealRole.objects.bulk_create(
        (
            DealRole(
                deal_id=role.deal_id, contact_id=role.contact_id, contact_record=role.contact_record, role=part[:60]
            )
            for role in plain.select_related("contact_record")
            for part in named_parts(role.contact_record.values["buying_role"])
        ),
        ignore_conflicts=True,
    )
    has_part = DealRole.objects.filter(deal=OuterRef("deal"), contact_record=OuterRef("contact_record")).exclude(
        role=""
    )
    DealRole.objects.filter(Exists(has_part), role="", is_confirmed=False).delete()


DEALS = Target(kind="deal", label="Deal", label_plural="Deals", order=40, fields=DEAL, write=write, settle=settle)
