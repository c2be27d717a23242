"""`manage.py verify_audit`: prove the history, or name what was tampered with."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.audit.verification import export_heads, verify
from factcheck.moments import consistent_view


class Command(BaseCommand):
    """Exit status 0: history stands; 1: faults were found and printed."""

    help = "Re-compute every hash of the history and compare the rows it vouches for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", metavar="FILE", help="hold the history against heads exported earlier")
        parser.add_argument("--export-heads", metavar="FILE", help="write today's heads, - for standard output")
        parser.add_argument("--json", action="store_true", help="print the faults as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        heads = None
        if options["heads"]:
            try:
                heads = json.loads(Path(options["heads"]).read_text())
            except (OSError, ValueError) as error:
                raise CommandError(f"cannot read the heads in {options['heads']}: {error}", returncode=2) from None
        with consistent_view():
            faults = verify(heads)
            exported = export_heads()
        if options["export_heads"]:
            text = json.dumps(exported, indent=1) + "\n"
            if options["export_heads"] == "-":
                self.stdout.write(text)
            else:
                Path(options["export_heads"]).write_text(text)
        if options["json"]:
            self.stdout.write(json.dumps([{"where": f.where, "what": f.what} for f in faults]))
        else:
            for fault in faults:
                self.stdout.write(f"{fault.where}: {fault.what}")
        if faults:
            self.stderr.write(f"History does not stand: {len(faults)} fault(s).")
            sys.exit(1)
        self.stderr.write("History stands.")
