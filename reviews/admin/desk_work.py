"""How the desk works, in Django's admin: notices and what they hang on."""

from django.contrib import admin

from factcheck.admin_site import ReadOnlyAdmin
from reviews.models import Notice, NoticeChoice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told of what, and by which way."""

    list_display = ("id", "person", "event", "review", "at", "read_at", "mailed_at")
    list_select_related = ("person", "event", "review")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(ReadOnlyAdmin):
    """Who wants mail."""

    list_display = ("person", "by_mail", "changed_at")
    list_select_related = ("person",)
