"""Coarse keys of account records: two that share none are not the same company."""

from collections.abc import Mapping

import polars as pl

from pipeline.matching.near import by_name, folded, read

FIELDS = ("name", "domain", "website", "phone", "city", "postcode")


def keys(values: pl.Series) -> Mapping[str, pl.Series]:
    """From records' values as JSON texts: domain, number, words of the name, name beside place."""
    c = pl.col
    frame = read(values, FIELDS).select(
        name=folded(c("name")).str.replace(r"^the ", ""),
        domain=pl.coalesce(c("domain"), c("website"))
        .str.to_lowercase()
        .str.replace(r"^https?://", "")
        .str.replace(r"^www\.", "")
        .str.extract(r"^([^/:]+)", 1),
        phone=c("phone").str.replace_all(r"\D", "").str.tail(7),
        city=folded(c("city")),
        postcode=folded(c("postcode")),
    )
    frame = frame.with_columns(
        first=c("name").str.extract(r"^(\S+)", 1),
        second=c("name").str.extract(r"^\S+ (\S+)", 1),
        together=c("name").str.replace_all(" ", ""),
        label=c("domain").str.extract(r"^([^.]+)", 1).str.replace_all("-", ""),
    )
    return by_name(
        {
            "domain": [c("domain")],
            "domain name": [c("label")],
            "phone": [c("phone")],
            "first word": [c("first")],
            "second word": [c("second")],
            "name start": [c("together").str.head(6)],
            "name, city": [c("together").str.head(3), c("city")],
            "name, postcode": [c("together").str.head(2), c("postcode")],
            "name like domain": [pl.coalesce(c("label"), c("together")).str.head(8)],
        },
        frame,
    )
