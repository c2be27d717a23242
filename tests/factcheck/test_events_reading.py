"""Who goes on from the last event known misses none that was slower to commit."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from factcheck.clock import db_now
from factcheck.events import reading
from factcheck.events.models import Event

ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


def event(kind):
    return Event.objects.create(type=kind, subject_type="claims.Article", subject_id="1", at=db_now())


@pytest.mark.django_db
def test_events_come_in_order_after_the_known_one():
    first, second, third = event("article.a"), event("article.b"), event("article.c")
    if connection.vendor == "sqlite":
        assert list(reading.after(0)) == [first, second, third]
        assert list(reading.after(first.pk)) == [second, third]
    assert list(reading.after(third.pk)) == []


def both_settled() -> list[str]:
    """Types of the events that can be read, as soon as there are two:
    transactions of other tests on the same server delay them."""
    deadline = time.monotonic() + 60
    while len(found := [one.type for one in reading.after(0)]) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_event_is_withheld_while_an_older_transaction_is_open():
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            event("article.slow")
            written.set()
            may_commit.wait(20)
        connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    try:
        assert written.wait(20)
        event("article.fast")
        assert list(reading.after(0)) == []
    finally:
        may_commit.set()
        writer.join()
    assert both_settled() == ["article.slow", "article.fast"]
