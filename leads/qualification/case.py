"""A lead's record as a case: what is compared, what identifies a person, and the lead judged with all its records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from leads.qualification.assessment import assess, to_json
from leads.qualification.disqualifiers import Circumstances
from leads.qualification.fit import Firmographics
from leads.qualification.heat import Event
from leads.qualification.profile import Profile, from_json
from pipeline import candidates
from pipeline.matching import guards as toolkit
from pipeline.matching.kinds import Kind
from pipeline.matching.nicknames import is_compatible
from pipeline.matching.normalise import registrable
from pipeline.matching.ornaments import bare_name
from pipeline.matching.single import folded
from pipeline.people import full_name, holders, side
from pipeline.pipeline import Candidate, Case, Memory, Work
from pipeline.survivorship import Mention, survive

COLUMNS = {
    "given_name": Kind.GIVEN_NAME,
    "family_name": Kind.FAMILY_NAME,
    "company": Kind.COMPANY,
    "emails": Kind.EMAIL,
    "phones": Kind.PHONE,
}
REQUIRED = {"given_name": "similar", "family_name": "similar", "emails": "equal"}
LABELS = {
    "given_name": "First name",
    "family_name": "Last name",
    "company": "Company",
    "emails": "E-mail",
    "phones": "Phone",
    "title": "Title",
    "city": "City",
    "country": "Country",
    "linkedin": "Profile",
}
# Of the values of a record, what a qualification looks at.
MERGED = (
    "given_name", "family_name", "email", "phone", "mobile", "title", "department", "company", "domain", "city",
    "country", "industry", "employees", "linkedin", "technologies", "description", "opted_out", "has_bounced",
)  # fmt: skip
_PLAIN = tuple(name for name in MERGED if name not in ("given_name", "family_name", "email", "phone", "mobile"))
# What may stand in a question to a model.
ASKED = ("title", "department", "company", "domain", "description")
_LIKELY = 0.5


def values_of(raw: Mapping[str, Any], given: str, family: str) -> dict[str, Any]:
    """The values compared and judged, from a record's values; the name already parted."""
    return {
        **{name: raw.get(name) or "" for name in _PLAIN},
        "given_name": given,
        "family_name": family,
        "emails": [raw["email"]] if raw.get("email") else [],
        "phones": list(dict.fromkeys(str(raw[name]) for name in ("mobile", "phone") if raw.get(name))),
    }


