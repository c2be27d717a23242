"""Holds: reviews tell here that a claim must not change for now."""

from collections.abc import Collection

from django.db import connection

from claims.enums import Hold
from claims.models import Article, Claim
from factcheck.rows import Statement, send

_HOLD = "UPDATE claims_claim SET held_as = %s, touched_at = COALESCE(touched_at, CURRENT_TIMESTAMP) WHERE id = %s"
_LET_GO = "UPDATE claims_claim SET held_as = '' WHERE id = %s"


def set_hold(*, claim_id: int, held_as: str) -> None:
    """Hold the claim for a review or a report, or let it go (empty string)."""
    send(holding(claim_id=claim_id, held_as=held_as))


def holding(*, claim_id: int, held_as: str) -> Statement:
    """The statement of `set_hold`; it is part of every step of a review.

    Being held counts as touched by a person: re-extraction leaves the claim
    alone from then on.
    """
    if not held_as:
        return Statement(_LET_GO, [claim_id])
    return Statement(_HOLD, [Hold(held_as).value, claim_id])


def lock(claim_ids: Collection[int]) -> None:
    """Keep the claims and their articles as they are until the transaction ends.

    Articles first, then claims, each in the order of their ids, and all before
    any head of history: who keeps to it never waits in a circle. A transaction
    that writes on SQLite is alone anyway.
    """
    if not connection.features.has_select_for_update:
        return
    articles = Article.objects.filter(pk__in=Claim.objects.filter(pk__in=claim_ids).values("article"))
    list(articles.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    claims = Claim.objects.filter(pk__in=claim_ids)
    list(claims.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
