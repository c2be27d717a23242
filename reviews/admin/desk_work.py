"""How the desk works, in Django's admin: notices, deadlines, saved views."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.admin_site import SETTINGS_READERS, ReadOnlyAdmin
from reviews.admin.refusing import ServiceAdmin
from reviews.models import DueRule, Notice, NoticeChoice, Reminder, SavedView, Snapshot, SourceState
from reviews.policies import Permission, roles_for
from reviews.services import deadlines


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told of what, and by which way: for auditors, everybody else reads their own behind the bell."""

    readers = roles_for(Permission.READ_EVERYTHING)
    list_display = ("id", "person", "event", "review", "at", "read_at", "mailed_at")
    list_select_related = ("person", "event", "review")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(ReadOnlyAdmin):
    """Who wants mail: for auditors."""

    readers = roles_for(Permission.READ_EVERYTHING)
    list_display = ("person", "by_mail", "changed_at")
    list_select_related = ("person",)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """Moments the desk reminded of."""

    list_display = ("id", "review", "kind", "moment", "at")
    list_select_related = ("review",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """Views of the queue under their names."""

    list_display = ("name", "query", "made_by", "made_at")
    list_select_related = ("made_by",)


@admin.register(DueRule)
class DueRuleAdmin(ServiceAdmin):
    """How soon reviews are due; administrators set it, through the service."""

    readers = SETTINGS_READERS
    list_display = ("least_priority", "hours")
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators only."""
        return bool(isinstance(request.user, User) and Role.ADMINISTRATOR in request.user.roles)

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission

    def save_model(self, request: HttpRequest, obj: DueRule, form: Any, change: bool) -> None:
        """One rule more, or another."""
        others = {one.least_priority: one.hours for one in DueRule.objects.exclude(pk=obj.pk)}
        self._set(request, {**others, obj.least_priority: obj.hours})
        obj.pk = DueRule.objects.filter(least_priority=obj.least_priority).values_list("pk", flat=True).first()

    def delete_model(self, request: HttpRequest, obj: DueRule) -> None:
        """One rule less."""
        self._set(request, {one.least_priority: one.hours for one in DueRule.objects.exclude(pk=obj.pk)})

    def _set(self, request: HttpRequest, rules: dict[int, int]) -> None:
        if isinstance(request.user, User):
            deadlines.set_rules(rules=rules, actor=request.user)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Archived copies of sources; immutable."""

    list_display = ("id", "source", "content_type", "size", "sha256", "fetched_at")
    list_select_related = ("source",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(SourceState)
class SourceStateAdmin(ReadOnlyAdmin):
    """How the links of sources are doing."""

    list_display = ("source", "link", "broken_since", "checked_at", "fault")
    list_filter = ("link",)
    list_select_related = ("source",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
