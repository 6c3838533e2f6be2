"""What our records know around a lead: the contact and account it is, deals, owners, who has a claim, what happened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q

from deals.models import (
    Account,
    AccountDomain,
    Activity,
    Colleague,
    Contact,
    Deal,
    Identity,
    Participant,
    Relationship,
)
from governance.models import Organisation
from leads.models import LeadSeat, NamedAccount, Territory
from leads.qualification.case import domain_in
from leads.qualification.profile import Profile
from leads.suppression import Suppressions
from pipeline.matching.guards import is_free_mail
from pipeline.matching.nicknames import is_compatible
from pipeline.matching.single import company_core, folded

# Engagement older than any event's life counts nothing.
_LOOKED_BACK_DAYS = 120
_ENGAGING = {"meeting": "meeting", "email": "reply", "call": "reply", "message": "reply"}


@dataclass(kw_only=True)
class Surroundings:
    """Everything looked up once for a whole pass; `of(values)` gives the facts about one lead."""

    as_of: date
    profile: Profile

    def __post_init__(self) -> None:
        self._suppressions = Suppressions()
        self._colleagues = dict(Colleague.objects.values_list("id", "name"))
        emails = [email.lower() for email in Colleague.objects.exclude(email="").values_list("email", flat=True)]
        self._own_emails, self._own_domains = set(emails), _own_domains(emails)
        self._read_contacts()
        self._read_accounts()
        self._named = dict(NamedAccount.objects.values_list("account_id", "colleague_id"))
        rows = Territory.objects.values_list("country", "colleague_id")
        self._territories = {folded(country): colleague for country, colleague in rows}
        self._strongest = Relationship.objects.strongest(self.as_of)
        self._has_activities = Participant.objects.exists()

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """JSON facts about a lead with these values; what is not known is missing."""
        email = next(iter(values["emails"]), "").lower()
        at_mail, at_site = domain_in(email), domain_in(values.get("domain"))
        domain = at_mail or at_site
        contact = self._contact(values, at_mail)
        account = self._contact_account.get(contact or 0) or self._account(values, (domain, at_site))
        suppressed = self._suppressions.of({**values, "email": email})
        facts: dict[str, Any] = {
            "contact": contact,
            "account": account,
            "contact_opted_out": contact in self._opted_out,
            "is_own_staff": email in self._own_emails or (bool(domain) and domain in self._own_domains),
            **(self._accounts.get(account, {}) if account else {}),
        }
        if suppressed:
            facts |= {"suppressed": suppressed[0], "suppressed_on": suppressed[1].date().isoformat()}
        facts["claims"] = self._claims(facts, values)
        return {name: value for name, value in facts.items() if value}

    def _claims(self, facts: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        country = values.get("country") or facts.get("account_country") or ""
        claims = {
            "named": self._named.get(facts["account"]) if facts.get("account") else None,
            "open_deal": facts.get("open_deal_owner") or (facts.get("is_customer") and facts.get("account_owner")),
            "strongest": self._strongest.get(facts["contact"]) if facts.get("contact") else None,
            "territory": self._territories.get(folded(country)) if country else None,
        }
        return {name: claim for name, claim in claims.items() if claim}

    def _read_contacts(self) -> None:
        rows = Identity.objects.exclude(kind=Identity.Kind.PHONE).values_list("kind", "value", "contact_id")
        self._by_identity: dict[tuple[str, str], set[int]] = {}
        for kind, value, contact in rows.iterator(chunk_size=10_000):
            self._by_identity.setdefault((kind, value.lower().rstrip("/")), set()).add(contact)
        people = Contact.objects.filter(is_current=True).values_list(
            "id", "given_name", "family_name", "email", "account_id", "opted_out"
        )
        self._by_name: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._given: dict[int, str] = {}
        self._contact_account: dict[int, int] = {}
        self._opted_out: set[int] = set()
        for pk, given, family, email, account, is_out in people.iterator(chunk_size=10_000):
            self._given[pk] = folded(given)
            if account:
                self._contact_account[pk] = account
            if is_out:
                self._opted_out.add(pk)
            domain = domain_in(email)
            if domain and family and not is_free_mail(domain):
                self._by_name.setdefault((domain, folded(family)), []).append((pk, folded(given)))

    def _contact(self, values: Mapping[str, Any], domain: str) -> int | None:
        """The one contact with the lead's address or profile, or of its name at its mail domain; None for several."""
        given = folded(values["given_name"])
        keys = [("email", email.lower()) for email in values["emails"]]
        keys += [("profile", values["linkedin"].lower().rstrip("/"))] if values.get("linkedin") else []
        for key in keys:
            found = {one for one in self._by_identity.get(key, ()) if is_compatible(given, self._given.get(one, ""))}
            if len(found) == 1:
                return found.pop()
        if not (domain and given and values["family_name"]):
            return None
        alike = [pk for pk, name in self._by_name.get((domain, folded(values["family_name"])), ()) if name]
        alike = [pk for pk in alike if is_compatible(given, self._given[pk])]
        return alike[0] if len(alike) == 1 else None

    def _read_accounts(self) -> None:
        rows = Account.objects.filter(is_current=True).values_list(
            "id", "name", "domain", "industry", "employees", "country", "type", "owner_id"
        )
        self._accounts: dict[int, dict[str, Any]] = {}
        self._by_domain: dict[str, set[int]] = {}
        self._by_core: dict[str, set[int]] = {}
        for pk, name, domain, industry, employees, country, kind, owner in rows.iterator(chunk_size=10_000):
            self._accounts[pk] = {
                "account_industry": industry, "account_employees": employees, "account_country": country,
                "is_customer": "customer" in kind.lower(), "account_owner": owner,
                "account_owner_name": self._colleagues.get(owner, ""),
            }  # fmt: skip
            if found := domain_in(domain):
                self._by_domain.setdefault(found, set()).add(pk)
            if core := company_core(name):
                self._by_core.setdefault(core, set()).add(pk)
        for account, domain in AccountDomain.objects.filter(account__is_current=True).values_list("account", "domain"):
            if found := domain_in(domain):
                self._by_domain.setdefault(found, set()).add(account)
        self._read_deals()

    def _read_deals(self) -> None:
        deals = Deal.objects.filter(is_current=True, account__isnull=False).order_by("close_date", "id")
        for account, name, owner, is_closed, is_won, closed in deals.values_list(
            "account_id", "name", "owner_id", "is_closed", "is_won", "close_date"
        ):
            known = self._accounts.get(account)
            if known is None:
                continue
            if not is_closed:
                known |= {"open_deal": name, "open_deal_owner": owner,
                          "open_deal_owner_name": self._colleagues.get(owner, "")}  # fmt: skip
            elif is_won:
                known["is_customer"] = True
            elif closed and 0 <= (self.as_of - closed).days < self.profile.lost_days:
                # Beyond those days it says nothing any more, and must not change what is known day by day.
                known["lost_on"] = closed.isoformat()

    def _account(self, values: Mapping[str, Any], domains: Iterable[str]) -> int | None:
        """The one account with one of the lead's domains, else the one of that name."""
        for domain in domains:
            if domain and not is_free_mail(domain):
                found = self._by_domain.get(domain, set())
                if len(found) == 1:
                    return next(iter(found))
        core = company_core(values["company"]) if values.get("company") else ""
        named = self._by_core.get(core, set()) if core else set()
        return next(iter(named)) if len(named) == 1 else None

    def engagements(self, contacts: Collection[int]) -> dict[int, list[tuple[str, str, str]]]:
        """Contact id → (kind, day, subject) of what they did by the CRM's own record: met us, wrote to us."""
        if not (contacts and self._has_activities):
            return {}
        zone = Organisation.current().zone
        since = datetime.combine(self.as_of - timedelta(days=_LOOKED_BACK_DAYS), time(), zone)
        until = datetime.combine(self.as_of + timedelta(days=1), time(), zone)
        happened = Participant.objects.filter(
            activity__happened_at__gte=since, activity__happened_at__lt=until, activity__is_planned=False,
            activity__kind__in=_ENGAGING, contact__in=contacts,
        )  # fmt: skip
        rows = happened.exclude(activity__direction=Activity.Direction.OUTBOUND).values_list(
            "contact_id", "activity__kind", "activity__direction", "activity__happened_at", "activity__subject"
        )
        found: dict[int, list[tuple[str, str, str]]] = {}
        for contact, kind, direction, at, subject in rows.order_by("activity__happened_at", "activity_id"):
            if at is not None and (kind == "meeting" or direction == Activity.Direction.INBOUND):
                day = at.astimezone(zone).date().isoformat()
                found.setdefault(contact, []).append((_ENGAGING[kind], day, subject[:120]))
        return found


def seats() -> dict[int, tuple[int, int]]:
    """Colleague → (leads held, capacity) of those who take leads."""
    working = Q(colleague__leads__status__in=("owner", "path", "accepted"))
    rows = LeadSeat.objects.filter(is_taking=True, colleague__is_active=True).order_by("colleague")
    held = rows.annotate(held=Count("colleague__leads", filter=working))
    return {colleague: (n, capacity) for colleague, n, capacity in held.values_list("colleague", "held", "capacity")}


def _own_domains(emails: Iterable[str]) -> set[str]:
    """Domains that two colleagues and more have, and no mail provider owns."""
    domains = [domain_in(email) for email in emails]
    return {one for one in domains if one and domains.count(one) > 1 and not is_free_mail(one)}
