"""The rows of claims: articles, runs, claims."""

from claims.models.article import Article, ArticleRevision, Outlet
from claims.models.claim import Claim, ClaimAnchor, Claimant
from claims.models.run import ExtractionRun, Sentence

__all__ = [
    "Article",
    "ArticleRevision",
    "Claim",
    "ClaimAnchor",
    "Claimant",
    "ExtractionRun",
    "Outlet",
    "Sentence",
]
