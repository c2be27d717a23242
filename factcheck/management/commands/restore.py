"""`manage.py restore FILE`: a backup into an empty, migrated installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck import archive
from factcheck.errors import DomainError


class Command(BaseCommand):
    """All or nothing: the history is verified before anything is kept."""

    help = "Load a backup into an empty installation of either database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts, faults = archive.restore(Path(options["file"]))
        except DomainError as error:
            raise CommandError(error.detail) from None
        if faults:
            for fault in faults[:50]:
                self.stderr.write(f"{fault.where}: {fault.what}")
            raise CommandError(f"the history in this backup does not stand ({len(faults)} faults); nothing was kept")
        self.stderr.write(f"{sum(counts.values()):,} rows of {len(counts)} tables are back; history stands.")
