"""Each guard taken away in turn: a named test fails, and passes with it."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.harness.product import ROOT
from tests.harness.sabotage import GUARDS

pytestmark = pytest.mark.fault


def outcome(test: str, **env: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", test]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, check=False)
    return done.returncode


@pytest.mark.parametrize("guard", list(GUARDS))
def test_without_the_guard_a_named_test_fails(guard, servers, record, tmp_path):
    """On PostgreSQL: the SQLite file lets one write at a time, which hides races."""
    postgres, redis = servers
    test = GUARDS[guard].noticed_by
    env = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SECRET_KEY": secrets.token_urlsafe(64),
    }
    sound, broken = outcome(test, **env), outcome(test, SABOTAGE=guard, **env)
    record |= {"guard": guard, "test": test, "passes_with": sound == 0, "fails_without": broken == 1}
    assert sound == 0
    assert broken == 1
