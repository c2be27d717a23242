"""Bulk files: sending one, and what became of each of its rows."""

from typing import ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from claims import selectors
from claims.policies import Right
from claims.services import bulk
from factcheck.api.pages import Order, page
from factcheck.errors import Invalid
from reviews.desk import words
from reviews.desk.fields import Field, Refusal, id_of
from reviews.desk.screen import Screen
from reviews.desk.submit import file_of
from reviews.policies import Permission

FORM = "bulk"
NEWEST = Order("newest", ("id",))
BY_NUMBER = Order("number", ("number",), descending=False)
ROWS = 50
MANY_ROWS = 200


class BulkFiles(Screen):
    """The bulk files one may see, and the form for another."""

    template = "desk/bulk_files.html"
    section = "submit"
    rights: ClassVar = (Right.SUBMIT_ARTICLE, Permission.READ_DESK)

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        found = page(
            selectors.bulk_files_for(self.actor), order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor")
        )
        figures = selectors.rows_by_state(found.rows)
        hint = "A .csv file whose first line names its columns, or a .jsonl file with one object a line."
        context = {
            "title": "Bulk files",
            "field": Field(
                id=id_of(FORM, "/file"),
                name="file",
                label="File",
                kind="file",
                required=True,
                hint=hint,
                errors=refusal.at("/file"),
            ),
            "rows": [
                {"file": row, "done": row.total - figures[row.pk]["waiting"], **figures[row.pk]} for row in found.rows
            ],
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the file and show its rows."""
        file = file_of(request)
        if file is None:
            raise Invalid.at("/file", "required", "Choose a file")
        received = bulk.receive(file=file, actor=self.actor)
        messages.success(request, f"The file is taken in: {received.total:,} rows.")
        return redirect("desk:bulk-file", pk=received.pk)


class BulkFilePage(Screen):
    """One bulk file, row by row."""

    template = "desk/bulk_file.html"
    section = "submit"
    rights: ClassVar = (Right.SUBMIT_ARTICLE, Permission.READ_DESK)
    http_method_names = ["get", "head"]

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        file = selectors.bulk_file_for(self.actor, self.kwargs["pk"])
        figures = selectors.rows_by_state([file])[file.pk]
        rows = file.rows.defer("content").select_related("article")
        if self.request.GET.get("state") == "refused":
            rows = rows.filter(state="refused")
        found = page(rows, order=BY_NUMBER, limit=MANY_ROWS, cursor=self.request.GET.get("cursor"))
        context = {
            "title": str(file),
            "file": file,
            "done": file.total - figures["waiting"],
            "figures": [(told, figures[state]) for state, told in words.ROW.items() if figures[state]],
            "rows": [{"row": row, "told": words.ROW[row.state]} for row in found.rows],
            "refused": figures["refused"],
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
        }
        return self.shown(context, refusal)
