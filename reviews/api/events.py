"""Events over REST: what happened since, for those who poll.

Who may read the desk reads every event. Anybody else reads what is public
anyway (reports) and what concerns the articles they submitted.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Article
from factcheck.accounts.models import User
from factcheck.api.pages import DEFAULT_LIMIT, MAX_LIMIT
from factcheck.api.serializers import Whole
from factcheck.api.views import DeskView
from factcheck.events import reading
from factcheck.events.models import Event
from reviews import policies
from reviews.policies import Permission

MAX_EVENT = 2**62


class EventQuery(serializers.Serializer[Any]):
    """`after` is the id of the last event known; `type` is one type, or a
    family of them with a final dot (`report.`)."""

    after = Whole(default=0, max_value=MAX_EVENT)
    type = serializers.RegexField(r"^[a-z_]+\.[a-z_]*$", required=False, max_length=60)
    limit = Whole(min_value=1, max_value=MAX_LIMIT, default=DEFAULT_LIMIT)


class EventOut(serializers.Serializer[Any]):
    """One event; `data` holds ids and small facts."""

    id = serializers.IntegerField()
    type = serializers.CharField()
    at = serializers.DateTimeField()
    subject = serializers.CharField()
    data = serializers.JSONField()  # type: ignore[assignment] # a member, not DRF's own attribute


class EventsOut(serializers.Serializer[Any]):
    """A run of events. `next` is the `after` to go on with, always given;
    `more` says whether something waits there already."""

    data = EventOut(many=True)  # type: ignore[assignment] # a member, not DRF's own attribute
    next = serializers.IntegerField()
    more = serializers.BooleanField()


def readable_by(actor: User, rows: QuerySet[Event]) -> QuerySet[Event]:
    """The events that this account may read."""
    if policies.may(actor.roles, Permission.READ_DESK):
        return rows
    own = Article.objects.filter(submitted_by=actor).annotate(name=Cast("pk", CharField())).values("name")
    return rows.filter(Q(type__startswith="report.") | Q(subject_type="claims.Article", subject_id__in=own))


class EventList(DeskView):
    """Events after a known one, oldest first."""

    scopes: ClassVar = {"GET": "articles:read"}
    query: ClassVar = EventQuery

    @extend_schema(responses=EventsOut)
    def get(self, request: Request) -> Response:
        """What happened since."""
        after, limit = self.params["after"], self.params["limit"]
        rows = readable_by(self.actor, reading.after(after))
        wanted = self.params.get("type", "")
        if wanted:
            rows = rows.filter(type__startswith=wanted) if wanted.endswith(".") else rows.filter(type=wanted)
        found = list(rows[: limit + 1])
        shown = found[:limit]
        last = shown[-1].pk if shown else after
        query = urlencode({**{k: v for k, v in self.params.items() if k != "after"}, "after": last})
        link = f'<{request.build_absolute_uri(request.path)}?{query}>; rel="next"'
        data = [_shown(one) for one in shown]
        return Response({"data": data, "next": last, "more": len(found) > limit}, headers={"Link": link})


def _shown(row: Event) -> dict[str, Any]:
    subject = f"{row.subject_type.rpartition('.')[2].lower()}:{row.subject_id}"
    return {"id": row.pk, "type": row.type, "at": row.at, "subject": subject, "data": row.payload}
