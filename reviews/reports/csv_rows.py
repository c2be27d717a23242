"""Reports as CSV: one row a report, inert in a spreadsheet, lossless to read.

Two reversible spellings, undone by `read_cell`:

- A cell that a spreadsheet could take for a formula (its first character,
  white space and controls aside, is one of `= + - @` or their full-width
  forms, or it starts with a tab or a line break) gets a leading apostrophe.
  A cell that starts with an apostrophe gets one more.
- A control character other than tab, line feed and carriage return is written
  as `\\u` and four hex digits; a backslash that would read as such a spelling
  is written as `\\u005c`.

A retracted report keeps its row with `kind`, the claim and the reason of the
retraction; what its verdict said (rating, summary, explanation, sources,
corrections) is left empty, for it no longer stands.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from reviews.reports.verdict_report import ReportCorrection, VerdictReport

Cell = str | int | None

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\\(?=u[0-9a-f]{4})")
_SPELT = re.compile(r"\\u([0-9a-f]{4})")
_FORMULA = re.compile(r"'|[\t\r\n]|[\s\x00-\x20\x7f-\xa0]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def _standing(report: VerdictReport, value: Cell) -> Cell:
    return None if report.is_retracted else value


def _last_correction(report: VerdictReport, member: Callable[[ReportCorrection], str]) -> Cell:
    return _standing(report, member(report.corrections[-1])) if report.corrections else None


COLUMNS: Mapping[str, Callable[[VerdictReport], Cell]] = {
    "slug": lambda report: report.slug,
    "url": lambda report: report.url,
    "kind": lambda report: report.kind.value,
    "status": lambda report: report.standing.value,
    "version": lambda report: report.version,
    "published_at": lambda report: report.published_at,
    "modified_at": lambda report: report.modified_at,
    "claim": lambda report: report.claim.statement,
    "quote": lambda report: report.claim.quote,
    "claimant": lambda report: report.claim.claimant.name if report.claim.claimant else None,
    "claimant_type": lambda report: report.claim.claimant.type.value if report.claim.claimant else None,
    "claimant_same_as": lambda report: report.claim.claimant.same_as if report.claim.claimant else None,
    "said_at": lambda report: report.claim.said_at,
    "venue": lambda report: report.claim.venue,
    "claim_kind": lambda report: report.claim.kind.value,
    "speech": lambda report: report.claim.speech.value,
    "rating": lambda report: _standing(report, report.rating.label),
    "rating_slug": lambda report: _standing(report, report.rating.slug),
    "rating_value": lambda report: _standing(report, report.rating.value),
    "rating_best": lambda report: _standing(report, report.rating.best),
    "rating_worst": lambda report: _standing(report, report.rating.worst),
    "scale": lambda report: _standing(report, report.rating.scale.name),
    "scale_version": lambda report: _standing(report, report.rating.scale.version),
    "summary": lambda report: _standing(report, report.summary),
    "explanation": lambda report: _standing(report, report.explanation),
    "article_url": lambda report: report.claim.article.url,
    "article_title": lambda report: report.claim.article.title,
    "article_outlet": lambda report: report.claim.article.outlet,
    "article_author": lambda report: report.claim.article.author,
    "article_published_at": lambda report: report.claim.article.published_at,
    "sources": lambda report: _standing(report, len(report.evidence)),
    "source_urls": lambda report: _standing(report, "\n".join(one.url for one in report.evidence if one.url)),
    "corrections": lambda report: _standing(report, len(report.corrections)),
    "last_correction_type": lambda report: _last_correction(report, lambda one: one.type.value),
    "last_correction_reason": lambda report: _last_correction(report, lambda one: one.reason),
    "last_correction_date": lambda report: _last_correction(report, lambda one: one.date),
    "retraction_reason": lambda report: report.retraction.reason if report.retraction else None,
    "publisher": lambda report: report.desk.name,
}
"""Column name -> its value, in the order of the file. Absent values are empty cells."""


def cell(value: Cell) -> str:
    """The inert spelling of one value."""
    text = "" if value is None else str(value)
    spelt = _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f"'{spelt}" if _FORMULA.match(text) else spelt


def read_cell(text: str) -> str:
    """The value that `cell` spelt."""
    return _SPELT.sub(lambda match: chr(int(match[1], 16)), text.removeprefix("'"))


def row(report: VerdictReport) -> list[str]:
    """The report's cells, in the order of COLUMNS."""
    return [cell(value(report)) for value in COLUMNS.values()]


def render_many(reports: Iterable[VerdictReport]) -> Iterator[bytes]:
    """The header line, then one line a report: UTF-8, comma, CRLF (RFC 4180)."""
    yield _line(list(COLUMNS))
    for report in reports:
        yield _line(row(report))


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8")
