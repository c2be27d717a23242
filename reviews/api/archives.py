"""Copies of sources, their links, and where each source was used, over REST."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.serializers import ListQuery
from reviews import archives
from reviews import sources as known
from reviews.api.base import ReviewView
from reviews.api.serializers import choices
from reviews.api.shapes import Shape
from reviews.downloads import file_of
from reviews.enums import LinkHealth, Stance
from reviews.services import archiving

NEWEST = Order("newest", ("id",))


class CopyOut(Shape):
    """An archived copy; `sha256` is over the bytes as they were served."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    final_url = serializers.CharField()
    status = serializers.IntegerField()
    content_type = serializers.CharField(allow_null=True)
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    fetched_at = serializers.DateTimeField()


class StateOut(Shape):
    """What is known of a source's address."""

    link = serializers.ChoiceField(choices=choices(LinkHealth))
    copy = CopyOut(allow_null=True)
    fault = serializers.CharField(allow_null=True)
    public_copy = serializers.CharField(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    broken_since = serializers.DateTimeField(allow_null=True)


class UseOut(Shape):
    """One verdict that cites the source."""

    review = serializers.IntegerField()
    verdict = serializers.IntegerField()
    revision = serializers.IntegerField()
    number = serializers.IntegerField()
    stance = serializers.ChoiceField(choices=choices(Stance))
    excerpt = serializers.CharField(allow_null=True)
    locator = serializers.CharField(allow_null=True)
    claim = serializers.CharField()
    rating = serializers.CharField()


class AskedOut(Shape):
    """The job that keeps the copy."""

    job = serializers.IntegerField()


class SourceState(ReviewView):
    """A source's newest copy and its link."""

    @extend_schema(responses=StateOut)
    def get(self, request: Request, pk: int) -> Response:
        """What is known."""
        return Response(archives.state_shown(archives.state_of(known.source(pk))))

    @extend_schema(request=None, responses={202: AskedOut})
    def post(self, request: Request, pk: int) -> Response:
        """Keep a copy now, in the background."""
        job = archiving.ask(source_id=pk, actor=self.actor)
        return Response({"job": job.pk}, status=202, headers={"Location": f"/api/v1/jobs/{job.pk}"})


class SourceCopies(ReviewView):
    """Every copy of a source."""

    query: ClassVar = ListQuery

    @extend_schema(responses=CopyOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Copies, newest first."""
        rows = archives.copies_of(known.source(pk).pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [archives.copy_shown(row) for row in found.rows])


class SourceUses(ReviewView):
    """Where a source was used."""

    query: ClassVar = ListQuery

    @extend_schema(responses=UseOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Uses, newest first."""
        rows = known.uses_of(known.source(pk).pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [archives.use_shown(row) for row in found.rows])


class CopyBytes(ReviewView):
    """The bytes of a copy."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> Any:
        """The bytes as they were served, as a file: never shown as a page of the desk."""
        return file_of(pk)
