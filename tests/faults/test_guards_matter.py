"""Each guard taken away in turn: a named test fails, and passes with it."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.harness.product import ROOT
from tests.harness.sabotage import GUARDS

pytestmark = pytest.mark.fault


def outcome(test: str, database: str, **env: str) -> int:
    options = ["-q", "-x", *database.split(), "-p", "no:randomly", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, test]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, check=False)
    return done.returncode


@pytest.mark.parametrize("guard", list(GUARDS))
def test_without_the_guard_a_named_test_fails(guard, shared_servers, record, tmp_path):
    """On PostgreSQL: the SQLite file lets one write at a time, which hides races."""
    postgres, redis = shared_servers
    test = GUARDS[guard].noticed_by
    env = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SECRET_KEY": secrets.token_urlsafe(64),
    }
    again = "--create-db" if GUARDS[guard].in_database else "--reuse-db"
    sound, broken = outcome(test, "--create-db --reuse-db", **env), outcome(test, again, SABOTAGE=guard, **env)
    record |= {"guard": guard, "test": test, "passes_with": sound == 0, "fails_without": broken == 1}
    assert sound == 0
    assert broken == 1
