"""One parent for web, worker and scheduler: prefixed logs, restarts, no orphans.

Each child leads a session of its own and dies with the parent; one that
ends by itself is started again, at once the first time and then ever later.
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import IO

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 12.0
MAX_DELAY = 30.0
STEADY_SECONDS = 30.0


def die_with_parent(sig: int = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when its parent ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sig)


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restarts: int = 0
    due: float = 0.0


class Supervisor:
    """Runs children until told to stop."""

    def __init__(self, children: Sequence[Child], *, env: Mapping[str, str], out: IO[str]) -> None:
        self._children = list(children)
        self._env = dict(env)
        self._out = out
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._width = max(len(child.name) for child in children)

    def run(self, on_tick: Callable[[], None]) -> int:
        """Block until SIGINT or SIGTERM; then stop all children. Exit status 0."""
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, self._stop)
        for child in self._children:
            self._start(child)
        while not self._stopping:
            self._pump(0.2)
            self._revive()
            on_tick()
        self._end()
        return 0

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._env,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        child.started = time.monotonic()
        if child.process.stdout is not None:
            os.set_blocking(child.process.stdout.fileno(), False)
            self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _pump(self, timeout: float) -> None:
        for key, _ in self._selector.select(timeout):
            child: Child = key.data
            data = key.fileobj.read(65536)  # type: ignore[union-attr] # registered with a pipe, never with a number
            if data:
                for line in data.decode(errors="replace").splitlines():
                    self.say(child.name, line)
            elif data == b"":
                self._selector.unregister(key.fileobj)

    def say(self, name: str, line: str) -> None:
        """One prefixed line."""
        print(f"{name:<{self._width}} | {line}", file=self._out, flush=True)

    def _revive(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                steady = now - child.started > STEADY_SECONDS
                child.restarts = 0 if steady else child.restarts + 1
                delay = min(MAX_DELAY, 0.5 * 2 ** max(0, child.restarts - 1)) if child.restarts else 0.0
                self.say(child.name, f"ended with status {child.process.returncode}; starting again in {delay:g} s")
                child.process, child.due = None, now + delay
            if child.process is None and now >= child.due:
                self._start(child)

    def _end(self) -> None:
        alive = [child for child in self._children if child.process is not None]
        for child in alive:
            _signal_group(child, signal.SIGTERM, whole=False)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(c.process and c.process.poll() is None for c in alive):
            self._pump(0.1)
        for child in alive:
            _signal_group(child, signal.SIGKILL, whole=True)
            if child.process is not None:
                child.process.wait()


def _signal_group(child: Child, sig: int, *, whole: bool) -> None:
    """Signal the child, or all that is left of its session."""
    if child.process is None:
        return
    try:
        if whole:
            os.killpg(child.process.pid, sig)
        else:
            child.process.send_signal(sig)
    except ProcessLookupError:
        return
