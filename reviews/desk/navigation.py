"""Where a person may go: what the shell offers them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.policies import Right
from claims.policies import may as may_with_claims
from factcheck.accounts.models import User
from factcheck.accounts.roles import DESK_READERS, Role
from reviews.notices import unread_count
from reviews.policies import Permission, may


@dataclass(frozen=True, slots=True)
class Link:
    """One entry; `is_here` when the page shown belongs to it."""

    label: str
    address: str
    is_here: bool = False


def home_of(user: User) -> str:
    """The page a person starts from: the first they may use."""
    if may(user.roles, Permission.READ_DESK):
        return reverse("desk:queue")
    if may_with_claims(user.roles, Right.SUBMIT_ARTICLE):
        return reverse("desk:articles")
    return reverse("desk:settings")


def offered(request: HttpRequest) -> dict[str, object]:
    """The entries for whoever is signed in; shaped as a context processor, so
    that Django's own model pages can have them too."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": ()}
    reads = may(user.roles, Permission.READ_DESK)
    submits = may_with_claims(user.roles, Right.SUBMIT_ARTICLE)
    wanted = [
        ("Queue", reverse("desk:queue"), reads),
        ("Approvals", reverse("desk:approvals"), reads),
        ("Articles", reverse("desk:articles"), reads or submits),
        ("Sources", reverse("desk:sources"), reads),
        ("Submit", reverse("desk:submit"), submits),
        ("Reports", "/reports/", True),
        ("Settings", reverse("desk:settings"), bool(user.roles & (DESK_READERS | {Role.ADMINISTRATOR}))),
    ]
    nav = tuple(Link(label, to, request.path == to) for label, to, is_offered in wanted if is_offered)
    return {"nav": nav, "unread": SimpleLazyObject(lambda: unread_count(user)) if reads else None}
