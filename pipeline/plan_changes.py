"""What a plan rests on and has changed since it was approved: columns of the sources, accepted scores."""

from datetime import datetime

from governance.models import PlanVersion
from pipeline.models import ImportFile, Threshold


def changes(version: PlanVersion) -> frozenset[str]:
    """Triggers of line 32 that only the pipelines know: "schema" and "thresholds"."""
    since = version.approved_at
    if since is None:
        return frozenset()
    found = set()
    if _has_new_columns(since):
        found.add("schema")
    if Threshold.objects.filter(pipeline__in=version.tasks, valid_from__gt=since).exists():
        found.add("thresholds")
    return frozenset(found)


def _has_new_columns(since: datetime) -> bool:
    """Whether a file of a known layout came with other columns than the last one before."""
    files = ImportFile.objects.filter(state=ImportFile.State.DONE, source__isnull=False, imported_at__isnull=False)
    kept = files.only("source", "format", "header", "imported_at", "name")
    before = {_layout(file): set(file.header) for file in kept.filter(imported_at__lte=since).order_by("imported_at")}
    after = {_layout(file): set(file.header) for file in kept.filter(imported_at__gt=since).order_by("imported_at")}
    return any(layout in before and before[layout] != columns for layout, columns in after.items())


def _layout(file: ImportFile) -> tuple[int | None, str]:
    # A layout that was guessed has no name of its own; then the file's stands for it.
    return file.source_id, file.format or file.name
