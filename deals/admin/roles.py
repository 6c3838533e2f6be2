"""The people of a deal, as they are edited on its page."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from config.theme import TabularInline
from deals.models import ContactLink, DealRole


class RoleFormSet(BaseInlineFormSet):
    """What a person saves is confirmed, and follows the contact's oldest record when contacts are joined or parted."""

    def clean(self) -> None:
        super().clean()
        entered = [form for form in self.forms if _named(form)]
        often = Counter(_named(form) for form in entered)
        for form in entered:
            # Two records of one person may say the same: only what is entered now is held against it.
            if form.has_changed() and often[_named(form)] > 1:
                role = form.cleaned_data.get("role") or "somebody without a part"
                raise ValidationError(f"{form.cleaned_data['contact']} is named twice as {role}.")

    def save_new(self, form: Any, commit: bool = True) -> Any:
        return self._confirm(super().save_new(form, commit=False), commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        return self._confirm(super().save_existing(form, obj, commit=False), commit)

    def _confirm(self, role: DealRole, commit: bool) -> DealRole:
        role.is_confirmed = True
        links = ContactLink.objects.filter(contact=role.contact_id, closed_at=None)
        if role.contact_record_id is None or not links.filter(record=role.contact_record_id).exists():
            role.contact_record_id = links.order_by("record").values_list("record", flat=True).first()
        if commit:
            role.save()
        return role


def _named(form: Any) -> tuple[int, str] | None:
    """Contact and part, as far as they are compared."""
    entered = getattr(form, "cleaned_data", {})
    contact = entered.get("contact")
    return (contact.pk, entered.get("role", "").casefold()) if contact and not entered.get("DELETE") else None


class DealRoleInline(TabularInline):
    model = DealRole
    formset = RoleFormSet
    fields = ("contact", "role")
    autocomplete_fields = ("contact",)
    extra = 0
    hide_title = True
    verbose_name = "person"
    verbose_name_plural = "people in this deal"
