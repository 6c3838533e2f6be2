"""The operator's screens: one per file."""

from pipeline.admin import attempts, cases, imports, money, records, rows, runs, sources  # noqa: F401  (register themselves)
