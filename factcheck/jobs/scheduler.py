"""What happens by the clock, from a thread of the beat process.

It asks the database and needs no message of its own, so it works while the
broker is down, and no worker's clock can make it look out of date.
"""

import threading
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connection

from factcheck.jobs import sweep

DAY = 86_400.0
MINUTE = 60.0
log = structlog.get_logger(__name__)

_daily: list[Callable[[], int]] = [sweep.prune]


def daily(work: Callable[[], int]) -> None:
    """Register housekeeping for once a day; it returns how much it did."""
    if work not in _daily:
        _daily.append(work)


_each_round: list[Callable[[], int]] = []


def each_round(work: Callable[[], int]) -> None:
    """Register what is looked after every few seconds: quick, and it returns
    how much it did."""
    if work not in _each_round:
        _each_round.append(work)


def tick(*, housekeeping: bool) -> None:
    """One round; a failure is logged and the next round tries again."""
    try:
        sweep.sweep()
        for work in _each_round:
            work()
        for work in _daily if housekeeping else ():
            log.info("housekeeping.done", work=work.__module__, rows=work())
    except Exception as error:
        log.warning("scheduler.failed", error=f"{type(error).__name__}: {error}"[:200])
    finally:
        connection.close()


_often: list[Callable[[], int]] = []


def often(work: Callable[[], int]) -> None:
    """Register work for about once a minute; it returns how much it did. Two
    schedulers may run it at once, and it may be cut off anywhere."""
    if work not in _often:
        _often.append(work)


def look() -> None:
    """Do what is registered for every minute; a failure is logged."""
    for work in _often:
        try:
            if done := work():
                log.info("scheduler.looked", work=work.__module__, rows=done)
        except Exception as error:
            log.warning("scheduler.failed", error=f"{type(error).__name__}: {error}"[:200])
        finally:
            connection.close()


def run(stop: threading.Event) -> None:
    """Sweep every few seconds, look once a minute and keep house once a day
    until `stop`."""
    kept_house = looked = float("-inf")
    while not stop.is_set():
        due = time.monotonic() - kept_house > DAY
        tick(housekeeping=due)
        if due:
            kept_house = time.monotonic()
        if time.monotonic() - looked > MINUTE:
            look()
            looked = time.monotonic()
        stop.wait(settings.SWEEP_SECONDS)


def start() -> threading.Event:
    """Run in a daemon thread; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="scheduler", daemon=True).start()
    return stop