def as_held(values: Mapping[str, Any], held: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with what a person entered put over them. Addresses and numbers of the file stay beside the entered
    ones: who objected under one of them is still recognised."""
    if not held:
        return values
    emails = [held["email"]] if held.get("email") else []
    phones = [str(held[name]) for name in ("mobile", "phone") if held.get(name)]
    return {
        **values,
        **{name: value or "" for name, value in held.items() if name in values},
        "emails": list(dict.fromkeys([*emails, *values["emails"]])),
        "phones": list(dict.fromkeys([*phones, *values["phones"]])),
    }


def prepare(cases: Sequence[Case], memory: Memory, country: str = "US") -> Work:
    """All leads beside earlier ones they may be the same as, each group of same ones gathered in its first.

    Which records are the same has to be known before the points are counted: an opt-out in one list holds for the
    person, whichever list is read.
    """
    check = partial(_guards, holders=holders(cases), country=country)
    work = candidates.prepare(
        cases, memory, columns=COLUMNS, required=REQUIRED, guards=check, country=country, shown=_person
    )
    anchors = {case.object_id: anchor for case in work.cases if (anchor := same_as(case)) is not None}
    return replace(work, cases=tuple(_gathered(work.cases, anchors)))


def same_as(case: Case) -> int | None:
    """The oldest record that is surely the same person's and that nothing forbids to join; None for none."""
    if not case.candidates:
        return None
    found = [one for one in case.candidates if not one.guards and identify(case.values, one.values)]
    sole = [one for one in found if identify(case.values, one.values) != "same_name_at_domain"]
    if not sole and len({one.group for one in found}) > 1:
        return None
    return min((one.object_id for one in sole or found), default=None)


def identify(left: Mapping[str, Any], right: Mapping[str, Any]) -> str | None:
    """The identifier two people share: e-mail or profile; or mail domain, family name and compatible given names."""
    if not is_compatible(_folded(left["given_name"]), _folded(right["given_name"])):
        return None
    if _lower(left["emails"]) & _lower(right["emails"]):
        return "same_email"
    if left["linkedin"] and left["linkedin"].rstrip("/").lower() == right["linkedin"].rstrip("/").lower():
        return "same_profile"
    is_named = all(side["given_name"] and side["family_name"] for side in (left, right))
    if is_named and _folded(left["family_name"]) == _folded(right["family_name"]):
        domains = _domains(left["emails"]) & _domains(right["emails"])
        if any(not toolkit.is_free_mail(domain) for domain in domains):
            return "same_name_at_domain"
    return None


def twin_of(case: Case) -> Candidate | None:
    """The likeliest other lead that this one may be the same as, for a person to say."""
    likely = [one for one in case.candidates if one.probability >= _LIKELY or identify(case.values, one.values)]
    return max(likely, key=lambda one: one.weight, default=None)


def domain_of(values: Mapping[str, Any]) -> str:
    """The registrable domain of a lead's mail address, else of its website; "" for none."""
    return domain_in(values.get("email")) or domain_in(values.get("domain"))


def domain_in(text: Any) -> str:
    """The registrable domain of an address or a website; "" for none."""
    # By host: most people share theirs with others.
    return _registrable(str(text).rpartition("@")[2].strip().lower()) if text else ""


@lru_cache(maxsize=262144)
def _registrable(host: str) -> str:
    return registrable(host) or ""


@lru_cache(maxsize=262144)
def _folded(name: str) -> str:
    return folded(bare_name(name))


def _lower(values: Iterable[str]) -> set[str]:
    return {value.lower() for value in values}


def _domains(emails: Iterable[str]) -> set[str]:
    return {email.rpartition("@")[2].lower() for email in emails} - {""}


def _person(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: values[name] for name in LABELS}


def _guards(case: Case, other: Case, rivals: int, *, holders: Mapping[str, int], country: str) -> tuple[str, ...]:
    sides = [
        # Rows without an id of their own may name one person twice; two ids of one system rarely do.
        side(one, holders, one.source if one.context.get("has_id") else "")
        for one in (case, other)
    ]
    found = toolkit.person_guards(*sides, candidates=rivals, country=country)
    is_bridge = case.group != other.group and case.group_size > 1 and other.group_size > 1
    return (*found, "bridging") if is_bridge else found


def _gathered(cases: Sequence[Case], anchors: Mapping[int, int]) -> Iterable[Case]:
    """The cases; the first of a group carries the values and facts of all of it."""
    members: dict[int, list[Case]] = {}
    for case in cases:
        members.setdefault(_root(case.object_id, anchors), []).append(case)
    for case in cases:
        group = members.get(case.object_id, [])
        if len(group) > 1:
            facts = _joined([one.values["facts"] for one in group])
            case = case.but(values={**case.values, "merged": _merged(group), "facts": facts})
        yield case


def complete(case: Case) -> Case:
    """The case with its assessment, unless another record's speaks for it."""
    return case if same_as(case) is not None else case.but(context={**case.context, **assessment_of(case)})


def _root(record: int, anchors: Mapping[int, int]) -> int:
    # Anchors are earlier records, so that this ends.
    while record in anchors:
        record = anchors[record]
    return record


def _merged(group: Sequence[Case]) -> dict[str, Any]:
    mentions = [
        Mention(values=_raw(case), recorded_at=datetime.fromisoformat(case.context["recorded_at"]),
                record_id=case.object_id)
        for case in group
    ]  # fmt: skip
    return {name: one.value for name, one in survive(mentions, {}, MERGED).items()}


def _raw(case: Case) -> dict[str, Any]:
    values = case.values
    phones = [*values["phones"], "", ""]
    own = {name: values[name] for name in MERGED if name in values}
    return {**own, "email": next(iter(values["emails"]), ""), "mobile": phones[0], "phone": phones[1]}


def _joined(facts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Facts about one person from several records: what any of them says, events and lifts together."""
    joined: dict[str, Any] = {}
    for one in facts:
        for name, value in one.items():
            if name in ("events", "lifted"):
                joined[name] = [*joined.get(name, []), *(item for item in value if item not in joined.get(name, []))]
            elif value not in (None, "", False) or name not in joined:
                joined.setdefault(name, value)
                joined[name] = joined[name] or value
    return joined


def assessment_of(case: Case) -> dict[str, Any]:
    """`known`, `assessment` of a case whose context holds `as_of`, `profile` and what was read of its texts."""
    profile = _profile(case.context["profile"])
    own = {**case.values, "email": next(iter(case.values["emails"]), "")}
    values = {**own, **case.values.get("merged", {}), **case.values.get("held", {})}
    facts = case.values["facts"]
    as_of = date.fromisoformat(case.context["as_of"])
    known = firmographics(values, facts)
    found = assess(
        known,
        circumstances(values, facts, known),
        [Event(kind=kind, day=date.fromisoformat(day), detail=detail) for kind, day, detail in facts["events"]],
        profile,
        as_of,
        readings=case.context.get("readings"),
        misses=case.context.get("misses", ()),
    )
    return {"known": known.__dict__ | {"texts": list(known.texts)}, "assessment": to_json(found)}


_profiles: dict[int, tuple[Mapping[str, Any], Profile]] = {}


def _profile(data: Mapping[str, Any]) -> Profile:
    """All cases of a run share one profile, which is read once; the mapping is kept so that its id stays its own."""
    if id(data) not in _profiles:
        _profiles.clear()
        _profiles[id(data)] = (data, from_json(data))
    return _profiles[id(data)][1]


def firmographics(values: Mapping[str, Any], facts: Mapping[str, Any]) -> Firmographics:
    """What the lead's own records say, the gaps filled from the account it belongs to."""
    return Firmographics(
        industry=values.get("industry") or facts.get("account_industry") or "",
        employees=_whole(values.get("employees")) if values.get("employees") else facts.get("account_employees"),
        country=values.get("country") or facts.get("account_country") or "",
        title=values.get("title") or "",
        department=values.get("department") or "",
        texts=tuple(text for text in (values.get("technologies"), values.get("description")) if text),
        told=facts.get("told", {}),
    )


def circumstances(values: Mapping[str, Any], facts: Mapping[str, Any], known: Firmographics) -> Circumstances:
    return Circumstances(
        email=values.get("email") or "",
        domain=domain_of(values),
        country=known.country,
        name=full_name(values),
        company=values.get("company") or "",
        title=known.title,
        employees=known.employees,
        suppressed=facts.get("suppressed") or "",
        suppressed_on=_date(facts.get("suppressed_on")),
        is_opted_out=bool(values.get("opted_out") or facts.get("contact_opted_out")),
        is_own_staff=bool(facts.get("is_own_staff")),
        open_deal=facts.get("open_deal") or "",
        open_deal_owner=facts.get("open_deal_owner_name") or "",
        is_customer=bool(facts.get("is_customer")),
        account_owner=facts.get("account_owner_name") or "",
        has_bounced=bool(values.get("has_bounced")),
        lost_on=_date(facts.get("lost_on")),
        newest_trigger=_newest_trigger(facts["events"]) if facts["events"] else None,
        lifted=frozenset(facts.get("lifted", ())),
    )  # fmt: skip


def _newest_trigger(events: Iterable[Sequence[str]]) -> date | None:
    return max((date.fromisoformat(day) for kind, day, _ in events if kind in _TRIGGERS), default=None)


# What counts as a new reason to talk after a deal was lost.
_TRIGGERS = frozenset({"demo", "reply", "introduction", "signal", "meeting"})


def _whole(said: Any) -> int | None:
    try:
        return int(float(said))
    except (TypeError, ValueError, OverflowError):
        return None


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
