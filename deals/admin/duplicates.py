"""Duplicates: what was found and waits, who settled it, what each source fills, and joining two by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from deals import quality
from deals.joined import JoinedByHand, joined_by_hand
from deals.models import Contact, DealRole, Entity
from governance.pages import draw, may, page
from pipeline.models import Run


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One kind with its figures, its parts in percent of all records, and the form to join two of it by hand."""

    figures: quality.Figures
    completeness: list[quality.Completeness]
    joined: list[JoinedByHand]
    form: forms.Form | None
    name: str
    shares: tuple[tuple[str, str, float, int], ...]


class PairForm(forms.Form):
    """Two records' pages, found by typing."""

    def __init__(self, data: Any, *, model: type[Entity]) -> None:
        super().__init__(data, prefix=model._meta.model_name)
        # The autocomplete endpoint wants some foreign key that leads to the model.
        pointer = DealRole._meta.get_field("contact") if model is Contact else Contact._meta.get_field("account")
        for name, label in (("one", "This one"), ("other", "and this one")):
            widget = AutocompleteSelect(pointer, admin.site, attrs={"style": "width: 100%"})
            choices = model._default_manager.all()
            self.fields[name] = forms.ModelChoiceField(choices, label=label, widget=widget)


@require_safe
@page("deals.view_contact")
def duplicates(request: HttpRequest) -> HttpResponse:
    """The page; `?kind=contact` with two chosen leads on to their comparison, nothing is joined before."""
    chosen = next((kind for kind in quality.KINDS if request.GET.get("kind") == kind.kind), None)
    shown = []
    media = forms.Media()
    for kind in quality.KINDS:
        form = PairForm(request.GET if kind is chosen else None, model=kind.model) if _may_join(request, kind) else None
        if form is not None:
            media += form.media
            if kind is chosen and form.is_valid():
                return redirect(_compare(kind, form.cleaned_data))
        shown.append(_shown(kind, form))
    return draw(
        request,
        "admin/deals/duplicates.html",
        title="Duplicates",
        kinds=shown,
        has_records=any(one.figures.records for one in shown),
        is_running=Run.objects.filter(state__in=Run.ACTIVE).exists(),
        may_answer=may(request, "pipeline.add_answer"),
        may_run=may(request, "pipeline.add_run"),
        media=media,
    )


def _may_join(request: HttpRequest, kind: quality.Kind) -> bool:
    return may(request, f"deals.change_{kind.kind}")


def _compare(kind: quality.Kind, chosen: Mapping[str, Any]) -> str:
    return f"{reverse(f'admin:deals_{kind.kind}_join', args=[chosen['one'].pk])}?with={chosen['other'].pk}"


def _shown(kind: quality.Kind, form: forms.Form | None) -> Shown:
    found = quality.figures(kind)
    parts = [(one.label, f"is-{one.tone}", one.number) for one in found.settled]
    parts += [("Wait for you", "is-waiting", found.waiting), ("Not compared yet", "is-none", found.uncompared)]
    whole = max(1, sum(number for _, _, number in parts))
    return Shown(
        figures=found,
        completeness=quality.completeness(kind),
        joined=joined_by_hand(kind.pipeline, kind.model),
        form=form,
        name=kind.kind,
        shares=tuple((label, tone, round(100 * number / whole, 2), number) for label, tone, number in parts if number),
    )
