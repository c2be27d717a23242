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
    done = []
    monkeypatch.setattr(scheduler, "_each_round", [broken, lambda: done.append(1) or 1])
    scheduler.tick()
    assert done == [1]


def test_daily_work_that_failed_is_tried_again_and_the_rest_is_not(monkeypatch, settings):
    settings.SWEEP_SECONDS = 0.001
    stop, done = threading.Event(), []
    moments = iter(range(0, 10**9, 40))

    def failing() -> int:
        done.append("failing")
        if done.count("failing") == 3:
            return 1
        raise OSError("no database")

    def sound() -> int:
        done.append("sound")
        return 1

    def end() -> int:
        if done.count("round") == 12:
            stop.set()
        done.append("round")
        raise OSError("no database")

    monkeypatch.setattr(scheduler, "_daily", [failing, sound])
    monkeypatch.setattr(scheduler, "_each_round", [end])
    monkeypatch.setattr(scheduler, "_often", [])
    monkeypatch.setattr(scheduler.time, "monotonic", lambda: next(moments))
    scheduler.run(stop)
    assert [done.count("sound"), done.count("failing")] == [1, 3]


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
