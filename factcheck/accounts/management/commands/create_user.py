"""`manage.py create_user NAME --roles checker,approver`."""

import getpass
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.accounts import people
from factcheck.errors import DomainError


class Command(BaseCommand):
    """Makes an account. The password comes from standard input, is asked for
    at a terminal, or is made up and printed once."""

    help = "Make an account with roles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--roles", required=True, help="such as checker,approver")
        parser.add_argument("--email", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        made_up = False
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif sys.stdin.isatty():
            password = getpass.getpass("Password: ")
        else:
            password, made_up = secrets.token_urlsafe(12), True
        try:
            roles = people.parse_roles(options["roles"])
            people.create(username=options["name"], roles=roles, actor=None, password=password, email=options["email"])
        except DomainError as error:
            raise CommandError(error.detail) from None
        if made_up:
            self.stdout.write(password)
        self.stderr.write(f"{options['name']} may now: {options['roles']}")
