"""Publishing, correcting and retracting over REST; public reports for anybody."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.views import DeskView, validated
from reviews import public_reports, selectors
from reviews.api import serializers as given
from reviews.api import shapes
from reviews.api.base import ReviewView
from reviews.enums import CorrectionType
from reviews.services import corrections, publication
from reviews.services.publication import Published

PUBLISHING = {"POST": "reports:publish"}
NEWEST = Order("newest", ("published_at", "id"))


class _Publication(ReviewView):
    """An action on what the public sees."""

    scopes: ClassVar = PUBLISHING
    conditional = ("POST",)

    def told(self, done: Published) -> Response:
        """The report, the review, and what should be known."""
        report, version = done.report, done.version
        return Response(
            {
                "report": {
                    "slug": report.slug,
                    "url": selectors.report_url(report.slug),
                    "version": version.number,
                    "sha256": version.sha256,
                },
                "review": selectors.review_named(done.review),
                "warnings": [{"rule": one.rule, "pointer": one.pointer, "detail": one.detail} for one in done.warnings],
            },
            headers={"ETag": etag(done.review.version)},
        )


class ReviewPublish(_Publication):
    """An approved verdict becomes public."""

    @extend_schema(request=None, responses=shapes.PublishedOut)
    def post(self, request: Request, pk: int) -> Response:
        """Publish the next version of the report."""
        version = expected_version(request)
        return self.told(publication.publish(review_id=pk, actor=self.actor, expected_version=version))


class ReviewRetract(_Publication):
    """A report is taken back."""

    @extend_schema(request=given.RetractIn, responses=shapes.PublishedOut)
    def post(self, request: Request, pk: int) -> Response:
        """Leave only a notice with the reason."""
        version = expected_version(request)
        reason = validated(given.RetractIn, request)["reason"]
        done = publication.retract(review_id=pk, reason=reason, actor=self.actor, expected_version=version)
        return self.told(done)


class ReviewCorrect(_Publication):
    """A public report is opened again."""

    @extend_schema(request=given.CorrectIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Open a typed correction; the report stays up, marked."""
        version = expected_version(request)
        fields = validated(given.CorrectIn, request)
        corrections.correct(
            review_id=pk,
            type=CorrectionType(fields["type"]),
            reason=fields["reason"],
            actor=self.actor,
            expected_version=version,
        )
        return self.answer(pk)


class ReviewAbandonCorrection(_Publication):
    """A correction is given up."""

    @extend_schema(request=given.WhyIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Leave the public report as it is."""
        version = expected_version(request)
        reason = validated(given.WhyIn, request).get("reason") or ""
        corrections.abandon(review_id=pk, reason=reason, actor=self.actor, expected_version=version)
        return self.answer(pk)


class ReportList(DeskView):
    """Public reports; no sign-in."""

    query: ClassVar = given.ReportQuery

    @extend_schema(responses=shapes.ReportOut(many=True))
    def get(self, request: Request) -> Response:
        """Reports that stand, newest first."""
        rows = public_reports.standing(self.params)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [public_reports.shown(row) for row in found.rows])


class ReportDetail(DeskView):
    """One public report; no sign-in."""

    @extend_schema(responses=shapes.ReportDetailOut)
    def get(self, request: Request, slug: str) -> Response:
        """The newest version with its frozen payload; also a retracted one."""
        return Response(public_reports.shown_whole(public_reports.named(slug)))
