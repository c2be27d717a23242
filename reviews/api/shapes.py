"""What the reviews API answers, for the schema; `reviews.selectors` makes it."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers import ClaimOut
from reviews.api.serializers import choices
from reviews.enums import (
    Action,
    CorrectionType,
    Decision,
    DropReason,
    ReportStatus,
    ReviewStatus,
    Stance,
    VersionKind,
)

Shape = serializers.Serializer[Any]


class ReviewNamed(Shape):
    """A review in short: what every response to an action embeds."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=choices(ReviewStatus))
    version = serializers.IntegerField()


class LeaseOut(Shape):
    """A live lease."""

    holder = serializers.CharField()
    expires_at = serializers.DateTimeField()


class CorrectionOut(Shape):
    """A correction that is open."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(choices=choices(CorrectionType))
    reason = serializers.CharField()


class ReportNamed(Shape):
    """Where a report is."""

    slug = serializers.CharField()
    url = serializers.CharField()


class DroppedOut(Shape):
    """When and why a review was given up."""

    at = serializers.DateTimeField()
    reason = serializers.ChoiceField(choices=choices(DropReason))
    note = serializers.CharField(allow_null=True)


class ReviewOut(ReviewNamed):
    """A review with its claim. `left_by` is who let a lease run out."""

    report_status = serializers.ChoiceField(choices=choices(ReportStatus))
    round = serializers.IntegerField()
    claim = ClaimOut()
    lease = LeaseOut(allow_null=True)
    left_by = serializers.CharField(allow_null=True)
    assignee = serializers.CharField(allow_null=True)
    priority = serializers.IntegerField()
    reach = serializers.IntegerField()
    check_worthiness = serializers.FloatField()
    due_at = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField()
    verdict = serializers.IntegerField(allow_null=True)
    revisions = serializers.IntegerField()
    open_correction = CorrectionOut(allow_null=True)
    report = ReportNamed(allow_null=True)
    dropped = DroppedOut(allow_null=True)
    actions = serializers.ListField(child=serializers.ChoiceField(choices=choices(Action)))


class ReviewAnswer(Shape):
    """The review after an action."""

    review = ReviewOut()


class EmptyReason(Shape):
    """Why nothing was handed out."""

    leased = serializers.IntegerField()
    assigned = serializers.IntegerField()
    filtered = serializers.IntegerField()


class NextOut(Shape):
    """The review taken, or why there is none."""

    review = ReviewOut(allow_null=True)
    empty_reason = EmptyReason(required=False)


class RatingOut(Shape):
    """A rating; `number` null stands outside the order."""

    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a member, not DRF's own attribute
    number = serializers.IntegerField(allow_null=True)


class EvidenceOut(Shape):
    """One source of a verdict."""

    number = serializers.IntegerField()
    source = serializers.IntegerField()  # type: ignore[assignment] # a member, not DRF's own attribute
    url = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    publisher = serializers.CharField(allow_null=True)
    stance = serializers.ChoiceField(choices=choices(Stance))
    excerpt = serializers.CharField(allow_null=True)
    locator = serializers.CharField(allow_null=True)
    accessed_at = serializers.CharField(allow_null=True)
    primary = serializers.BooleanField()
    independence_group = serializers.CharField(allow_null=True)
    confidential = serializers.BooleanField()
    confidential_reason = serializers.CharField(allow_null=True)
    public_title = serializers.CharField(allow_null=True)
    erased_at = serializers.DateTimeField(allow_null=True)


class ApprovalOut(Shape):
    """One person's decision."""

    id = serializers.IntegerField()
    decision = serializers.ChoiceField(choices=choices(Decision))
    by = serializers.CharField()
    comment = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class ApprovalAnswer(ApprovalOut):
    """A decision and the review after it."""

    review = ReviewNamed()


class OverrideOut(Shape):
    """A rule that was set aside."""

    rule = serializers.CharField()
    reason = serializers.CharField()


