"""Ours and theirs in turn: the ratio of medians over pairs, never a time alone."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 7
Run = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Seconds of ours and theirs, pair by pair, and the ratio theirs/ours.

    A ratio of 0.7 says: ours does 0.7 times as much in the same time.
    """

    name: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def speed(self) -> float:
        """Median over pairs of theirs / ours."""
        return statistics.median(t / o for o, t in zip(self.ours, self.theirs, strict=True))

    @property
    def cost(self) -> float:
        """Median over pairs of ours / theirs."""
        return statistics.median(o / t for o, t in zip(self.ours, self.theirs, strict=True))


def _timed(run: Run, repeat: int) -> float:
    gc.collect()
    started = time.perf_counter()
    for _ in range(repeat):
        run()
    return (time.perf_counter() - started) / repeat


def measure(name: str, ours: Run, theirs: Run, *, repeat: int = 30, pairs: int = PAIRS) -> Ratio:
    """`pairs` pairs after one of warming up; each run is called `repeat` times."""
    _timed(ours, max(1, repeat // 3))
    _timed(theirs, max(1, repeat // 3))
    mine, other = [], []
    for number in range(pairs):
        first, second = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        a, b = _timed(first, repeat), _timed(second, repeat)
        mine.append(a if number % 2 == 0 else b)
        other.append(b if number % 2 == 0 else a)
    return Ratio(name, tuple(mine), tuple(other))
