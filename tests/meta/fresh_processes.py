"""Code run as in a process of its own, in an environment of its own.

Most of the time a new process takes to read the settings goes into importing
the libraries they need. Here one process imports those, once, and every run is
a fork of it: nothing of the desk is loaded before, and nothing stays after.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("celery.bootsteps", "csp.constants", "dj_database_url", "django_stubs_ext", "kombu.transport.filesystem")
LIBRARIES += ("kombu.transport.redis", "structlog")
SOUND = {"PATH": "/usr/bin:/bin", "DATA_DIR": "/tmp", "SECRET_KEY": "x1y2z3a4b5c6" * 6}
"""The least environment in which the settings are read."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended and what it wrote."""

    status: int
    out: str
    err: str


class FreshProcesses:
    """`run` is to code what `subprocess.run` is to a command."""

    def __init__(self, server: "subprocess.Popen[str]") -> None:
        self.server = server

    def run(self, code: str, env: Mapping[str, str]) -> Outcome:
        self.server.stdin.write(json.dumps({"code": code, "env": dict(env)}) + "\n")
        self.server.stdin.flush()
        return Outcome(**json.loads(self.server.stdout.readline()))


@contextmanager
def fresh_processes() -> Iterator[FreshProcesses]:
    """A server of forks that is up within the block."""
    command = [sys.executable, "-m", "tests.meta.fresh_processes"]
    with subprocess.Popen(
        command, env=SOUND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield FreshProcesses(server)
        server.stdin.close()


def _serve() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    loaded = [name for name in sys.modules if name.split(".")[0] in {"factcheck", "claims", "reviews"}]
    assert loaded == []
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    for line in sys.stdin:
        answers.write(json.dumps(_fork(**json.loads(line))) + "\n")
        answers.flush()


def _fork(code: str, env: dict[str, str]) -> dict[str, int | str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _act(code, env)
        _, status = os.waitpid(child, 0)
        told = {"status": os.waitstatus_to_exitcode(status)}
        for name, file in (("out", out), ("err", err)):
            file.seek(0)
            told[name] = file.read().decode()
        return told


def _act(code: str, env: dict[str, str]) -> None:
    """The child: it ends here, as the interpreter ends."""
    os.environ.clear()
    os.environ.update(env)
    status = 0
    try:
        exec(code, {"__name__": "__main__"})
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
