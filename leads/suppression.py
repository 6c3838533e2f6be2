"""Who must not be contacted: recognised by keyed hashes, so that nobody has to be kept to be left alone."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from leads.models import Suppression, SuppressionKey
from pipeline.matching.normalise import phone, registrable

_PLUS = re.compile(r"^([^@+]+)\+[^@]*@")


def suppress(
    kind: str,
    value: str,
    *,
    reason: str,
    now: datetime,
    by: User | None = None,
    source: str = "",
    note: str = "",
) -> Suppression | None:
    """Put an address, number, profile or domain on the list; one that was lifted counts again. None for no value."""
    normal = normalised(kind, value)
    if not normal:
        return None
    found, is_new = Suppression.objects.get_or_create(
        kind=kind,
        keyed_hash=keyed_hash(kind, normal, SuppressionKey.current()),
        defaults={"reason": reason, "by": by, "source": source[:160], "note": note[:200], "created_at": now},
    )
    # An import repeats what was lifted since; only a person's new word puts it back.
    if not is_new and found.lifted_at and by:
        Suppression.objects.filter(pk=found.pk).update(
            reason=reason, by=by, source=source[:160], note=note[:200], created_at=now, lifted_at=None, lifted_by=None
        )
        found.refresh_from_db()
    return found


def lift(found: Suppression, *, by: User, now: datetime) -> bool:
    """Take somebody off the list; False where somebody was faster."""
    return bool(Suppression.objects.filter(pk=found.pk, lifted_at=None).update(lifted_at=now, lifted_by=by))


def normalised(kind: str, value: str) -> str:
    """The one form in which spellings of an address, number, profile or domain are equal; "" for none."""
    text = value.strip().lower()
    if kind == Suppression.Kind.EMAIL:
        address = _PLUS.sub(r"\1@", text).replace("@googlemail.com", "@gmail.com")
        local, _, domain = address.partition("@")
        if not (local and "." in domain):
            return ""
        return f"{local.replace('.', '')}@{domain}" if domain == "gmail.com" else address
    if kind == Suppression.Kind.PHONE:
        return phone(value.strip()) or ""
    if kind == Suppression.Kind.DOMAIN:
        return registrable(text) or ""
    return re.sub(r"^https?://(?:\w+\.)?(?=linkedin\.com)", "", text).partition("?")[0].rstrip("/")


def keyed_hash(kind: str, normal: str, secret: str) -> str:
    """HMAC-SHA256 of a normalised value: without the key nobody can try addresses against the list."""
    return hmac.new(bytes.fromhex(secret), f"{kind}:{normal}".encode(), hashlib.sha256).hexdigest()


class Suppressions:
    """The list, read once; asks for many leads at a time."""

    def __init__(self) -> None:
        rows = Suppression.objects.filter(lifted_at=None).values_list("kind", "keyed_hash", "reason", "created_at")
        self._known = {(kind, digest): (reason, at) for kind, digest, reason, at in rows}
        self._kinds = {kind for kind, _ in self._known}
        self._secret = SuppressionKey.current() if self._known else ""

    def of(self, values: Mapping[str, Any]) -> tuple[str, datetime] | None:
        """(reason in words, since) of the first of a lead's addresses, numbers, profile or domain that is listed."""
        if not self._known:
            return None
        for kind, value in identifiers(values):
            if kind not in self._kinds:
                continue
            normal = normalised(kind, value)
            found = self._known.get((kind, keyed_hash(kind, normal, self._secret))) if normal else None
            if found:
                return str(Suppression.Reason(found[0]).label).lower(), found[1]
        return None


def objected(values: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Whether each of these people or companies is on the list, so that no model is asked about them."""
    known = Suppressions()
    return [known.of(one) is not None for one in values]


def identifiers(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(kind, value) of everything a lead or contact can be recognised by on the list."""
    for address in filter(None, (values.get("email"), *(values.get("emails") or ()))):
        yield Suppression.Kind.EMAIL, str(address)
    for number in filter(None, (values.get("phone"), values.get("mobile"), *(values.get("phones") or ()))):
        yield Suppression.Kind.PHONE, str(number)
    if values.get("linkedin"):
        yield Suppression.Kind.PROFILE, str(values["linkedin"])
    for text in (values.get("email"), values.get("domain")):
        if text:
            yield Suppression.Kind.DOMAIN, str(text)
