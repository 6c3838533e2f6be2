"""What rules a lead out, whatever its points: checked before anything is scored or paid for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from leads.qualification.fit import is_listed
from leads.qualification.profile import Profile
from leads.qualification.titles import is_recruiter
from pipeline.matching.guards import is_free_mail

_ROLES = re.compile(
    r"(?:info|sales|contact|office|admin|support|hello|mail|team|service|kontakt|buero|vertrieb|anfrage|marketing|hr"
    r"|jobs|career|careers|press|presse|billing|accounts|enquiries|noreply|no-reply|postmaster|webmaster)"
)
_EDUCATION = re.compile(
    r"(?:^|\.)(?:edu|ac)(?:\.[a-z]{2})?$|(?:^|[.-])(?:uni|university|student|students|hochschule)[.-]"
)
_NAMES = re.compile(
    r"(?:test|asdf\w*|qwert\w*|xxx+|abc|none|unknown|n/?a|no name|anonymous|mickey mouse)", re.IGNORECASE
)


# Not frozen, which would triple what making one costs: there is one for every lead.
@dataclass(kw_only=True, slots=True)
class Circumstances:
    """What is known of a lead beside its own fields: what our records and people say about it."""

    email: str = ""
    domain: str = ""
    country: str = ""
    name: str = ""
    company: str = ""
    title: str = ""
    employees: int | None = None
    suppressed: str = ""
    suppressed_on: date | None = None
    is_opted_out: bool = False
    is_own_staff: bool = False
    open_deal: str = ""
    open_deal_owner: str = ""
    is_customer: bool = False
    account_owner: str = ""
    has_bounced: bool = False
    lost_on: date | None = None
    newest_trigger: date | None = None
    lifted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Disqualifier:
    """A reason that is about `Circumstances`; `who` may lift it; a hard one overrides every point."""

    code: str
    words: str
    is_hard: bool
    who: str
    holds: Callable[[Circumstances, Profile, date], str]
    expires: Callable[[Circumstances, Profile], date | None] = lambda one, profile: None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A disqualifier that holds: `because` in words, when it ends by itself, and who may lift it."""

    code: str
    is_hard: bool
    because: str
    who: str
    expires: date | None = None


def disqualifiers(one: Circumstances, profile: Profile, as_of: date) -> tuple[Found, ...]:
    """All that hold on a day and nobody lifted, hard ones first, in the order in which they are checked."""
    found = [
        Found(code=rule.code, is_hard=rule.is_hard, because=because, who=rule.who, expires=rule.expires(one, profile))
        for rule in RULES
        if rule.code not in one.lifted and (because := rule.holds(one, profile, as_of))
    ]
    return tuple(sorted(found, key=lambda each: not each.is_hard))


def capped(grade: str, found: tuple[Found, ...]) -> str:
    """The grade a lead gets: soft disqualifiers hold it at C."""
    return "C" if grade in ("A", "B") and any(not each.is_hard for each in found) else grade


def _suppressed(one: Circumstances, profile: Profile, as_of: date) -> str:
    if one.is_opted_out:
        return "Opted out of being contacted"
    since = f" since {one.suppressed_on:%d %b %Y}" if one.suppressed_on else ""
    return f"On the do-not-contact list{since}: {one.suppressed}" if one.suppressed else ""


def _own_staff(one: Circumstances, profile: Profile, as_of: date) -> str:
    is_own = one.is_own_staff or (one.domain and one.domain in profile.own_domains)
    return "One of our own people" if is_own else ""


def _open_deal(one: Circumstances, profile: Profile, as_of: date) -> str:
    owner = f"; goes to {one.open_deal_owner}" if one.open_deal_owner else ""
    return f"There is an open deal with the company ({one.open_deal}){owner}" if one.open_deal else ""


def _customer(one: Circumstances, profile: Profile, as_of: date) -> str:
    owner = f"; goes to {one.account_owner}" if one.account_owner else ""
    return f"The company is a customer{owner}" if one.is_customer else ""


def _competitor(one: Circumstances, profile: Profile, as_of: date) -> str:
    return f"{one.domain} belongs to a competitor" if one.domain and one.domain in profile.competitor_domains else ""


