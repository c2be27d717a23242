"""`manage.py seed_demo`: the demo articles of seeds/articles."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims import front_matter
from claims.services import intake
from factcheck.accounts.models import User

FOLDER = Path(settings.BASE_DIR) / "seeds" / "articles"


class Command(BaseCommand):
    """Submits every demo article; running it again adds nothing."""

    help = "Load the demo articles; a running worker extracts them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", help="who submits; by default the first account")

    def handle(self, *args: Any, **options: Any) -> None:
        users = User.objects.filter(is_active=True).order_by("pk")
        user = (users.filter(username=options["user"]) if options["user"] else users).first()
        if user is None:
            raise CommandError("there is no account yet; make one with create_user NAME --roles submitter")
        paths = sorted(FOLDER.glob("*.txt"))
        for number, path in enumerate(paths, start=1):
            submission = front_matter.parse(path.read_bytes().decode("utf-8"))
            received = intake.submit(submission=submission, actor=user)
            if options["verbosity"]:
                self.stderr.write(f"{number}/{len(paths)} {path.name}: article {received.article.pk}")
