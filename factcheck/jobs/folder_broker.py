"""The embedded broker: kombu's folder of messages, safe to read while it is written.

kombu writes a message in place and reads without waiting for the writer, so
a reader can meet an empty file and its worker then ends. Here a message
appears whole or not at all, and one that cannot be read (a full disk, a
crash) is set aside: the Job table is the truth, the sweep tells again.
"""

import os
import time
import uuid
from pathlib import Path
from typing import Any

import structlog
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "folder"
log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """A channel whose files are put in place by renaming."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's own
        hidden = Path(self.data_folder_out) / f".{uuid.uuid4().hex}"
        visible = hidden.with_name(f"{time.monotonic_ns():020d}_{uuid.uuid4().hex}.{queue}.msg")
        try:
            hidden.write_text(dumps(payload), encoding="utf-8")
            os.replace(hidden, visible)
        except OSError:
            hidden.unlink(missing_ok=True)
            raise

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError as error:
                log.warning("broker.unreadable_message", queue=queue, error=type(error).__name__)

    def _queue_bind(self, exchange: str, routing_key: Any, pattern: Any, queue: str) -> None:
        """A new table starts as an empty list, never as an empty file."""
        table = Path(self.control_folder) / f"{exchange}.exchange"
        if not table.exists():
            hidden = table.with_name(f".{uuid.uuid4().hex}")
            hidden.write_text("[]", encoding="utf-8")
            try:
                os.link(hidden, table)
            except FileExistsError:
                log.debug("broker.table_made_meanwhile", exchange=exchange)
            finally:
                hidden.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    """`folder://` for Celery and kombu."""

    Channel = Channel


def register() -> None:
    """Make `folder://` known to kombu."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
