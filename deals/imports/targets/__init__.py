"""What becomes of imported records: one target per kind, in the order in which they are written."""

from .accounts import ACCOUNTS
from .activities import ACTIVITIES
from .colleagues import COLLEAGUES
from .contacts import CONTACTS
from .deals import DEALS
from .stage_changes import STAGE_CHANGES

TARGETS = (COLLEAGUES, ACCOUNTS, CONTACTS, DEALS, STAGE_CHANGES, ACTIVITIES)
