"""Who of us knows whom at an account, as far as colleagues share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from deals.models import Account, Colleague, Contact, Relationship
from deals.relationships.strength import Band, band, of_company
from governance.models import Organisation
from governance.pages import draw, page

MOST_PEOPLE = 30
MOST_COLLEAGUES = 8


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One tie as a cell shows it; `basis` says where the strength comes from."""

    strength: int
    band: Band
    basis: str
    tie: Relationship


@dataclass(frozen=True, kw_only=True)
class Line:
    """A person of the account, with one cell per colleague (None: nothing known)."""

    contact: Contact
    best: float
    cells: list[Shown | None]


@require_safe
@page("deals.view_contact")
def account_network(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    today = Organisation.current().day(timezone.now())
    at = Relationship.objects.shared().filter(contact__account=account, contact__is_current=True)
    ties = list(at.select_related("contact"))
    found = [tie for tie in ties if tie.strength_on(today) > 0]
    colleagues = _best_known(found, today)
    lines = _lines(found, colleagues, today)
    return draw(
        request,
        "admin/deals/network.html",
        title=f"Who knows whom at {account}",
        account=account,
        colleagues=colleagues,
        lines=lines[:MOST_PEOPLE],
        more=max(0, len(lines) - MOST_PEOPLE),
        unknown=account.contacts.filter(is_current=True).count() - len(lines),
        company=round(of_company([line.best for line in lines])),
        company_band=band(of_company([line.best for line in lines])),
        has_sharing=Colleague.objects.filter(is_sharing=True, is_active=True).exists(),
        as_of=today,
    )


def shown(tie: Relationship, today: date) -> Shown:
    strength = tie.strength_on(today)
    if strength > tie.measured:
        basis = f"declared: {tie.declared_as or 'knows them'}"
    else:
        basis = f"{tie.inbound} from them, {tie.outbound} from us"
    return Shown(strength=round(strength), band=band(strength), basis=basis, tie=tie)


def _best_known(ties: Iterable[Relationship], today: date) -> list[Colleague]:
    """Colleagues with the most to say about the account, first."""
    sums: dict[int, float] = {}
    for tie in ties:
        sums[tie.colleague_id] = sums.get(tie.colleague_id, 0) + tie.strength_on(today)
    ranked = sorted(sums, key=lambda pk: (-sums[pk], pk))[:MOST_COLLEAGUES]
    known = Colleague.objects.in_bulk(ranked)
    return [known[pk] for pk in ranked]


def _lines(ties: Iterable[Relationship], colleagues: list[Colleague], today: date) -> list[Line]:
    by_contact: dict[Contact, dict[int, Relationship]] = {}
    for tie in ties:
        by_contact.setdefault(tie.contact, {})[tie.colleague_id] = tie
    lines = [
        Line(
            contact=contact,
            best=max(tie.strength_on(today) for tie in known.values()),
            cells=[shown(known[one.pk], today) if one.pk in known else None for one in colleagues],
        )
        for contact, known in by_contact.items()
    ]
    return sorted(lines, key=lambda line: (-line.best, line.contact.full_name))
