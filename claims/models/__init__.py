"""The rows of claims: articles, feeds, bulk files, runs, claims."""

from claims.models.article import Article, ArticleRevision, Outlet
from claims.models.bulk import BulkFile, BulkFileRow
from claims.models.claim import Claim, ClaimAnchor, Claimant
from claims.models.feed import Feed, FeedEntry
from claims.models.run import ExtractionRun, Sentence

__all__ = [
    "Article",
    "ArticleRevision",
    "BulkFile",
    "BulkFileRow",
    "Claim",
    "ClaimAnchor",
    "Claimant",
    "ExtractionRun",
    "Feed",
    "FeedEntry",
    "Outlet",
    "Sentence",
]
