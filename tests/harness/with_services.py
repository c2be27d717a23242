"""`python -m tests.harness.with_services MODULE [ARGS]`: run a module on
PostgreSQL and Redis, which are started before and removed after."""

import os
import secrets
import subprocess
import sys

from tests.harness.services import MissingService, Postgres, Redis


def main() -> int:
    """The module's exit status; 2 when a server is not installed."""
    try:
        postgres = Postgres()
    except MissingService:
        return 2
    try:
        redis = Redis()
    except MissingService:
        postgres.stop()
        return 2
    env = {
        **os.environ,
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SECRET_KEY": secrets.token_urlsafe(64),
    }
    try:
        return subprocess.run([sys.executable, "-m", *sys.argv[1:]], env=env, check=False).returncode
    finally:
        redis.stop()
        postgres.stop()


if __name__ == "__main__":
    raise SystemExit(main())
