"""Reports as their own payload: lossless JSON, one object a report.

A single report's file is the canonical spelling, so that its SHA-256 is the
one stored with the report version.
"""

from collections.abc import Iterable, Iterator

from reviews.reports.verdict_report import VerdictReport


def render(report: VerdictReport) -> bytes:
    """One report's payload; the digest of these bytes is `report.sha256()`."""
    return report.canonical_bytes()


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
