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
    with connection.cursor() as cursor:
        for model in immutable.registered():
            for trigger in immutable._triggers(model, connection.vendor):
                on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')
    try:
        yield
    finally:
        for model in immutable.registered():
            immutable.install(connection, model)
