"""Leads, what they did, the profile they are measured by, and who must not be contacted."""

from .conversions import Conversion
from .events import LeadEvent
from .introductions import Introduction
from .leads import Lead, LeadLink
from .lifts import Lift
from .profiles import ProfileVersion
from .readings import Reading
from .rejections import Rejection
from .seats import LeadSeat, NamedAccount, Territory
from .suppression import Erasure, Suppression, SuppressionKey

__all__ = [
    "Conversion",
    "Erasure",
    "Introduction",
    "Lead",
    "LeadEvent",
    "LeadLink",
    "LeadSeat",
    "Lift",
    "NamedAccount",
    "ProfileVersion",
    "Reading",
    "Rejection",
    "Suppression",
    "SuppressionKey",
    "Territory",
]
