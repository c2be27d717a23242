"""What a person should know: notices, and whether mail brings them too."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.events.models import Event
from reviews.models.review import Review


class Notice(models.Model):
    """One event that one person should know of. The words are made of the
    event when it is shown; `read_at` and `mailed_at` are set once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notices")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notices")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "event"], name="nobody_is_told_of_an_event_twice"),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=models.F("person")), name="nobody_is_told_of_their_own_doing"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk} for {self.person_id}"


class NoticeChoice(models.Model):
    """How a person wants to be told. Without a row: in the desk and by mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_choice")
    by_mail = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}: {'by mail too' if self.by_mail else 'in the desk only'}"
