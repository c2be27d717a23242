"""Articles and their immutable texts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.enums import ArticleStatus, FetchState
from factcheck import partial_dates
from factcheck.immutable import append_only


class Outlet(models.Model):
    """A publisher of articles."""

    name = models.CharField(max_length=200, unique=True)
    url = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One piece submitted for checking; its words live in its revisions.

    `warnings` are sentences on how the newest of them was read.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    url = models.CharField(max_length=2000, blank=True, default="")
    canonical_url = models.CharField(max_length=2000, null=True, blank=True)
    title = models.CharField(max_length=500, blank=True, default="")
    author = models.CharField(max_length=200, blank=True, default="")
    published_at = models.CharField(max_length=partial_dates.MAX_LENGTH, null=True, blank=True)
    language = models.CharField(max_length=12, blank=True, default="")
    external_id = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in ArticleStatus],
        default=ArticleStatus.RECEIVED.value,
    )
    fetch_state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in FetchState], blank=True, default=""
    )
    fetch_error = models.CharField(max_length=500, blank=True, default="")
    fetched_at = models.DateTimeField(null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_article_per_canonical_url",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_has_time_and_person",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["submitted_by", "-id"], name="article_submitter"),
            models.Index(fields=["status", "-id"], name="article_status"),
            models.Index(fields=["outlet", "-id"], name="article_outlet"),
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="article_external"),
        ]

    def __str__(self) -> str:
        return self.title or f"Article {self.pk}"


@append_only()
class ArticleRevision(models.Model):
    """One text of an article, as it came, for ever."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=20, default="text")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="revisions_are_numbered_per_article")
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id}, revision {self.number}"
