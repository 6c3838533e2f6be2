"""At which of a provider's service tiers a call was asked and served: each has a price of its own."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class ServiceTier(StrEnum):
    """What providers sell beside the standard: slower and cheaper, or faster and dearer."""

    STANDARD = "standard"
    BATCH = "batch"
    FLEX = "flex"
    PRIORITY = "priority"


# OpenAI and Azure say "default", Anthropic "standard", Groq "on_demand".
_STANDARD_NAMES = frozenset({"default", "standard", "on_demand"})
# "auto" is a wish that was handed back, not a tier.
_SAYS_NOTHING = frozenset({"", "auto"})
_LONGEST_NAME = 20


def said_tier(body: Mapping[str, Any]) -> str:
    """The tier that a provider's reply names (OpenAI beside the usage, Anthropic inside it), or "" where none."""
    usage = body.get("usage")
    named = body.get("service_tier") or (usage.get("service_tier") if isinstance(usage, Mapping) else None)
    name = named.strip().lower()[:_LONGEST_NAME] if isinstance(named, str) else ""
    if name in _SAYS_NOTHING:
        return ""
    return ServiceTier.STANDARD.value if name in _STANDARD_NAMES else name


def billed_tier(said: str, requested: str) -> str:
    """The tier whose price counts; "" where a special one was asked for and nobody confirms that it was given."""
    if said:
        return said
    return requested if requested == ServiceTier.STANDARD else ""
