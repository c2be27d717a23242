"""What every screen shares: who may see it, the shell, and refusals.

A refusal of a service is mapped here and only here: a refused form is shown
again, filled in, with every place named; anything else is a page that says
what was refused. Nothing a person sends may end in a 500.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.generic import View

from claims.policies import Right
from claims.policies import may as may_with_claims
from factcheck.accounts.models import User
from factcheck.errors import DomainError, Forbidden, Malformed, Unavailable
from factcheck.jobs import heartbeat
from factcheck.requests import refuse
from reviews.desk import navigation, sign_in
from reviews.desk.fields import NOTHING, Refusal, said_in
from reviews.policies import Permission, may

MAX_VERSION = 2**31


class Screen(View):
    """A page of the desk; `rights` are those that open it, one is enough."""

    template: ClassVar[str]
    section: ClassVar[str] = ""
    rights: ClassVar[tuple[Permission | Right, ...]] = (Permission.READ_DESK,)
    http_method_names = ["get", "head", "post"]

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page; `refusal` is NOTHING or what was refused on it."""
        raise NotImplementedError

    def back(self) -> str:
        """The page to come back to after signing in."""
        return self.request.path

    @property
    def actor(self) -> User:
        """Who is signed in."""
        user = self.request.user
        if not isinstance(user, User):
            raise Forbidden("Sign in first")
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Signed in? allowed? then the page, or its refusal."""
        if not admin.site.has_permission(request):
            return sign_in.ask(request, back=self.back())
        try:
            self._require_a_right()
            return never_cache(super().dispatch)(request, *args, **kwargs)
        except DomainError as error:
            return self.refuse(error)
        except (OperationalError, InterfaceError):
            return refuse(request, Unavailable("The database does not answer just now. Go back and send it again."))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, with what was typed when a sign-in ended meanwhile."""
        typed = sign_in.kept(request, self.actor)
        if typed is None:
            return self.show(NOTHING)
        return self.show(
            Refusal(
                "Your sign-in had ended",
                "Nothing was sent. What you typed stands below: read it and send it again.",
                form=typed.get("form", ""),
                typed=typed,
            )
        )

    def _has_a_right(self) -> bool:
        roles = self.actor.roles
        return any(may(roles, r) if isinstance(r, Permission) else may_with_claims(roles, r) for r in self.rights)

    def _require_a_right(self) -> None:
        if not self._has_a_right():
            raise Forbidden("Your roles do not open this page. An administrator can give you another role.")

    def refuse(self, error: DomainError) -> HttpResponse:
        """The same page again for a form, else a page of its own."""
        if self.request.headers.get(sign_in.AUTOSAVE):
            return HttpResponse(error.detail, status=error.status, content_type="text/plain; charset=utf-8")
        if self.request.method == "POST" and self._has_a_right():
            try:
                return self.show(Refusal.of(error, self.request.POST))
            except DomainError as deeper:
                error = deeper
        said = said_in(self.request.POST)
        return self.page("desk/refused.html", {"error": error, "title": error.title, "said": said}, status=error.status)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A template in the shell."""
        shell = {
            **navigation.offered(self.request),
            "actor": self.actor,
            "owner": sign_in.owner_of_form(self.actor),
            "has_worker": SimpleLazyObject(heartbeat.is_alive),
            "request_id": self.request.META.get("REQUEST_ID", ""),
            "section": self.section,
        }
        return render(self.request, template, {**shell, **context}, status=status)

    def shown(self, context: dict[str, Any], refusal: Refusal) -> HttpResponse:
        """This screen's own template, with the refusal's status."""
        status = refusal.status if refusal is not NOTHING else 200
        return self.page(self.template, {"refusal": refusal, **context}, status=status)

    def version(self) -> int | None:
        """The version the person saw; None when the form carries none."""
        given = self.request.POST.get("version", "")
        if not given:
            return None
        if not (given.isascii() and given.isdigit()) or int(given) > MAX_VERSION:
            raise Malformed("The form's version is no number: open the page again")
        return int(given)
