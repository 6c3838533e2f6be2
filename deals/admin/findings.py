"""What signals found, as pages show it: lines with their points, and links to the records behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from deals.admin.sections import label_of_field
from deals.models import Activity, Contact, Deal, DealLink, DealRole, FieldChange
from deals.signals.finding import Finding, State
from deals.signals.health import Health
from deals.signals.registry import BY_CODE
from deals.signals.signal import Group

MOST_PROOFS = 4


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One record behind a finding: what it is called, its page, and the line of the file it stands in."""

    label: str
    url: str
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One finding on a page; `points` are what it takes off the health."""

    code: str
    title: str
    group: str
    sentence: str
    step: str
    is_red: bool
    points: int
    full: int
    proofs: tuple[Proof, ...] = ()

    @property
    def width(self) -> int:
        """Percent of the widest possible bar: a line takes 20 points at most."""
        return 5 * self.points


@dataclass(frozen=True, kw_only=True)
class GroupBar:
    label: str
    points: int
    cap: int

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.cap)


def read_findings(evidence: Mapping[str, Any]) -> list[Finding]:
    return [Finding.from_json(one) for one in evidence.get("findings", ())]


def show(health: Health, proofs: Mapping[str, Proof]) -> list[Shown]:
    """The lines of a health, heaviest first; their points sum to what is missing from 100."""
    return [
        Shown(
            code=line.code,
            title=BY_CODE[line.code].title,
            group=line.group.label,
            sentence=line.finding.sentence,
            step=line.finding.suggested_step,
            is_red=line.finding.is_red,
            points=line.points,
            full=line.full,
            proofs=tuple(proofs[ref] for ref in line.finding.evidence if ref in proofs)[:MOST_PROOFS],
        )
        for line in health.lines
    ]


def groups(health: Health) -> list[GroupBar]:
    return [
        GroupBar(
            label=group.label,
            points=sum(line.points for line in health.lines if line.group is group),
            cap=group.cap,
        )
        for group in Group
    ]


def unknown(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """(title, why) of signals that could not be judged."""
    return [(BY_CODE[one.code].title, one.sentence) for one in findings if one.state == State.UNKNOWN]


def proofs_of(findings: Iterable[Finding]) -> dict[str, Proof]:
    """Reference → what it points at; a few queries for all. What is gone is left out."""
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        for reference in finding.evidence[: 2 * MOST_PROOFS]:
            kind, _, pk = reference.partition(":")
            if pk.isdecimal():
                wanted.setdefault(kind, set()).add(int(pk))
    found: dict[str, Proof] = {}
    for kind, read in (
        ("activity", _activities), ("change", _changes), ("role", _roles), ("contact", _contacts), ("deal", _deals),
    ):  # fmt: skip
        if wanted.get(kind):
            found |= {f"{kind}:{pk}": proof for pk, proof in read(sorted(wanted[kind])).items()}
    return found


def _activities(pks: Sequence[int]) -> dict[int, Proof]:
    rows = Activity.objects.filter(pk__in=pks).select_related("record__row__file")
    return {
        one.pk: Proof(
            label=f"{one.get_kind_display()}{_on(one.happened_at)}",
            url=reverse("admin:deals_activity_change", args=[one.pk]),
            **_line(one.record.row),
        )
        for one in rows
    }


def _changes(pks: Sequence[int]) -> dict[int, Proof]:
    rows = FieldChange.objects.filter(pk__in=pks).select_related("row__file", "deal")
    return {
        one.pk: Proof(
            label=f"{label_of_field(Deal, one.field)} change{_on(one.happened_at)}",
            url=f"{reverse('admin:deals_fieldchange_changelist')}?deal__id__exact={one.deal_id}",
            **(_line(one.row) if one.row else {}),
        )
        for one in rows
    }


def _roles(pks: Sequence[int]) -> dict[int, Proof]:
    rows = DealRole.objects.filter(pk__in=pks).select_related("contact")
    return {
        one.pk: Proof(label=str(one), url=reverse("admin:deals_contact_change", args=[one.contact_id])) for one in rows
    }


def _contacts(pks: Sequence[int]) -> dict[int, Proof]:
    return {
        one.pk: Proof(label=str(one), url=reverse("admin:deals_contact_change", args=[one.pk]))
        for one in Contact.objects.filter(pk__in=pks)
    }


def _deals(pks: Sequence[int]) -> dict[int, Proof]:
    links = DealLink.objects.filter(deal__in=pks, closed_at=None).select_related("record__row__file", "deal")
    return {
        one.deal_id: Proof(
            label=str(one.deal),
            url=reverse("admin:deals_deal_change", args=[one.deal_id]),
            **_line(one.record.row),
        )
        for one in links.order_by("-record__recorded_at")
    }


def _line(row: Any) -> dict[str, str]:
    return {
        "source": f"{row.file.name}, line {row.line:,}",
        "source_url": reverse("admin:pipeline_row_change", args=[row.pk]),
    }


def _on(moment: Any) -> str:
    return f" of {date_format(timezone.localtime(moment), 'j M Y')}" if moment else ""
