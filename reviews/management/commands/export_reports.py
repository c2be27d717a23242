"""`manage.py export_reports --format csv --out -`: published reports, streamed."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews import public_reports
from reviews.reports.registry import FORMATS
from reviews.reports.verdict_report import VerdictReport


class Command(BaseCommand):
    """Exit status 0: all were written; 2: the file cannot be."""

    help = "Export the newest version of every published report; retracted ones as their format tells them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Format, target, and an optional rating."""
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
        parser.add_argument("--out", metavar="FILE", default="-", help="- is standard output")
        parser.add_argument("--rating", metavar="SLUG", help="only standing reports with this rating")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the reports one at a time; a file appears only when it is whole."""
        self.count = 0
        chunks = FORMATS[options["format"]].render_many(self._reports(options["rating"]))
        if options["out"] == "-":
            for chunk in chunks:
                self.stdout.write(chunk.decode("utf-8"), ending="")
        else:
            try:
                _write(Path(options["out"]), chunks)
            except OSError as error:
                raise CommandError(f"cannot write {options['out']}: {error}", returncode=2) from None
        self.stderr.write(f"Exported {self.count} report(s).")

    def _reports(self, rating: str | None) -> Iterator[VerdictReport]:
        rows = public_reports.standing({"rating": rating}) if rating else public_reports.all_reports()
        for report in public_reports.exported(rows):
            self.count += 1
            yield report


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.writelines(chunks)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
