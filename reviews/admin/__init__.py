"""Reviews and what belongs to them in Django's admin: look-ups, read only."""

from django.contrib import admin

from factcheck.admin_site import SETTINGS_READERS, ReadOnlyAdmin
from reviews.admin import desk_work as desk_work
from reviews.admin.scale_policy import RatingScaleAdmin
from reviews.models import (
    Acceptance,
    Approval,
    Comment,
    ContactAttempt,
    ContactResponse,
    Contributor,
    Correction,
    Evidence,
    GateOverride,
    Rating,
    RatingScale,
    Report,
    ReportVersion,
    Review,
    Source,
    Suggestion,
    Verdict,
)


class LongListAdmin(ReadOnlyAdmin):
    """A list that may have a million rows: no count of all of them."""

    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(Review)
class ReviewAdmin(LongListAdmin):
    """Reviews."""

    list_display = ("id", "claim", "status", "report_status", "assignee", "lease_holder", "due_at", "version")
    list_filter = ("status", "report_status")
    list_select_related = ("claim", "assignee", "lease_holder")
    search_fields = ("=id", "claim__statement")


@admin.register(Verdict)
class VerdictAdmin(LongListAdmin):
    """Verdict revisions; immutable."""

    list_display = ("id", "review", "revision", "rating", "author", "submitted_at")
    list_select_related = ("review", "rating", "author")
    search_fields = ("=id", "=review__id")


@admin.register(Evidence)
class EvidenceAdmin(LongListAdmin):
    """Uses of sources; immutable."""

    list_display = ("id", "verdict", "number", "title_shown", "stance", "primary", "confidential")
    list_select_related = ("verdict",)
    list_filter = ("stance",)


@admin.register(Approval)
class ApprovalAdmin(LongListAdmin):
    """Decisions; immutable."""

    list_display = ("id", "verdict", "approver", "decision", "at")
    list_select_related = ("verdict", "approver")
    list_filter = ("decision",)


@admin.register(GateOverride)
class GateOverrideAdmin(LongListAdmin):
    """Rules set aside; immutable."""

    list_display = ("id", "review", "rule", "reason", "by", "at")
    list_select_related = ("review", "by")
    list_filter = ("rule",)


@admin.register(Contributor)
class ContributorAdmin(LongListAdmin):
    """Whose words may be in the text of a round; immutable."""

    list_display = ("id", "review", "round", "user", "what", "at")
    list_select_related = ("review", "user")


@admin.register(ContactAttempt)
class ContactAttemptAdmin(LongListAdmin):
    """Questions to those concerned; immutable."""

    list_display = ("id", "review", "party_shown", "channel", "asked_at", "deadline")
    list_select_related = ("review", "party_detail")
    exclude = ("person",)


@admin.register(ContactResponse)
class ContactResponseAdmin(LongListAdmin):
    """What they answered; immutable."""

    list_display = ("id", "attempt", "responded_at", "recorded_by")
    list_select_related = ("attempt", "recorded_by")


@admin.register(Comment)
class CommentAdmin(LongListAdmin):
    """Comments; immutable."""

    list_display = ("id", "review", "author", "place", "at")
    list_select_related = ("review", "author")


@admin.register(Suggestion)
class SuggestionAdmin(LongListAdmin):
    """Suggested wordings; immutable."""

    list_display = ("id", "verdict", "author", "part", "at")
    list_select_related = ("verdict", "author")


@admin.register(Acceptance)
class AcceptanceAdmin(LongListAdmin):
    """Suggestions taken over; immutable."""

    list_display = ("id", "suggestion", "accepted_by", "at")
    list_select_related = ("suggestion", "accepted_by")


@admin.register(Report)
class ReportAdmin(LongListAdmin):
    """Published reports."""

    list_display = ("slug", "rating", "number", "published_at", "modified_at", "retracted_at")
    list_select_related = ("rating",)
    search_fields = ("slug",)


@admin.register(ReportVersion)
class ReportVersionAdmin(LongListAdmin):
    """Frozen versions of reports; immutable."""

    list_display = ("report", "number", "kind", "sha256", "published_by", "published_at")
    list_select_related = ("report", "published_by")
    list_filter = ("kind",)


@admin.register(Correction)
class CorrectionAdmin(LongListAdmin):
    """Corrections as they were opened; immutable."""

    list_display = ("id", "review", "type", "opened_by", "opened_at")
    list_select_related = ("review", "opened_by")
    list_filter = ("type",)


@admin.register(Source)
class SourceAdmin(LongListAdmin):
    """Sources."""

    list_display = ("id", "title", "publisher", "url", "independence_group")
    search_fields = ("title", "publisher", "url")


admin.site.register(RatingScale, RatingScaleAdmin)


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    """The words of the scales."""

    readers = SETTINGS_READERS
    list_display = ("label", "slug", "number", "scale")
    list_select_related = ("scale",)
    list_filter = ("scale",)
