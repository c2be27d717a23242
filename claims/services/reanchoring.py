"""Re-anchoring: what becomes of an article's claims when its text changes.

Only what is unchanged and unique is carried over by itself. A claim that a
person has touched and that stands elsewhere now is proposed there, and a
person confirms; one that is nowhere is an orphan, shown as one. Untouched
suggestions that are gone make way for what the new run finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from claims.enums import Placement
from claims.models import Article, ArticleRevision, Claim, ClaimAnchor
from claims.pipeline.anchor import Outcome, Reanchored, context, reanchor

BULK = 500


@dataclass(slots=True)
class Carried:
    """What a new revision did to the claims of the one before."""

    anchors: list[ClaimAnchor] = field(default_factory=list)
    kept: list[Claim] = field(default_factory=list)
    moved: list[Claim] = field(default_factory=list)
    needs_confirmation: list[Claim] = field(default_factory=list)
    orphaned: list[Claim] = field(default_factory=list)
    dropped: list[Claim] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Ids by outcome."""
        return {
            "kept": [claim.pk for claim in self.kept],
            "moved": [claim.pk for claim in self.moved],
            "needs_confirmation": [claim.pk for claim in self.needs_confirmation],
            "orphaned": [claim.pk for claim in self.orphaned],
        }


def _anchor(claim: Claim, revision: ArticleRevision, start: int, end: int, at: datetime) -> ClaimAnchor:
    prefix, suffix = context(revision.text, start, end)
    return ClaimAnchor(
        claim=claim,
        revision=revision,
        start=start,
        end=end,
        quote=revision.text[start:end],
        prefix=prefix,
        suffix=suffix,
        created_at=at,
    )


def _sort(claim: Claim, old: ClaimAnchor, found: Reanchored, revision: ArticleRevision, at: datetime) -> Carried:
    """The outcome of one claim."""
    one = Carried()
    if found.outcome is Outcome.MOVED and found.start is not None and found.end is not None:
        one.anchors.append(_anchor(claim, revision, found.start, found.end, at))
        (one.kept if found.start == old.start else one.moved).append(claim)
    elif claim.touched_at is None and not claim.held_as:
        one.dropped.append(claim)
    elif found.outcome is Outcome.PROPOSED:
        claim.placement = Placement.NEEDS_CONFIRMATION.value
        claim.proposed_start, claim.proposed_end = found.start, found.end
        one.needs_confirmation.append(claim)
    else:
        claim.placement = Placement.ORPHANED.value
        claim.proposed_start = claim.proposed_end = None
        one.orphaned.append(claim)
    return one


def carry_over(*, article: Article, revision: ArticleRevision, at: datetime) -> Carried:
    """Carry the standing claims of earlier revisions over to this one.

    Must run in a transaction that holds the article; the caller names the new
    anchors in history. The claims are locked, so that nobody changes one
    between its being read here and written.
    """
    total = Carried()
    earlier = Claim.objects.filter(article=article, superseded_at__isnull=True, anchor__isnull=False)
    earlier = earlier.exclude(anchor__revision=revision).select_related("anchor")
    for claim in earlier.select_for_update(of=("self",)).order_by("pk"):
        old = claim.anchor
        if old is None:
            continue
        found = reanchor(revision.text, quote=old.quote, prefix=old.prefix, suffix=old.suffix)
        one = _sort(claim, old, found, revision, at)
        for name in ("anchors", "kept", "moved", "needs_confirmation", "orphaned", "dropped"):
            getattr(total, name).extend(getattr(one, name))
    _write(total)
    return total


def _write(total: Carried) -> None:
    ClaimAnchor.objects.bulk_create(total.anchors, batch_size=BULK)
    placed: Sequence[Claim] = [*total.kept, *total.moved]
    for claim, anchor in zip([a.claim for a in total.anchors], total.anchors, strict=True):
        claim.anchor, claim.placement = anchor, Placement.PLACED.value
        claim.proposed_start = claim.proposed_end = None
    unplaced: Sequence[Claim] = [*total.needs_confirmation, *total.orphaned]
    columns = ["anchor", "placement", "proposed_start", "proposed_end"]
    Claim.objects.bulk_update([*placed, *unplaced], columns, batch_size=BULK)
    Claim.objects.filter(pk__in=[claim.pk for claim in unplaced]).update(version=F("version") + 1)
