"""The real product as processes: web, worker, beat, started as in production.

`Product.start()` migrates, then starts each role in a process group of its
own, so that a test can kill one whole group with SIGKILL.
"""

import atexit
import contextlib
import functools
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.harness.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery"
Answer = tuple[int, Any, Mapping[str, str]]


class Product:
    """One running desk with its own DATA_DIR."""

    def __init__(self, folder: Path, *, database_url: str = "", redis_url: str = "", **env: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}},
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "BASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "PYTHONUNBUFFERED": "1",
            "LOG_FORMAT": "json",
            **env,
        }
        if database_url:
            self.env |= {"DATABASE_URL": database_url, "SECRET_KEY": secrets.token_urlsafe(64)}
        if redis_url:
            self.env["REDIS_URL"] = redis_url
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """Standard output of one manage.py command; raises when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.env,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"manage.py {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def command(self, role: str) -> list[str]:
        """The command line of one role, as docker-compose.yml has it."""
        python = sys.executable
        return {
            "web": [
                python,
                "-m",
                "gunicorn",
                "factcheck.wsgi",
                "--worker-class",
                "gthread",
                "--threads",
                "8",
                "--bind",
                f"127.0.0.1:{self.port}",
                "--log-level",
                "warning",
                "--no-control-socket",
            ],
            "worker": [
                python,
                "-m",
                "celery",
                "-A",
                "factcheck",
                "worker",
                "--concurrency",
                "2",
                "--without-gossip",
                "--without-mingle",
                "--loglevel",
                "WARNING",
                "--hostname",
                "desk@%h",
            ],
            "beat": [python, "-m", "celery", "-A", "factcheck", "beat", "--loglevel", "WARNING", "--pidfile", ""],
        }[role]

    def prepare(self) -> None:
        """An installed desk: tables and static files, as `./dev run` makes them.

        The embedded one is made once a session and copied.
        """
        if self.folder.exists():
            return
        shutil.copytree(_installed(), self.folder)
        if self.env.get("DATABASE_URL"):
            self.manage("migrate", "--verbosity", "0")

    def start(self, *roles: str) -> None:
        """Prepare and start the roles (all by default); wait for web and worker."""
        self.prepare()
        for role in roles or ("web", "worker", "beat"):
            self.spawn(role)
        self.wait_ready(worker="worker" in self.processes)

    def spawn(self, role: str, *, name: str | None = None, env: Mapping[str, str] | None = None) -> None:
        """Start one process group of a role."""
        log = (self.folder / f"{name or role}.log").open("ab")
        self.processes[name or role] = subprocess.Popen(
            self.command(role),
            env={**self.env, **(env or {})},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()

    def wait_ready(self, *, worker: bool = True, seconds: float = 40) -> None:
        """Until the web server answers, and a worker has given a sign."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                status, body, _ = self.request("GET", "/readyz")
            except OSError:
                status, body = 0, {}
            checks = {check["name"]: check["ok"] for check in body.get("checks", [])} if isinstance(body, dict) else {}
            if status == 200 or (checks.get("database") and not worker):
                return
            time.sleep(0.1)
        raise RuntimeError(f"the desk does not get ready: {self.logs()}")

    def kill(self, name: str, sig: int = signal.SIGKILL) -> None:
        """Signal the whole process group; a kill is waited for."""
        process = self.processes[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sig)
        if sig == signal.SIGKILL:
            process.wait()

    def kill_all(self) -> None:
        """End everything at once, as a power cut does."""
        for name in self.processes:
            self.kill(name)

    def stop(self) -> None:
        """End everything as an operator does: SIGTERM, and ten seconds' patience."""
        for name, process in self.processes.items():
            self.kill(name, signal.SIGCONT)
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for name, process in self.processes.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            self.kill(name)

    def logs(self) -> str:
        """The end of every process's log."""
        return "\n".join(f"[{p.stem}] {p.read_text(errors='replace')[-1500:]}" for p in self.folder.glob("*.log"))

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str = "",
        headers: Mapping[str, str] | None = None,
        timeout: float = 30,
    ) -> Answer:
        """(status, decoded body, headers) of one HTTP request to the desk."""
        data = json.dumps(body).encode() if body is not None else None
        sent = {"Content-Type": "application/json"} if data is not None else {}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(
            path if path.startswith("http") else self.url + path,
            data=data,
            method=method,
            headers={**sent, **(headers or {})},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, _decoded(answer.read(), answer.headers), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, _decoded(error.read(), error.headers), dict(error.headers)

    def person(self, name: str, roles: str) -> str:
        """Make an account with PASSWORD; its token."""
        return self.team(**{name: roles})[name]

    def team(self, **roles: str) -> dict[str, str]:
        """Make several accounts with PASSWORD at once, `name="role,role"`; their tokens by name."""
        made = self._accounts([(name, given.split(",")) for name, given in roles.items()], PASSWORD)
        return dict(zip(roles, made, strict=True))

    def people(self, names: Sequence[str], *roles: str) -> list[str]:
        """Make many accounts of the same roles at once, without a password; their tokens in order."""
        return self._accounts([(name, roles) for name in names], None)

    def _accounts(self, wanted: Sequence[tuple[str, Sequence[str]]], password: str | None) -> list[str]:
        accounts = [(name, list(roles)) for name, roles in wanted]
        return list(self.shell(_PEOPLE.format(accounts=accounts, password=password)))

    def shell(self, code: str) -> Any:
        """What `code`, run in manage.py shell, prints as JSON in its last line."""
        return json.loads(self.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])


_PEOPLE = """
import json
from factcheck.accounts import people, tokens
from factcheck.accounts.roles import Role
made = [
    people.create(username=name, roles=[Role(role) for role in roles], password={password!r}, actor=None)
    for name, roles in {accounts}
]
print(json.dumps([tokens.create(user=user, name="test", scopes=["all"], actor=None) for user in made]))
"""


_INSTALL = """
from factcheck import preparation
preparation.migrate_if_needed()
preparation.collect_static_if_needed()
"""


@functools.cache
def _installed() -> Path:
    """DATA_DIR of an embedded desk with its tables and static files, without its secret."""
    base = Path(tempfile.mkdtemp(prefix="desk-installed-"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    made = Product(base / "desk")
    made.folder.mkdir()
    made.manage("shell", "--no-imports", "-c", _INSTALL)
    (made.folder / "secret_key").unlink(missing_ok=True)
    return made.folder


def _decoded(raw: bytes, headers: Any) -> Any:
    if "json" in (headers.get("Content-Type") or ""):
        return json.loads(raw) if raw else None
    return raw.decode("utf-8", errors="replace")
