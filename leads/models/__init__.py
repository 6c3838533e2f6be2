"""Leads, what they did, the profile they are measured by, and who must not be contacted."""

from .conversions import Conversion
from .events import LeadEvent
from .introductions import Introduction
from .leads import Lead, LeadLink
from .learning import ColumnChoice, OutcomeStudy, ProposedRule
from .lifts import Lift
from .profiles import ProfileVersion
from .readings import Reading
from .rejections import Rejection
from .seats import LeadSeat, NamedAccount, Territory
from .suppression import Erasure, Suppression, SuppressionKey

__all__ = [
    "ColumnChoice",
    "Conversion",
    "Erasure",
    "Introduction",
    "Lead",
    "LeadEvent",
    "LeadLink",
    "LeadSeat",
    "Lift",
    "NamedAccount",
    "OutcomeStudy",
    "ProfileVersion",
    "ProposedRule",
    "Reading",
    "Rejection",
    "Suppression",
    "SuppressionKey",
    "Territory",
]
