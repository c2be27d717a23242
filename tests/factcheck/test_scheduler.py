"""The clockwork of the beat process."""

import threading

import pytest

from factcheck.api import idempotency
from factcheck.jobs import scheduler, sweep

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_failing_sweep_does_not_end_the_clockwork(monkeypatch):
    def broken() -> None:
        raise OSError("no database")

    monkeypatch.setattr(sweep, "sweep", broken)
    scheduler.tick(housekeeping=False)
    monkeypatch.undo()
    done = []
    monkeypatch.setattr(scheduler, "_daily", [lambda: done.append(1) or 1])
    scheduler.tick(housekeeping=True)
    assert done == [1]


def test_it_sweeps_until_it_is_stopped(monkeypatch, settings):
    settings.SWEEP_SECONDS = 0.01
    swept = threading.Event()
    monkeypatch.setattr(sweep, "sweep", swept.set)
    monkeypatch.setattr(scheduler, "_daily", [])
    stop = threading.Event()
    thread = threading.Thread(target=scheduler.run, args=(stop,))
    thread.start()
    assert swept.wait(5)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_old_idempotency_keys_are_forgotten_daily():
    assert idempotency.prune in scheduler._daily
