"""Accounts, contacts, deals and what happened with them."""

from pipeline.models import Entity

from .accounts import Account, AccountDomain, AccountLink
from .activities import Activity, Participant
from .briefs import Brief, Sentence, SentenceMark
from .colleagues import Colleague
from .contacts import Contact, ContactLink, Identity
from .deals import Deal, DealLink, DealRole
from .history import FieldChange
from .qualification import Element, Qualification, Suggestion

__all__ = [
    "Account",
    "AccountDomain",
    "AccountLink",
    "Activity",
    "Brief",
    "Colleague",
    "Contact",
    "ContactLink",
    "Deal",
    "DealLink",
    "DealRole",
    "Element",
    "Entity",
    "FieldChange",
    "Identity",
    "Participant",
    "Qualification",
    "Sentence",
    "SentenceMark",
    "Suggestion",
]
