"""The practice models and their invented price, known to the endpoint and to the setup alike."""

from dataclasses import dataclass
from decimal import Decimal

from governance.pricing import Rates
from governance.questions import Tier

PORT = 8799
SOURCE = "Invented for practice: no real money."


@dataclass(frozen=True, kw_only=True)
class PracticeModel:
    """A practice model: its name at the endpoint and its invented rates (micro-dollars per million tokens)."""

    name: str
    label: str
    tier: Tier
    rates: Rates


PRACTICE_MODELS = (
    PracticeModel(
        name="practice-light",
        label="Practice model (light)",
        tier=Tier.LIGHT,
        rates=Rates(input=Decimal(100_000), output=Decimal(400_000)),
    ),
    PracticeModel(
        name="practice-strong",
        label="Practice model (strong)",
        tier=Tier.STRONG,
        rates=Rates(input=Decimal(1_000_000), output=Decimal(4_000_000)),
    ),
)
