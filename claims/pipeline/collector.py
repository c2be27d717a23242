"""Python's collector of cycles, held back while a text is read.

It would walk millions of tokens again and again, a fifth of the time. It is
one for the whole process: readings that overlap in several threads hold it
back together, and the last one to end lets it go.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MANY = 100_000
"""New objects that take longer to walk than to read a short article."""

_IN_A_ROW = 10
_LOCK = Lock()
_holders = 0
_aged = 0
_was_enabled = True


@contextmanager
def held() -> Iterator[None]:
    """No collection inside; afterwards the collector is as it was before the first of those who overlap."""
    global _holders, _was_enabled
    with _LOCK:
        if _holders == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _holders += 1
    try:
        yield
    finally:
        with _LOCK:
            _holders -= 1
            if _holders == 0 and _was_enabled:
                _age()
                gc.enable()


def _age() -> None:
    """Count what a long reading made among the old objects, so that switching on does not walk it at once.

    To freeze and thaw everything does that; where somebody keeps objects
    frozen on purpose, they stay so. It also counts as a collection that finds
    nothing: one in ten is a real one, so that no cycle lives on for ever.
    """
    global _aged
    if gc.get_count()[0] < _MANY or gc.get_freeze_count():
        return
    _aged += 1
    if _aged % _IN_A_ROW == 0:
        gc.collect()
    else:
        gc.freeze()
        gc.unfreeze()
