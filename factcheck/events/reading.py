"""Reading events in their order, by the last one known.

Numbers are given when a row is written and become visible when its
transaction commits, so on PostgreSQL a smaller number can show up after a
larger one. A reader who goes on from the largest would miss it for ever:
therefore an event is shown only once no transaction that began before it is
still open. SQLite has one writer at a time and needs nothing of it.
"""

from datetime import timedelta

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from factcheck.clock import db_now_plus
from factcheck.events.models import Event

SETTLED_AFTER = timedelta(days=1)
"""No transaction lives that long; older rows are not asked."""

_NOBODY_BEFORE_IT = "age(events_event.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"


def after(number: int) -> QuerySet[Event]:
    """Events after that one, in order, as far as none can still slip in."""
    rows = Event.objects.filter(pk__gt=number).order_by("pk")
    if connection.vendor != "postgresql":
        return rows
    settled = RawSQL(_NOBODY_BEFORE_IT, [], output_field=BooleanField())  # noqa: S611 # a constant
    return rows.filter(Q(at__lt=db_now_plus(-SETTLED_AFTER)) | Q(settled))
