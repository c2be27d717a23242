"""Saved views: filters of the queue under a name, for everybody on the desk."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from claims.selectors import MAX_ID
from factcheck.accounts.models import User
from factcheck.clock import db_now
from factcheck.errors import Conflict, Forbidden, Invalid, NotFound
from reviews import policies
from reviews.gate import says_something
from reviews.models import SavedView
from reviews.policies import Permission
from reviews.services.moves import permit

FILTERS = ("tab", "q", "claimant", "outlet", "article", "due")
"""Members of a view's query: those of the queue's address."""
MOST_VIEWS = 100
MAX_NAME = 60
MAX_QUERY = 1000


@transaction.atomic
def save(*, name: str, query: str, actor: User) -> SavedView:
    """Keep a query of the queue under a name that is not taken yet."""
    permit(actor, Permission.COMMENT)
    name = " ".join(name.split())
    if not says_something(name) or len(name) > MAX_NAME:
        raise Invalid.at("/name", "name_missing", f"Give the view a name of at most {MAX_NAME} characters")
    wanted = [(key, value) for key, value in parse_qsl(query.removeprefix("?")) if value and key != "cursor"]
    for key, _ in wanted:
        if key not in FILTERS:
            raise Invalid.at("/query", "filter_unknown", f"{key[:40]!r} is no filter. Known: {', '.join(FILTERS)}")
    if len({key for key, _ in wanted}) < len(wanted):
        raise Invalid.at("/query", "filter_repeated", "Every filter stands once")
    spelt = urlencode(sorted(wanted))
    if not wanted or len(spelt) > MAX_QUERY:
        raise Invalid.at("/query", "query_missing", "Choose a tab or a filter first: there is nothing to keep")
    if SavedView.objects.count() >= MOST_VIEWS:
        raise Conflict(f"There are {MOST_VIEWS} views: remove one first", code="views_full")
    kept = {"query": spelt, "made_by": actor, "made_at": db_now()}
    made, is_new = SavedView.objects.get_or_create(name=name, defaults=kept)
    if not is_new:
        raise Conflict(f"There is a view named {name!r} already: choose another name", code="name_taken")
    return made


@transaction.atomic
def remove(*, view_id: int, actor: User) -> None:
    """Forget a view; its maker may, and whoever sets priorities."""
    permit(actor, Permission.READ_DESK)
    found = SavedView.objects.filter(pk=view_id).first() if 0 < view_id < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no view {view_id}")
    if found.made_by_id != actor.pk and not policies.may(actor.roles, Permission.PRIORITISE):
        raise Forbidden("Somebody else made this view: an approver or a publisher can remove it", code="not_yours")
    found.delete()
