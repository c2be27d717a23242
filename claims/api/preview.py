"""What would be read of a page, a text or a file, before anything is kept."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import serializers as shapes
from claims.api.uploads import SENT, submitted
from claims.services import pages
from factcheck.api.parsers import StrictJSONParser
from factcheck.api.views import DeskView


class ArticlePreview(DeskView):
    """The text and facts that intake would take."""

    scopes: ClassVar = {"POST": "articles:write"}
    parser_classes = (StrictJSONParser, MultiPartParser)
    keeps_answers = False

    @extend_schema(request=SENT, responses=shapes.PreviewOut)
    def post(self, request: Request) -> Response:
        """Read it and keep nothing; a url is fetched while you wait."""
        fields, file = submitted(request)
        found = pages.preview(fields=fields, file=file, actor=self.actor)
        return Response(shapes.PreviewOut(found).data)
