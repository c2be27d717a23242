"""`manage.py erasures`: keep the list of what was erased, or apply it to a restored desk."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.audit import erasures, personal
from factcheck.errors import DomainError


class Command(BaseCommand):
    """The list has salted digests and no values."""

    help = "Write the list of erased values, or erase again what an older backup brought back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--export", metavar="FILE", help="write the list")
        chosen.add_argument("--apply", metavar="FILE", help="erase again what the list names")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            try:
                erasures.write(Path(options["export"]))
            except OSError as error:
                raise CommandError(f"cannot write {options['export']}: {error.strerror}") from None
            return
        try:
            again = personal.erase_again(erasures.read(Path(options["apply"])))
        except DomainError as error:
            raise CommandError(error.detail) from None
        self.stderr.write(f"{again.count} values are erased again.")
        if again.refused:
            raise CommandError("not erased again: " + "; ".join(again.refused))
