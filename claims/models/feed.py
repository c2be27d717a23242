"""Feeds that are read on a schedule, and what was seen in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.article import Article, Outlet

LEAST_MINUTES = 5
MOST_MINUTES = 1440


class Feed(models.Model):
    """An RSS or Atom feed; its new entries become articles."""

    url = models.CharField(max_length=2000)
    canonical_url = models.CharField(max_length=2000, unique=True)
    title = models.CharField(max_length=500, blank=True, default="")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    every_minutes = models.PositiveIntegerField(default=15)
    next_poll_at = models.DateTimeField(db_default=Now())
    polled_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")
    warnings = models.JSONField(default=list, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(every_minutes__gte=LEAST_MINUTES, every_minutes__lte=MOST_MINUTES),
                name="a_feed_is_read_now_and_then",
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=True) | Q(stopped_at__isnull=False),
                name="whoever_stopped_a_feed_did_so_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_poll_at"], condition=Q(stopped_at__isnull=True), name="feed_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class FeedEntry(models.Model):
    """One entry as it was last seen: `key` tells it from others of its feed,
    `digest` one state of its words from another."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    error = models.CharField(max_length=500, blank=True, default="")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "key"], name="a_feed_has_an_entry_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="feedentry_digest")]

    def __str__(self) -> str:
        return f"Entry {self.key[:8]} of feed {self.feed_id}"
