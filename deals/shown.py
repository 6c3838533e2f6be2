"""How a deal reads on pages and in mails: its amount in words, the tone of its colour."""

from decimal import Decimal

from django.utils.formats import number_format

from deals.models import Deal

TONES = {"good": "good", "watch": "warn", "at risk": "bad", "critical": "bad", "not enough data": ""}


def tone_of(band: str) -> str:
    """The class of a tag in the band's colour: good, warn, bad, or none where no colour is given."""
    return TONES.get(band, "")


def money(deal: Deal) -> str:
    """The amount with its currency; nothing where it is unknown."""
    if deal.amount is None:
        return ""
    digits = 0 if deal.amount == deal.amount.to_integral_value() else 2
    amount = number_format(Decimal(deal.amount), decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{amount} {deal.currency}".strip()
