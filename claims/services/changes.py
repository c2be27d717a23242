"""The one way a person changes a claim: held? stale? then row, history, event."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from claims.enums import Hold
from claims.models import Claim, ClaimAnchor
from claims.services.staleness import stale_claim
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict
from factcheck.events.emitting import Happening, emit_all

CHANGEABLE = ("", Hold.CORRECTION.value)
"""Holds under which a claim may be changed."""


def refuse_when_held(claim: Claim) -> None:
    """409 while a review works on the claim or a report on it is public."""
    if claim.held_as == Hold.REVIEW.value:
        raise Conflict(
            "A checker is reviewing this claim; it can be changed once the review is released",
            code="claim_in_review",
        )
    if claim.held_as == Hold.REPORT.value:
        raise Conflict("A report on this claim is public; open a correction to change it", code="claim_published")


def apply(
    *,
    claim: Claim,
    changes: Mapping[str, Any],
    action: str,
    actor: User,
    expected_version: int | None,
    events: tuple[str, ...] = (),
    data: Mapping[str, Any] | None = None,
    anchors: tuple[ClaimAnchor, ...] = (),
) -> Claim:
    """Write `changes` by compare-and-swap on version and hold; must run in a
    transaction. Stale names the fields that somebody changed meanwhile.

    History also keeps the version of the extractor that offered the claim:
    what the desk decides is what the extractor is measured by.
    """
    refuse_when_held(claim)
    seen = claim.version if expected_version is None else expected_version
    at = db_now()
    swapped = Claim.objects.filter(
        pk=claim.pk, version=seen, held_as__in=CHANGEABLE, superseded_at__isnull=True
    ).update(**changes, version=F("version") + 1, touched_at=at)
    if not swapped:
        current = Claim.objects.get(pk=claim.pk)
        refuse_when_held(current)
        raise stale_claim(current, seen)
    before = {name: _plain(getattr(claim, name)) for name in changes}
    after = {name: _plain(value) for name, value in changes.items()}
    history.record(
        subject=claim.article,
        action=action,
        actor=actor,
        data={"claim": claim.pk, "before": before, "after": after, **_offered_by(claim), **(data or {})},
        rows=anchors,
        at=at,
    )
    payload = {"claim": claim.pk, "article": claim.article_id}
    emit_all([Happening(name, claim, payload) for name in events], at=at)
    claim.refresh_from_db()
    return claim


def _offered_by(claim: Claim) -> dict[str, str]:
    return {"extractor": claim.run.extractor} if claim.run is not None else {}


def _plain(value: Any) -> Any:
    pk = getattr(value, "pk", None)
    return pk if pk is not None else value
