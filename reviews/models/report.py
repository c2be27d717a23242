"""What the public sees: reports, their frozen versions, and corrections."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.immutable import Guard, append_only, guarded
from reviews.enums import CorrectionType, VersionKind
from reviews.models.review import Review
from reviews.models.scale import Rating
from reviews.models.verdict import Verdict, contributed

NOT_APPROVED = "reviews_reportversion: nobody else has approved this verdict"


@append_only()
class Correction(models.Model):
    """A change after publication, announced when it is opened. Whether it went
    through shows in the report version that names it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrections")
    type = models.CharField(max_length=20, choices=[(t.value, t.value) for t in CorrectionType])
    reason = models.TextField()
    verdict_before = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.type} of review {self.review_id}"


class Report(models.Model):
    """A published verdict under one public address for ever.

    Everything shown is read from the payload of `current`; the other columns
    are copies of it to filter and sort by. `retracted_at` set: only the notice
    stands.
    """

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="report")
    slug = models.CharField(max_length=120, unique=True)
    current = models.OneToOneField("ReportVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="reports", db_index=False)
    published_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(modified_at__gte=models.F("published_at")), name="a_report_changes_after_publication"
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True) | Q(retracted_at=models.F("modified_at")),
                name="a_retraction_is_the_last_change",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["published_at", "id"], name="report_published"),
            models.Index(fields=["rating", "published_at", "id"], name="report_rating"),
        ]

    def __str__(self) -> str:
        return self.slug


@append_only()
@guarded(
    Guard(
        name="reviews_reportversion_is_approved",
        event="INSERT",
        refuse_when=(
            "NOT EXISTS (SELECT 1 FROM reviews_approval a JOIN reviews_verdict v ON v.id = a.verdict_id "
            "JOIN reviews_report p ON p.review_id = v.review_id "
            "WHERE p.id = NEW.report_id AND a.verdict_id = NEW.verdict_id AND a.decision = 'approve' "
            "AND NOT CONTRIBUTED)".replace("CONTRIBUTED", contributed("a.approver_id"))
        ),
        message=NOT_APPROVED,
    )
)
class ReportVersion(models.Model):
    """One frozen version: `payload` is canonical JSON, `sha256` its digest."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in VersionKind])
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="report_versions")
    correction = models.OneToOneField(
        Correction, on_delete=models.PROTECT, null=True, blank=True, related_name="report_version"
    )
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="versions_are_numbered_per_report"),
            models.CheckConstraint(
                condition=(Q(kind=VersionKind.CORRECTED.value) & Q(correction__isnull=False))
                | (~Q(kind=VersionKind.CORRECTED.value) & Q(correction__isnull=True)),
                name="a_corrected_version_names_its_correction",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["published_at", "id"], name="reportversion_published"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of report {self.report_id}"
