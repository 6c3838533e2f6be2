"""S28: somebody in the deal belongs to another company: a guard against mixed-up records."""

from deals.signals.case import DealCase, Part, Person
from deals.signals.finding import Answer, clear, graded, unknown
from deals.signals.signal import Group, Limits, Signal


def judge(case: DealCase, limits: Limits) -> Answer:
    named = [person for person in case.people if person.is_named]
    told = [person for person in named if _can_tell(case, person)]
    if not told:
        return unknown("Whether the people of this deal fit its account is not known.")
    strangers = [person for person in told if not person.is_confirmed and not fits(case, person)]
    if not strangers:
        return clear()
    key = [p for p in strangers if {Part.CHAMPION, Part.ECONOMIC_BUYER} & set(p.parts)]
    who = (key or strangers)[0]
    return graded(
        True,
        bool(key),
        f"{who.name} does not fit {case.account or 'the account'}: {_why(case, who)}",
        value=len(strangers),
        limit=0,
        evidence=(*who.evidence, f"contact:{who.contact_id}"),
        step=f"Confirm that {who.name} belongs in this deal, or move the contact.",
    )


def _can_tell(case: DealCase, person: Person) -> bool:
    """A private address tells nothing, nor does an account nobody knows a domain of."""
    by_domain = bool(person.email_domain and not person.is_private_address and case.account_domains)
    return by_domain or (person.account_id is not None and case.account_id is not None)


def fits(case: DealCase, person: Person) -> bool:
    """By address where there is one to go by, else by the company the person is listed at."""
    if person.email_domain and not person.is_private_address and case.account_domains:
        return any(
            person.email_domain == domain or person.email_domain.endswith(f".{domain}")
            for domain in case.account_domains
        )
    return person.account_id is None or person.account_id == case.account_id


def _why(case: DealCase, person: Person) -> str:
    if person.email_domain and not person.is_private_address and case.account_domains:
        return f"writes from {person.email_domain}"
    return f"listed at {person.account_name}" if person.account_name else "listed at another company"


WRONG_COMPANY = Signal(
    code="S28",
    title="Person does not fit the account",
    about="The person's address or company is another than the deal's. A confirmed person or partner is left alone.",
    group=Group.HYGIENE,
    weight=12,
    judge=judge,
    is_on=True,
)
