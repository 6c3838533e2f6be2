"""Language models and their dated prices. A price in use is never edited: a newer row takes over from its day on."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone

from config.theme import DecimalInput, ModelAdmin, TabularInline, display
from governance.models import LanguageModel, Organisation, Price
from governance.money import dollars

_WIDTHS = {"service_tier": "min-width: 8.5rem", "source": "min-width: 11rem"}
_RATES = ("input", "cached_input", "cache_write", "output")


def _dollar_field(label: str, *, is_optional: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        widget=DecimalInput,
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(100_000),
        decimal_places=6,
        required=not is_optional,
    )


class PriceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Rates as providers print them: dollars per million tokens; stored in micro-dollars."""

    input_usd = _dollar_field("input")
    cached_input_usd = _dollar_field("cached input", is_optional=True)
    cache_write_usd = _dollar_field("cache write", is_optional=True)
    output_usd = _dollar_field("output")

    class Meta:
        model = Price
        fields = ("service_tier", "valid_from", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # The heads of the table's columns label no input.
            field.widget.attrs |= {"aria-label": str(field.label).capitalize(), "style": _WIDTHS.get(name, "")}

    def save(self, commit: bool = True) -> Price:
        for rate in _RATES:
            amount = self.cleaned_data.get(f"{rate}_usd")
            setattr(self.instance, f"{rate}_microusd", None if amount is None else amount * 1_000_000)
        price: Price = super().save(commit)
        return price


class PriceInline(TabularInline):
    model = Price
    form = PriceForm
    fields = ("service_tier", "valid_from", "input_usd", "cached_input_usd", "cache_write_usd", "output_usd", "source")
    extra = 1
    verbose_name_plural = "A new price, in dollars per million tokens"
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    # It never lists a price that exists; without this Django takes its own fields for read-only ones.
    has_change_permission = has_view_permission


class PastPriceInline(TabularInline):
    model = Price
    fields = readonly_fields = (
        "service_tier", "valid_from", "input", "cached", "written", "output", "source", "compared",
    )  # fmt: skip
    extra = 0
    can_delete = False
    verbose_name_plural = "Prices so far, in dollars per million tokens"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="input")
    def input(self, price: Price) -> str:
        return _rate(price.input_microusd)

    @display(description="cached input")
    def cached(self, price: Price) -> str:
        return _rate(price.cached_input_microusd)

    @display(description="cache write")
    def written(self, price: Price) -> str:
        return _rate(price.cache_write_microusd)

    @display(description="output")
    def output(self, price: Price) -> str:
        return _rate(price.output_microusd)

    @display(description="last compared with it")
    def compared(self, price: Price) -> date:
        return price.compared_on


def _rate(microusd: Decimal | None) -> str:
    return "as input" if microusd is None else dollars(int(microusd))


class LanguageModelForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        labels = {"base_url": "Base URL", "api_key_variable": "API key variable"}


@admin.register(LanguageModel)
class LanguageModelAdmin(ModelAdmin):
    form = LanguageModelForm
    list_display = ("label", "tier", "request_model", "service_tier", "is_enabled", "shown_key", "is_practice")
    search_fields = ("name", "label", "request_model")
    ordering = ("tier", "priority", "name")
    readonly_fields = ("is_practice",)
    inlines = (PriceInline, PastPriceInline)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A model without a price for its processing is not asked: say so at once."""
        super().save_related(request, form, formsets, change)
        model: LanguageModel = form.instance
        if Price.objects.on(model, Organisation.current().day(timezone.now())) is None:
            text = f"The {model.service_tier} price of {model} is unknown, so it is not asked until one is entered."
            messages.warning(request, text)

    @display(description="key is set", boolean=True)
    def shown_key(self, model: LanguageModel) -> bool:
        return model.has_key()
