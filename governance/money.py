"""Micro-dollars as people read them."""

from decimal import ROUND_HALF_UP, Decimal


def dollars(microusd: int) -> str:
    """An amount as text: cents from one cent up ("$1,234.50"), more places below so that it never reads as nothing."""
    amount = Decimal(microusd) / 1_000_000
    places = Decimal("0.01") if microusd == 0 or abs(amount) >= Decimal("0.01") else Decimal("0.000001")
    rounded = abs(amount).quantize(places, ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return f"{'-' if microusd < 0 else ''}${text.rstrip('0') if places != Decimal('0.01') else text}"
