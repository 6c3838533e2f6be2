"""What a person may enter about a contact and a deal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import ModelForm

from deals.models import Contact, Deal


class ContactForm(ModelForm):
    class Meta:
        model = Contact
        fields = "__all__"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email:
            validate_email(email)
        return email


class DealForm(ModelForm):
    class Meta:
        model = Deal
        fields = "__all__"

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise ValidationError("A currency is three letters, such as EUR.")
        return currency

    def clean_probability(self) -> float | None:
        probability = self.cleaned_data["probability"]
        if probability is not None and not 0 <= probability <= 1:
            raise ValidationError("A probability lies between 0 and 1, such as 0.4.")
        return probability

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("is_won") and not entered.get("is_closed"):
            self.add_error("is_closed", "A deal that is won is closed as well.")
        if entered.get("amount") is not None and not entered.get("currency"):
            self.add_error("currency", "An amount needs its currency.")
        return entered
