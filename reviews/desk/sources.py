"""Sources: the list, and one with its uses, its copies and its link."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from factcheck.api.pages import Order, page
from factcheck.errors import Invalid
from reviews import archives
from reviews import sources as known
from reviews.desk import words
from reviews.desk.fields import Field, Refusal, made, require_lengths
from reviews.desk.screen import Screen
from reviews.downloads import file_of
from reviews.models import Source
from reviews.policies import Permission, may
from reviews.services import archiving, erasing, sources

NEWEST = Order("newest", ("id",))
ROWS = 50
FORM = "source"
KINDS = {"url": "url"}
LIMITS = {"title": 500, "publisher": 200, "group": 200, "url": 2000, "reason": 300}


def _fields(refusal: Refusal, source: Source | None = None) -> tuple[Field, ...]:
    """The fields of a new source, or of one as it is."""
    names = {"url": "Address", "title": "Title", "publisher": "Publisher"}
    if source is not None:
        names = {"title": "Title", "publisher": "Publisher", "group": "Independence group"}
    given = {**vars(source), "group": source.independence_group} if source is not None else {}
    return tuple(
        made(FORM, refusal, name, label, str(given.get(name, "")), limit=LIMITS[name], kind=KINDS.get(name, "text"))
        for name, label in names.items()
    )


def _told(step: known.SourceStep) -> dict[str, Any]:
    """One action of a source's history in words."""
    event = step.event
    said = [
        f"{name.replace('_', ' ')}: {old or '–'} → {step.after.get(name) or '–'}" for name, old in step.before.items()
    ]
    reason = [str(event.data["reason"])] if event.data.get("reason") else []
    return {
        "who": event.actor.username if event.actor else "The desk",
        "what": words.EVENT.get(event.action, words.plain(event.action.partition(".")[2])),
        "at": event.at,
        "said": [*said, *(["[erased]"] if step.is_erased else []), *reason],
    }


class Sources(Screen):
    """Every source the desk knows, newest first."""

    template = "desk/sources.html"
    section = "sources"

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        q = self.request.GET.get("q", "").strip()[:200]
        broken = self.request.GET.get("links", "") == "broken"
        found = page(
            archives.found(words=q, broken=broken), order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor")
        )
        kept = {name: value for name, value in (("q", q), ("links", "broken" if broken else "")) if value}
        context = {
            "title": "Sources",
            "q": q,
            "broken": broken,
            "rows": [{"source": row, "state": archives.state_of(row)} for row in found.rows],
            "add_fields": _fields(refusal) if may(self.actor.roles, Permission.EDIT_SOURCE) else (),
            "next": f"?{urlencode({**kept, 'cursor': found.next})}" if found.next else "",
            "prev": f"?{urlencode({**kept, 'cursor': found.prev})}" if found.prev else "",
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a source, so that its page can keep a copy before it is cited."""
        given = {name: request.POST.get(name, "").strip() for name in ("url", "title", "publisher")}
        require_lengths([(f"/{name}", value, LIMITS[name]) for name, value in given.items()])
        source, is_new = sources.add(**given, actor=self.actor)
        messages.success(request, "The source is added." if is_new else "The desk knows this source already.")
        return redirect(reverse("desk:source", args=[source.pk]))


class SourcePage(Screen):
    """One source."""

    template = "desk/source.html"
    section = "sources"

    def back(self) -> str:
        """The page itself."""
        return reverse("desk:source", args=[self.kwargs["pk"]])

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        source: Source = known.source(self.kwargs["pk"])
        found = page(known.uses_of(source.pk), order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor"))
        state = archives.state_of(source)
        context = {
            "title": str(source),
            "source": source,
            "state": state,
            "text": state.snapshot.text if state and state.snapshot else "",
            "copies": list(archives.copies_of(source.pk)[:ROWS]),
            "uses": found.rows,
            "history": [_told(step) for step in known.steps_of(source.pk, most=ROWS)],
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
            "edit_fields": _fields(refusal, source) if self._may(source, Permission.EDIT_SOURCE) else (),
            "release_field": self._why(refusal, "release") if self._may(source, Permission.RELEASE_SOURCE) else None,
            "erase_field": self._why(refusal, "erase") if self._may(source, Permission.ERASE) else None,
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change it, keep a copy now, release it or forget it."""
        doing = request.POST.get("do", "")
        if doing == "archive":
            archiving.ask(source_id=pk, actor=self.actor)
            messages.success(request, "A copy is being made in the background.")
        elif doing == "edit":
            given = {name: request.POST.get(name, "").strip() for name in ("title", "publisher", "group")}
            require_lengths([(f"/{name}", value, LIMITS[name]) for name, value in given.items()])
            sources.edit(source_id=pk, **given, actor=self.actor, expected_version=self.version())
            messages.success(request, "Changed for verdicts to come; those submitted keep their words.")
        elif doing in ("release", "erase"):
            self._set_aside(pk, doing, request.POST.get("reason", "").strip())
        else:
            raise Invalid.at("/do", "doing_unknown", "Choose what to do with the source")
        return redirect(self.back())

    def _may(self, source: Source, wanted: Permission) -> bool:
        if source.erased_at is not None or (wanted is Permission.RELEASE_SOURCE and source.confidential_since is None):
            return False
        return may(self.actor.roles, wanted)

    def _why(self, refusal: Refusal, form: str) -> Field:
        hint = "Naming nobody: it stays in history." if form == "erase" else "It stays in history."
        return made(form, refusal, "reason", "Why", limit=LIMITS["reason"], required=True, hint=hint)

    def _set_aside(self, pk: int, doing: str, reason: str) -> None:
        require_lengths([("/reason", reason, LIMITS["reason"])])
        if doing == "release":
            sources.release(source_id=pk, reason=reason, actor=self.actor)
            messages.success(self.request, "Verdicts may cite it openly again; those submitted stay as they are.")
        else:
            erasing.erase_source(source_id=pk, reason=reason, actor=self.actor)
            messages.success(self.request, "Erased for ever: nobody can read any more what this source was.")


class CopyFile(Screen):
    """The bytes of a copy, as a file."""

    section: ClassVar[str] = "sources"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Download it."""
        return file_of(pk)
