"""Writes or checks the generated part of docs/workflow.md.

Exit 0 when it is current or was written, 1 when `--check` finds it stale.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews import diagram


class Command(BaseCommand):
    """`manage.py workflow_diagram --check | --write`; prints it without either."""

    help = "Print the workflow's diagram and tables, or check or rewrite docs/workflow.md."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Two flags that exclude each other."""
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--check", action="store_true", help="fail when docs/workflow.md is stale")
        mode.add_argument("--write", action="store_true", help="rewrite docs/workflow.md")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the flag says."""
        if not (options["check"] or options["write"]):
            self.stdout.write(diagram.render())
            return
        committed = diagram.DOCUMENT.read_text(encoding="utf-8")
        current = diagram.rewritten(committed)
        if options["check"] and committed != current:
            raise CommandError("docs/workflow.md is stale: run `manage.py workflow_diagram --write`")
        if options["write"] and committed != current:
            diagram.DOCUMENT.write_text(current, encoding="utf-8")
