"""The first page, and Django's admin index under its own address."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from factcheck.accounts.roles import DESK_READERS, Role
from factcheck.errors import Forbidden
from reviews.desk import navigation
from reviews.desk.fields import Refusal
from reviews.desk.screen import Screen


class Home(Screen):
    """Where a person starts."""

    rights = ()

    def _require_a_right(self) -> None:
        """Anybody with a role has a first page."""

    def show(self, refusal: Refusal) -> HttpResponse:
        """To the first page this person may use."""
        return redirect(navigation.home_of(self.actor))


class Settings(Screen):
    """Settings and look-ups: Django's own pages."""

    rights = ()

    def _require_a_right(self) -> None:
        if not self.actor.roles & (DESK_READERS | {Role.ADMINISTRATOR}):
            raise Forbidden("Your roles do not open the settings.")

    def show(self, refusal: Refusal) -> HttpResponse:
        """The index of Django's admin, in the shell."""
        request: HttpRequest = self.request
        return admin.site.index(request, navigation.offered(request))
