"""What the API itself keeps: responses of requests that may be repeated."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class IdempotencyRecord(models.Model):
    """The first 2xx answer to one key of one user; kept for 24 hours. Of an
    answer with personal values only its row's id."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key_and_user")]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="idempotency_created")]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.key}"
