"""Feeds: which are read, how that goes, and adding or stopping one."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims import selectors
from claims.models.feed import LEAST_MINUTES, MOST_MINUTES
from claims.policies import Right, may
from claims.services import feeds
from factcheck.api.pages import Order, page
from factcheck.errors import Malformed
from reviews.desk.fields import Field, Refusal, id_of, lines, require_lengths, typed_in, whole
from reviews.desk.screen import Screen
from reviews.policies import Permission

FORM = "feed"
NEWEST = Order("newest", ("id",))
ROWS = 50
LIMITS = {"url": 2000, "outlet": 200}
USUAL_MINUTES = 15


class Feeds(Screen):
    """Every feed, and the form for another."""

    template = "desk/feeds.html"
    section = "submit"
    rights: ClassVar = (Permission.READ_DESK,)

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        found = page(selectors.feeds_for(self.actor), order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor"))
        typed = typed_in(refusal, FORM)

        def made(name: str, label: str, value: str = "", **more: Any) -> Field:
            return Field(
                id=id_of(FORM, f"/{name}"),
                name=name,
                label=label,
                value=typed.get(name, "") if typed is not None else value,
                limit=LIMITS.get(name),
                errors=refusal.at(f"/{name}"),
                **more,
            )

        minutes = f"{LEAST_MINUTES} to {MOST_MINUTES}; a feed that fails is asked less often."
        context = {
            "title": "Feeds",
            "rows": found.rows,
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
            "may_manage": may(self.actor.roles, Right.MANAGE_FEEDS),
            "fields": (
                made("url", "Address", kind="url", required=True, hint="Of an RSS or Atom feed."),
                made("outlet", "Outlet", hint="Of every article that comes from it."),
                made("every_minutes", "Minutes between readings", str(USUAL_MINUTES), kind="number", hint=minutes),
            ),
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read a feed from now on."""
        given = {name: lines(request.POST.get(name, "")).strip() for name in LIMITS}
        require_lengths([(f"/{name}", value, LIMITS[name]) for name, value in given.items()])
        minutes = request.POST.get("every_minutes", "") or str(USUAL_MINUTES)
        every = whole(minutes, pointer="/every_minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
        feeds.add(actor=self.actor, every_minutes=every, **given)
        messages.success(request, "The feed is read from now on; its new entries become articles.")
        return redirect("desk:feeds")


class FeedChanged(Feeds):
    """POST: one feed is stopped, goes on, or is read at once."""

    def back(self) -> str:
        """The list."""
        return reverse("desk:feeds")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """Do it and show the list."""
        feed = selectors.feed_for(self.actor, pk)
        match request.POST.get("act"):
            case "stop":
                feeds.edit(feed=feed, actor=self.actor, stopped=True)
                told = "The feed is read no more."
            case "resume":
                feeds.edit(feed=feed, actor=self.actor, stopped=False)
                told = "The feed is read again."
            case "poll":
                feeds.poll_now(feed=feed, actor=self.actor)
                told = "The feed is being read."
            case _:
                raise Malformed("There is no such action on a feed")
        messages.success(request, told)
        return redirect(self.back())
