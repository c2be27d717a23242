"""What `./dev run` starts says nothing that helps nobody."""

import subprocess
import sys

from factcheck.management.commands import up

WARN = """
import warnings
from celery.exceptions import SecurityWarning
from celery.platforms import ROOT_DISCOURAGED
warnings.warn(SecurityWarning(ROOT_DISCOURAGED.format(uid=0, euid=0, gid=0, egid=0)))
warnings.warn(SecurityWarning("another"))
"""


def test_the_children_do_not_warn_of_root():
    done = subprocess.run([sys.executable, "-c", WARN], env=up._environment(), capture_output=True, text=True)
    assert done.returncode == 0
    assert "superuser" not in done.stderr
    assert "another" in done.stderr


def test_warnings_that_were_asked_for_stay(monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "error::DeprecationWarning")
    assert up._environment()["PYTHONWARNINGS"].endswith(",error::DeprecationWarning")
