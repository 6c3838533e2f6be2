"""The lines above a logged e-mail's text ("From: …", "To: …"): a CRM's task has no columns for who wrote to whom."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.ingest.addresses import read_emails
from pipeline.ingest.faults import BadCell

_LINE = re.compile(r"(from|to|additional to|cc|bcc|attachments?|date|sent|reply-to|subject)\s*:(.*)", re.IGNORECASE)
_ADDRESSED = ("to", "additional to", "cc", "bcc")
# The head of a long thread's first message; what is quoted further down is another message.
_MAX_LINES, _MAX_LINE_CHARS = 20, 2_000


def with_people(message: Mapping[str, Any]) -> dict[str, Any]:
    """An e-mail's values with the sender (`from_email`) and everybody named (`emails`) in the lines above its text.

    A head without a sender's line that starts with "Additional To" is how Salesforce keeps what was sent from it.
    """
    head = _head(message.get("body") or "")
    sender = _addresses(head.get("from", ""))
    named = [*sender, *(address for label in _ADDRESSED for address in _addresses(head.get(label, "")))]
    found: dict[str, Any] = {}
    if sender:
        found["from_email"] = sender[0]
    if named:
        found["emails"] = list(dict.fromkeys([*(message.get("emails") or ()), *named]))
    if "additional to" in head and "from" not in head and "to" not in head:
        found["direction"] = "out"
    return {**message, **found}


def without_head(text: str) -> str:
    """What was written below the labelled lines; the whole text where there are none or nothing is below."""
    lines = text.split("\n")
    below = next((i for i, line in enumerate(lines) if line.strip() and not _LINE.fullmatch(line.strip())), len(lines))
    rest = "\n".join(lines[below:]).removeprefix("Body:").strip() if below else ""
    return rest or text


def _head(text: str) -> dict[str, str]:
    """Label → what stands behind it, for the labelled lines the text begins with."""
    head: dict[str, str] = {}
    for line in text.split("\n", _MAX_LINES)[:_MAX_LINES]:
        found = _LINE.fullmatch(line.strip()[:_MAX_LINE_CHARS])
        if found:
            head.setdefault(found[1].casefold(), found[2].strip())
        elif line.strip():
            break
    return head


def _addresses(text: str) -> list[str]:
    try:
        return read_emails(text) if "@" in text else []
    except BadCell as refusal:
        return list(refusal.kept or ())
