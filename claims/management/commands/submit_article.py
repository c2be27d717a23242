"""`manage.py submit_article FILE|URL|-...`: articles from files and addresses."""

import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import front_matter, selectors
from claims.models import Article, BulkFile
from claims.services import bulk, files, intake, pages
from factcheck.accounts.models import User
from factcheck.errors import DomainError

WAIT_SECONDS = 120
GIVEN = ("url", "title", "outlet", "author", "published_at", "language", "external_id")
ADDRESSES = ("http://", "https://")


class Command(BaseCommand):
    """Exit status 0 with each id on a line of standard output, 1 when any was
    refused or failed. A bulk file's line reads `bulk 7`."""

    help = (
        "Submit articles: text with optional `key: value` front matter and a line ---, .html, .docx, an address "
        "to fetch, or a bulk file (.csv, .jsonl)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="+", help="files, addresses, or - for a text on standard input")
        parser.add_argument("--user", help="who submits; by default the first account")
        for name in GIVEN:
            parser.add_argument(f"--{name.replace('_', '-')}")
        parser.add_argument("--wait", action="store_true", help="until it is fetched and extracted")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in GIVEN if options[name]}
        if len(options["file"]) > 1 and {"url", "external_id"} & set(given):
            raise CommandError("--url and --external-id are for one article: send one file")
        users = User.objects.filter(is_active=True).order_by("pk")
        user = (users.filter(username=options["user"]) if options["user"] else users).first()
        if user is None:
            raise CommandError("there is no such account; make one with create_user")
        taken = [self._take(name, given, user) for name in options["file"]]
        if options["wait"]:
            for one in taken:
                if isinstance(one, Article):
                    self._wait(one.pk)
                else:
                    self._wait_for_rows(one)

    def _take(self, name: str, given: dict[str, str], user: User) -> Article | BulkFile:
        try:
            taken = self._taken(name, given, user)
        except DomainError as error:
            raise CommandError(f"{name}: {error.detail}") from None
        self.stdout.write(f"bulk {taken.pk}" if isinstance(taken, BulkFile) else str(taken.pk))
        return taken

    def _taken(self, name: str, given: dict[str, Any], user: User) -> Article | BulkFile:
        if name.startswith(ADDRESSES):
            return pages.take(fields={**given, "url": name}, file=None, actor=user).article
        suffix = Path(name).suffix.lower()
        content = self._read(name)
        if suffix in bulk.READERS:
            if given:
                raise CommandError("a bulk file says everything itself: leave the other options out")
            return bulk.receive(file=files.File(name, content), actor=user)
        if suffix == ".docx" or suffix in files.HTML_NAMES:
            return pages.take(fields=dict(given), file=files.File(name, content), actor=user).article
        submission = replace(self._parsed(name, content), **given)
        return intake.submit(submission=submission, actor=user).article

    def _read(self, name: str) -> bytes:
        try:
            return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"cannot read {name}: {error.strerror}") from None

    def _parsed(self, name: str, content: bytes) -> intake.Submission:
        """A text file with its front matter; packed and binary files are refused in words."""
        read = files.read(files.File("", content))
        return front_matter.parse(read.text)

    def _wait(self, pk: int) -> None:
        for _ in range(WAIT_SECONDS * 10):
            article = Article.objects.get(pk=pk)
            if article.status == "ready" and article.fetch_state in {"", "fetched"}:
                return
            if "failed" in {article.status, article.fetch_state}:
                why = article.fetch_error or "it could not be extracted; its job says why (admin, Jobs)"
                raise CommandError(f"article {pk}: {why}")
            time.sleep(0.1)
        raise CommandError(f"article {pk} is still waiting after {WAIT_SECONDS} s; is a worker running?")

    def _wait_for_rows(self, file: BulkFile) -> None:
        """Until every row is dealt with; the refused are named on standard error."""
        ends = time.monotonic() + max(WAIT_SECONDS, file.total)
        while BulkFile.objects.filter(pk=file.pk, finished_at__isnull=True).exists():
            if time.monotonic() > ends:
                raise CommandError(f"bulk file {file.pk} is not done yet; is a worker running?")
            time.sleep(0.2)
        for row in file.rows.filter(state="refused").order_by("number"):
            self.stderr.write(f"row {row.number}: {row.detail}")
        figures = selectors.rows_by_state([file])[file.pk]
        self.stderr.write(", ".join(f"{state} {total}" for state, total in figures.items() if total))
        if figures["refused"]:
            raise CommandError(f"{figures['refused']} of {file.total} rows were refused")
