"""The embedded broker: a reader never meets half a message."""

import os
import threading
from pathlib import Path

import pytest
from kombu import Connection

from factcheck.jobs import folder_broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    base = tmp_path / "messages"
    for name in ("queue", "done", "control"):
        (base / name).mkdir(parents=True)
    return base


# A process remembers which queues it has bound: each test has a queue of its own, named after its folder.


def connection(folder: Path) -> Connection:
    folder_broker.register()
    return Connection(
        "folder://localhost",
        transport_options={
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "processed_folder": str(folder / "done"),
            "control_folder": str(folder / "control"),
            "store_processed": True,
            "polling_interval": 0.01,
        },
    )


def test_messages_come_back_in_order(folder):
    with connection(folder) as link, link.SimpleQueue(folder.parent.name) as queue:
        for number in range(20):
            queue.put({"job": number})
        assert [queue.get(timeout=5).payload["job"] for _ in range(20)] == list(range(20))


@pytest.mark.parametrize("content", [b"", b'{"body": "ey', b"\xff\xfe"])
def test_an_unreadable_message_is_set_aside_and_the_next_is_read(folder, content):
    (folder / "queue" / f"{0:020d}_broken.{folder.parent.name}.msg").write_bytes(content)
    with connection(folder) as link, link.SimpleQueue(folder.parent.name) as queue:
        queue.put({"job": 7})
        message = queue.get(timeout=5)
        assert message.payload == {"job": 7}
        message.ack()
    assert os.listdir(folder / "queue") == []


def test_a_message_is_never_seen_before_it_is_whole(folder):
    """Every file under a readable name, watched while 300 are written, is JSON to its end."""
    short: list[str] = []
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            found = (folder / "queue").glob("*.msg")
            short.extend(path.name for path in found if not path.read_text().endswith("}"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with connection(folder) as link, link.SimpleQueue(folder.parent.name) as queue:
        for number in range(300):
            queue.put({"job": number})
    over.set()
    watcher.join()
    assert short == []
    assert len(os.listdir(folder / "queue")) == 300


def test_an_exchange_table_is_never_empty(folder):
    with connection(folder) as link, link.SimpleQueue(folder.parent.name) as queue:
        queue.put({"job": 1})
    [table] = (folder / "control").iterdir()
    assert folder.parent.name in table.read_text()


def test_a_full_folder_is_told_and_leaves_nothing(folder, monkeypatch):
    def full(_source, _target):
        raise OSError(28, "No space left on device")

    with connection(folder) as link, link.SimpleQueue(folder.parent.name) as queue:
        monkeypatch.setattr(os, "replace", full)
        with pytest.raises(OSError, match="No space"):
            queue.put({"job": 1})
        monkeypatch.undo()
    assert os.listdir(folder / "queue") == []
