"""Holds: reviews tell here that a claim must not change for now."""

from django.db import connection

from claims.enums import Hold

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
