"""What the views of reviews share."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.accounts.models import User
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.views import DeskView
from factcheck.errors import Invalid
from reviews import selectors
from reviews.policies import Permission
from reviews.services.moves import permit

READ_WRITE: dict[str, str] = {
    "GET": "reviews:read",
    "POST": "reviews:write",
    "PUT": "reviews:write",
    "PATCH": "reviews:write",
    "DELETE": "reviews:write",
}


class ReviewView(DeskView):
    """A view of what only the desk may read."""

    scopes: ClassVar = READ_WRITE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """As every view; then the actor must be one who may read the desk."""
        super().initial(request, *args, **kwargs)
        permit(self.actor, Permission.READ_DESK)

    def shown(self, pk: int) -> dict[str, Any]:
        """The review as it is now, with what the actor may do."""
        return selectors.review_shown(selectors.review(pk), roles=self.actor.roles)

    def answer(self, pk: int) -> Response:
        """`{"review": ...}` with its ETag."""
        review = self.shown(pk)
        return Response({"review": review}, headers={"ETag": etag(review["version"])})


def seen_version(request: Request) -> int | None:
    """The version of If-Match where that is optional; None without it."""
    return expected_version(request) if request.headers.get("If-Match", "").strip() else None


def person_named(name: str | None, pointer: str) -> User | None:
    """The account of that name; Invalid when there is none."""
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise Invalid.at(pointer, "user_unknown", f"There is no account {name!r}")
    return found
