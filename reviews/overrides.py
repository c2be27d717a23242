"""Reading which rules of the standards gate are set aside for a review."""

from typing import Any

from django.db.models import Max, QuerySet

from reviews.gate import Override
from reviews.models import GateOverride, ReportVersion


def rows_of(review_id: int) -> QuerySet[GateOverride]:
    """Every override of a review, the newest last."""
    return GateOverride.objects.filter(review=review_id).select_related("by").order_by("pk")


def standing(review_id: int) -> tuple[Override, ...]:
    """The overrides that the next verdict may use: those since its report was
    last published."""
    rows = list(rows_of(review_id))
    if not rows:
        return ()
    published = ReportVersion.objects.filter(report__review=review_id).aggregate(at=Max("published_at"))["at"]
    return tuple(Override(row.rule, row.reason) for row in rows if published is None or row.at > published)


def override_shown(row: GateOverride) -> dict[str, Any]:
    """An override as the API shows it."""
    return {"id": row.pk, "rule": row.rule, "reason": row.reason, "by": row.by.username, "at": row.at}
