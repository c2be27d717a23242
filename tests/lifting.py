"""Takes the append-only triggers away and puts them back.

The one place that does so: around the flush between tests that commit, and
where a test plays a superuser who tampers with history.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from factcheck import immutable


@contextmanager
def lifted() -> Iterator[None]:
    """Within the block no trigger of the registry stands."""
    for model in immutable.registered():
        immutable.remove(connection, model)
    try:
        yield
    finally:
        for model in immutable.registered():
            immutable.install(connection, model)
