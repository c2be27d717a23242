"""Holds: reviews tell here that a claim must not change for now."""

from django.db import connection

from claims.enums import Hold
from claims.models import Article, Claim

_HOLD = "UPDATE claims_claim SET held_as = %s, touched_at = COALESCE(touched_at, CURRENT_TIMESTAMP) WHERE id = %s"
_LET_GO = "UPDATE claims_claim SET held_as = '' WHERE id = %s"


def set_hold(*, claim_id: int, held_as: str) -> None:
    """Hold the claim for a review or a report, or let it go (empty string).

    One plain statement in the caller's transaction; it is part of every step.
    Being held counts as touched by a person: re-extraction leaves the claim
    alone from then on.
    """
    with connection.cursor() as cursor:
        if not held_as:
            cursor.execute(_LET_GO, [claim_id])
            return
        cursor.execute(_HOLD, [Hold(held_as).value, claim_id])


def lock(*, claim_id: int) -> None:
    """Keep the claim and its article as they are until the transaction ends.

    Whoever freezes them into a report must not have them edited or withdrawn in
    between. Article first, then claim: the order in which withdrawal locks.
    """
    Article.objects.select_for_update(of=("self",)).filter(claims=claim_id).order_by().first()
    Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).order_by().first()
