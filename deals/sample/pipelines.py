"""The sales pipelines of both CRMs: the same five open stages under other names."""

from dataclasses import dataclass

WON, LOST = 5, 6


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage's name in a CRM, its probability in percent and Salesforce's forecast category."""

    name: str
    probability: int
    forecast: str


HUBSPOT_PIPELINE = "Sales Pipeline"
HUBSPOT_STAGES: tuple[Stage, ...] = (
    Stage(name="Appointment Scheduled", probability=20, forecast="Pipeline"),
    Stage(name="Qualified To Buy", probability=40, forecast="Pipeline"),
    Stage(name="Presentation Scheduled", probability=60, forecast="Best case"),
    Stage(name="Decision Maker Bought-In", probability=80, forecast="Commit"),
    Stage(name="Contract Sent", probability=90, forecast="Commit"),
    Stage(name="Closed Won", probability=100, forecast="Closed won"),
    Stage(name="Closed Lost", probability=0, forecast="Not forecasted"),
)
SALESFORCE_STAGES: tuple[Stage, ...] = (
    Stage(name="Prospecting", probability=10, forecast="Pipeline"),
    Stage(name="Qualification", probability=20, forecast="Pipeline"),
    Stage(name="Needs Analysis", probability=40, forecast="Pipeline"),
    Stage(name="Proposal/Price Quote", probability=75, forecast="BestCase"),
    Stage(name="Negotiation/Review", probability=90, forecast="Forecast"),
    Stage(name="Closed Won", probability=100, forecast="Closed"),
    Stage(name="Closed Lost", probability=0, forecast="Omitted"),
)
# How Salesforce shows the API's words.
FORECAST_LABELS = {
    "Pipeline": "Pipeline",
    "BestCase": "Best Case",
    "Forecast": "Commit",
    "Closed": "Closed",
    "Omitted": "Omitted",
}
