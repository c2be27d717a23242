"""`manage.py check_deployment`: Django's deployment checks on production settings."""

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand

PRODUCTION = {
    "BASE_URL": "https://desk.example.org",
    "BEHIND_PROXY": "1",
    "DATABASE_URL": "postgres://desk@127.0.0.1:5432/desk",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SECRET_KEY": "a-key-for-checking-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DEBUG": "0",
}


class Command(BaseCommand):
    """Runs `check --deploy` as a production desk would; any warning fails."""

    help = "Check the settings of a production desk."

    def handle(self, *args: Any, **options: Any) -> None:
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        done = subprocess.run(command, env={**os.environ, **PRODUCTION}, check=False)
        raise SystemExit(done.returncode)
