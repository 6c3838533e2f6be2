"""The page of one lead: what it is worth and why, what it did, who it may be, and what can be done with it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from deals.models import Account, Colleague, Contact
from governance.pages import draw, may, page, person, require
from leads import acts, conversion
from leads.acts import NotDone
from leads.admin.score import score_of
from leads.learning import learn
from leads.learning.table import filled
from leads.models import Conversion, Lead
from leads.qualification.case import domain_of
from leads.routing import REJECTIONS
from pipeline.ingest.reading import format_of_file
from pipeline.matching.guards import is_free_mail
from pipeline.models import Record, Subject

SEEING, CHANGING = "leads.view_lead", "leads.change_lead"
_VALUES = (
    "title", "department", "company", "domain", "industry", "employees", "city", "country", "email", "phone", "mobile",
    "linkedin", "source", "campaign", "source_status", "technologies", "description", "created_on", "outcome", "number",
)  # fmt: skip
MOST_EVENTS = 20
MOST_MORE = 60


@page(SEEING)
def lead_page(request: HttpRequest, pk: Any) -> HttpResponse:
    lead = get_object_or_404(
        Lead.objects.visible_to(request.user).select_related(
            "owner", "account", "contact", "twin", "decision__dossier"
        ),
        pk=pk if str(pk).isdecimal() else 0,
    )
    records = list(
        Record.objects.filter(pk__in=lead.links.filter(closed_at=None).values("record")).select_related(
            "source", "row__file"
        )
    )
    home = min((record.pk for record in records), default=0)
    subject = Subject.objects.filter(pipeline="qualify-leads", object_id=home).first()
    return draw(
        request,
        "admin/leads/lead/page.html",
        title=str(lead),
        lead=lead,
        score=score_of(lead),
        values=[(_label(name), getattr(lead, name), name in lead.held) for name in _VALUES if getattr(lead, name)],
        more=_unmapped(records),
        expected=learn.expected(lead, first)
        if (first := next((one for one in records if one.pk == home), None))
        else None,
        blanks=[_label(name) for name in ("title", "industry", "employees", "country") if not getattr(lead, name)],
        records=records,
        subject=subject,
        events=lead.events.select_related("record__row__file")[:MOST_EVENTS],
        rejections=REJECTIONS.items(),
        rejection=lead.rejections.filter(withdrawn_at=None).select_related("by").first(),
        lifts=lead.lifts.filter(withdrawn_at=None).select_related("by"),
        conversion=lead.conversions.filter(undone_at=None).select_related("contact", "account", "deal", "by").first(),
        successor=_successor(lead),
        colleagues=Colleague.objects.filter(is_active=True).order_by("name"),
        is_open=lead.status not in Lead.SETTLED,
        may_change=may(request, CHANGING) and lead.is_current,
        now=timezone.now(),
    )


def _unmapped(records: Sequence[Record]) -> list[tuple[str, str]]:
    """What the lead's lists say beside the fields known here, each head once."""
    found: dict[str, str] = {}
    for record in records:
        try:
            emits = [emit for emit in format_of_file(record.row.file).emits if emit.kind == record.kind]
        except LookupError:
            continue
        read = {head.casefold() for emit in emits for heads in emit.columns.values() for head in heads}
        read |= {emit.key.casefold() for emit in emits}
        for head, cell in record.row.labelled():
            if filled(cell) and head and head.casefold() not in read:
                found.setdefault(head, cell)
    return list(found.items())[:MOST_MORE]


