"""Accounts, contacts, deals and what happened with them."""

from pipeline.models import Entity

from .accounts import Account, AccountDomain, AccountLink
from .activities import Activity, Participant
from .colleagues import Colleague
from .contacts import Contact, ContactLink, Identity
from .deals import Deal, DealLink, DealRole
from .history import FieldChange

__all__ = [
    "Account",
    "AccountDomain",
    "AccountLink",
    "Activity",
    "Colleague",
    "Contact",
    "ContactLink",
    "Deal",
    "DealLink",
    "DealRole",
    "Entity",
    "FieldChange",
    "Identity",
    "Participant",
]
