"""The machinery's tables."""

from .decisions import Decision, Dossier, Effect, Subject, Threshold
from .drills import CheckedMonth, Drill
from .entities import Entity
from .imports import Batch, FilePart, ImportFile
from .records import Link, PairFact, Record, Row, Version
from .reviews import Answer, ExampleUse, Review
from .runs import Chunk, Run, Step
from .sources import Source
from .visibility import VisibleQuerySet

__all__ = [
    "Answer",
    "Batch",
    "CheckedMonth",
    "Chunk",
    "Decision",
    "Dossier",
    "Drill",
    "Effect",
    "Entity",
    "ExampleUse",
    "FilePart",
    "ImportFile",
    "Link",
    "PairFact",
    "Record",
    "Review",
    "Row",
    "Run",
    "Source",
    "Step",
    "Subject",
    "Threshold",
    "Version",
    "VisibleQuerySet",
]
