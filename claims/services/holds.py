"""Holds: reviews tell here that a claim must not change for now."""

from django.db.models import Case, F, Value, When

from claims.enums import Hold
from claims.models import Claim
from factcheck.clock import db_now_plus


def set_hold(*, claim_id: int, held_as: str) -> None:
    """Hold the claim for a review or a report, or let it go (empty string).

    One statement in the caller's transaction. Being held counts as touched by
    a person: re-extraction leaves the claim alone from then on.
    """
    if held_as:
        Claim.objects.filter(pk=claim_id).update(
            held_as=Hold(held_as).value,
            touched_at=Case(When(touched_at__isnull=True, then=db_now_plus()), default=F("touched_at")),
        )
    else:
        Claim.objects.filter(pk=claim_id).update(held_as=Value(""))
