"""Extraction runs and the ledger of sentences they leave."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from claims.enums import Disposition
from claims.models.article import ArticleRevision


class ExtractionRun(models.Model):
    """One pass of the pipeline over one revision; at most one is current."""

    revision = models.ForeignKey(ArticleRevision, on_delete=models.PROTECT, related_name="runs")
    extractor = models.CharField(max_length=60)
    model = models.CharField(max_length=100, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    document_date = models.CharField(max_length=40, null=True, blank=True)
    warnings = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_run_per_revision",
            )
        ]

    def __str__(self) -> str:
        return f"Run {self.pk} of revision {self.revision_id}"


class Sentence(models.Model):
    """One ledger entry: a span of the revision and what became of it."""

    run = models.ForeignKey(ExtractionRun, on_delete=models.PROTECT, related_name="sentences")
    ordinal = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    disposition = models.CharField(max_length=12, choices=[(d.value, d.value) for d in Disposition])
    reason = models.CharField(max_length=20, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="sentences_are_numbered_per_run"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_sentence_has_a_length"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_persons_disposition_has_time_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}: {self.disposition}"
