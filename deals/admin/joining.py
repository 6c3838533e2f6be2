"""Joining two entities by hand, separating a record again, taking either back: after a page that says what happens."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from config.theme import action
from deals import joining
from deals.admin.entities import EntityAdmin
from deals.admin.page import title_of
from deals.models import Contact, DealRole, Entity
from deals.provenance import held_of, lines, linked_records
from governance.pages import person
from pipeline.models import Decision, Record
from pipeline.review import by_hand
from pipeline.review.errors import NotTaken

NOTE_LENGTH = 200


class ChooseForm(forms.Form):
    """Whom to join with, found by typing."""

    def __init__(self, *args: Any, model: type[Entity], admin_site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The autocomplete endpoint wants some foreign key that leads to the model.
        pointer = DealRole._meta.get_field("contact") if model is Contact else Contact._meta.get_field("account")
        widget = AutocompleteSelect(pointer, admin_site, attrs={"style": "width: 100%"})
        self.fields["with"] = forms.ModelChoiceField(model.objects.all(), label="Join with", widget=widget)


class JoiningAdmin(EntityAdmin):
    """Adds the pages to join, separate and undo. `linkage` names the pipeline that holds such decisions."""

    actions: Any = ("export_selected", "join_selected")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/join/", view(self.join_view), name=f"{name}_join"),
            path("<int:pk>/records/<int:record_id>/separate/", view(self.separate_view), name=f"{name}_separate"),
            path("undo/<int:decision_id>/", view(require_POST(self.undo_view)), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    @action(description="Join the two selected …", permissions=["change"])
    def join_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            wanted = f"Select exactly two {self.opts.verbose_name_plural} to join."
            self.message_user(request, wanted, messages.WARNING)
            return None
        return redirect(f"{self._url('join', chosen[0].pk)}?with={chosen[1].pk}")

    def join_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        one = self.entity_to_change(request, pk)
        form = ChooseForm(
            request.POST or (request.GET if "with" in request.GET else None),
            model=self.model,
            admin_site=self.admin_site,
        )
        form.fields["with"].queryset = self.get_queryset(request)  # type: ignore[attr-defined]
        if not form.is_valid():
            return self._draw(request, "choose", one, f"Join “{one}” with …", form=form)
        try:
            preview = joining.preview(self.linkage, one, form.cleaned_data["with"])
        except joining.NothingToJoin as reason:
            form.add_error("with", str(reason))
            return self._draw(request, "choose", one, f"Join “{one}” with …", form=form)
        if request.method == "POST" and "join" in request.POST:
            return self._join(request, preview)
        title = f"Join these two {self.opts.verbose_name_plural}?"
        return self._draw(request, "join", one, title, preview=preview, note_length=NOTE_LENGTH)

    def _join(self, request: HttpRequest, preview: joining.Preview) -> HttpResponse:
        note = request.POST.get("note", "").strip()[:NOTE_LENGTH]
        try:
            decision = by_hand.join(self.linkage, preview.record_id, preview.anchor_id, by=person(request), note=note)
        except NotTaken as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return redirect(self.page_name, preview.stays.entity.pk)
        gone, kept = str(preview.goes.entity), str(preview.stays.entity)
        self._say_with_undo(request, decision, f"“{gone}” is part of “{kept}” now.")
        return redirect(self.page_name, preview.stays.entity.pk)

    def separate_view(self, request: HttpRequest, pk: int, record_id: int) -> HttpResponse:
        entity = self.entity_to_change(request, pk)
        records = linked_records(entity)
        record = next((found for found in records if found.pk == record_id), None)
        if record is None:
            raise Http404
        if len(records) < 2:
            self.message_user(request, "This is the only record here; there is nothing to separate.", messages.WARNING)
            return redirect(self.page_name, pk)
        if request.method == "POST":
            rest = next(found for found in records if found != record)
            return self._separate(request, record, rest)
        return self._draw(
            request,
            "separate",
            entity,
            f"Separate “{title_of(record)}” from “{entity}”?",
            record=record,
            changes=_changes_without(entity, records, record),
        )

    def _separate(self, request: HttpRequest, record: Record, rest: Record) -> HttpResponse:
        try:
            decision = by_hand.separate(self.linkage, record.pk, by=person(request))
        except NotTaken as reason:
            self.message_user(request, str(reason), messages.ERROR)
        else:
            self._say_with_undo(request, decision, f"“{title_of(record)}” stands on its own now.", record.pk)
        # The oldest record takes its page along: the others are then found elsewhere.
        return self._to_home(rest.pk)

    def undo_view(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        decision = get_object_or_404(
            Decision.objects.select_related("subject"), pk=decision_id, subject__pipeline=self.linkage
        )
        try:
            by_hand.undo(decision, by=person(request))
        except NotTaken as reason:
            self.message_user(request, str(reason), messages.ERROR)
        else:
            self.message_user(request, "Taken back: everything is as it was before.", messages.SUCCESS)
        return self._to_home(decision.subject.object_id)

    def _to_home(self, record_id: int) -> HttpResponse:
        home = joining.home_of(record_id, self.model)
        return redirect(self.page_name, home.pk) if home else redirect(self._url("changelist"))

    def _say_with_undo(
        self, request: HttpRequest, decision: Decision, sentence: str, record_id: int | None = None
    ) -> None:
        home = joining.home_of(record_id, self.model) if record_id else None
        opened = (
            format_html(' <a class="font-semibold underline" href="{}">Open it</a>', self._url("change", home.pk))
            if home
            else SafeString("")
        )
        # A form of its own, so that the button works on whatever page the message comes up.
        undo = format_html(
            '<form class="inline-block ml-2" method="post" action="{}">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="cursor-pointer font-semibold underline">Undo</button></form>',
            self._url("undo", decision.pk),
            get_token(request),
        )
        self.message_user(request, format_html("{}{} {}", sentence, opened, undo), messages.SUCCESS)

    def _draw(self, request: HttpRequest, page: str, entity: Entity, title: str, **context: Any) -> HttpResponse:
        form = context.get("form")
        frame = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "entity": entity,
            "entity_url": self._url("change", entity.pk),
            "list_url": self._url("changelist"),
            "media": self.media + form.media if form else self.media,
        }
        return render(request, f"admin/deals/{page}.html", {**frame, **context})

    def _url(self, view: str, *args: Any) -> str:
        return reverse(f"{self.url_prefix}_{view}", args=args)


def _changes_without(entity: Entity, records: Sequence[Record], leaving: Record) -> list[dict[str, Any]]:
    """What the entity shows now and would show without one of its records."""
    rest = [record for record in records if record != leaving]
    now = lines(type(entity), records, held_of(entity, records))
    then = lines(type(entity), rest, held_of(entity, rest))
    pairs = zip(now, then, strict=True)
    return [{"label": a.label, "now": a.value, "then": b.value} for a, b in pairs if a.value != b.value]
