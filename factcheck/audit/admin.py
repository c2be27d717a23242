"""History and personal details in the admin, read only but for erasing."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.accounts.roles import DESK_READERS, Role
from factcheck.admin_site import SETTINGS_READERS, ReadOnlyAdmin
from factcheck.audit import personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.errors import DomainError, Forbidden

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
    list_display = ("id", "belongs_to", "kind", "subject_type", "subject_id", "created_at", "erased_at")
    list_filter = ("kind", "subject_type", ("erased_at", admin.EmptyFieldListFilter))
    search_fields = ("=id", "=subject_id")
    exclude = ("salt", "value")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    actions = ("erase",)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page of the list, its rows with their names: one statement for each table."""
        found: Any = super().get_changelist_instance(request)
        names = personal.names_of(found.result_list)
        for row in found.result_list:
            row.named = names[row.pk]
        return found

    @admin.display(description="what it is")
    def belongs_to(self, row: PersonalDetail) -> str:
        """What the value says of whom, without the value."""
        return getattr(row, "named", "") or personal.names_of([row])[row.pk]

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Administrators only; auditors read what was erased."""
        return isinstance(request.user, User) and Role.ADMINISTRATOR in request.user.roles

    @admin.action(description="Erase the selected values for ever...", permissions=["erase"])
    def erase(self, request: HttpRequest, chosen: QuerySet[PersonalDetail]) -> HttpResponse | None:
        """Ask first, naming what goes and wanting a reason; then nobody can
        read it any more, and history goes on to stand."""
        details = list(chosen.filter(erased_at__isnull=True).order_by("pk"))
        reason, is_confirmed = request.POST.get("reason", ""), "confirmed" in request.POST
        if not details:
            messages.error(request, "What you chose was erased before")
            return None
        if not is_confirmed:
            return self._ask(request, details)
        try:
            with transaction.atomic():
                for detail in details:
                    personal.erase(detail_id=detail.pk, reason=reason, actor=_actor(request))
        except DomainError as error:
            said = error.errors[0].detail if error.errors else error.detail
            return self._ask(request, details, reason=reason, error=said, status=error.status)
        messages.success(request, f"Erased for ever: {len(details)}")
        return None

    def _ask(
        self,
        request: HttpRequest,
        details: list[PersonalDetail],
        *,
        reason: str = "",
        error: str = "",
        status: int = 200,
    ) -> HttpResponse:
        names = personal.names_of(details)
        context = {
            **self.admin_site.each_context(request),
            "title": "Erase for ever?",
            "opts": self.opts,
            "named": [(detail, names[detail.pk]) for detail in details],
            "most": personal.MAX_REASON,
            "reason": reason,
            "error": error,
            "back": reverse("admin:audit_personaldetail_changelist"),
        }
        return TemplateResponse(request, "admin/audit/personaldetail/erase.html", context, status=status)


def _actor(request: HttpRequest) -> User:
    """Who is signed in."""
    if not isinstance(request.user, User):
        raise Forbidden("Sign in first")
    return request.user
