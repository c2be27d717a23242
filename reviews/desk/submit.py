"""The form that takes an article in."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from claims.policies import Right
from claims.services import intake
from claims.services.intake import Received, Submission
from reviews.desk.fields import Field, Refusal, id_of, lines, require_lengths, typed_in
from reviews.desk.screen import Screen

FORM = "article"
LIMITS = {"title": 500, "url": 2000, "outlet": 200, "author": 200, "published_at": 40, "language": 12}


class Submit(Screen):
    """An article's text and what is known of it."""

    template = "desk/submit.html"
    section = "submit"
    rights: ClassVar = (Right.SUBMIT_ARTICLE,)

    def show(self, refusal: Refusal) -> HttpResponse:
        """The form, with what was typed."""
        typed = typed_in(refusal, FORM)

        def made(name: str, label: str, **more: Any) -> Field:
            return Field(
                id=id_of(FORM, f"/{name}"),
                name=name,
                label=label,
                value=typed.get(name, "") if typed is not None else "",
                limit=LIMITS.get(name),
                errors=refusal.at(f"/{name}"),
                **more,
            )

        fields = (
            made("title", "Title"),
            made("url", "Address", kind="url", hint="The same address with another text adds a revision."),
            made("outlet", "Outlet"),
            made("author", "Author"),
            made("published_at", "Published on", hint="A date, such as 2026-05-02; month or year alone is fine too."),
        )
        text = made("text", "Text", kind="area", rows=18, required=True, hint="Kept for ever exactly as you send it.")
        return self.shown({"title": "Submit an article", "fields": fields, "text": text}, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it and show it."""
        given = {name: lines(request.POST.get(name, "")).strip() for name in LIMITS}
        require_lengths([(f"/{name}", value, LIMITS[name]) for name, value in given.items()])
        published = given.pop("published_at") or None
        submission = Submission(text=lines(request.POST.get("text", "")), published_at=published, **given)
        received = intake.submit(submission=submission, actor=self.actor)
        messages.success(request, _told(received))
        return redirect("desk:article", pk=received.article.pk)


def _told(received: Received) -> str:
    if received.created:
        return "The article is taken in. Its claims are being extracted."
    if received.revised:
        return f"This address was known: the text is kept as revision {received.revision.number}."
    return "This article was here already, with the same text."
