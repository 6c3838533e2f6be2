"""The ways to decide that every matching pipeline shares, cheapest first."""

from .aliases import Aliases
from .ask import Ask
from .identifiers import SharedIdentifiers
from .match_weight import MatchWeight

__all__ = ["Aliases", "Ask", "MatchWeight", "SharedIdentifiers"]