class VerdictOut(Shape):
    """One immutable revision of the answer."""

    id = serializers.IntegerField()
    revision = serializers.IntegerField()
    round = serializers.IntegerField()
    is_current = serializers.BooleanField()
    author = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    rating = RatingOut()
    headline = serializers.CharField(allow_null=True)
    summary = serializers.CharField()
    explanation = serializers.CharField()
    evidence = EvidenceOut(many=True)
    overrides = OverrideOut(many=True)
    reasons = serializers.DictField(child=serializers.CharField())
    claim_version = serializers.IntegerField()
    content_hash = serializers.CharField()
    approvals = ApprovalOut(many=True)
    review = ReviewNamed()


class FindingOut(Shape):
    """One thing missing, and where."""

    pointer = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class CheckOut(Shape):
    """One line of the live checklist."""

    code = serializers.CharField()
    text = serializers.CharField()
    passed = serializers.BooleanField()
    findings = FindingOut(many=True)


class OtherDraftOut(Shape):
    """What somebody else has drafted."""

    author = serializers.CharField()
    round = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    content = serializers.JSONField()


class SetAsideOut(Shape):
    """An earlier text of the reader's own that another one replaced."""

    content = serializers.JSONField()
    saved_at = serializers.DateTimeField()


class DraftOut(Shape):
    """The reader's own draft with the checklist; null where there is none."""

    content = serializers.JSONField(allow_null=True)
    saved_at = serializers.DateTimeField(allow_null=True)
    round = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="What If-Match names, as in the ETag.")
    set_aside = SetAsideOut(many=True)
    checklist = CheckOut(many=True)
    others = OtherDraftOut(many=True)


class HistoryOut(Shape):
    """One action; `by` null is the system itself."""

    seq = serializers.IntegerField()
    action = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    details = serializers.JSONField()


class WarningOut(Shape):
    """Something that blocks nothing and should be known."""

    rule = serializers.CharField()
    pointer = serializers.CharField()
    detail = serializers.CharField()


class PublishedReport(ReportNamed):
    """The version that was made."""

    version = serializers.IntegerField()
    sha256 = serializers.CharField()


class PublishedOut(Shape):
    """A report after publication or retraction."""

    report = PublishedReport()
    review = ReviewNamed()
    warnings = WarningOut(many=True)


class ReportOut(Shape):
    """A public report in short."""

    slug = serializers.CharField()
    url = serializers.CharField()
    kind = serializers.ChoiceField(choices=choices(VersionKind))
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=choices(ReportStatus))
    claim = serializers.CharField()
    claimant = serializers.CharField(allow_null=True)
    rating = RatingOut(allow_null=True)
    summary = serializers.CharField(allow_null=True)
    published_at = serializers.CharField()
    modified_at = serializers.CharField()
    corrections = serializers.IntegerField()


class ReportDetailOut(ReportOut):
    """A public report whole: the frozen payload and its SHA-256."""

    sha256 = serializers.CharField()
    payload = serializers.JSONField()


class SourceOut(Shape):
    """A source. While it is confidential, since `confidential_since`, no verdict may
    cite it openly; `confidential_in`: how many cite it as confidential."""

    id = serializers.IntegerField()
    url = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    publisher = serializers.CharField(allow_null=True)
    independence_group = serializers.CharField(allow_null=True)
    confidential_since = serializers.DateTimeField(allow_null=True)
    confidential_in = serializers.IntegerField()
    erased_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class SourceErased(Shape):
    """A source of which nothing is left but its number."""

    id = serializers.IntegerField()
    erased_at = serializers.DateTimeField()


class ScaleRatingOut(RatingOut):
    """A rating as its scale explains it."""

    meaning = serializers.CharField()


class ScaleOut(Shape):
    """One version of a scale."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    is_default = serializers.BooleanField()
    required_approvals = serializers.IntegerField()
    gate_rules = serializers.ListField(child=serializers.CharField())
    ratings = ScaleRatingOut(many=True)
