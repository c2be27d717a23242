"""`manage.py up`: the whole desk in one terminal."""

import os
import secrets
import socket
import sys
import time
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from factcheck import preparation
from factcheck.accounts import people
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.supervisor import Child, Supervisor

FIRST_PEOPLE: dict[str, frozenset[Role]] = {
    "admin": frozenset({Role.ADMINISTRATOR, Role.SUBMITTER, Role.CHECKER, Role.PUBLISHER}),
    "second": frozenset({Role.APPROVER}),
}
"""On a desk nobody publishes alone, so the demo has a second person."""


def _children() -> list[Child]:
    python = sys.executable
    bind = f"[{settings.HOST}]:{settings.PORT}" if ":" in settings.HOST else f"{settings.HOST}:{settings.PORT}"
    web = [python, "-m", "gunicorn", "factcheck.wsgi", "--worker-class", "gthread", "--bind", bind]
    web += ["--workers", str(settings.WEB_PROCESSES), "--threads", str(settings.WEB_THREADS)]
    web += ["--log-level", "warning", "--graceful-timeout", "10", "--timeout", "60", "--no-control-socket"]
    celery = [python, "-m", "celery", "--quiet", "-A", "factcheck"]
    worker = [*celery, "worker", "--concurrency", str(settings.WORKER_PROCESSES), "--without-gossip"]
    worker += ["--without-mingle", "--loglevel", "WARNING", "--hostname", "desk@%h"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    return [Child("web", web), Child("worker", worker), Child("beat", beat)]


_NO_WARNING_OF_ROOT = "ignore:You're running the worker with superuser privileges"


def _environment() -> dict[str, str]:
    """What the children see. Celery's warning of root is left out: here it runs
    what the person at the terminal already runs."""
    ignored = [_NO_WARNING_OF_ROOT, *filter(None, [os.environ.get("PYTHONWARNINGS")])]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": ",".join(ignored),
    }


class Command(BaseCommand):
    """Migrate, make the first administrator and the demo, then run everything."""

    help = "Run web, worker and scheduler until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start with an empty desk")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        self._refuse_taken_port()
        preparation.migrate_if_needed()
        preparation.collect_static_if_needed()
        passwords = self._first_start(demo=not options["no_demo"])
        supervisor = Supervisor(_children(), env=_environment(), out=sys.stderr)
        greeted = False

        def greet() -> None:
            nonlocal greeted
            if not greeted and self._answers():
                greeted = True
                self._greet(passwords, time.monotonic() - started)

        status = supervisor.run(greet)
        self.stdout.write("The desk has stopped.")
        raise SystemExit(status)

    def _refuse_taken_port(self) -> None:
        family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"cannot listen on {settings.HOST}:{settings.PORT} ({error.strerror}); "
                    "choose another with PORT=8001 ./dev run"
                ) from None

    def _first_start(self, *, demo: bool) -> dict[str, str]:
        """Passwords of the accounts just made; empty when there were people."""
        if User.objects.exists():
            return {}
        passwords = {}
        for username, roles in FIRST_PEOPLE.items():
            if username == "admin" or demo:
                passwords[username] = secrets.token_urlsafe(12)
                people.create(username=username, roles=roles, actor=None, password=passwords[username])
        if demo:
            call_command("seed_demo", verbosity=0)
        return passwords

    def _answers(self) -> bool:
        host = settings.HOST if settings.HOST not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104 # compared, not bound
        shown = f"[{host}]" if ":" in host else host
        try:
            with urllib.request.urlopen(f"http://{shown}:{settings.PORT}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _greet(self, passwords: dict[str, str], seconds: float) -> None:
        lines = ["", f"  The desk is ready after {seconds:.1f} s:  {settings.BASE_URL}/admin/"]
        if passwords:
            lines.append("  Sign in with one of these; they are shown only now:")
            lines += [f"    {name:<8} password  {password}" for name, password in passwords.items()]
        else:
            lines.append("  Sign in with your account (./dev manage changepassword NAME sets a new one).")
        lines += ["  Ctrl-C stops everything.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
