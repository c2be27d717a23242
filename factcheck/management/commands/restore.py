"""`manage.py restore FILE`: a backup into an empty, migrated installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck import archive
from factcheck.audit import erasures, personal
from factcheck.errors import DomainError


class Command(BaseCommand):
    """All or nothing: the history is verified before anything is kept."""

    help = "Load a backup into an empty installation of either database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--erasures", metavar="LIST", help="the newest list of erasures: what it names is erased again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = erasures.read(Path(options["erasures"])) if options["erasures"] else None
            counts, faults = archive.restore(Path(options["file"]))
        except DomainError as error:
            raise CommandError(error.detail) from None
        if faults:
            for fault in faults[:50]:
                self.stderr.write(f"{fault.where}: {fault.what}")
            raise CommandError(f"the history in this backup does not stand ({len(faults)} faults); nothing was kept")
        self.stderr.write(f"{sum(counts.values()):,} rows of {len(counts)} tables are back; history stands.")
        if known is not None:
            again = personal.erase_again(known)
            self.stderr.write(f"{again.count} values are erased again.")
            if again.refused:
                raise CommandError("not erased again: " + "; ".join(again.refused))
        else:
            self.stderr.write(
                "Values erased after this backup was made are back. Erase them again with the newest list: "
                "python manage.py erasures --apply LIST"
            )
