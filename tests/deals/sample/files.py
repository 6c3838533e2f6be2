"""The sample of one day, built once, and its files as rows."""

import csv
import io
from datetime import date
from functools import cache

from deals.sample.company import Sample, build, build_second

AS_OF = date(2026, 3, 2)


@cache
def sample() -> Sample:
    return build(as_of=AS_OF)


@cache
def fair() -> Sample:
    return build_second(as_of=AS_OF)


@cache
def rows(ending: str) -> tuple[dict[str, str], ...]:
    """The rows of the one file whose name contains `ending`, decoded as its system writes."""
    files = sample().files | fair().files
    (name,) = [name for name in files if ending in name]
    return tuple(csv.DictReader(io.StringIO(text(name), newline=""), delimiter=";" if "fair" in name else ","))


def text(name: str) -> str:
    """A file's text without the lines before its header."""
    content = (sample().files | fair().files)[name]
    if name == "Connections.csv":
        return content.decode().split("\n\n", 1)[1]
    return content.decode("utf-8-sig" if "hubspot" in name or "fair" in name else "cp1252")


def ids() -> set[str]:
    """The record ids of accounts and contacts in both systems, the profile addresses and the badges."""
    hubspot = {row["Record ID"] for view in ("companies", "contacts") for row in rows(view)}
    salesforce = {row["Id"] for table in ("Account.csv", "Contact.csv") for row in rows(table)}
    profiles = {row["URL"] for row in rows("Connections")}
    return hubspot | salesforce | profiles | {row["Badge"] for row in rows("fair")}
