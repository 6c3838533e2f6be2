"""The form for a lead's values: what a person enters beats every import until it is given back."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from governance.pages import draw, page, person, require
from leads import editing
from leads.admin.page import CHANGING, SEEING
from leads.models import Lead

_LONG = ("technologies", "description")


class ValuesForm(forms.ModelForm):
    """Values left as they stood when the page was opened are not entered, whatever an import made of them since."""

    class Meta:
        model = Lead
        fields = editing.FIELDS
        labels = {"email": "E-mail", "linkedin": "LinkedIn profile"}
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in _LONG}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            field.widget.attrs |= {"class": "w-input", "autocomplete": "off"}
            if name == "email":
                field.validators.append(forms.EmailField(required=False).clean)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One field of the form; `by` and `at` where somebody entered its value."""

    bound: forms.BoundField
    is_long: bool
    by: str = ""
    at: datetime | None = None


@page(SEEING)
def lead_values(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, CHANGING)
    lead = get_object_or_404(Lead.objects.visible_to(request.user).filter(is_current=True), pk=pk)
    now = timezone.now()
    if (name := request.POST.get("release", "")) in lead.held:
        editing.release(lead, name, now=now)
        messages.success(request, "Given back: the imported records decide about this value again.")
        return redirect("lead_values", pk)
    form = ValuesForm(request.POST or None, instance=lead)
    if request.method == "POST" and form.is_valid():
        entered = {name: form.cleaned_data[name] for name in form.changed_data}
        if entered:
            editing.hold(lead, entered, by=person(request), now=now)
            said = "Saved. Imports leave what you entered as it is, and the next qualification counts with it."
            messages.success(request, said)
        return redirect("admin:leads_lead_change", pk)
    held = lead.held
    return draw(
        request,
        "admin/leads/lead/values.html",
        title=f"Values of {Lead.objects.get(pk=pk)}",
        lead=lead,
        entries=[_entry(bound, held.get(bound.name, {})) for bound in form],
    )


def _entry(bound: forms.BoundField, held: dict[str, str]) -> Entry:
    at = parse_datetime(str(held.get("at", "")))
    return Entry(bound=bound, is_long=bound.name in _LONG, by=str(held.get("by", "")), at=at)
