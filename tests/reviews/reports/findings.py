"""A report held against the rules of ClaimReview, and what was found."""

import copy
from dataclasses import replace
from datetime import date

from reviews.enums import Severity
from reviews.reports import claimreview, conformance
from tests.reviews.reports.examples import BASE_URL, REPORT

TODAY = date(2026, 8, 1)
LOOPBACK = "http://127.0.0.1:8000"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def check(report, *, previous=None, base_url=BASE_URL, today=TODAY, shown=()):
    return conformance.check(report, today=today, previous=previous, base_url=base_url, shown=shown)


def tampered(change, report=REPORT, **given):
    document = copy.deepcopy(claimreview.document(report))
    change(document)
    given = {"today": TODAY, "previous": None, "base_url": BASE_URL} | given
    return conformance.check_document(document, report, **given)


def told(findings):
    return {(finding.rule, finding.severity, finding.pointer) for finding in findings}


def with_claim(**changes):
    return replace(REPORT, claim=replace(REPORT.claim, **changes))


def with_rating(**changes):
    return replace(REPORT, rating=replace(REPORT.rating, **changes))


def served_at(base_url, report=REPORT):
    desk = replace(report.desk, url=base_url, corrections_url=f"{base_url}/corrections")
    return replace(report, desk=desk, url=f"{base_url}/reports/{report.slug}")
