"""Rules of the standards gate that a publisher set aside for one review."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.immutable import append_only
from reviews.models.review import Review


@append_only()
class GateOverride(models.Model):
    """One rule set aside, and why. It stands until the review's report is published."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="gate_overrides")
    rule = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(rule="") & ~Q(reason=""), name="an_override_names_rule_and_reason")
        ]

    def __str__(self) -> str:
        return f"{self.rule} set aside for review {self.review_id}"
