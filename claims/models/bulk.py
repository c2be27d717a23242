"""Bulk files: one article a row, and what became of each row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.enums import RowState
from claims.models.article import Article


class BulkFile(models.Model):
    """One CSV or JSONL file that somebody sent."""

    name = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    total = models.PositiveIntegerField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["submitted_by", "-id"], name="bulkfile_submitter")]

    def __str__(self) -> str:
        return self.name or f"Bulk file {self.pk}"


class BulkFileRow(models.Model):
    """One row. `content` is the row as JSON until it has been dealt with."""

    file = models.ForeignKey(BulkFile, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    content = models.TextField(blank=True, default="")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RowState], default=RowState.WAITING.value
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    external_id = models.CharField(max_length=200, blank=True, default="")
    code = models.CharField(max_length=40, blank=True, default="")
    detail = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="rows_are_numbered_per_file"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(code=""), name="a_refused_row_says_why"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(content=""), name="only_a_waiting_row_keeps_its_content"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["file", "number"], condition=Q(state="waiting"), name="bulkrow_waiting"),
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of bulk file {self.file_id}"
