"""The rule for versions: a change is told, dated, and never taken back in silence."""

from dataclasses import replace

import pytest

from reviews.enums import CorrectionType
from reviews.reports import claimreview, conformance
from tests.reviews.reports.examples import BASE_URL, REPORT, corrected, retracted
from tests.reviews.reports.findings import ERROR, TODAY, check, tampered, told

# Rule 9: versions


@pytest.mark.parametrize("at", ["2026-05-06T10:00:00Z", "2026-05-06T12:00:00+02:00", "2026-05-05T00:00:00Z"])
def test_correction_that_is_not_later_is_an_error(at):
    assert ("versions", ERROR, "/dateModified") in told(check(corrected(REPORT, at=at), previous=REPORT))


def test_correction_without_a_greater_version_is_an_error():
    report = replace(corrected(REPORT), version=1, published_at=REPORT.published_at)
    assert ("versions", ERROR, "/version") in told(check(report, previous=REPORT))


def test_correction_that_changes_the_first_date_is_an_error():
    report = replace(corrected(REPORT), published_at="2026-05-07T10:00:00Z")
    assert ("versions", ERROR, "/datePublished") in told(check(report, previous=REPORT))


def test_change_in_silence_is_an_error():
    silent = replace(corrected(REPORT), corrections=())
    assert ("versions", ERROR, "/correction") in told(check(silent, previous=REPORT))
    again = replace(REPORT, version=2, modified_at="2026-06-01T08:00:00Z")
    assert ("versions", ERROR, "") in told(check(again, previous=REPORT))


def test_correction_that_drops_an_earlier_one_is_an_error():
    second = corrected(REPORT)
    third = corrected(second, slug="true", at="2026-07-01T08:00:00Z")
    assert ("versions", ERROR, "/correction") in told(
        check(replace(third, corrections=third.corrections[1:]), previous=second)
    )


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "  "},
        {"from_rating": "True"},
        {"to_rating": "True"},
        {"type": CorrectionType.RATING_UNCHANGED},
        {"type": CorrectionType.UPDATE},
    ],
)
def test_correction_that_tells_something_else_than_happened_is_an_error(change):
    report = corrected(REPORT)
    report = replace(report, corrections=(replace(report.corrections[0], **change),))
    findings = check(report, previous=REPORT)
    assert {one.pointer for one in findings if one.rule == "versions"} == {"/correction/0"}


def test_correction_that_claims_a_change_of_rating_that_did_not_happen_is_an_error():
    report = corrected(REPORT, slug="mostly-false")
    assert told(check(report, previous=REPORT)) == {("versions", ERROR, "/correction/0")}


def test_correction_missing_from_the_markup_is_an_error():
    findings = tampered(lambda document: document.pop("correction"), corrected(REPORT), previous=REPORT)
    assert told(findings) == {("versions", ERROR, "/correction")}


@pytest.mark.parametrize(
    "report", [corrected(REPORT), retracted(REPORT), replace(REPORT, version=2), replace(corrected(REPORT), version=1)]
)
def test_first_version_that_is_none_is_an_error(report):
    assert ("versions", ERROR, "/version") in told(check(report)) or ("versions", ERROR, "/correction") in told(
        check(report)
    )


def test_retraction_with_a_review_is_an_error():
    findings = conformance.check_document(
        claimreview.document(REPORT), retracted(REPORT), today=TODAY, previous=REPORT, base_url=BASE_URL
    )
    assert told(findings) == {("versions", ERROR, "")}


def test_retraction_without_a_reason_is_an_error():
    assert told(check(replace(retracted(REPORT), retraction=None), previous=REPORT)) == {("versions", ERROR, "")}


def test_publication_after_a_retraction_is_an_error():
    notice = retracted(REPORT)
    assert told(check(corrected(notice, at="2026-07-20T00:00:00Z"), previous=notice)) >= {("versions", ERROR, "")}


def test_live_report_without_a_review_is_an_error():
    findings = conformance.check_document(None, REPORT, today=TODAY, previous=None, base_url=BASE_URL)
    assert told(findings) == {("versions", ERROR, "")}
