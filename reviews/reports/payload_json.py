"""Reports as their own payload: lossless JSON, one object a report.

A single report's file is the canonical spelling, so that its SHA-256 is the
one stored with the report version. A retracted report gives its notice.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from factcheck import canonical
from reviews.reports import notice
from reviews.reports.verdict_report import VerdictReport


def document(report: VerdictReport) -> dict[str, Any]:
    """The report's payload, or the notice that stands in its place."""
    return notice.document(report) if report.is_retracted else report.to_payload()


def render(report: VerdictReport) -> bytes:
    """The document's canonical spelling; for a report that stands the digest of
    these bytes is `report.sha256()`."""
    return canonical.dumps(document(report)).encode("utf-8")


def render_array(reports: Iterable[VerdictReport]) -> Iterator[bytes]:
    """A JSON array of payloads, one a line."""
    separator = b"[\n"
    for report in reports:
        yield separator + render(report)
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def render_lines(reports: Iterable[VerdictReport]) -> Iterator[bytes]:
    """JSON lines: one payload a line, each with its newline."""
    for report in reports:
        yield render(report) + b"\n"
