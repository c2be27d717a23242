"""The timeline of an article over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors as claim_selectors
from factcheck.api.pages import Order, page, page_response
from factcheck.audit.models import AuditEvent
from reviews import selectors, timeline
from reviews.api.base import ReviewView
from reviews.api.serializers import HistoryQuery
from reviews.api.shapes import HistoryOut

HISTORY = Order("history", ("id",))


class TimelineOut(HistoryOut):
    """One action on the article or on one of its reviews; `review` null: on
    the article itself."""

    review = serializers.IntegerField(allow_null=True)


class ArticleHistory(ReviewView):
    """Every action on an article, its claims and its reviews."""

    query: ClassVar = HistoryQuery

    @extend_schema(responses=TimelineOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Newest first."""
        article = claim_selectors.article_for(self.actor, pk)
        rows = timeline.of_article(article.pk)
        found = page(rows, order=HISTORY, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [_shown(event) for event in found.rows])


def _shown(event: AuditEvent) -> dict[str, Any]:
    is_review = event.subject_type.startswith("reviews.")
    return {**selectors.event_shown(event), "review": int(event.subject_id) if is_review else None}
