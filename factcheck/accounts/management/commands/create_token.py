"""`manage.py create_token --user NAME --scopes all`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.accounts import tokens
from factcheck.accounts.models import User
from factcheck.accounts.scopes import SCOPES
from factcheck.clock import db_now
from factcheck.errors import DomainError


class Command(BaseCommand):
    """Prints the token alone on standard output; it can never be read again."""

    help = "Make an API token."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True)
        parser.add_argument("--scopes", default="all", help=f"all, or some of {','.join(SCOPES)}")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--days", type=int, help="the token expires after so many days")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"there is no account {options['user']!r}; make it with create_user")
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        expires_at = db_now() + timedelta(days=options["days"]) if options["days"] else None
        try:
            text = tokens.create(user=user, name=options["name"], scopes=scopes, actor=None, expires_at=expires_at)
        except DomainError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(text)
