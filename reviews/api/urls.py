"""Addresses of reviews, verdicts, reports and sources below /api/v1/."""

from django.urls import path

from reviews.api import contacts, discussion, events, notices, publication, reviews, sources, verdicts, versions

urlpatterns = [
    path("reviews", reviews.ReviewList.as_view(), name="reviews"),
    path("reviews/next", reviews.ReviewNext.as_view(), name="review-next"),
    path("reviews/<int:pk>", reviews.ReviewDetail.as_view(), name="review"),
    path("reviews/<int:pk>/lease", reviews.ReviewLease.as_view(), name="review-lease"),
    path("reviews/<int:pk>/takeover", reviews.ReviewTakeover.as_view(), name="review-takeover"),
    path("reviews/<int:pk>/draft", reviews.ReviewDraft.as_view(), name="review-draft"),
    path("reviews/<int:pk>/history", reviews.ReviewHistory.as_view(), name="review-history"),
    path("reviews/<int:pk>/verdicts", verdicts.ReviewVerdicts.as_view(), name="review-verdicts"),
    path("reviews/<int:pk>/withdraw", reviews.ReviewWithdraw.as_view(), name="review-withdraw"),
    path("reviews/<int:pk>/revise", reviews.ReviewRevise.as_view(), name="review-revise"),
    path("reviews/<int:pk>/drop", reviews.ReviewDrop.as_view(), name="review-drop"),
    path("reviews/<int:pk>/reopen", reviews.ReviewReopen.as_view(), name="review-reopen"),
    path("reviews/<int:pk>/assign", reviews.ReviewAssign.as_view(), name="review-assign"),
    path("reviews/<int:pk>/publish", publication.ReviewPublish.as_view(), name="review-publish"),
    path("reviews/<int:pk>/correct", publication.ReviewCorrect.as_view(), name="review-correct"),
    path(
        "reviews/<int:pk>/abandon_correction",
        publication.ReviewAbandonCorrection.as_view(),
        name="review-abandon-correction",
    ),
    path("reviews/<int:pk>/retract", publication.ReviewRetract.as_view(), name="review-retract"),
    path("reviews/<int:pk>/comments", discussion.ReviewComments.as_view(), name="review-comments"),
    path("reviews/<int:pk>/suggestions", discussion.ReviewSuggestions.as_view(), name="review-suggestions"),
    path("reviews/<int:pk>/contacts", contacts.ReviewContacts.as_view(), name="review-contacts"),
    path("contacts/<int:pk>/responses", contacts.ContactResponses.as_view(), name="contact-responses"),
    path("verdicts/<int:pk>/suggestions", discussion.VerdictSuggestions.as_view(), name="verdict-suggestions"),
    path("suggestions/<int:pk>/accept", discussion.SuggestionAccept.as_view(), name="suggestion-accept"),
    path("verdicts/<int:pk>", verdicts.VerdictDetail.as_view(), name="verdict"),
    path("verdicts/<int:pk>/approvals", verdicts.VerdictApprovals.as_view(), name="verdict-approvals"),
    path("reports", publication.ReportList.as_view(), name="reports"),
    path("reports/<str:slug>", publication.ReportDetail.as_view(), name="report"),
    path("reports/<str:slug>/versions", versions.ReportVersions.as_view(), name="report-versions"),
    path("notices", notices.NoticeList.as_view(), name="notices"),
    path("notices/read", notices.NoticesRead.as_view(), name="notices-read"),
    path("notices/choice", notices.NoticeChoiceDetail.as_view(), name="notices-choice"),
    path("events", events.EventList.as_view(), name="events"),
    path("sources", sources.SourceList.as_view(), name="sources"),
    path("sources/<int:pk>", sources.SourceDetail.as_view(), name="source"),
    path("scales", sources.ScaleList.as_view(), name="scales"),
]
