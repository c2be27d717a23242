"""Addresses of the editors' screens, below /admin/."""

from django.urls import path

from reviews.desk import (
    approvals,
    articles,
    bulk,
    claim_tools,
    claims,
    contacts,
    discussion,
    feeds,
    home,
    notices,
    queue,
    sources,
    submit,
    workspace,
)
from reviews.desk.timeline import ArticleTimeline

app_name = "desk"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("queue/", queue.Queue.as_view(), name="queue"),
    path("queue/next/", queue.Next.as_view(), name="next"),
    path("queue/views/", queue.ViewSent.as_view(), name="views"),
    path("review/<int:pk>/", workspace.Workspace.as_view(), name="review"),
    path("review/<int:pk>/verdict/", workspace.VerdictSent.as_view(), name="verdict"),
    path("review/<int:pk>/comment/", discussion.CommentSent.as_view(), name="comment"),
    path("review/<int:pk>/contact/", contacts.ContactSent.as_view(), name="contact"),
    path("review/<int:pk>/reply/", contacts.ReplySent.as_view(), name="reply"),
    path("review/<int:pk>/suggest/", discussion.SuggestionSent.as_view(), name="suggest"),
    path(
        "review/<int:pk>/accept/<int:suggestion>/",
        discussion.SuggestionAccepted.as_view(),
        name="suggestion-accept",
    ),
    path("review/<int:pk>/<slug:name>/", workspace.ActionSent.as_view(), name="act"),
    path("approvals/", approvals.Approvals.as_view(), name="approvals"),
    path("articles/", articles.Articles.as_view(), name="articles"),
    path("article/<int:pk>/", articles.ArticlePage.as_view(), name="article"),
    path("article/<int:pk>/claims/", articles.ClaimAdded.as_view(), name="claim-add"),
    path("article/<int:pk>/withdraw/", articles.ArticleWithdrawn.as_view(), name="withdraw"),
    path("claim/<int:pk>/", claims.ClaimPage.as_view(), name="claim"),
    path("article/<int:pk>/history/", ArticleTimeline.as_view(), name="article-history"),
    path("article/<int:pk>/sentence/<int:ordinal>/", claim_tools.SentencePage.as_view(), name="sentence"),
    path("claim/<int:pk>/adjust/", claim_tools.Adjusted.as_view(), name="claim-adjust"),
    path("claim/<int:pk>/split/", claim_tools.Parted.as_view(), name="claim-split"),
    path("claim/<int:pk>/merge/", claim_tools.Merged.as_view(), name="claim-merge"),
    path("claim/<int:pk>/pair/", claims.PairAsked.as_view(), name="claim-pair"),
    path("claim/<int:claim>/<slug:name>/", articles.Triaged.as_view(), name="triage"),
    path("submit/", submit.Submit.as_view(), name="submit"),
    path("bulk/", bulk.BulkFiles.as_view(), name="bulk-files"),
    path("bulk/<int:pk>/", bulk.BulkFilePage.as_view(), name="bulk-file"),
    path("feeds/", feeds.Feeds.as_view(), name="feeds"),
    path("feeds/<int:pk>/", feeds.FeedChanged.as_view(), name="feed"),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("sources/", sources.Sources.as_view(), name="sources"),
    path("source/<int:pk>/", sources.SourcePage.as_view(), name="source"),
    path("copy/<int:pk>/", sources.CopyFile.as_view(), name="copy"),
    path("settings/", home.Settings.as_view(), name="settings"),
]
