"""Accounts and tokens in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from factcheck.accounts import tokens
from factcheck.accounts.models import ApiToken, User
from factcheck.accounts.roles import Role
from factcheck.admin_site import ReadOnlyAdmin
from factcheck.audit import history
from factcheck.errors import DomainError

READERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def _is_administrator(request: HttpRequest) -> bool:
    return request.user.is_authenticated and Role.ADMINISTRATOR in request.user.roles


def _may_read(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(request.user.roles & READERS)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Accounts: an administrator makes them, gives roles, and closes them; an
    auditor reads them, passwords' hashes aside."""

    list_display = ("username", "email", "is_active", "role_names", "last_login")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Roles", {"fields": ("is_active", "groups")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "password1", "password2", "groups")}),)
    filter_horizontal = ("groups",)

    @admin.display(description="roles")
    def role_names(self, user: User) -> str:
        """The roles, as a list."""
        return ", ".join(sorted(group.name for group in user.groups.all()))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the groups: no query per row."""
        return super().get_queryset(request).prefetch_related("groups")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles and tell history."""
        before = sorted(role.value for role in form.instance.roles) if change else []
        super().save_related(request, form, formsets, change)
        after = sorted(form.instance.groups.values_list("name", flat=True))
        history.record(
            subject=form.instance,
            action="account.changed" if change else "account.created",
            actor=request.user if isinstance(request.user, User) else None,
            data={
                "before": before,
                "after": after,
                "active": form.instance.is_active,
                "changed": sorted(set(form.changed_data)),
            },
        )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set somebody's password; history tells who did."""
        with transaction.atomic():
            answer = super().user_change_password(request, id, form_url)
            if request.method == "POST" and answer.status_code == 302:
                user = User.objects.get(pk=id)
                actor = request.user if isinstance(request.user, User) else None
                history.record(subject=user, action="account.password_set", actor=actor)
        return answer

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """For who only reads, without the password."""
        fieldsets = super().get_fieldsets(request, obj)
        if _is_administrator(request):
            return fieldsets
        return [
            (name, {**shown, "fields": [field for field in shown["fields"] if field != "password"]})
            for name, shown in fieldsets
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators, and auditors to read."""
        return _may_read(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators, and auditors to read."""
        return _may_read(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators only."""
        return _is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: history names accounts. Close the account instead."""
        return False


admin.site.unregister(Group)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens by their prefix; the text itself is nowhere."""

    readers = READERS
    list_display = (
        "prefix",
        "name",
        "user",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_select_related = ("user",)
    exclude = ("digest",)
    actions = ("revoke",)

    @admin.action(description="Revoke the selected tokens", permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        """They stop working at once."""
        for token in chosen.select_related("user"):
            try:
                tokens.revoke(token=token, actor=request.user if isinstance(request.user, User) else None)
            except DomainError as error:
                messages.error(request, f"{token}: {error.detail}")
            else:
                messages.success(request, f"{token} is revoked")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return _is_administrator(request)
