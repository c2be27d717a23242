"""The collector of cycles is held back while texts are read, and is as before when the last reading ends."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from claims.pipeline import collector
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_extract_leaves_the_collector_as_it_was():
    extract("Ann Stone said it fell by 3%.", DocumentInfo())
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    with collector.held():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_the_collector_comes_back_when_a_reading_fails():
    with pytest.raises(LookupError), collector.held():
        raise LookupError
    assert gc.isenabled()


def test_what_was_frozen_on_purpose_stays_frozen():
    gc.freeze()
    frozen = gc.get_freeze_count()
    with collector.held():
        pass
    try:
        assert gc.get_freeze_count() == frozen > 0
    finally:
        gc.unfreeze()


def test_what_was_read_is_not_walked_when_the_collector_comes_back():
    with collector.held():
        kept = [[number] for number in range(200_000)]
    assert gc.get_count()[0] < len(kept) / 2
    assert gc.get_freeze_count() == 0


def test_an_article_leaves_no_cycle_behind():
    def read():
        return extract("“We lost 40 boats,” Ann Stone said. She said the bank paid £12.", DocumentInfo())

    read()
    gc.collect()
    gc.disable()
    kept = read()
    assert kept.claims
    assert gc.collect() == 0


def test_cycles_are_collected_now_and_then_however_long_the_readings(monkeypatch):
    monkeypatch.setattr(collector, "_MANY", 0)
    collected = []

    def note(phase, info):
        collected.append((phase, info["generation"]))

    gc.callbacks.append(note)
    try:
        for _ in range(10):
            with collector.held():
                pass
    finally:
        gc.callbacks.remove(note)
    assert ("stop", 2) in collected


@pytest.mark.parametrize("is_first_to_end", [True, False])
def test_readings_that_overlap_hold_the_collector_until_the_last_one_ends(is_first_to_end):
    one, other = ExitStack(), ExitStack()
    one.enter_context(collector.held())
    other.enter_context(collector.held())
    (one if is_first_to_end else other).close()
    assert not gc.isenabled()
    (other if is_first_to_end else one).close()
    assert gc.isenabled()


def test_many_threads_leave_the_collector_as_it_was():
    def read(number):
        return len(extract(f"Ann Stone said it fell by {number}%. " * 20, DocumentInfo()).claims)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(read, range(32))) == {20}
    assert gc.isenabled()
