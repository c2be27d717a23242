"""Versions of public reports over REST, with what each changed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.views import DeskView
from reviews import public_reports, versions
from reviews.api.serializers import CORRECTION_TYPE, VERSION_KIND, choices
from reviews.reports.difference import Mark

Shape = serializers.Serializer[Any]


class PieceOut(Shape):
    """Words with what became of them."""

    mark = serializers.ChoiceField(choices=choices(Mark))
    text = serializers.CharField()


class ChangeOut(Shape):
    """One member of the report that differs from the version before."""

    member = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    pieces = PieceOut(many=True)


class VersionOut(Shape):
    """One version. `changes` is empty for the first, and for all of a
    retracted report."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=VERSION_KIND)
    published_at = serializers.DateTimeField()
    sha256 = serializers.CharField()
    correction = serializers.ChoiceField(choices=CORRECTION_TYPE, allow_null=True)
    reason = serializers.CharField(allow_null=True)
    changes = ChangeOut(many=True)


class VersionsOut(Shape):
    """The newest versions of one report."""

    data = VersionOut(many=True)  # type: ignore[assignment] # a member, not DRF's own attribute


class ReportVersions(DeskView):
    """How a public report changed; no sign-in."""

    @extend_schema(responses=VersionsOut)
    def get(self, request: Request, slug: str) -> Response:
        """Its versions, newest first, at most fifty."""
        told = versions.told(public_reports.named(slug))
        return Response({"data": [versions.shown(one) for one in told]})
