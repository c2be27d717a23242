"""Feeds over REST."""

from typing import Any, ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors
from claims.api import serializers as shapes
from claims.models import Feed
from claims.services import feeds
from factcheck.api.pages import Order, page, page_response
from factcheck.api.serializers import ListQuery
from factcheck.api.views import DeskView, validated

NEWEST = Order("newest", ("id",))
READ_WRITE: dict[str, str] = {"GET": "articles:read", "POST": "articles:write", "PATCH": "articles:write"}


def shown(feed: Feed) -> dict[str, Any]:
    """A feed as the API shows it."""
    return {
        "id": feed.pk,
        "url": feed.url,
        "title": feed.title or None,
        "outlet": feed.outlet.name if feed.outlet else None,
        "every_minutes": feed.every_minutes,
        "polled_at": feed.polled_at,
        "next_poll_at": feed.next_poll_at,
        "failures": feed.failures,
        "error": feed.error or None,
        "warnings": feed.warnings,
        "stopped_at": feed.stopped_at,
        "created_at": feed.created_at,
    }


class FeedList(DeskView):
    """Feeds, and adding one."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.FeedOut(many=True))
    def get(self, request: Request) -> Response:
        """Every feed, newest first."""
        rows = selectors.feeds_for(self.actor)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [shown(feed) for feed in found.rows])

    @extend_schema(request=shapes.FeedIn, responses={201: shapes.FeedOut})
    def post(self, request: Request) -> Response:
        """Read a feed from now on; each new entry becomes an article."""
        feed = feeds.add(actor=self.actor, **validated(shapes.FeedIn, request))
        return Response(shown(feed), status=201, headers={"Location": reverse("feed", args=[feed.pk])})


class FeedDetail(DeskView):
    """One feed."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(responses=shapes.FeedOut)
    def get(self, request: Request, pk: int) -> Response:
        """When it was last read and how that went."""
        return Response(shown(selectors.feed_for(self.actor, pk)))

    @extend_schema(request=shapes.FeedPatch, responses=shapes.FeedOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change it, stop it, or go on."""
        feed = selectors.feed_for(self.actor, pk)
        fields = validated(shapes.FeedPatch, request, partial=True)
        return Response(shown(feeds.edit(feed=feed, actor=self.actor, **fields)))


class FeedPoll(DeskView):
    """Reading a feed at once."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(request=None, responses={202: shapes.FeedOut})
    def post(self, request: Request, pk: int) -> Response:
        """Have it read without waiting for its time."""
        feed = selectors.feed_for(self.actor, pk)
        feeds.poll_now(feed=feed, actor=self.actor)
        return Response(shown(feed), status=202)


class FeedEntries(DeskView):
    """What was seen in a feed."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.FeedEntryOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The entries and the articles they became, newest first."""
        rows = selectors.feed_for(self.actor, pk).entries.all()
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        data = [
            {"id": row.pk, "article": row.article_id, "error": row.error or None, "seen_at": row.seen_at}
            for row in found.rows
        ]
        return page_response(request, found, data)
