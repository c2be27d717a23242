"""What changed since somebody looked: the names for a refusal as outdated."""

from collections.abc import Iterator
from typing import Any

from claims.models import Article, Claim
from factcheck.audit.models import AuditEvent
from factcheck.errors import Stale

LOOKED_AT = 500
"""Events of an article that are searched, from the newest."""
_TEXT = {"article.received", "article.revised"}


def stale_article(article_id: int, seen: int) -> Stale:
    """The refusal of an outdated version of an article, with the fields that
    were changed since."""
    current = Article.objects.get(pk=article_id)
    return _stale("article", seen, current.version, _of_article(article_id))


def stale_claim(claim: Claim, seen: int) -> Stale:
    """The same for a claim; `claim` as it is now."""
    return _stale("claim", seen, claim.version, _of_claim(claim.article_id, claim.pk))


def _stale(what: str, seen: int, current: int, steps: Iterator[list[str]]) -> Stale:
    """`steps` are the fields of each change, the newest first: as many count
    as there were versions since."""
    changed = sorted({name for _, names in zip(range(current - seen), steps, strict=False) for name in names})
    told = f" Changed since: {', '.join(changed)}" if changed else ""
    return Stale(
        f"The {what} is at version {current}, you saw version {seen}: read it again.{told}",
        extra={"current_version": current, "changed": changed},
    )


def _events(article_id: int) -> list[AuditEvent]:
    found = AuditEvent.objects.filter(subject_type=Article._meta.label, subject_id=str(article_id))
    return list(found.order_by("-seq")[:LOOKED_AT])


def _of_article(article_id: int) -> Iterator[list[str]]:
    for event in _events(article_id):
        if event.action in _TEXT:
            yield ["text"]
        elif event.action == "article.withdrawn":
            yield ["withdrawn_at"]
        elif event.action == "article.edited":
            yield list(event.data["after"])


def _of_claim(article_id: int, claim_id: int) -> Iterator[list[str]]:
    for event in _events(article_id):
        data = event.data
        if data.get("claim") == claim_id and "after" in data:
            yield list(data["after"])
        elif claim_id in _unplaced(data):
            yield ["placement"]


def _unplaced(data: dict[str, Any]) -> list[int]:
    carried = data.get("carried", {})
    return [*carried.get("needs_confirmation", ()), *carried.get("orphaned", ())]
