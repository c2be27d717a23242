"""`manage.py doctor`: is everything well, and if not, what to do."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from factcheck import health


class Command(BaseCommand):
    """Exit status 0 when every part works, else 1 with each fix."""

    help = "Check database, migrations, triggers, broker, worker, storage and web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--skip",
            action="append",
            default=[],
            choices=[check.__name__.strip("_") for check in health.ALL],
            help="leave a part out, such as the web server where none runs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checks = health.run_checks(tuple(c for c in health.ALL if c.__name__.strip("_") not in options["skip"]))
        if options["json"]:
            listed = [{"name": c.name, "ok": c.ok, "detail": c.detail, "fix": c.fix} for c in checks]
            self.stdout.write(json.dumps(listed))
        else:
            for check in checks:
                self.stdout.write(f"{'ok  ' if check.ok else 'BAD '} {check.name:<11} {check.detail}")
                if not check.ok:
                    self.stdout.write(f"     -> {check.fix}")
        if not all(check.ok for check in checks):
            raise SystemExit(1)
