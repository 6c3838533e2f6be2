"""The form that connects a model: server, price, budget."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from governance.models import LanguageModel
from governance.models.language_models import KeyHeader, LengthParameter
from governance.questions import Tier


class ConnectForm(forms.Form):
    """Prices are dollars per million tokens, the budget dollars per month."""

    preset = forms.CharField(max_length=20, widget=forms.HiddenInput)
    base_url = forms.CharField(label="Address", max_length=300)  # a URLField refuses the short host names of containers
    request_model = forms.CharField(label="Model", max_length=200)
    label = forms.CharField(label="Shown as", max_length=100, required=False)
    api_key_variable = forms.CharField(label="Variable that holds the key", max_length=100, required=False)
    tier = forms.ChoiceField(
        label="Asked as",
        choices=[(Tier.LIGHT.value, "light model: first"), (Tier.STRONG.value, "strong model: second")],
    )
    key_header = forms.ChoiceField(label="Key is sent as", choices=KeyHeader.choices)
    length_parameter = forms.ChoiceField(label="Longest answer is named", choices=LengthParameter.choices)
    has_schema = forms.BooleanField(label="Takes a JSON schema for its answers", required=False)
    input_usd = forms.DecimalField(label="Input", min_value=0, max_value=100_000, decimal_places=6, required=False)
    cached_usd = forms.DecimalField(
        label="Cached input", min_value=0, max_value=100_000, decimal_places=6, required=False
    )
    written_usd = forms.DecimalField(
        label="Cache write", min_value=0, max_value=100_000, decimal_places=6, required=False
    )
    output_usd = forms.DecimalField(label="Output", min_value=0, max_value=100_000, decimal_places=6, required=False)
    source = forms.CharField(label="Where the price is from", max_length=200, required=False)
    budget_usd = forms.DecimalField(
        label="Limit per month", min_value=0, max_value=1_000_000, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            is_amount = isinstance(field, forms.DecimalField)
            if is_amount:
                field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs |= {"class": "w-input is-amount" if is_amount else "w-input", "autocomplete": "off"}
            if name in self.errors_shown():
                field.widget.attrs["aria-invalid"] = "true"

    def errors_shown(self) -> set[str]:
        return set(self.errors) if self.is_bound else set()

    def clean_base_url(self) -> str:
        address = str(self.cleaned_data["base_url"]).rstrip("/")
        try:
            parts, _ = urlsplit(address), urlsplit(address).port
        except ValueError as err:
            raise ValidationError("That is no address.") from err
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValidationError("An address begins with https:// or http://.")
        if "your-resource" in parts.hostname.lower():
            raise ValidationError("Put the name of your own resource into the address.")
        if parts.username or parts.query or parts.fragment:
            raise ValidationError("The address stands alone: no key, user or question mark in it.")
        return address

    def clean_api_key_variable(self) -> str:
        name = str(self.cleaned_data["api_key_variable"]).strip()
        if name.startswith("sk-") or (name and len(name) > 60):
            raise ValidationError("Name the variable here, such as OPENAI_API_KEY; the key itself is never entered.")
        try:
            LanguageModel(api_key_variable=name).clean()
            LanguageModel._meta.get_field("api_key_variable").clean(name, None)  # type: ignore[union-attr,arg-type]
        except ValidationError as err:
            raise ValidationError(err.messages) from err
        return name

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if "connect" in self.data:
            self._require(
                "input_usd", "The price is unknown, and a model without one is not asked. 0 for a server of yours."
            )
            self._require("output_usd", "The price is unknown; 0 for a server of yours.")
            self._require("budget_usd", "Without a limit the model is not asked.")
        address, name = found.get("base_url"), found.get("request_model")
        if LanguageModel.objects.filter(base_url=address, request_model=name, tier=found.get("tier")).exists():
            self.add_error("request_model", f"“{name}” at this address is connected already.")
        return found

    def _require(self, name: str, problem: str) -> None:
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, problem)

    def microusd(self, name: str) -> Decimal | None:
        """An amount in micro-dollars, or None where none was given."""
        amount = self.cleaned_data.get(name)
        return None if amount is None else amount * 1_000_000
