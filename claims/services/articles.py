"""What a person changes of an article beside its text: facts about it, its
withdrawal, and the disposition of single sentences."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from claims.enums import Boilerplate, Disposition, Hold, NotAClaim
from claims.models import Article, Claim, Sentence
from claims.policies import Right, require
from claims.services.intake import outlet_named
from claims.services.staleness import stale_article
from factcheck import partial_dates
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, Invalid, Stale
from factcheck.events.emitting import Happening, emit_all

_REASONS = {
    Disposition.NOT_A_CLAIM.value: frozenset(reason.value for reason in NotAClaim),
    Disposition.BOILERPLATE.value: frozenset(reason.value for reason in Boilerplate),
}


@transaction.atomic
def edit(*, article: Article, fields: dict[str, Any], actor: User, expected_version: int) -> Article:
    """Change title, outlet, author, published_at, language or external_id."""
    require(actor.roles, Right.EDIT_ARTICLE)
    columns = dict(fields)
    if "published_at" in columns:
        columns["published_at"] = partial_dates.clean(
            columns["published_at"], pointer="/published_at", today=db_now().date()
        )
    if "outlet" in columns:
        columns["outlet"] = outlet_named((columns["outlet"] or "").strip())
    for name in ("title", "author", "language", "external_id"):
        if name in columns:
            columns[name] = (columns[name] or "").strip()
    before = {name: str(getattr(article, name) or "") for name in columns}
    if not Article.objects.filter(pk=article.pk, version=expected_version).update(**columns, version=F("version") + 1):
        raise stale_article(article.pk, expected_version)
    after = {name: str(value or "") for name, value in columns.items()}
    history.record(subject=article, action="article.edited", actor=actor, data={"before": before, "after": after})
    article.refresh_from_db()
    return article


@transaction.atomic
def withdraw(*, article: Article, reason: str, actor: User, expected_version: int | None = None) -> None:
    """Hide the article; it is kept. Refused while a report on it is public or
    a review of it is being worked, and when it changed since the version seen."""
    require(actor.roles, Right.WITHDRAW_ARTICLE)
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if expected_version is not None and locked.version != expected_version:
        raise stale_article(article.pk, expected_version)
    held = Claim.objects.filter(article=article).exclude(held_as="").values_list("held_as", flat=True)
    if {Hold.REPORT.value, Hold.CORRECTION.value} & set(held):
        raise Conflict("Reports on this article are public: retract them first", code="article_has_reports")
    if held:
        raise Conflict("Claims of this article are in review: release them first", code="claim_in_review")
    at = db_now()
    if not Article.objects.filter(pk=article.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=actor, version=F("version") + 1
    ):
        raise Conflict("The article was withdrawn before", code="article_withdrawn")
    history.record(subject=article, action="article.withdrawn", actor=actor, data={"reason": reason}, at=at)
    claims = Claim.objects.filter(article=article, superseded_at__isnull=True)
    emit_all(
        [Happening("claim.unselected", c, {"claim": c.pk, "article": article.pk}) for c in claims.only("pk")], at=at
    )


@transaction.atomic
def dispose(
    *, article: Article, sentence: Sentence, disposition: str, reason: str, actor: User, seen_at: datetime | None = None
) -> Sentence:
    """A person says what a sentence is; later runs carry that over.

    `seen_at` is when the decision that the actor saw was made, None for one
    that nobody had decided: another one meanwhile is Stale.
    """
    require(actor.roles, Right.TRIAGE)
    allowed = _REASONS.get(disposition, frozenset({""}))
    if reason not in allowed:
        known = ", ".join(sorted(allowed)) or "none"
        raise Invalid.at("/reason", "reason_unknown", f"{disposition} takes one of these reasons: {known}")
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    now = Sentence.objects.select_related("run", "decided_by").get(pk=sentence.pk)
    if now.run.superseded_at is not None:
        raise Conflict("The article was extracted anew: read its sentences again", code="run_superseded")
    if now.decided_at != seen_at:
        raise _decided_meanwhile(now)
    before = {"disposition": now.disposition, "reason": now.reason}
    now.disposition, now.reason = disposition, reason
    now.decided_by, now.decided_at = actor, db_now()
    now.save(update_fields=["disposition", "reason", "decided_by", "decided_at"])
    after = {"disposition": disposition, "reason": reason}
    data = {"sentence": now.ordinal, "before": before, "after": after}
    history.record(subject=article, action="sentence.disposed", actor=actor, data=data)
    return now


def _decided_meanwhile(sentence: Sentence) -> Stale:
    by = sentence.decided_by.username if sentence.decided_by else None
    at = sentence.decided_at.isoformat() if sentence.decided_at else None
    return Stale(
        f"Sentence {sentence.ordinal} is {sentence.disposition}, decided by {by or 'nobody'}: send its decided_at "
        "to change that",
        extra={"decided_at": at, "by": by, "disposition": sentence.disposition, "changed": ["disposition"]},
    )
