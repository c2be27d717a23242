"""Deadlines: the desk's policy, reminders that were given, and saved views."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from reviews.enums import Reminded
from reviews.models.review import Review


class DueRule(models.Model):
    """A review of at least this priority is due so many hours after it was
    opened. Of several rules the one with the highest priority counts."""

    least_priority = models.SmallIntegerField(unique=True)
    hours = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-least_priority"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(least_priority__range=(-100, 100), hours__range=(1, 8760)),
                name="a_due_rule_has_a_priority_and_up_to_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"From priority {self.least_priority}: {self.hours} hours"


class Reminder(models.Model):
    """Somebody was reminded that `moment` is near or has passed; once for it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in Reminded])
    moment = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "kind", "moment"], name="nobody_is_reminded_twice_of_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of review {self.review_id}"


class SavedView(models.Model):
    """Filters of the queue under a name, for everybody on the desk. `query` is
    the address's query, so that a view is a link."""

    name = models.CharField(max_length=60, unique=True)
    query = models.CharField(max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
