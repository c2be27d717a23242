"""Addresses of articles and claims below /api/v1/."""

from django.urls import path

from claims.api import articles, bulk, claims, feeds, pairs, preview

urlpatterns = [
    path("articles", articles.ArticleList.as_view(), name="articles"),
    path("articles/preview", preview.ArticlePreview.as_view(), name="article-preview"),
    path("bulk-files", bulk.BulkFileList.as_view(), name="bulk-files"),
    path("bulk-files/<int:pk>", bulk.BulkFileDetail.as_view(), name="bulk-file"),
    path("bulk-files/<int:pk>/rows", bulk.BulkFileRows.as_view(), name="bulk-file-rows"),
    path("feeds", feeds.FeedList.as_view(), name="feeds"),
    path("feeds/<int:pk>", feeds.FeedDetail.as_view(), name="feed"),
    path("feeds/<int:pk>/poll", feeds.FeedPoll.as_view(), name="feed-poll"),
    path("feeds/<int:pk>/entries", feeds.FeedEntries.as_view(), name="feed-entries"),
    path("articles/<int:pk>", articles.ArticleDetail.as_view(), name="article"),
    path("articles/<int:pk>/revisions", articles.RevisionList.as_view(), name="article-revisions"),
    path("articles/<int:pk>/sentences", articles.SentenceList.as_view(), name="article-sentences"),
    path("articles/<int:pk>/sentences/<int:ordinal>", articles.SentenceDetail.as_view(), name="article-sentence"),
    path("articles/<int:pk>/claims", articles.ArticleClaims.as_view(), name="article-claims"),
    path("claims", claims.ClaimList.as_view(), name="claims"),
    path("claims/merge", claims.ClaimMerge.as_view(), name="claims-merge"),
    path("claims/<int:pk>", claims.ClaimDetail.as_view(), name="claim"),
    path("claims/<int:pk>/select", claims.ClaimSelect.as_view(), name="claim-select"),
    path("claims/<int:pk>/unselect", claims.ClaimUnselect.as_view(), name="claim-unselect"),
    path("claims/<int:pk>/dismiss", claims.ClaimDismiss.as_view(), name="claim-dismiss"),
    path("claims/<int:pk>/adjust", claims.ClaimAdjust.as_view(), name="claim-adjust"),
    path("claims/<int:pk>/pair", pairs.ClaimPair.as_view(), name="claim-pair"),
    path("claims/<int:pk>/split", claims.ClaimSplit.as_view(), name="claim-split"),
]