def _label(name: str) -> str:
    return str(Lead._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def _successor(lead: Lead) -> Lead | None:
    """Where the records of a lead that was joined into another are now."""
    if lead.is_current:
        return None
    return Lead.objects.filter(links__record__in=lead.links.values("record"), links__closed_at=None).first()


def _act(done: str) -> Callable[..., Callable[..., HttpResponse]]:
    """Make a function that changes a lead a POST page that says what happened, or why not."""

    def wrap(change: Callable[[HttpRequest, Lead], str | None]) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            require(request, CHANGING)
            lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
            try:
                said = change(request, lead)
            except NotDone as error:
                messages.warning(request, str(error))
            else:
                messages.success(request, said or done)
            return redirect("admin:leads_lead_change", pk)

        return require_POST(page(SEEING)(view))  # type: ignore[return-value]

    return wrap


@_act("Accepted; the clock has stopped.")
def lead_accept(request: HttpRequest, lead: Lead) -> None:
    acts.accept(lead)


@_act("Handed back; the reason counts when the rules are next looked at.")
def lead_reject(request: HttpRequest, lead: Lead) -> None:
    acts.reject(lead, request.POST.get("reason", ""), by=person(request), now=timezone.now(),
                note=request.POST.get("note", ""))  # fmt: skip


@_act("Taken back; the lead stands as before.")
def lead_reopen(request: HttpRequest, lead: Lead) -> None:
    acts.reopen(lead, now=timezone.now())


@_act("")
def lead_give(request: HttpRequest, lead: Lead) -> str:
    chosen = request.POST.get("colleague", "")
    colleague = Colleague.objects.filter(pk=chosen if chosen.isdecimal() else 0).first()
    if colleague is None:
        raise NotDone("Choose a colleague first.")
    acts.give(lead, colleague, by=person(request))
    return f"{colleague} has this lead now."


@_act("Set aside; the next qualification judges the lead without it.")
def lead_lift(request: HttpRequest, lead: Lead) -> None:
    acts.set_aside(lead, request.POST.get("code", ""), by=person(request), now=timezone.now(),
                   until=_date(request.POST.get("until", "")))  # fmt: skip


@_act("They are two people; the pair is not proposed again.")
def lead_apart(request: HttpRequest, lead: Lead) -> None:
    if lead.twin is None:
        raise NotDone("There is nobody to tell it from any more.")
    acts.keep_apart(lead, lead.twin, by=person(request), now=timezone.now())


@require_POST
@page(SEEING)
def lead_join(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, CHANGING)
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("twin"), pk=pk)
    try:
        if lead.twin is None:
            raise NotDone("There is nobody to join it with any more.")
        stays = acts.join(lead, lead.twin, by=person(request), now=timezone.now())
    except NotDone as error:
        messages.warning(request, str(error))
        return redirect("admin:leads_lead_change", pk)
    messages.success(request, "One lead now. The next qualification judges it with all that both lists say.")
    return redirect("admin:leads_lead_change", stays.pk)


@page(SEEING)
def lead_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be made of the lead, to be changed and confirmed."""
    require(request, CHANGING)
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("account", "contact"), pk=pk)
    error = ""
    if request.method == "POST":
        try:
            conversion.convert(lead, _wish(request), by=person(request), now=timezone.now())
        except NotDone as reason:
            error = str(reason)
        else:
            messages.success(request, "Converted. It can be taken back here.")
            return redirect("admin:leads_lead_change", pk)
    return draw(
        request,
        "admin/leads/lead/convert.html",
        title=f"Convert {lead}",
        lead=lead,
        error=error,
        contacts=_contacts(lead),
        accounts=_accounts(lead),
        deal_name=request.POST.get("deal_name", f"{lead.company or lead}: first deal"),
        given=request.POST,
        events=lead.events.count(),
    )


@_act("Taken back: what the conversion made is gone again.")
def lead_unconvert(request: HttpRequest, lead: Lead) -> None:
    found = Conversion.objects.filter(lead=lead, undone_at=None).first()
    if found is None:
        raise NotDone("This lead is not converted.")
    conversion.undo(found, now=timezone.now())


def _wish(request: HttpRequest) -> conversion.Wish:
    """Raises NotDone with a sentence for what can't be read."""
    given = request.POST
    has_deal = given.get("with_deal") == "1"
    name = given.get("deal_name", "").strip()
    if has_deal and not name:
        raise NotDone("Give the deal a name, or convert without a deal.")
    return conversion.Wish(
        contact=int(given["contact"]) if given.get("contact", "").isdecimal() else None,
        account=int(given["account"]) if given.get("account", "").isdecimal() else None,
        deal_name=name[:255] if has_deal else "",
        amount=_amount(given.get("amount", "")) if has_deal else None,
        currency=_currency(given.get("currency", ""), given.get("amount", "")) if has_deal else "",
        close_date=_date(given.get("close_date", "")) if has_deal else None,
    )


def _amount(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        amount = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise NotDone(f"“{text[:40]}” is no amount; write digits such as 12500.") from None
    if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 15:
        raise NotDone("The amount must be 0 or more, with at most 15 digits.")
    return amount.quantize(Decimal("0.01"))


def _currency(text: str, amount: str) -> str:
    code = text.strip().upper()
    if amount.strip() and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise NotDone("An amount needs its currency: three letters, such as EUR.")
    return code[:3]


def _date(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotDone(f"“{text[:40]}” is no date; write it as 2026-12-31.") from None


def _contacts(lead: Lead) -> list[Contact]:
    """The contact the lead was found to be, and others of its name or address."""
    alike = Q(pk=lead.contact_id or 0)
    if lead.email:
        alike |= Q(email__iexact=lead.email)
    if lead.family_name:
        alike |= Q(full_name__iexact=lead.full_name)
    return list(Contact.objects.filter(alike, is_current=True).select_related("account").order_by("id")[:8])


def _accounts(lead: Lead) -> list[Account]:
    alike = Q(pk=lead.account_id or 0)
    if lead.company:
        alike |= Q(name__iexact=lead.company)
    domain = domain_of({"email": lead.email, "domain": lead.domain})
    if domain and not is_free_mail(domain):
        alike |= Q(domain__iexact=domain)
    return list(Account.objects.filter(alike, is_current=True).order_by("id")[:8])
