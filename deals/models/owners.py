"""Who of us a file means: the colleague behind an owner's id, e-mail address or name."""

import re
from collections.abc import Iterable
from typing import Self

from pipeline.survivorship import Chosen

from .colleagues import Colleague

# Ids of CRM users: no blank, no @, at least one digit.
_ID = re.compile(r"(?=.*\d)[\w-]{1,40}")
# What a CRM writes behind the name of somebody who has left.
_LEFT = re.compile(r"\s*[(\[](?:deactivated|inactive|disabled|deleted|removed|former)(?: user| owner)?[)\]]$", re.I)


def named(text: str) -> str:
    """An owner's name or address without a mark like "(Deactivated User)"."""
    return (_LEFT.sub("", text) if text.endswith((")", "]")) else text) or text


class Owners:
    """All colleagues by what files call them. They are few, so they are read at once."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[int, str], int] = {}
        self._by_text: dict[str, int] = {}

    @classmethod
    def load(cls) -> Self:
        owners = cls()
        for pk, name, email in Colleague.objects.order_by("-id").values_list("id", "name", "email"):
            owners.know(pk, name, email)
        rows = Colleague.records.through.objects.values_list("colleague_id", "record__source_id", "record__key")
        owners._by_key = {(source, key): colleague for colleague, source, key in rows}
        return owners

    def know(self, colleague_id: int, *texts: str) -> None:
        self._by_text |= {named(text).casefold(): colleague_id for text in texts if text}

    def find(self, source_id: int, text: str | None) -> int | None:
        """The colleague's id, or None where nobody is known under that id, address or name."""
        if not text:
            return None
        return self._by_key.get((source_id, text)) or self._by_text.get(named(str(text)).casefold())

    def of(self, chosen: Chosen | None) -> int | None:
        """The colleague an entity's surviving owner value names."""
        if chosen is None:
            return None
        return self.find(chosen.mention.source_id if chosen.mention else 0, chosen.value)

    def add_missing(self, source_id: int, texts: Iterable[str | None]) -> None:
        """Create colleagues for owners given by name or address. A bare id waits for the file that explains it."""
        distinct = [text for text in dict.fromkeys(texts) if text]
        for text in distinct:
            if not self.find(source_id, text) and not _ID.fullmatch(text):
                self._add(named(text))
        self._retire(self.find(source_id, text) for text in distinct if named(text) != text)

    def _add(self, text: str) -> None:
        is_email = "@" in text
        name = text.partition("@")[0].replace(".", " ").title() if is_email else text
        colleague = Colleague.objects.create(name=name[:160], email=text[:254] if is_email else "")
        self.know(colleague.pk, colleague.name, colleague.email)

    @staticmethod
    def _retire(colleague_ids: Iterable[int | None]) -> None:
        """Those marked as gone are inactive, unless a list of users says otherwise."""
        gone = {pk for pk in colleague_ids if pk}
        if gone:
            Colleague.objects.filter(pk__in=gone, records=None, is_active=True).update(is_active=False)
