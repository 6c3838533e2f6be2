"""The operator's screens: one per file."""

from pipeline.admin import attempts, cases, money, records, rows, runs, sources  # noqa: F401  (register themselves)
