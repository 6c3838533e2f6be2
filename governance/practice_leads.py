"""What the practice model reads out of a lead: a few telling words, quoted; everything else it does not know."""

import re
from collections.abc import Mapping
from typing import Any

UNKNOWN = "unknown"
_SENIORITY = (
    ("executive", r"boss|captain|chairman|principal|in charge of everything|runs the (?:company|firm|business)"),
    ("director", r"in charge|responsible for|steers|heads|runs"),
    ("manager", r"crew|team|shift|coordinates|leads"),
    ("staff", r"helper|hand|member|works? (?:in|on|with)|guru|ninja|evangelist|wizard"),
)
_FUNCTION = (
    ("purchasing", r"buys|supplier\w*|vendor\w*|tender\w*"),
    ("operations", r"shipping|dispatch|depot|yard|trucks?|vans?|pallets?|machines|shop floor|belt"),
    ("it", r"computers?|networks?|apps?|servers?|screens?"),
    ("finance", r"numbers|money|books|ledger"),
    ("sales", r"customers|quota|selling"),
    ("general management", r"everything|whole (?:company|firm|business)"),
)


def lead_reading(body: Mapping[str, Any]) -> dict[str, Any]:
    """Values with their quotes for what is `wanted` of a `lead`; confidence 0..1."""
    values = body.get("lead")
    texts = [str(text) for text in values.values()] if isinstance(values, Mapping) else []
    said: dict[str, Any] = {}
    asked = body.get("wanted")
    wanted = [str(name) for name in asked] if isinstance(asked, list) else []
    for name, table in (("seniority", _SENIORITY), ("function", _FUNCTION)):
        if name in wanted:
            said[name], said[f"{name}_quote"] = _first(table, texts)
    if "industry" in wanted:
        said["industry"], said["industry_quote"] = _industry(body.get("industries"), texts)
    found = [value for name, value in said.items() if not name.endswith("_quote")]
    return {**said, "confidence": 0.9 if found and UNKNOWN not in found else 0.7}


def _first(table: tuple[tuple[str, str], ...], texts: list[str]) -> tuple[str, str]:
    for value, words in table:
        for text in texts:
            if found := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
                return value, found[0]
    return UNKNOWN, ""


def _industry(names: Any, texts: list[str]) -> tuple[str, str]:
    """The listed industry of which a telling word stands in a text."""
    for name in names if isinstance(names, list) else ():
        for word in re.findall(r"\w{4,}", str(name)):
            for text in texts:
                if found := re.search(rf"\b{re.escape(word[:6])}\w*", text, re.IGNORECASE):
                    return str(name), found[0]
    return UNKNOWN, ""
