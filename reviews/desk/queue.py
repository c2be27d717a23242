"""The queue: what waits for whom, and why a list is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims.models import Article
from claims.selectors import MAX_ID
from factcheck.api.pages import Order, page
from factcheck.clock import db_now_plus
from factcheck.errors import Malformed
from reviews import policies, selectors
from reviews.desk import reading, words
from reviews.desk.fields import Refusal
from reviews.desk.screen import Screen
from reviews.enums import STILL_OPEN, Action, ReviewStatus
from reviews.models import SavedView
from reviews.policies import Permission
from reviews.services import queue, views
from reviews.services.leases import nobody_holds
from reviews.services.queue import Nothing

QUEUE = Order("queue", ("queue_key", "id"), descending=False)
NEWEST = Order("newest", ("id",))
ROWS = 50
FILTERS = ("q", "claimant", "outlet", "article", "due")
DUE: Mapping[str, str] = {"today": "Due today or overdue", "overdue": "Overdue"}
MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its name in the address, its word, its order, and whether its
    rows are counted (what is finished only grows and is not)."""

    name: str
    label: str
    order: Order = QUEUE
    is_counted: bool = True


TABS = (
    Tab("mine", "Mine"),
    Tab("unassigned", "Unassigned"),
    Tab("in_review", "In review"),
    Tab("in_approval", "In approval"),
    Tab("approved", "Approved"),
    Tab("published", "Published", NEWEST, is_counted=False),
    Tab("dropped", "Dropped", NEWEST, is_counted=False),
    Tab("all", "All", NEWEST, is_counted=False),
)


class Queue(Screen):
    """The list of reviews, one tab at a time; every filter stands in the address."""

    template = "desk/queue.html"
    section = "queue"

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        given = self._given()
        tab = next(one for one in TABS if one.name == given["tab"])
        filters = _condition(given)
        rows = selectors.reviews().filter(self._condition_of(tab), filters)
        found = page(rows, order=tab.order, limit=ROWS, cursor=given["cursor"])
        figures = self._figures(filters)
        is_filtered = any(given[name] for name in FILTERS)
        may_take = policies.may(self.actor.roles, Action.TAKE)
        kept = {name: given[name] for name in FILTERS if given[name]}
        context = {
            "title": "Queue",
            "tabs": [_tab_shown(one, one is tab, kept, figures) for one in TABS],
            "tab": tab,
            "given": given,
            "due": [(value, label, value == given["due"]) for value, label in DUE.items()],
            "is_filtered": is_filtered,
            "unfiltered": f"?{urlencode({'tab': tab.name})}",
            "rows": [self._row(row, may_take=may_take) for row in found.rows],
            "next": _more(tab, kept, found.next),
            "prev": _more(tab, kept, found.prev),
            "may_take": may_take,
            "may_submit": policies.may(self.actor.roles, Action.TAKE),
            "here": self.request.get_full_path(),
            "views": SavedView.objects.select_related("made_by"),
            "may_keep": policies.may(self.actor.roles, Permission.COMMENT),
            "query": urlencode({"tab": tab.name, **kept}),
        }
        if not found.rows:
            context["why"] = self._why_empty(tab, is_filtered=is_filtered)
        return self.shown(context, refusal)

    def _given(self) -> dict[str, str]:
        """The filters of the address; an unknown one is refused, never ignored."""
        query = self.request.GET
        known = {"tab", "cursor", *FILTERS}
        if unknown := sorted(set(query) - known):
            raise Malformed(f"Unknown filter {unknown[0][:40]!r}. Known are: {', '.join(sorted(known))}")
        reads_queue = policies.may(self.actor.roles, Action.TAKE)
        given = {name: query.get(name, "").strip() for name in known}
        given["tab"] = given["tab"] or ("unassigned" if reads_queue else "all")
        if given["tab"] not in {tab.name for tab in TABS}:
            raise Malformed(f"There is no tab {given['tab'][:40]!r}")
        if given["due"] and given["due"] not in DUE:
            raise Malformed(f"Unknown deadline {given['due'][:40]!r}. Known are: {', '.join(DUE)}")
        article = given["article"]
        if article and not (article.isascii() and article.isdigit() and int(article) < MAX_ID):
            raise Malformed("article is a number")
        if any(len(given[name]) > MAX_WORDS for name in FILTERS):
            raise Malformed(f"A filter has at most {MAX_WORDS} characters")
        return given

    def _condition_of(self, tab: Tab) -> Q:
        status = Q(status=tab.name)
        left = Q(status=ReviewStatus.IN_REVIEW.value) & nobody_holds()
        return {
            "mine": reading.mine(self.actor) & Q(status__in=STILL_OPEN),
            "unassigned": Q(assignee__isnull=True) & (Q(status=ReviewStatus.QUEUED.value) | left),
            "published": Q(status__in=[ReviewStatus.PUBLISHED.value, ReviewStatus.RETRACTED.value]),
            "all": Q(),
        }.get(tab.name, status)

    def _figures(self, filters: Q) -> dict[str, int]:
        """How many rows each counted tab has; one statement over open reviews."""
        counts = {tab.name: Count("pk", filter=self._condition_of(tab)) for tab in TABS if tab.is_counted}
        return reading.open_reviews().filter(filters).aggregate(**counts)

    def _row(self, row: Any, *, may_take: bool) -> dict[str, Any]:
        lease = reading.lease_of(row, self.actor)
        is_held = lease is not None and lease.is_live
        can_take = may_take and not is_held and Action.TAKE in policies.actions_for(self.actor.roles, *row.state)
        claim = row.claim
        return {
            "review": row,
            "waits": (row.read_at - row.opened_at).days if row.status in STILL_OPEN else 0,
            "claim": claim,
            "quote": claim.anchor.quote if claim.anchor else claim.statement,
            "status": words.STATUS[row.status],
            "report_status": words.REPORT_STATUS[row.report_status] if row.report_status != "none" else "",
            "score": round(claim.score * 100),
            "reasons": claim.score_reasons[:3],
            "lease": lease,
            "can_take": can_take,
            "is_overdue": row.due_at is not None and row.due_at < row.read_at,
        }

    def _why_empty(self, tab: Tab, *, is_filtered: bool) -> list[str]:
        """Why there is nothing to show, in sentences."""
        reads = reading.open_reviews().aggregate(
            here=Count("pk", filter=self._condition_of(tab)),
            leased=Count("pk", filter=Q(status=ReviewStatus.IN_REVIEW.value) & ~nobody_holds()),
            assigned=Count("pk", filter=Q(status=ReviewStatus.QUEUED.value, assignee__isnull=False)),
        )
        articles = Article.objects.filter(withdrawn_at__isnull=True).aggregate(
            total=Count("pk"), waiting=Count("pk", filter=Q(status__in=["fetching", "received", "extracting"]))
        )
        if not articles["total"]:
            return ["Nothing has been submitted yet."]
        why = []
        if is_filtered and reads["here"]:
            why.append(f"{reads['here']} hidden by the filters.")
        if tab.name == "unassigned" and reads["leased"]:
            why.append(f"{reads['leased']} leased: somebody works on them now.")
        if tab.name == "unassigned" and reads["assigned"]:
            why.append(f"{reads['assigned']} assigned to somebody.")
        if articles["waiting"]:
            why.append(f"Articles that wait for extraction: {articles['waiting']}.")
        return why or ["Nothing is here now."]


