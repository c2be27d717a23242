"""`manage.py submit_article FILE|-`: one article from a file; prints its id."""

import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import front_matter
from claims.models import Article
from claims.services import intake
from factcheck.accounts.models import User
from factcheck.errors import DomainError

WAIT_SECONDS = 120


class Command(BaseCommand):
    """Exit status 0 with the id on standard output, 1 when refused or failed."""

    help = "Submit an article (text with optional `key: value` front matter and a line ---)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file, or - for standard input")
        parser.add_argument("--user", help="who submits; by default the first account")
        for name in ("url", "title", "outlet", "author", "published-at"):
            parser.add_argument(f"--{name}")
        parser.add_argument("--wait", action="store_true", help="until it is extracted")

    def handle(self, *args: Any, **options: Any) -> None:
        submission = self._read(options["file"])
        given = {name: options[name] for name in ("url", "title", "outlet", "author", "published_at") if options[name]}
        users = User.objects.filter(is_active=True).order_by("pk")
        user = (users.filter(username=options["user"]) if options["user"] else users).first()
        if user is None:
            raise CommandError("there is no such account; make one with create_user")
        try:
            received = intake.submit(submission=replace(submission, **given), actor=user)
        except DomainError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(str(received.article.pk))
        if options["wait"]:
            self._wait(received.article.pk)

    def _read(self, name: str) -> intake.Submission:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            return front_matter.parse(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise CommandError(f"{name} is not UTF-8 text (byte {error.start})") from None
        except OSError as error:
            raise CommandError(f"cannot read {name}: {error.strerror}") from None
        except DomainError as error:
            raise CommandError(f"{name}: {error.detail}") from None

    def _wait(self, pk: int) -> None:
        for _ in range(WAIT_SECONDS * 10):
            status = Article.objects.values_list("status", flat=True).get(pk=pk)
            if status == "ready":
                return
            if status == "failed":
                raise CommandError(f"article {pk} could not be extracted; its job says why (admin, Jobs)")
            time.sleep(0.1)
        raise CommandError(f"article {pk} is still waiting after {WAIT_SECONDS} s; is a worker running?")
