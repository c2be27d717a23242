"""Submissions over REST: a JSON document, or a form with a file."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.request import Request

from claims.api import serializers as shapes
from claims.services.files import File
from factcheck.api.views import validated
from factcheck.errors import FieldError, Malformed

FORM = "multipart/form-data"
SENT = {"application/json": shapes.ArticleIn, FORM: shapes.ArticleFileIn}
"""What POST takes, for the schema."""

FILE = {FORM: shapes.FileIn}


def submitted(request: Request) -> tuple[dict[str, Any], File | None]:
    """The validated fields, and the file when the body is a form."""
    if not _is_form(request):
        return validated(shapes.ArticleIn, request), None
    _refuse_repeated(request)
    fields = validated(shapes.ArticleFileIn, request)
    return fields, _file(fields.pop("file"))


def file_of(request: Request) -> File:
    """The file of a form that holds nothing else."""
    _refuse_repeated(request)
    return _file(validated(shapes.FileIn, request)["file"])


def _is_form(request: Request) -> bool:
    return (request.content_type or "").lower().startswith(FORM)


def _refuse_repeated(request: Request) -> None:
    lists = getattr(request.data, "lists", None)
    for name, values in lists() if lists else ():
        if len(values) > 1:
            detail = f"The field {name[:40]!r} stands {len(values)} times; send it once"
            raise Malformed(detail, errors=[FieldError(f"/{name[:40]}", "repeated", detail)])


def _file(sent: "UploadedFile[Any]") -> File:
    return File(name=sent.name or "", content=sent.read(), charset=sent.charset)