def _condition(given: Mapping[str, str]) -> Q:
    """The filters as a condition on reviews."""
    wanted = Q()
    for word in given["q"].split():
        wanted &= Q(claim__statement__icontains=word) | Q(claim__anchor__quote__icontains=word)
    if given["claimant"]:
        wanted &= Q(claim__claimant__name__icontains=given["claimant"])
    if given["outlet"]:
        wanted &= Q(claim__article__outlet__name__icontains=given["outlet"])
    if given["article"]:
        wanted &= Q(claim__article=int(given["article"]))
    if given["due"]:
        until = db_now_plus(timedelta(days=1) if given["due"] == "today" else timedelta(0))
        wanted &= Q(due_at__lt=until, status__in=STILL_OPEN)
    return wanted


def _tab_shown(tab: Tab, is_here: bool, kept: Mapping[str, str], figures: Mapping[str, int]) -> dict[str, Any]:
    return {
        "label": tab.label,
        "address": f"?{urlencode({'tab': tab.name, **kept})}",
        "is_here": is_here,
        "count": figures.get(tab.name),
    }


def _more(tab: Tab, kept: Mapping[str, str], cursor: str | None) -> str:
    return f"?{urlencode({'tab': tab.name, **kept, 'cursor': cursor})}" if cursor else ""


class Next(Queue):
    """POST: the next free review, taken."""

    def back(self) -> str:
        """The queue."""
        return reverse("desk:queue")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the first in the queue's order, or say why there is none."""
        found = queue.take_next(actor=self.actor)
        if isinstance(found, Nothing):
            told = f"Nothing is free: {found.leased} leased, {found.assigned} assigned to others."
            messages.info(request, told)
            return redirect(self.back())
        return redirect(f"{reverse('desk:review', args=[found.pk])}#lease")


class ViewSent(Queue):
    """A view as it is saved or removed from the queue's page."""

    def back(self) -> str:
        """The queue."""
        return reverse("desk:queue")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def show(self, refusal: Refusal) -> HttpResponse:
        """The queue with the refusal."""
        return super().show(refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the filters under a name, or remove a view."""
        removed = request.POST.get("remove", "")
        if removed:
            if not (removed.isascii() and removed.isdigit() and len(removed) < 18):
                raise Malformed("The form names no view")
            views.remove(view_id=int(removed), actor=self.actor)
            messages.success(request, "The view is removed.")
            return redirect(self.back())
        made = views.save(name=request.POST.get("name", ""), query=request.POST.get("query", ""), actor=self.actor)
        messages.success(request, f"Saved as “{made.name}”: its address can be shared.")
        return redirect(f"{self.back()}?{made.query}")
