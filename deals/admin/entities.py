"""What the screens of accounts, contacts and deals have in common: a list, and one page per entity."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from config.theme import ModelAdmin, display
from deals import editing
from deals.admin.page import EntityPage, Panel, Section
from deals.models import Entity
from governance.pages import person
from pipeline.admin.csv_lists import CsvListAdmin
from pipeline.admin.visible import VisibleAdmin
from pipeline.templatetags.record_values import on_day

MAX_WORDS = 8


class EntityAdmin(CsvListAdmin, VisibleAdmin, ModelAdmin):
    """Entities come from records: they are edited and joined here, not added or deleted."""

    change_form_template = "admin/deals/entity.html"
    linkage = ""  # the pipeline that joins records of this kind; empty where none does

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was joined into another is kept for its history and changes no more."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_current)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # The list

    def matching(self, word: str) -> Q:
        """Rows that a word of the search box finds."""
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split()[:MAX_WORDS]:
            queryset = queryset.filter(self.matching(word))
        if _is_autocomplete(request):
            queryset = queryset.filter(is_current=True)
        return queryset, False

    @display(description="Records")
    def records_here(self, entity: Entity) -> int:
        return entity.record_count

    @display(description="Updated")
    def updated(self, entity: Entity) -> str:
        return on_day(entity.updated_at)

    # The page of one entity

    def sections(self, request: HttpRequest, entity: Any) -> list[Section]:
        """What hangs on the entity, shown below its values."""
        return []

    def panels(self, request: HttpRequest, entity: Any) -> list[Panel]:
        """What stands between the headline and the values."""
        return []

    def headline(self, entity: Any) -> dict[str, Any]:
        """What a sales person looks at first."""
        return {}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        for field in form.base_fields.values():
            # A value that an import changed while the page stood open must not count as entered.
            field.show_hidden_initial = True
        return form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        entity = kwargs.get("obj")
        if entity is not None:
            may_change = self.has_change_permission(request, entity)
            is_editing = may_change and ("edit" in request.GET or request.method == "POST")
            context |= {
                "page": EntityPage(
                    entity=entity,
                    linkage=self.linkage,
                    form=context["adminform"].form if is_editing else None,
                    sections=self.sections(request, entity),
                    panels=() if is_editing else self.panels(request, entity),
                    headline=self.headline(entity),
                ),
                "is_editing": is_editing,
                "may_change": may_change,
                "show_save_and_continue": False,
                "title": str(entity),
                "subtitle": None,
                **{f"{view}_name": f"{self.url_prefix}_{view}" for view in ("release", "join", "separate", "undo")},
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        entered = {name: form.cleaned_data[name] for name in form.changed_data}
        if entered:
            editing.hold(self.model, obj.pk, entered, by=person(request), now=timezone.now())

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.message_user(request, "Saved. Imports leave the values you entered as they are.", messages.SUCCESS)
        return redirect(self.page_name, obj.pk)

    @property
    def url_prefix(self) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}"

    @property
    def page_name(self) -> str:
        return f"{self.url_prefix}_change"

    # Giving a value back

    def get_urls(self) -> list[URLPattern]:
        release = path(
            "<int:pk>/release/<slug:name>/",
            self.admin_site.admin_view(self.release_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_release",
        )
        return [release, *super().get_urls()]

    def release_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        entity = self.entity_to_change(request, pk)
        if request.method != "POST" or name not in self.get_fields(request, entity):
            raise Http404
        editing.release(self.model, pk, name, by=person(request), now=timezone.now())
        self.message_user(request, "Released: the records decide about this value again.", messages.SUCCESS)
        return redirect(self.page_name, pk)

    def entity_to_change(self, request: HttpRequest, pk: int) -> Entity:
        """Raises PermissionDenied or Http404."""
        entity = self.get_object(request, str(pk))
        if entity is None:
            raise Http404
        if not self.has_change_permission(request, entity):
            raise PermissionDenied
        return entity  # type: ignore[no-any-return]


def _is_autocomplete(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name == "autocomplete")
