"""Text that strangers wrote, made fit for a prompt: without what is invisible, bounded, and marked as data."""

import json
import re
from collections.abc import Mapping
from typing import Any

MOST_CHARACTERS = 200
_MOST_ITEMS = 10
# Zero-width, bidirectional and control characters: invisible to a person, not to a model.
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile(r"\s+")


def visible(text: str, most: int = MOST_CHARACTERS) -> str:
    """`text` on one line as a person sees it, at most `most` characters long."""
    # Two cuts: the first bounds the work on a huge value, the second what is left of it.
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text[: 4 * most])).strip()[:most]


def clean(value: Any) -> Any:
    """Untrusted values likewise, in lists of at most ten."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list | tuple):
        return [clean(item) for item in value[:_MOST_ITEMS]]
    return value


def block(body: Mapping[str, Any], marker: str) -> str:
    """The data of a question as JSON between markers that nothing inside can forge."""
    text = json.dumps(body, ensure_ascii=False, indent=1).replace("```", "'''")
    return f"<data {marker}>\n```json\n{text}\n```\n</data {marker}>"
