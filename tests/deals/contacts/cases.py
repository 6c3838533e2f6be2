"""Plain makers of people as cases."""

from deals.contacts.case import values_of
from pipeline.pipeline import Case


def person(object_id, given, family, *, company="", email="", source="HubSpot", **raw):
    raw |= {"given_name": given, "family_name": family, "email": email}
    return Case(object_id=object_id, values=values_of(raw, company), source=source, group=object_id)
