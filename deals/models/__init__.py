"""Accounts, contacts, deals and what happened with them."""

from pipeline.models import Entity

from .accounts import Account, AccountDomain, AccountLink
from .activities import Activity, Participant
from .assessments import Assessment, DealVisit, ReportReader, SignalReport, SignalSettings, Snooze
from .briefs import Brief, Sentence, SentenceMark
from .colleagues import Colleague
from .contacts import Contact, ContactLink, Identity
from .deals import Deal, DealLink, DealRole
from .history import FieldChange
from .qualification import Element, Qualification, Suggestion
from .rates import ExchangeRate
from .relationships import Acquaintance, Relationship

__all__ = [
    "Account",
    "AccountDomain",
    "AccountLink",
    "Acquaintance",
    "Activity",
    "Assessment",
    "Brief",
    "Colleague",
    "Contact",
    "ContactLink",
    "Deal",
    "DealLink",
    "DealRole",
    "DealVisit",
    "Element",
    "Entity",
    "ExchangeRate",
    "FieldChange",
    "Identity",
    "Participant",
    "Qualification",
    "Relationship",
    "ReportReader",
    "Sentence",
    "SentenceMark",
    "SignalReport",
    "SignalSettings",
    "Snooze",
    "Suggestion",
]
