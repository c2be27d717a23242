"""The ClaimReview rules a report must satisfy before it is published.

schema.org makes nothing mandatory; these rules are what readers of fact-check
feeds require, and what keeps a report honest. Pure: today's date, the public
version and the desk's address come in as arguments.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from reviews.enums import Severity
from reviews.reports import claimreview
from reviews.reports.conformance_claim import appearances, claim_date, claimant
from reviews.reports.conformance_rating import rating_consistency, rating_numbers
from reviews.reports.conformance_review import (
    agreement,
    claim_wording,
    publisher,
    report_address,
    required_fields,
)
from reviews.reports.conformance_versions import review_date, versions
from reviews.reports.findings import Case, Finding
from reviews.reports.verdict_report import ReportRating, VerdictReport

Rule = Callable[[Case], Iterator[Finding]]

MARKUP_RULES: tuple[Rule, ...] = (
    required_fields,
    claim_wording,
    report_address,
    rating_numbers,
    rating_consistency,
    agreement,
    claimant,
    claim_date,
    appearances,
    review_date,
    publisher,
)
"""Rules of the ClaimReview itself; a retracted report has none to hold to them."""


def check(
    report: VerdictReport,
    *,
    today: date,
    previous: VerdictReport | None,
    base_url: str,
    shown: Collection[ReportRating] = (),
) -> list[Finding]:
    """Every breach by `report`, errors first; an empty list is a clean one.

    `today` is the desk's day, `previous` the version that is public now (None:
    none is), `shown` the ratings of the other public reports.
    """
    document = claimreview.document(report)
    return check_document(document, report, today=today, previous=previous, base_url=base_url, shown=shown)


def check_document(
    document: Mapping[str, Any] | None,
    report: VerdictReport,
    *,
    today: date,
    previous: VerdictReport | None,
    base_url: str,
    shown: Collection[ReportRating] = (),
) -> list[Finding]:
    """As `check`, of markup that was made elsewhere or read back from a page."""
    case = Case(report, document, today, previous, base_url, tuple(shown))
    findings = list(versions(case))
    if document is not None and not report.is_retracted:
        findings += [finding for rule in MARKUP_RULES for finding in rule(case)]
    return sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)


def blocks(findings: Collection[Finding]) -> bool:
    """Whether one of them forbids publication."""
    return any(finding.severity is Severity.ERROR for finding in findings)
