"""`manage.py sweep`: publish again what should run, now."""

from typing import Any

from django.core.management.base import BaseCommand

from factcheck.jobs import sweep


class Command(BaseCommand):
    """One sweep; exit status 1 when the broker does not answer."""

    help = "Publish jobs that should run and perhaps nobody was told of."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep.sweep()
        self.stdout.write(f"{swept.published} published, {swept.buried} given up")
        if not swept.broker_answers:
            self.stderr.write("The broker does not answer; the next sweep tries again.")
            raise SystemExit(1)
