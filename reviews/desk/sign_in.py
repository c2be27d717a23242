"""When a sign-in has ended: nothing that was typed is lost.

Every form carries who it was made for, signed. A form sent without a sign-in
is kept in the session that is about to sign in, and shown again, filled in,
to the same person and nobody else.
"""

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from factcheck.accounts.models import User

SALT = "desk.form-of"
KEPT = "desk.kept"
AUTOSAVE = "X-Desk-Autosave"
MAX_AGE_SECONDS = 14 * 24 * 3600
MAX_KEPT = 2_000_000
"""Characters of one form that are kept."""

log = structlog.get_logger(__name__)


def owner_of_form(user: User) -> str:
    """Who a form was made for, signed."""
    return signing.dumps(user.pk, salt=SALT)


def ask(request: HttpRequest, *, back: str) -> HttpResponse:
    """To the sign-in form and from there back; a sent form is kept meanwhile."""
    if request.headers.get(AUTOSAVE):
        return HttpResponse(
            "Your sign-in has ended. Sign in again in another tab: what you typed stays here.",
            status=401,
            content_type="text/plain; charset=utf-8",
        )
    if request.method == "POST":
        _keep(request, back)
    return redirect_to_login(back, login_url=reverse("admin:login"))


def _keep(request: HttpRequest, back: str) -> None:
    try:
        owner = signing.loads(request.POST.get("owner", ""), salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return
    fields = request.POST.urlencode()
    if len(fields) > MAX_KEPT:
        log.warning("form.too_large_to_keep", characters=len(fields))
        return
    request.session[KEPT] = {"owner": owner, "back": back, "fields": fields}


def kept(request: HttpRequest, user: User) -> QueryDict | None:
    """What this person had typed on this page when the sign-in ended; once."""
    found = request.session.get(KEPT)
    if not found or found["back"] != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(found["fields"]) if found["owner"] == user.pk else None
