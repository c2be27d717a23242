"""Django's admin as part of the desk: our sign-in, our shell, roles for rights."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from factcheck.accounts.forms import SignInForm
from factcheck.accounts.roles import DESK_READERS, Role


class DeskAdminSite(admin.AdminSite):
    """The admin site of the desk."""

    site_header = "Fact-check desk"
    site_title = "Fact-check desk"
    index_title = "Settings and look-ups"
    site_url = "/reports/"
    login_form = SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Everybody who has a role on this desk may come in."""
        return bool(request.user.is_active and request.user.is_authenticated and request.user.roles)


SETTINGS_READERS = DESK_READERS | {Role.ADMINISTRATOR}
"""Who reads settings and how the machine is doing: no word of the desk's work is in them."""


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """A model page that shows and never writes; writing is what services are for.

    `readers` are the roles that may read it: those of the desk, as in the API.
    An administrator's role alone opens no claim, source or verdict.
    """

    readers: frozenset[Role] = DESK_READERS

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the section is listed."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the actor's roles may read it."""
        return request.user.is_authenticated and bool(request.user.roles & self.readers)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False
