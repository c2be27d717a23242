"""What stays of a retracted report as data: who took which claim's review
back, when and why. The verdict's own members are not in it. Pure."""

from typing import Any

from reviews.reports import payload
from reviews.reports.verdict_report import VerdictReport

SCHEMA = "retraction-notice/1"


def document(report: VerdictReport) -> dict[str, Any]:
    """The notice of a retracted report; ValueError for one that stands."""
    if report.retraction is None:
        raise ValueError(f"{report.slug} is not retracted")
    return {
        "schema": SCHEMA,
        "desk": payload.dump(report.desk),
        "slug": report.slug,
        "url": report.url,
        "version": report.version,
        "kind": report.kind.value,
        "published_at": report.published_at,
        "modified_at": report.modified_at,
        "claim": payload.dump(report.claim),
        "retraction": payload.dump(report.retraction),
    }
