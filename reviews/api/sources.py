"""Sources and scales over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.serializers import ListQuery
from factcheck.api.views import DeskView, validated
from reviews import selectors
from reviews import sources as known
from reviews.api import serializers as given
from reviews.api import shapes
from reviews.api.base import READ_WRITE, ReviewView
from reviews.services import erasing, sources

NEWEST = Order("newest", ("id",))


class SourceList(ReviewView):
    """Every source the desk knows."""

    query: ClassVar = given.SourceQuery
    shows_again: ClassVar = staticmethod(known.source_again)

    @extend_schema(responses=shapes.SourceOut(many=True))
    def get(self, request: Request) -> Response:
        """Sources with the words looked for, newest first."""
        rows = known.sources(words=self.params.get("q", ""), group=self.params.get("group", ""))
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [known.source_shown(row) for row in found.rows])

    @extend_schema(request=given.SourceIn, responses={200: shapes.SourceOut, 201: shapes.SourceOut})
    def post(self, request: Request) -> Response:
        """Add a source: 201, or 200 with the one that is known already."""
        fields = {name: value or "" for name, value in validated(given.SourceIn, request).items()}
        group = fields.pop("independence_group", "")
        source, is_new = sources.add(**fields, group=group, actor=self.actor)
        shown = known.source_shown(known.source(source.pk))
        headers = {"Location": f"/api/v1/sources/{source.pk}", "ETag": etag(source.version)}
        return Response(shown, status=201 if is_new else 200, headers=headers)


class SourceDetail(ReviewView):
    """One source."""

    conditional = ("PATCH",)

    def told(self, pk: int) -> Response:
        """The source with its ETag."""
        shown = known.source_shown(known.source(pk))
        return Response(shown, headers={"ETag": etag(shown["version"])})

    @extend_schema(responses=shapes.SourceOut)
    def get(self, request: Request, pk: int) -> Response:
        """The source."""
        return self.told(pk)

    @extend_schema(request=given.SourcePatch, responses=shapes.SourceOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change what later verdicts take from it."""
        version = expected_version(request)
        fields = validated(given.SourcePatch, request, partial=True)
        sources.edit(
            source_id=pk,
            title=fields.get("title"),
            publisher=fields.get("publisher"),
            group=fields.get("independence_group"),
            actor=self.actor,
            expected_version=version,
        )
        return self.told(pk)


class SourceRelease(ReviewView):
    """A source that need not be confidential after all."""

    shows_again: ClassVar = staticmethod(known.source_again)

    @extend_schema(request=given.StatedReasonIn, responses=shapes.SourceOut)
    def post(self, request: Request, pk: int) -> Response:
        """Let verdicts cite it openly again: publishers only."""
        source = sources.release(
            source_id=pk, reason=validated(given.StatedReasonIn, request)["reason"], actor=self.actor
        )
        shown = known.source_again(source.pk)
        return Response(shown, headers={"ETag": etag(shown["version"])})


class SourceErasure(DeskView):
    """A source that has to be forgotten."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(request=given.StatedReasonIn, responses=shapes.SourceErased)
    def post(self, request: Request, pk: int) -> Response:
        """Take away for ever what it was: administrators only, who need not read the desk."""
        source = erasing.erase_source(
            source_id=pk, reason=validated(given.StatedReasonIn, request)["reason"], actor=self.actor
        )
        return Response({"id": source.pk, "erased_at": source.erased_at})


class ScaleList(ReviewView):
    """Every version of every rating scale."""

    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.ScaleOut(many=True))
    def get(self, request: Request) -> Response:
        """Scales with their ratings, newest first."""
        found = page(selectors.scales(), order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [selectors.scale_shown(row) for row in found.rows])
