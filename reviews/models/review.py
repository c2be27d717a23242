"""Reviews: the case of one claim, and where it stands in the workflow."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models import Claim
from reviews.enums import DropReason, ReportStatus, ReviewStatus

State = tuple[ReviewStatus, ReportStatus]

_WITH_A_VERDICT = [
    ReviewStatus.IN_APPROVAL.value,
    ReviewStatus.APPROVED.value,
    ReviewStatus.PUBLISHED.value,
    ReviewStatus.RETRACTED.value,
]
_IN_PROGRESS = [
    ReviewStatus.QUEUED.value,
    ReviewStatus.IN_REVIEW.value,
    ReviewStatus.IN_APPROVAL.value,
    ReviewStatus.APPROVED.value,
]
_STATES = (
    Q(
        status__in=_IN_PROGRESS,
        report_status__in=[ReportStatus.NONE.value, ReportStatus.UNDER_CORRECTION.value],
    )
    | Q(status=ReviewStatus.PUBLISHED.value, report_status=ReportStatus.LIVE.value)
    | Q(status=ReviewStatus.RETRACTED.value, report_status=ReportStatus.RETRACTED.value)
    | Q(status=ReviewStatus.DROPPED.value, report_status=ReportStatus.NONE.value)
)
"""The states of the workflow; a test holds them to its table."""


class Review(models.Model):
    """One claim's way to a verdict.

    `verdict` is the revision that is up for approval, approved or published;
    NULL while the text is open. `round` counts from queue (or correction, or
    reopening) to publication. A smaller `queue_key` comes first; its factors
    are check-worthiness, `reach`, `priority`, `due_at` and age (see
    `reviews.priority`). Work that lost its lease stays in_review: whoever
    takes it next goes on.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="review")
    status = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ReviewStatus], default=ReviewStatus.QUEUED.value
    )
    report_status = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in ReportStatus], default=ReportStatus.NONE.value
    )
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=1)
    revisions = models.PositiveIntegerField(default=0)
    verdict = models.OneToOneField("Verdict", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    open_correction = models.OneToOneField(
        "Correction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    check_worthiness = models.FloatField(default=0.0)
    reach = models.PositiveSmallIntegerField(default=0)
    priority = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    queue_key = models.FloatField()
    lease_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="leases"
    )
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        db_index=False,
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drop_reason = models.CharField(
        max_length=20, choices=[(r.value, r.value) for r in DropReason], blank=True, default=""
    )
    drop_note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_STATES, name="a_review_is_in_a_state_of_the_workflow"),
            models.CheckConstraint(
                condition=Q(lease_holder__isnull=True, lease_expires_at__isnull=True)
                | Q(
                    lease_holder__isnull=False,
                    lease_expires_at__isnull=False,
                    status=ReviewStatus.IN_REVIEW.value,
                ),
                name="only_a_review_in_work_is_leased_and_until_when",
            ),
            models.CheckConstraint(
                condition=(Q(verdict__isnull=False) & Q(status__in=_WITH_A_VERDICT))
                | (Q(verdict__isnull=True) & ~Q(status__in=_WITH_A_VERDICT)),
                name="a_verdict_stands_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(open_correction__isnull=False, report_status=ReportStatus.UNDER_CORRECTION.value)
                | (Q(open_correction__isnull=True) & ~Q(report_status=ReportStatus.UNDER_CORRECTION.value)),
                name="a_report_under_correction_names_it",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=True, assigned_at__isnull=True)
                | Q(assignee__isnull=False, assigned_at__isnull=False),
                name="an_assignment_has_person_and_time",
            ),
            models.CheckConstraint(
                condition=(Q(status=ReviewStatus.DROPPED.value, dropped_at__isnull=False) & ~Q(drop_reason=""))
                | (
                    ~Q(status=ReviewStatus.DROPPED.value)
                    & Q(dropped_at__isnull=True, dropped_by__isnull=True, drop_reason="")
                ),
                name="a_dropped_review_has_time_and_reason",
            ),
            models.CheckConstraint(condition=Q(version__gte=1, round__gte=1), name="versions_and_rounds_start_at_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "queue_key", "id"], name="review_status_queue"),
            models.Index(fields=["assignee", "queue_key", "id"], name="review_assignee_queue"),
            models.Index(fields=["queue_key", "id"], name="review_queue"),
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="review_due"),
            models.Index(
                fields=["lease_expires_at", "id"],
                condition=Q(status=ReviewStatus.IN_REVIEW.value),
                name="review_lease_end",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk} ({self.status})"

    @property
    def state(self) -> State:
        """Status and report status, as the workflow names them."""
        return ReviewStatus(self.status), ReportStatus(self.report_status)
