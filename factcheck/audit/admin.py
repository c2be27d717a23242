"""History in the admin, read only."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from factcheck.accounts.models import User
from factcheck.accounts.roles import DESK_READERS, Role
from factcheck.admin_site import SETTINGS_READERS, ReadOnlyAdmin
from factcheck.audit import personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.errors import DomainError

OF_ADMINISTRATORS = ("accounts.User", "jobs.Job")
"""Whose history an administrator reads who has no role on the desk."""


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Every action, newest first."""

    list_display = ("id", "at", "actor", "action", "subject_type", "subject_id", "seq")
    list_filter = ("action", "subject_type")
    list_select_related = ("actor",)
    search_fields = ("=subject_id",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    readers = SETTINGS_READERS

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Everything for the desk; for an administrator alone, accounts and jobs."""
        rows = super().get_queryset(request)
        reads_desk = isinstance(request.user, User) and request.user.roles & DESK_READERS
        return rows if reads_desk else rows.filter(subject_type__in=OF_ADMINISTRATORS)


@admin.register(PersonalDetail)
class PersonalDetailAdmin(ReadOnlyAdmin):
    """Personal values by what they belong to; the values are not shown here."""

    readers = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    list_display = ("id", "kind", "subject_type", "subject_id", "created_at", "erased_at")
    list_filter = ("kind", "subject_type")
    search_fields = ("=subject_id",)
    exclude = ("salt", "value")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    actions = ("erase",)

    @admin.action(description="Erase the selected values for ever", permissions=["erase"])
    def erase(self, request: HttpRequest, chosen: QuerySet[PersonalDetail]) -> None:
        """Nobody can read them any more; history goes on to stand."""
        for detail in chosen:
            try:
                if not isinstance(request.user, User):
                    return
                personal.erase(detail_id=detail.pk, reason="erased in the admin", actor=request.user)
            except DomainError as error:
                messages.error(request, f"{detail}: {error.detail}")
            else:
                messages.success(request, f"{detail} is erased")

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Administrators only; auditors read what was erased."""
        return isinstance(request.user, User) and Role.ADMINISTRATOR in request.user.roles
