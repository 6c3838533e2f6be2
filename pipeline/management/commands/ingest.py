"""manage.py ingest FILE…: import files with everything detected, and show sums that add up."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pipeline import registry, tasks
from pipeline.ingest import upload
from pipeline.models import Batch, ImportFile
from pipeline.progress import wait_for

COUNTS = ("rows", "created", "updated", "unchanged", "skipped", "failed")


class Command(BaseCommand):
    help = "Import files. Encoding, delimiter, header and format are detected; a file that needs a question fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--source", help="name of the source; by default the system's own")
        parser.add_argument("--owner", default="", metavar="EMAIL", help="whose list it is (LinkedIn)")
        parser.add_argument("--kind", default="", choices=sorted(registry.targets()), help="what the rows are, if told")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        bodies = [(path.name, self._read(path)) for path in options["files"]]
        batch = upload.stage(bodies, source_name=options["source"], owner_email=options["owner"], kind=options["kind"])
        paths = dict(zip(batch.files.order_by("id").values_list("id", flat=True), options["files"], strict=True))
        if options["dry_run"]:
            report = [self._previewed(file, paths[file.pk]) for file in batch.files.order_by("id")]
            batch.delete()
        else:
            upload.start_batch(batch)
            wait_for(lambda: self._state(batch), quiet=options["json"])
            report = [self._imported(file, paths[file.pk]) for file in batch.files.order_by("id")]
        self._show(report, options)
        if any(entry["state"] in ("unreadable", "unmapped") for entry in report):
            raise SystemExit(1)

    def _read(self, path: Path) -> bytes:
        try:
            size = path.stat().st_size
            # One byte over the limit is enough to say so; a huge file is never read whole.
            with path.open("rb") as file:
                return file.read(min(size, upload.max_bytes() + 1))
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error

    def _state(self, batch: Batch) -> tuple[int, int, bool]:
        tasks.drain(seconds=5)
        batch.refresh_from_db()
        files = batch.files.all()
        done = sum(file.rows for file in files)
        total = sum(file.line_count for file in files)
        return done, total, batch.state != Batch.State.RUNNING

    def _imported(self, file: ImportFile, path: Path) -> dict[str, Any]:
        counts = {name: getattr(file, name) for name in COUNTS}
        return self._entry(file, path) | counts | {"problems": file.problems}

    def _previewed(self, file: ImportFile, path: Path) -> dict[str, Any]:
        entry = self._entry(file, path) | dict.fromkeys(COUNTS, 0) | {"problems": file.problems}
        if file.state != ImportFile.State.WAITING:
            return entry
        found = upload.preview(file)
        problems = [{"line": line, "column": column, "sentence": said} for line, column, said in found.problems]
        return entry | {
            "rows": found.rows, "readable": found.read, "skipped": found.skipped, "failed": found.failed,
            "problems": [*file.problems, *problems],
        }  # fmt: skip

    def _entry(self, file: ImportFile, path: Path) -> dict[str, Any]:
        return {
            "path": str(path),
            "format": file.format_label or None,
            "encoding": file.encoding or None,
            "source": file.source.name if file.source else None,
            "state": file.state,
            "error": file.error or None,
        }

    def _show(self, report: list[dict[str, Any]], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"files": report}, ensure_ascii=False))
            return
        for entry in report:
            self.stdout.write(f"{entry['path']}: {entry['error'] or entry['format']} ({entry['source']})")
            if not entry["error"]:
                self.stdout.write("  " + ", ".join(f"{entry[name]:,} {name}" for name in COUNTS))
            for problem in entry["problems"]:
                times = f" (and {problem['count'] - 1} more like it)" if problem.get("count", 1) > 1 else ""
                place = f"line {problem['line']}: " if problem.get("line") else ""
                self.stdout.write(f"  {place}{problem['sentence']}{times}")
