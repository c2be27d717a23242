"""History in the admin, read only."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.admin_site import ReadOnlyAdmin
from factcheck.audit import personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.errors import DomainError


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


@admin.register(PersonalDetail)
class PersonalDetailAdmin(ReadOnlyAdmin):
    """Personal values by what they belong to; the values are not shown here."""

    readers = frozenset({Role.ADMINISTRATOR})
    list_display = ("id", "kind", "subject_type", "subject_id", "created_at", "erased_at")
    list_filter = ("kind", "subject_type")
    search_fields = ("=subject_id",)
    exclude = ("salt", "value")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    actions = ("erase",)

    @admin.action(description="Erase the selected values for ever", permissions=["view"])
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