def _country(one: Circumstances, profile: Profile, as_of: date) -> str:
    if one.country and is_listed(one.country, profile.barred_countries):
        return f"{one.country} is barred"
    served = (*profile.countries, *profile.countries_half)
    return f"{one.country} is not served" if one.country and served and not is_listed(one.country, served) else ""


def _bounced(one: Circumstances, profile: Profile, as_of: date) -> str:
    return "Mail to this address bounced for good" if one.has_bounced else ""


def _lost(one: Circumstances, profile: Profile, as_of: date) -> str:
    if one.lost_on is None or (as_of - one.lost_on).days >= profile.lost_days or as_of < one.lost_on:
        return ""
    if one.newest_trigger and one.newest_trigger > one.lost_on:
        return ""
    return f"A deal with the company was lost on {one.lost_on:%d %b %Y} and nothing new has happened since"


def _free_mail(one: Circumstances, profile: Profile, as_of: date) -> str:
    return (
        f"{one.domain} is a free mail address" if one.domain and "@" in one.email and is_free_mail(one.domain) else ""
    )


def _role(one: Circumstances, profile: Profile, as_of: date) -> str:
    local = one.email.partition("@")[0].lower()
    return f"{one.email} is a shared mailbox" if local and _ROLES.fullmatch(local) else ""


def _education(one: Circumstances, profile: Profile, as_of: date) -> str:
    return f"{one.domain} is a school's or university's" if one.domain and _is_school(one.domain) else ""


@lru_cache(maxsize=65536)
def _is_school(domain: str) -> bool:
    return bool(_EDUCATION.search(domain))


def _recruiter(one: Circumstances, profile: Profile, as_of: date) -> str:
    return "A recruiter or staffing agency" if is_recruiter(one.title) or is_recruiter(one.company) else ""


def _size(one: Circumstances, profile: Profile, as_of: date) -> str:
    if one.employees is None or profile.least_employees <= one.employees <= profile.most_employees:
        return ""
    return f"{one.employees:,} employees: outside {profile.least_employees:,} to {profile.most_employees:,}"


def _name(one: Circumstances, profile: Profile, as_of: date) -> str:
    return f"“{one.name}” can't be a person's name" if one.name and not _is_name(one.name) else ""


def _is_name(said: str) -> bool:
    written = said.replace(" ", "")
    if not written.isalpha() and (sum(map(str.isalpha, said)) < 2 or any(map(str.isdigit, said))):
        return False
    return len(written) >= 2 and not _NAMES.fullmatch(said.strip())


RULES: tuple[Disqualifier, ...] = (
    Disqualifier(code="suppressed", words="On the do-not-contact list", is_hard=True, who="nobody", holds=_suppressed),
    Disqualifier(code="own_staff", words="Own staff", is_hard=True, who="an operator", holds=_own_staff),
    Disqualifier(code="open_deal", words="Open deal with the company", is_hard=True, who="the deal's owner",
                 holds=_open_deal),
    Disqualifier(code="customer", words="Customer already", is_hard=True, who="the account's owner", holds=_customer),
    Disqualifier(code="competitor", words="Competitor", is_hard=True, who="an operator", holds=_competitor),
    Disqualifier(code="country", words="Country not served", is_hard=True, who="nobody", holds=_country),
    Disqualifier(code="bounced", words="Address bounced", is_hard=True, who="an operator", holds=_bounced),
    Disqualifier(code="lost_lately", words="Lost lately", is_hard=True, who="an operator", holds=_lost,
                 expires=lambda one, profile: one.lost_on and one.lost_on + timedelta(days=profile.lost_days)),
    Disqualifier(code="free_mail", words="Free mail address", is_hard=False, who="a reviewer", holds=_free_mail),
    Disqualifier(code="role_address", words="Shared mailbox", is_hard=False, who="a reviewer", holds=_role),
    Disqualifier(code="education", words="School or university", is_hard=False, who="a reviewer", holds=_education),
    Disqualifier(code="recruiter", words="Recruiter or agency", is_hard=False, who="a reviewer", holds=_recruiter),
    Disqualifier(code="size", words="Far too small or large", is_hard=False, who="a reviewer", holds=_size),
    Disqualifier(code="name", words="Name can't be right", is_hard=False, who="a reviewer", holds=_name),
)  # fmt: skip
WORDS: Mapping[str, str] = {rule.code: rule.words for rule in RULES}
