"""Rules of the standards gate set aside for a review, over REST."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.views import validated
from reviews import selectors
from reviews.api.base import ReviewView, seen_version
from reviews.api.serializers import OverrideIn
from reviews.api.shapes import Shape
from reviews.overrides import override_shown, rows_of
from reviews.services import overrides


class GateOverrideOut(Shape):
    """A rule that was set aside."""

    id = serializers.IntegerField()
    rule = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class ReviewOverrides(ReviewView):
    """The rules set aside for one review."""

    @extend_schema(responses=GateOverrideOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every one, the newest last."""
        selectors.review(pk)
        return Response({"data": [override_shown(row) for row in rows_of(pk)], "next": None, "prev": None})

    @extend_schema(request=OverrideIn, responses={201: GateOverrideOut})
    def post(self, request: Request, pk: int) -> Response:
        """Set a rule aside for the next verdict: publishers only."""
        fields = validated(OverrideIn, request)
        row = overrides.set_aside(
            review_id=pk,
            rule=fields["rule"],
            reason=fields.get("reason") or "",
            actor=self.actor,
            expected_version=seen_version(request),
        )
        return Response(override_shown(row), status=201)
