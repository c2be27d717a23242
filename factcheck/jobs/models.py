"""The Job table: outbox and state in one. The broker only says "wake up"."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class JobState(models.TextChoices):
    """queued -> running -> done | queued again | dead; queued -> cancelled."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Job(models.Model):
    """One piece of work. `pending_key` is the dedupe key while queued and NULL
    from the moment it is taken, so later requests queue a new job."""

    kind = models.CharField(max_length=60)
    target = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    pending_key = models.CharField(max_length=255, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_run_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    publications = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=32, default="", blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    result = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, default="", blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="running", lease_expires_at__isnull=False) | ~Q(state="running"),
                name="a_running_job_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(pending_key__isnull=True) | Q(state="queued"),
                name="only_a_queued_job_holds_its_key",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_run_at", "id"], condition=Q(state="queued"), name="job_runnable"),
            models.Index(fields=["lease_expires_at", "id"], condition=Q(state="running"), name="job_leased"),
            models.Index(fields=["state", "-id"], name="job_state"),
            models.Index(fields=["kind", "target", "-id"], name="job_kind_target"),
            models.Index(F("finished_at"), condition=Q(state="done"), name="job_prunable"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target} ({self.state})"


class WorkerHeartbeat(models.Model):
    """A worker process that is alive says so every few seconds."""

    name = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
