"""Bulk files over REST."""

from typing import Any, ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors
from claims.api import serializers as shapes
from claims.api.uploads import FILE, file_of
from claims.models import BulkFile, BulkFileRow
from claims.services import bulk
from factcheck.api.pages import Order, page, page_response
from factcheck.api.serializers import ListQuery
from factcheck.api.views import DeskView

NEWEST = Order("newest", ("id",))
BY_NUMBER = Order("number", ("number",), descending=False)
READ_WRITE: dict[str, str] = {"GET": "articles:read", "POST": "articles:write"}


def shown(file: BulkFile, rows: dict[str, int]) -> dict[str, Any]:
    """A bulk file; `rows` is how many are in which state."""
    return {
        "id": file.pk,
        "name": file.name,
        "kind": file.kind,
        "total": file.total,
        "rows": rows,
        "created_at": file.created_at,
        "finished_at": file.finished_at,
        "error": file.error or None,
    }


def _row(row: BulkFileRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "article": row.article_id,
        "external_id": row.external_id or None,
        "code": row.code or None,
        "detail": row.detail or None,
    }


class BulkFileList(DeskView):
    """Bulk files, and sending one."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = ListQuery
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=shapes.BulkFileOut(many=True))
    def get(self, request: Request) -> Response:
        """The files one may see, newest first."""
        found = page(
            selectors.bulk_files_for(self.actor),
            order=NEWEST,
            limit=self.params["limit"],
            cursor=self.params.get("cursor"),
        )
        figures = selectors.rows_by_state(found.rows)
        return page_response(request, found, [shown(row, figures[row.pk]) for row in found.rows])

    @extend_schema(request=FILE, responses={202: shapes.BulkFileOut})
    def post(self, request: Request) -> Response:
        """Take a CSV or JSONL file; its rows are taken in one after the other."""
        file = bulk.receive(file=file_of(request), actor=self.actor)
        rows = selectors.rows_by_state([file])[file.pk]
        return Response(shown(file, rows), status=202, headers={"Location": reverse("bulk-file", args=[file.pk])})


class BulkFileDetail(DeskView):
    """One bulk file."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(responses=shapes.BulkFileOut)
    def get(self, request: Request, pk: int) -> Response:
        """How far it is."""
        file = selectors.bulk_file_for(self.actor, pk)
        return Response(shown(file, selectors.rows_by_state([file])[file.pk]))


class BulkFileRows(DeskView):
    """The rows of a bulk file."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = shapes.BulkRowQuery

    @extend_schema(responses=shapes.BulkRowOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What became of each row, in order."""
        rows = selectors.bulk_file_for(self.actor, pk).rows.defer("content")
        if "state" in self.params:
            rows = rows.filter(state=self.params["state"])
        found = page(rows, order=BY_NUMBER, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [_row(row) for row in found.rows])
