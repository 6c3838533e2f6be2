"""Coarse keys of account records: two that share none are not the same company."""

from collections.abc import Mapping

import polars as pl

from pipeline.matching.near import by_name, folded


def keys(values: pl.Series) -> Mapping[str, pl.Series]:
    """From records' values as JSON texts: domain, number, words of the name, name beside place."""
    c = pl.col
    frame = pl.DataFrame({"v": values}).select(
        name=folded(_text("name")).str.replace(r"^the ", ""),
        domain=pl.coalesce(_text("domain"), _text("website"))
        .str.to_lowercase()
        .str.replace(r"^https?://", "")
        .str.replace(r"^www\.", "")
        .str.extract(r"^([^/:]+)", 1),
        phone=_text("phone").str.replace_all(r"\D", "").str.tail(7),
        city=folded(_text("city")),
        postcode=folded(_text("postcode")),
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


def _text(name: str) -> pl.Expr:
    text = pl.col("v").str.json_path_match(f"$.{name}").str.strip_chars()
    return pl.when(text.str.len_chars() > 0).then(text)
