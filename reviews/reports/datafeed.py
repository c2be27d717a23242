"""Reports as one schema.org DataFeed of ClaimReviews (JSON-LD), streamed.

A retracted report keeps its item with `dateDeleted` and without a
ClaimReview, so that whoever took the review learns that it no longer stands.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from reviews.reports import claimreview
from reviews.reports.verdict_report import VerdictReport

_EARLIEST = datetime.min.replace(tzinfo=UTC)


def item(report: VerdictReport) -> dict[str, Any]:
    """One DataFeedItem."""
    shared = {
        "@type": "DataFeedItem",
        "@id": f"{report.url}#item",
        "url": report.url,
        "dateCreated": report.published_at,
        "dateModified": report.modified_at,
    }
    review = claimreview.document(report)
    if review is None:
        return {**shared, "dateDeleted": report.modified_at}
    del review["@context"]
    return {**shared, "item": review}


def render_many(reports: Iterable[VerdictReport]) -> Iterator[bytes]:
    """The feed; its `dateModified` is the latest of its items and stands at the end."""
    start = claimreview.script_text({"@context": claimreview.CONTEXT, "@type": "DataFeed"})
    yield start.removesuffix("}").encode("utf-8") + b', "dataFeedElement": ['
    separator = b"\n"
    latest: str | None = None
    for report in reports:
        yield separator + claimreview.script_text(item(report)).encode("utf-8")
        separator = b",\n"
        latest = report.modified_at if latest is None else max(latest, report.modified_at, key=_moment)
    yield b"\n]"
    if latest is not None:
        yield b', "dateModified": ' + claimreview.script_text(latest).encode("utf-8")
    yield b"}\n"


def _moment(value: str) -> datetime:
    """`value` as an instant; a date counts from its midnight in UTC."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return _EARLIEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
