"""Archived copies of sources, and how the source itself is doing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from factcheck.immutable import append_only
from reviews.enums import LinkHealth
from reviews.models.source import MAX_URL, Source


@append_only()
class Snapshot(models.Model):
    """One copy of a source as it was served: the bytes lie under MEDIA_ROOT by
    their digest, `text` is what can be read in them."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    url = models.CharField(max_length=MAX_URL)
    final_url = models.CharField(max_length=MAX_URL)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=200, blank=True, default="")
    headers = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")
    fetched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "-id"], name="snapshot_source")]

    def __str__(self) -> str:
        return f"Copy {self.pk} of source {self.source_id}"


class SourceState(models.Model):
    """What the desk knows of a source's address: the newest copy, or why there
    is none (`fault`), and whether the link still works. `failing_since`: the
    first of the checks in a row that got no good answer. `public_copy` is an
    address in a public web archive."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="state")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.CharField(max_length=300, blank=True, default="")
    public_copy = models.CharField(max_length=MAX_URL, blank=True, default="")
    link = models.CharField(
        max_length=10, choices=[(h.value, h.value) for h in LinkHealth], default=LinkHealth.UNKNOWN.value
    )
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    broken_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(broken_since__isnull=False, link=LinkHealth.BROKEN.value)
                | (Q(broken_since__isnull=True) & ~Q(link=LinkHealth.BROKEN.value)),
                name="a_broken_link_is_broken_since",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["checked_at", "id"], name="sourcestate_checked"),
            models.Index(fields=["id"], condition=Q(broken_since__isnull=False), name="sourcestate_broken"),
        ]

    def __str__(self) -> str:
        return f"Source {self.source_id}: {self.link}"
