"""`manage.py backup FILE`: everything the desk knows, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck import archive


class Command(BaseCommand):
    """Works while the desk goes on; the file appears whole or not at all."""

    help = "Write one consistent backup file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = archive.backup(Path(options["file"]))
        except OSError as error:
            raise CommandError(f"cannot write {options['file']}: {error.strerror}") from None
        self.stderr.write(f"{sum(counts.values()):,} rows of {len(counts)} tables in {options['file']}")
