"""Coarse keys of contact records: two that share none are not the same person."""

from collections.abc import Mapping

import polars as pl

from pipeline.matching.near import by_name, folded, read

# Who else is at a domain tells a company's own from a mail provider's.
SAMPLES = frozenset({"domain"})
FIELDS = ("email", "phone", "mobile", "linkedin", "full_name", "given_name", "family_name", "company")


def keys(values: pl.Series) -> Mapping[str, pl.Series]:
    """From records' values as JSON texts: address, number, profile, and parts of the name with each other."""
    c = pl.col
    frame = read(values, FIELDS).select(
        email=c("email").str.to_lowercase(),
        phone=_digits("phone"),
        mobile=_digits("mobile"),
        profile=c("linkedin").str.to_lowercase().str.strip_chars_end("/"),
        full=folded(c("full_name")),
        given=folded(c("given_name")),
        family=folded(c("family_name")),
        company=folded(c("company")).str.extract(r"^(\S+)", 1),
    )
    frame = frame.with_columns(
        given=pl.coalesce(c("given"), c("full").str.extract(r"^(\S+)", 1)).str.extract(r"^(\S+)", 1),
        family=pl.coalesce(c("family"), c("full")).str.extract(r"(\S+)$", 1),
        local=c("email").str.extract(r"^([^@+]+)", 1).str.replace_all(r"[^a-z0-9]", ""),
        domain=c("email").str.extract(r"@(.+)$", 1),
        number=pl.coalesce(c("phone"), c("mobile")),
    )
    names = pl.min_horizontal("given", "family"), pl.max_horizontal("given", "family")
    return by_name(
        {
            "email": [c("email")],
            "number": [c("number")],
            "mobile": [pl.coalesce(c("mobile"), c("phone"))],
            "profile": [c("profile")],
            "local part": [c("local")],
            "names": list(names),
            "family, initial": [c("family"), c("given").str.head(1)],
            "family, company": [c("family").str.head(4), c("company").str.head(5)],
            "given, company": [c("given").str.head(4), c("company").str.head(6)],
            "given, family start": [c("given"), c("family").str.head(4)],
            "given, family end": [c("given"), c("family").str.tail(4)],
            "given, domain": [c("given").str.head(2), c("domain")],
            "family, domain": [c("family").str.head(3), c("domain")],
            "domain": [c("domain")],
        },
        frame,
    )


def _digits(name: str) -> pl.Expr:
    """The last seven digits of a number: what stays whatever the way it is written."""
    digits = pl.col(name).str.replace_all(r"\D", "").str.tail(7)
    return pl.when(digits.str.len_chars() == 7).then(digits)
