"""The closed vocabularies of reviews: one place, no Django, no I/O.

The values are what the database, the API and the exports show.
"""

from enum import StrEnum

from factcheck.accounts.roles import Role as Role  # the desk's roles are one vocabulary, named here for reviews


class ReviewStatus(StrEnum):
    """Where a review stands in the desk's workflow."""

    QUEUED = "queued"
    IN_REVIEW = "in_review"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETRACTED = "retracted"
    DROPPED = "dropped"


BEFORE_VERDICT = (ReviewStatus.QUEUED.value, ReviewStatus.IN_REVIEW.value)
"""Statuses in which no verdict is handed in for the round."""

AWAITED = (ReviewStatus.IN_APPROVAL.value, ReviewStatus.APPROVED.value)
"""Statuses in which a verdict waits for approval or publication."""

STILL_OPEN = (*BEFORE_VERDICT, *AWAITED)
"""Statuses in which a review still needs somebody's work."""


class ReportStatus(StrEnum):
    """What the public sees of a review: nothing, a report, or a notice."""

    NONE = "none"
    LIVE = "live"
    UNDER_CORRECTION = "under_correction"
    RETRACTED = "retracted"


class Action(StrEnum):
    """Everything that can be done to a review, in the order of its life."""

    TAKE = "take"
    RENEW = "renew"
    RELEASE = "release"
    TAKEOVER = "takeover"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REVISE = "revise"
    PUBLISH = "publish"
    CORRECT = "correct"
    ABANDON_CORRECTION = "abandon_correction"
    RETRACT = "retract"
    DROP = "drop"
    REOPEN = "reopen"
    ASSIGN = "assign"


class Decision(StrEnum):
    """One person's decision on one verdict revision."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"


class Stance(StrEnum):
    """What a source says about the claim it was brought for."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class CorrectionType(StrEnum):
    """What a change after publication does to the rating."""

    RATING_CHANGED = "rating_changed"
    RATING_UNCHANGED = "rating_unchanged"
    UPDATE = "update"


class VersionKind(StrEnum):
    """Why a report version was made."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


class DropReason(StrEnum):
    """Why a review was given up before it had a report."""

    NOT_CHECKABLE = "not_checkable"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    ALREADY_CHECKED = "already_checked"
    OVERTAKEN = "overtaken"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


class CommentPlace(StrEnum):
    """What a comment is about: the whole, the explanation, or one source."""

    REVIEW = "review"
    EXPLANATION = "explanation"
    SOURCE = "source"


class SuggestedPart(StrEnum):
    """The part of a verdict for which somebody suggests another wording."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    EXPLANATION = "explanation"


class Channel(StrEnum):
    """How a claimant was reached for the right of reply."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    MESSAGE = "message"
    WEB_FORM = "web_form"
    IN_PERSON = "in_person"
    OTHER = "other"


class Reminded(StrEnum):
    """What the desk reminds of: a moment that is near or has passed."""

    LEASE_EXPIRED = "lease_expired"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class LinkHealth(StrEnum):
    """Whether a source's address still leads to it. `unclear`: it answers, but
    not to us, or gave no good answer once."""

    UNKNOWN = "unknown"
    WORKS = "works"
    UNCLEAR = "unclear"
    BROKEN = "broken"


class LinkRelation(StrEnum):
    """How another claim belongs to the one a report is about."""

    ATTRIBUTION = "attribution"
    CONTENT = "content"
    DUPLICATE = "duplicate"


class Severity(StrEnum):
    """Whether a finding blocks publication or is only shown."""

    ERROR = "error"
    WARNING = "warning"
