"""Input of the reviews API; what comes out stands in `reviews.api.shapes`."""

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from claims.enums import Kind
from factcheck.api.serializers import ListQuery, Share, StrictSerializer, Text, Whole
from reviews.enums import CorrectionType, Decision, DropReason, ReportStatus, ReviewStatus, Stance, VersionKind

MAX_EVIDENCE = 100
MAX_EXPLANATION = 100_000


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """A vocabulary as a field takes it."""
    return [(member.value, member.value) for member in enum]


REVIEW_STATUS = choices(ReviewStatus)
REPORT_STATUS = choices(ReportStatus)
CORRECTION_TYPE = choices(CorrectionType)
VERSION_KIND = choices(VersionKind)


class Words(Text):
    """An optional text; null and the empty string both say nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "allow_blank": True, "allow_null": True, **kwargs})


class ReviewQuery(ListQuery):
    """Which reviews, in which order."""

    claim = Whole(required=False)
    article = Whole(required=False)
    claimant = Whole(required=False)
    outlet = Whole(required=False)
    status = serializers.ChoiceField(choices=choices(ReviewStatus), required=False)
    report_status = serializers.ChoiceField(choices=choices(ReportStatus), required=False)
    assignee = serializers.CharField(required=False, max_length=150, help_text="A user name, `me` or `none`.")
    holder = serializers.CharField(required=False, max_length=150, help_text="A user name, `me` or `none`.")
    due_before = serializers.DateTimeField(required=False)
    q = serializers.CharField(required=False, max_length=200)
    order = serializers.ChoiceField(choices=[(o, o) for o in ("queue", "newest", "due")], default="queue")


class HistoryQuery(ListQuery):
    """A page of a history."""


class FiltersIn(StrictSerializer):
    """What somebody wants to be given next."""

    article = Whole(required=False)
    claimant = Whole(required=False)
    outlet = Whole(required=False)
    kind = serializers.ChoiceField(choices=choices(Kind), required=False)
    assigned_to_me = serializers.BooleanField(required=False)


class NextIn(StrictSerializer):
    """The next review, please."""

    filters = FiltersIn(required=False)


class ReviewPatch(StrictSerializer):
    """What may be changed beside the workflow. `reach` is 0 to 100, `priority`
    -100 to 100, `check_worthiness` 0 to 1, `assignee` a user name."""

    priority = Whole(required=False, min_value=-100, max_value=100)
    reach = Whole(required=False, max_value=100)
    check_worthiness = Share(required=False)
    due_at = serializers.DateTimeField(required=False, allow_null=True)
    assignee = Words(max_length=150)
    reason = Words(max_length=500)


class SourceUse(StrictSerializer):
    """One source: by address, by its words, or a known one by its id."""

    source = Whole(required=False, allow_null=True)  # type: ignore[assignment] # a member, not DRF's own attribute
    url = Words(max_length=2000)
    title = Words(max_length=500)
    publisher = Words(max_length=200)
    excerpt = Words(max_length=10_000)
    locator = Words(max_length=200)
    accessed_at = Words(max_length=40)
    primary = serializers.BooleanField(required=False)
    independence_group = Words(max_length=200)
    confidential = serializers.BooleanField(required=False)
    confidential_reason = Words(max_length=500)
    public_title = Words(max_length=500)


class EvidenceIn(SourceUse):
    """One source of a verdict."""

    stance = serializers.ChoiceField(choices=choices(Stance), required=False, allow_null=True)


class DraftEvidenceIn(SourceUse):
    """One source of a draft, with a stance perhaps not yet chosen."""

    stance = Words(max_length=10)


class OverrideIn(StrictSerializer):
    """A rule of the standards gate that a publisher sets aside."""

    rule = Text(max_length=40)
    reason = Words(max_length=500)


class ReasonsIn(StrictSerializer):
    """What stands in for a rule of the gate that allows a reason, by its code."""

    primary_source = Words(max_length=500)
    archived_copy = Words(max_length=500)
    both_sides = Words(max_length=500)
    claimant_contacted = Words(max_length=500)


class VerdictTexts(StrictSerializer):
    """What a verdict and a draft of it have in common."""

    rating = Words(max_length=60)
    headline = Words(max_length=150)
    summary = Words(max_length=1000)
    explanation = Words(max_length=MAX_EXPLANATION)
    overrides = serializers.ListField(child=OverrideIn(), required=False, max_length=20)
    reasons = ReasonsIn(required=False)


class VerdictIn(VerdictTexts):
    """A verdict. What is missing is told by the standards gate, all at once."""

    evidence = serializers.ListField(child=EvidenceIn(), required=False, max_length=MAX_EVIDENCE)


class DraftIn(VerdictTexts):
    """Unfinished work: the members of a verdict, none of them required."""

    evidence = serializers.ListField(child=DraftEvidenceIn(), required=False, max_length=MAX_EVIDENCE)


class ApprovalIn(StrictSerializer):
    """A decision on the revision that was read."""

    decision = serializers.ChoiceField(choices=choices(Decision))
    revision = Whole(min_value=1)
    comment = Words(max_length=10_000)


class WhyIn(StrictSerializer):
    """Why, if there is something to say."""

    reason = Words(max_length=500)


class CorrectIn(StrictSerializer):
    """What kind of correction, and what was wrong."""

    type = serializers.ChoiceField(choices=choices(CorrectionType))
    reason = Text(max_length=2000, allow_blank=True)


class RetractIn(StrictSerializer):
    """Why the report is taken back; the public notice shows it."""

    reason = Text(max_length=2000, allow_blank=True)


class DropIn(StrictSerializer):
    """Why the review is given up."""

    reason = serializers.ChoiceField(choices=choices(DropReason))
    note = Words(max_length=500)


class AssignIn(StrictSerializer):
    """Whose review it is: a user name, or null for nobody's."""

    assignee = Text(max_length=150, allow_null=True)


class ReportQuery(ListQuery):
    """Which public reports, newest first."""

    rating = serializers.CharField(required=False, max_length=60)
    article = Whole(required=False)
    claimant = Whole(required=False)


class SourceQuery(ListQuery):
    """Words to look for in title, publisher and address."""

    q = serializers.CharField(required=False, max_length=200)
    group = serializers.CharField(required=False, max_length=255)


class SourceIn(StrictSerializer):
    """A source by address or title."""

    url = Words(max_length=2000)
    title = Words(max_length=500)
    publisher = Words(max_length=200)
    independence_group = Words(max_length=200)


class StatedReasonIn(StrictSerializer):
    """Why a source is released or erased."""

    reason = Text(max_length=300, allow_blank=True)


class SourcePatch(StrictSerializer):
    """What later verdicts take from the source."""

    title = Words(max_length=500)
    publisher = Words(max_length=200)
    independence_group = Words(max_length=200)
