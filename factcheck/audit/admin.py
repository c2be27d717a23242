"""History in the admin, read only."""

from django.contrib import admin

from factcheck.admin_site import ReadOnlyAdmin
from factcheck.audit.models import AuditEvent


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
