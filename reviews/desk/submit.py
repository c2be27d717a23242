"""The form that takes an article in: by its address, as a file, or as text,
with a preview of what was read before anything is kept."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from claims.pipeline.ingest import Ingested
from claims.policies import Right, may
from claims.services import pages
from claims.services.files import File
from claims.services.intake import Received
from reviews.desk.fields import NOTHING, Field, Refusal, id_of, lines, require_lengths, typed_in
from reviews.desk.screen import Screen

FORM = "article"
LIMITS = {"title": 500, "url": 2000, "outlet": 200, "author": 200, "published_at": 40, "language": 12}
FORMATS = frozenset({"text", "html", "docx"})
"""What a text may say it was read from."""


class Submit(Screen):
    """An article's text and what is known of it."""

    template = "desk/submit.html"
    section = "submit"
    rights: ClassVar = (Right.SUBMIT_ARTICLE,)

    def show(self, refusal: Refusal) -> HttpResponse:
        """The form, with what was typed."""
        typed = typed_in(refusal, FORM)
        return self._form(typed if typed is not None else {"url": self.request.GET.get("url", "")[:2000]}, refusal)

    def _form(self, values: Mapping[str, Any], refusal: Refusal, read: Ingested | None = None) -> HttpResponse:
        def made(name: str, label: str, **more: Any) -> Field:
            return Field(
                id=id_of(FORM, f"/{name}"),
                name=name,
                label=label,
                value=values.get(name) or "",
                limit=LIMITS.get(name),
                errors=refusal.at(f"/{name}"),
                **more,
            )

        address = "Alone, the text is fetched from it. The same address with another text adds a revision."
        context = {
            "title": "Submit an article",
            "url": made("url", "Address", kind="url", hint=address),
            "file": made("file", "File", kind="file", hint="A .docx, .html or .txt file."),
            "text": made("text", "Text", kind="area", rows=18, hint="Kept for ever exactly as you send it."),
            "facts": (
                made("title", "Title"),
                made("outlet", "Outlet"),
                made("author", "Author"),
                made("published_at", "Published on", hint="A date, such as 2026-05-02; month or year alone will do."),
                made("language", "Language", hint="A code such as en or de; found by itself when empty."),
            ),
            "format": values.get("format") or "text",
            "read": read,
            "may_manage_feeds": may(self.actor.roles, Right.MANAGE_FEEDS),
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what would be read of it, or take it and show it."""
        given = {name: lines(request.POST.get(name, "")).strip() for name in LIMITS}
        require_lengths([(f"/{name}", value, LIMITS[name]) for name, value in given.items()])
        fields: dict[str, Any] = {name: value for name, value in given.items() if value}
        text = lines(request.POST.get("text", ""))
        file = file_of(request)
        if text.strip() or not (file or "url" in fields):
            told = request.POST.get("format", "")
            fields |= {"text": text, "format": told if told in FORMATS else "text"}
        if request.POST.get("act") == "preview":
            read = pages.preview(fields=fields, file=file, actor=self.actor)
            return self._form(_filled(given, read), NOTHING, read)
        received = pages.take(fields=fields, file=file, actor=self.actor)
        messages.success(request, _told(received))
        return redirect("desk:article", pk=received.article.pk)


def file_of(request: HttpRequest) -> File | None:
    """The file of a form; None when none was chosen."""
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        return None
    return File(name=sent.name, content=sent.read(), charset=sent.charset)


def _filled(given: Mapping[str, str], read: Ingested) -> dict[str, str]:
    """The form as it is shown beside a preview: what was typed goes first."""
    found = {
        "title": (read.title or "")[: LIMITS["title"]],
        "author": (read.author or "")[: LIMITS["author"]],
        "outlet": (read.outlet or "")[: LIMITS["outlet"]],
        "published_at": read.published_at or "",
        "language": "" if read.language == "und" else read.language,
    }
    typed = {name: value for name, value in given.items() if value}
    return {**found, **typed, "text": read.text, "format": read.format}


def _told(received: Received) -> str:
    if received.article.fetch_state == "fetching":
        return "The article is taken in. Its text is being fetched."
    if received.created:
        return "The article is taken in. Its claims are being extracted."
    if received.revised and received.revision is not None:
        return f"This address was known: the text is kept as revision {received.revision.number}."
    return "This article was here already, with the same text."
