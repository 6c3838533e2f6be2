"""Who decides (organisation, plans), what may be spent (models, prices, budgets) and what was (the ledger)."""

from governance.models.alerts import Alert, AlertKind
from governance.models.approvals import LimitsRead, PlanApproval, PlanDryRun, PlanOwnAnswer
from governance.models.attempts import Attempt, AttemptState
from governance.models.budgets import Budget
from governance.models.exchanges import Exchange
from governance.models.findings import PlanFinding
from governance.models.language_models import LanguageModel
from governance.models.organisation import Organisation
from governance.models.plans import Plan, PlanState, PlanVersion
from governance.models.prices import Price
from governance.models.rollups import Rollup

__all__ = [
    "Alert",
    "AlertKind",
    "Attempt",
    "AttemptState",
    "Budget",
    "Exchange",
    "LanguageModel",
    "LimitsRead",
    "Organisation",
    "Plan",
    "PlanApproval",
    "PlanDryRun",
    "PlanFinding",
    "PlanOwnAnswer",
    "PlanState",
    "PlanVersion",
    "Price",
    "Rollup",
]
