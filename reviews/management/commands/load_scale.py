"""`manage.py load_scale FILE [--default]`: a rating scale from JSON."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.errors import DomainError
from reviews.services import scales


class Command(BaseCommand):
    """Exit status 0: the scale is there, new or as before; 2: the file cannot be used."""

    help = "Load a rating scale; a changed one becomes a new version of it. Presets are in seeds/scales/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether new verdicts are rated on it."""
        parser.add_argument("file", help="JSON with name, slug and ratings; - for standard input; `standard` for ours")
        parser.add_argument("--default", action="store_true", help="rate new verdicts on it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and print `slug version`."""
        try:
            spec = scales.DEFAULT if options["file"] == "standard" else scales.read_spec(_read(options["file"]))
            scale = scales.load(spec=spec, actor=None, as_default=options["default"])
        except DomainError as error:
            place = f"{error.errors[0].pointer}: " if error.errors and error.errors[0].pointer else ""
            raise CommandError(f"{place}{error.detail}", returncode=2) from None
        self.stdout.write(f"{scale.slug} {scale.version}")


def _read(name: str) -> Any:
    try:
        return json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot read the scale in {name}: {error}", returncode=2) from None
