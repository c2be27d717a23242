"""Verdicts and decisions on them over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.serializers import ListQuery
from factcheck.api.views import validated
from reviews import selectors
from reviews.api import serializers as given
from reviews.api import shapes
from reviews.api.base import ReviewView, seen_version
from reviews.enums import Decision
from reviews.services import approvals, verdicts
from reviews.submissions import submission_of

NEWEST = Order("newest", ("id",))


class ReviewVerdicts(ReviewView):
    """The verdicts of one review."""

    query: ClassVar = ListQuery
    conditional = ("POST",)
    shows_again: ClassVar = staticmethod(selectors.verdict_again)

    @extend_schema(responses=shapes.VerdictOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every revision, newest first."""
        selectors.review(pk)
        rows = selectors.all_verdicts().filter(review=pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [selectors.verdict_read(row) for row in found.rows])

    @extend_schema(request=given.VerdictIn, responses={201: shapes.VerdictOut})
    def post(self, request: Request, pk: int) -> Response:
        """Submit an immutable revision for approval."""
        version = expected_version(request)
        submission = submission_of(validated(given.VerdictIn, request))
        done = verdicts.submit(review_id=pk, submission=submission, actor=self.actor, expected_version=version)
        shown = selectors.verdict_shown(
            done.verdict, rating=done.rating, author=self.actor, review=done.review, evidence=done.evidence
        )
        location = f"/api/v1/verdicts/{done.verdict.pk}"
        return Response(shown, status=201, headers={"Location": location, "ETag": etag(done.review.version)})


class VerdictDetail(ReviewView):
    """One verdict."""

    @extend_schema(responses=shapes.VerdictOut)
    def get(self, request: Request, pk: int) -> Response:
        """The revision with its evidence and decisions."""
        return Response(selectors.verdict_read(selectors.verdict(pk)))


class VerdictApprovals(ReviewView):
    """Decisions on one verdict."""

    @extend_schema(responses=shapes.ApprovalOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every decision on this revision, and how many approvals it needs."""
        row = selectors.verdict(pk)
        data: dict[str, Any] = {"data": [selectors.approval_shown(one) for one in row.approvals.all()]}
        return Response({**data, "next": None, "prev": None, "quorum": selectors.quorum(row)})

    @extend_schema(request=given.ApprovalIn, responses={201: shapes.ApprovalAnswer})
    def post(self, request: Request, pk: int) -> Response:
        """Approve the revision that was read, or ask for changes."""
        fields = validated(given.ApprovalIn, request)
        decide = approvals.approve if fields["decision"] == Decision.APPROVE.value else approvals.request_changes
        done = decide(
            verdict_id=pk,
            revision=fields["revision"],
            comment=fields.get("comment") or "",
            actor=self.actor,
            expected_version=seen_version(request),
        )
        shown = {**selectors.approval_shown(done.approval), "review": selectors.review_named(done.review)}
        return Response(shown, status=201, headers={"ETag": etag(done.review.version)})
