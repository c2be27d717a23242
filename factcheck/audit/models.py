"""History: append-only events, hash-chained per subject, and their heads."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck import canonical
from factcheck.immutable import append_only


@append_only()
class AuditEvent(models.Model):
    """One action on one subject. `body` is what is hashed; the other columns
    are copies of parts of it, for finding and for `verify` to compare."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "seq"], name="one_event_per_place_in_a_history"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "-id"], name="auditevent_actor"),
            models.Index(fields=["action", "-id"], name="auditevent_action"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} #{self.seq} {self.action}"

    @property
    def data(self) -> dict[str, Any]:
        """What the action says of itself: before, after, reason, ids."""
        content: dict[str, Any] = json.loads(self.body)["data"]
        return content


class AuditHead(models.Model):
    """The last place and hash of one subject's history; locked while writing."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_head_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} at {self.seq}"


@append_only(erasable=("salt", "value"), stamp="erased_at")
class PersonalDetail(models.Model):
    """One personal value of a subject; the only change is its erasure.

    `digest` is over salt and value: immutable rows and history know nothing
    else of it.
    """

    digest_excludes = ("salt", "value", "erased_at")

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    salt = models.CharField(max_length=32, null=True)
    value = models.TextField(null=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, salt__isnull=False, value__isnull=False)
                | Q(erased_at__isnull=False, salt__isnull=True, value__isnull=True),
                name="an_erased_detail_has_no_value",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="personaldetail_subject")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_type}:{self.subject_id}"

    @property
    def is_genuine(self) -> bool:
        """Whether the value is the one that the digest was made of, or erased."""
        return self.value is None or canonical.digest([self.salt, self.value]) == self.digest
