"""A stand-in for the product's rules: same address, or same company with compatible names and nothing against it."""

from collections import defaultdict

from anyascii import anyascii
from nicknames import NickNamer
from rapidfuzz import fuzz

_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}
_namer = NickNamer()


def decide(hubspot, companies, salesforce, accounts, truth):
    """How many Salesforce contacts are decided, how many as one HubSpot has, and how many of those rightly."""
    same = {(left, right) for _, left, right in truth}
    sites = {row["Record ID"]: row["Company Domain Name"] for row in companies}
    webs = {row["Id"]: _host(row["Website"]) for row in accounts}
    known = [
        _person(r, "Record ID", "First Name", "Last Name", sites.get(r["Primary Associated Company ID"]))
        for r in hubspot
    ]
    by_address, by_family = defaultdict(list), defaultdict(list)
    for person in known:
        by_address[person["email"]].append(person)
        by_family[person["family"]].append(person)
    decided = linked = rightly = 0
    for row in salesforce:
        new = _person(row, "Id", "FirstName", "LastName", webs.get(row["AccountId"]))
        found = by_address[new["email"]] if new["email"] else []
        found = found or [p for p in by_family[new["family"]] if p["domain"] & new["domain"] and _compatible(p, new)]
        if found and not row["Suffix"]:
            linked += 1
            rightly += any((person["id"], new["id"]) in same for person in found)
        is_new = not any(fuzz.ratio(p["full"], new["full"]) >= 75 or p["family"] == new["family"] for p in known)
        decided += bool(found and not row["Suffix"]) or is_new
    return decided, linked, rightly


def _person(row, key, given, family, site):
    email = row["Email"].lower()
    names = {"given": _fold(row[given]), "family": _fold(row[family])}
    return {
        "id": row[key],
        "email": email,
        "domain": {email.partition("@")[2], site or ""} - {""},
        "full": f"{names['given']} {names['family']}",
        **names,
    }


def _fold(name):
    return anyascii(name.lower().translate(_UMLAUTS)).strip()


def _host(website):
    return website.rpartition("://")[2].removeprefix("www.").rstrip("/")


def _compatible(one, other):
    names = (one["given"], other["given"])
    if any(len(name.rstrip(".")) < 2 for name in names):
        return False
    return (
        names[0] == names[1] or names[0] in _namer.nicknames_of(names[1]) or names[1] in _namer.nicknames_of(names[0])
    )
