"""What happens by the clock, from a thread of the beat process.

It asks the database and needs no message of its own, so it works while the
broker is down, and no worker's clock can make it look out of date.
"""

import threading
import time
from collections.abc import Callable, Iterable

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


def _done(work: Callable[[], object], *, told: str = "") -> bool:
    """Do one piece of work; whether it succeeded. A failure is logged and
    keeps nothing else from being done; `told` names the event of a success."""
    try:
        rows = work()
        if told and rows:
            log.info(told, work=work.__module__, rows=rows)
    except Exception as error:
        log.warning("scheduler.failed", work=work.__module__, error=f"{type(error).__name__}: {error}"[:200])
        return False
    finally:
        connection.close()
    return True


def tick() -> None:
    """One round; what fails is tried again in the next."""
    _done(sweep.sweep)
    for work in _each_round:
        _done(work)


def keep_house(chores: Iterable[Callable[[], int]]) -> list[Callable[[], int]]:
    """Do daily work; what of it failed and is to be tried again."""
    return [work for work in chores if not _done(work, told="housekeeping.done")]


_often: list[Callable[[], int]] = []


def often(work: Callable[[], int]) -> None:
    """Register work for about once a minute; it returns how much it did. Two
    schedulers may run it at once, and it may be cut off anywhere."""
    if work not in _often:
        _often.append(work)


def look() -> None:
    """Do what is registered for every minute; a failure is logged."""
    for work in _often:
        _done(work, told="scheduler.looked")


def run(stop: threading.Event) -> None:
    """Sweep every few seconds, look once a minute and keep house once a day
    until `stop`; what failed of the daily work is tried again each minute."""
    kept_house = looked = float("-inf")
    chores: list[Callable[[], int]] = []
    while not stop.is_set():
        tick()
        if time.monotonic() - kept_house > DAY:
            chores, kept_house = keep_house(_daily), time.monotonic()
        if time.monotonic() - looked > MINUTE:
            look()
            chores, looked = keep_house(chores), time.monotonic()
        stop.wait(settings.SWEEP_SECONDS)


def start() -> threading.Event:
    """Run in a daemon thread; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="scheduler", daemon=True).start()
    return stop
