"""One deadline for a whole request, kept in every single wait of it."""

import io
import socket
import time
from typing import Any

from factcheck.net.refusals import TimedOut


class Deadline:
    """A moment on this machine's monotonic clock, `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left, above 0; TimedOut when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimedOut(f"It took longer than {self.seconds:g} seconds")
        return left


class _Stream(io.RawIOBase):
    """Reads of a socket, each with only the time that is left: a server that
    sends one byte a second does not start the clock anew with each."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Bytes read into `buffer`; 0 at the end."""
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)

    def close(self) -> None:
        """Close the socket too: the reader is the last who needs it."""
        super().close()
        self._sock.close()


class DeadlineSocket:
    """The few things `http.client` asks of a socket, all within the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline
        self._is_read = False

    def sendall(self, content: bytes) -> None:
        """Send everything."""
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(content)

    def makefile(self, mode: str, *_: Any, **__: Any) -> io.BufferedReader:
        """A reader of what comes, which then owns the socket."""
        self._is_read = True
        return io.BufferedReader(_Stream(self._sock, self._deadline))

    def close(self) -> None:
        """Close it, unless a reader still reads."""
        if not self._is_read:
            self._sock.close()
