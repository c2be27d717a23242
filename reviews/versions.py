"""The versions of a public report, each with what it changed.

Once a report is retracted its texts no longer stand: then only dates, kinds
and digests are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.selectors import MAX_ID
from factcheck import canonical
from factcheck.errors import NotFound
from reviews import public_reports, withholding
from reviews.models import Report, ReportVersion
from reviews.reports import difference
from reviews.reports.difference import Change
from reviews.reports.verdict_report import VerdictReport

MOST_SHOWN = 50
"""Versions shown of one report, the newest."""


@dataclass(frozen=True, slots=True)
class Told:
    """One version and what it changed; `changes` is empty for the first one,
    and for all of a retracted report."""

    row: ReportVersion
    report: VerdictReport
    changes: tuple[Change, ...]

    @property
    def why(self) -> str:
        """The reason the desk gave for this version; empty for the first."""
        if self.report.retraction is not None:
            return self.report.retraction.reason
        return self.report.corrections[-1].reason if self.row.correction_id and self.report.corrections else ""


def told(row: Report) -> list[Told]:
    """The newest versions, newest first, fit for the public; the same few
    statements for any number."""
    rows = list(ReportVersion.objects.filter(report=row).order_by("-number")[: MOST_SHOWN + 1])
    worded = public_reports.worded([public_reports.frozen(row, one) for one in rows])
    newest = public_reports.opened(row).report
    fit = withholding.shown(row, [one.report for one in worded], newest=newest)
    read = [(one.version, report) for one, report in zip(worded, fit, strict=True)]
    is_gone = row.retracted_at is not None
    pairs = zip(read, [*read[1:], None], strict=True)
    shown = [
        Told(one, report, difference.changes(older[1], report) if older is not None and not is_gone else ())
        for (one, report), older in pairs
    ]
    return shown[:MOST_SHOWN]


def named(row: Report, number: int) -> ReportVersion:
    """One version by its number, or NotFound."""
    found = ReportVersion.objects.filter(report=row, number=number).first() if number < MAX_ID else None
    if found is None:
        raise NotFound(f"This report has no version {number}")
    return found


def rendered(row: Report, version: ReportVersion) -> str:
    """One version as JSON: as it was frozen, byte for byte, unless it says what
    is withheld or was taken back since."""
    frozen = public_reports.frozen(row, version).report
    [fit] = withholding.shown(row, [frozen], newest=public_reports.opened(row).report)
    return version.payload if fit == frozen else canonical.dumps(fit.to_payload())


def shown(one: Told) -> Mapping[str, Any]:
    """A version as the API shows it."""
    row = one.row
    return {
        "number": row.number,
        "kind": row.kind,
        "published_at": row.published_at,
        "sha256": row.sha256,
        "correction": one.report.corrections[-1].type.value if row.correction_id and one.report.corrections else None,
        "reason": one.why or None,
        "changes": [change_shown(change) for change in one.changes],
    }


def change_shown(change: Change) -> Mapping[str, Any]:
    """One change: the member, both texts, and the two as one marked text."""
    pieces: Sequence[Mapping[str, str]] = [{"mark": one.mark.value, "text": one.text} for one in change.pieces]
    return {"member": change.member, "before": change.before, "after": change.after, "pieces": pieces}
