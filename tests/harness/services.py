"""PostgreSQL and Redis started from installed binaries on loopback, and killed."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.harness.ports import free_port

MISSING = "{} is not installed: apt-get install -y redis-server postgresql"


class MissingService(RuntimeError):
    """A server binary is not on this machine."""


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return command
    pwd.getpwnam("postgres")
    return ["runuser", "-u", "postgres", "--", *command]


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise MissingService(MISSING.format("PostgreSQL"))
    return Path(on_path).parent


class Postgres:
    """One throw-away cluster. `restart` ends it the hard way and starts it again."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._bin = _postgres_bin()
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="desk-pg-"))
        self._folder.chmod(0o755)
        self._data = self._folder / "data"
        self._data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
            shutil.chown(self._data, "postgres")
        initdb = [str(self._bin / "initdb"), "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", "desk"]
        self._run([*initdb, "-D", str(self._data)])
        self._fsync = fsync
        self.start()
        self._run([str(self._bin / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "desk", "desk"])

    @property
    def url(self) -> str:
        """DATABASE_URL."""
        return f"postgres://desk@127.0.0.1:{self.port}/desk"

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(_as_postgres(command), capture_output=True, text=True, cwd="/", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")

    def _ctl(self, *arguments: str) -> None:
        self._run([str(self._bin / "pg_ctl"), "-D", str(self._data), "-l", str(self._folder / "log"), *arguments])

    def start(self) -> None:
        """Start and wait until it answers."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            f"-c fsync={'on' if self._fsync else 'off'} -c max_connections=200"
        )
        self._ctl("-o", options, "-w", "start")

    def restart(self) -> None:
        """End all connections at once, without a checkpoint, and start again."""
        self._ctl("-m", "immediate", "-w", "stop")
        self.start()

    def stop(self) -> None:
        """End it and delete its files."""
        with contextlib.suppress(RuntimeError):
            self._ctl("-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)


class Redis:
    """One Redis without persistence, so that a kill loses what it held."""

    def __init__(self) -> None:
        binary = shutil.which("redis-server")
        if binary is None:
            raise MissingService(MISSING.format("Redis"))
        self._binary = binary
        self.port = free_port()
        self._folder = tempfile.mkdtemp(prefix="desk-redis-")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [self._binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [*command, "--dir", self._folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("Redis does not answer")

    def kill(self) -> None:
        """SIGKILL: everything it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """SIGSTOP: connections stay open and nothing answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it and delete its files."""
        self.thaw()
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
