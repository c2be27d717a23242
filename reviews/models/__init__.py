"""The rows of reviews: scales, reviews, verdicts, sources, reports."""

from reviews.models.contact import ContactAttempt, ContactResponse
from reviews.models.deadline import DueRule, Reminder, SavedView
from reviews.models.discussion import Acceptance, Comment, Suggestion
from reviews.models.notice import Notice, NoticeChoice
from reviews.models.override import GateOverride
from reviews.models.report import Correction, Report, ReportVersion
from reviews.models.review import Review
from reviews.models.scale import Rating, RatingScale
from reviews.models.snapshot import Snapshot, SourceState
from reviews.models.source import Source
from reviews.models.verdict import Approval, Contributor, Evidence, Verdict, VerdictDraft

__all__ = [
    "Acceptance",
    "Approval",
    "Comment",
    "ContactAttempt",
    "ContactResponse",
    "Contributor",
    "Correction",
    "DueRule",
    "Evidence",
    "GateOverride",
    "Notice",
    "NoticeChoice",
    "Rating",
    "RatingScale",
    "Reminder",
    "Report",
    "ReportVersion",
    "Review",
    "SavedView",
    "Snapshot",
    "Source",
    "SourceState",
    "Suggestion",
    "Verdict",
    "VerdictDraft",
]
