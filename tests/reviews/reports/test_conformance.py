"""What every ClaimReview must have: its fields, one voice with its page, its publisher, its dates."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from reviews.enums import CorrectionType
from reviews.reports import claimreview, conformance
from tests.reviews.reports.examples import FULL, REPORT, any_report, corrected, rating, retracted
from tests.reviews.reports.findings import ERROR, WARNING, check, tampered, told, with_claim

# What conforms


@pytest.mark.parametrize("report", [REPORT, FULL, replace(REPORT, rating=rating("unproven"))])
def test_conformance_of_a_sound_report_is_clean(report):
    assert check(report) == []


@pytest.mark.parametrize("kind", [CorrectionType.RATING_UNCHANGED, CorrectionType.UPDATE])
def test_conformance_of_sound_corrections_is_clean(kind):
    second = corrected(FULL)
    third = corrected(second, slug="false", correction_type=kind, at="2026-07-01T08:00:00Z")
    assert check(second, previous=FULL) == []
    assert check(third, previous=second) == []


def test_conformance_of_a_sound_retraction_is_clean():
    assert check(retracted(REPORT), previous=REPORT) == []


def test_conformance_findings_put_errors_first_and_say_what_blocks():
    findings = check(with_claim(said_at=None, headline=" "))
    assert [finding.severity for finding in findings] == sorted(
        (finding.severity for finding in findings), key=["error", "warning"].index
    )
    assert conformance.blocks(findings)
    assert not conformance.blocks(check(with_claim(said_at=None)))


@given(any_report())
def test_conformance_takes_any_report_and_every_finding_says_something(report):
    for finding in check(report, previous=REPORT):
        assert len(finding.detail) > 20
        assert finding.pointer == "" or finding.pointer.startswith("/")


# Rule 1: required fields


@pytest.mark.parametrize("pointer", ["claimReviewed", "url", "reviewRating"])
def test_required_field_missing_is_an_error(pointer):
    findings = tampered(lambda document: document.pop(pointer))
    place = "/reviewRating/alternateName" if pointer == "reviewRating" else f"/{pointer}"
    assert ("required_fields", ERROR, place) in told(findings)


@pytest.mark.parametrize("label", ["", "   ", None, 3])
def test_rating_without_its_label_is_an_error(label):
    findings = tampered(lambda document: document["reviewRating"].update(alternateName=label))
    assert ("required_fields", ERROR, "/reviewRating/alternateName") in told(findings)


def test_document_of_another_type_is_an_error():
    findings = tampered(lambda document: document.update({"@type": "Review"}))
    assert ("required_fields", ERROR, "/@type") in told(findings)


# One voice with the page


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/reviewRating/alternateName", "False"),
        ("/reviewRating/ratingValue", 1),
        ("/claimReviewed", "Another claim"),
        ("/itemReviewed/datePublished", "2026-05-01"),
        ("/datePublished", "2026-05-05"),
        ("/author/name", "Another desk"),
    ],
)
def test_markup_that_says_something_else_than_the_page_is_an_error(pointer, value):
    def change(document):
        *path, last = pointer.split("/")[1:]
        for step in path:
            document = document[step]
        document[last] = value

    assert ("agreement", ERROR, pointer) in told(tampered(change))


# Rule 10: publisher


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": ""}, "/author/name"),
        ({"url": "https://other.example"}, "/author/url"),
        ({"url": "desk"}, "/author/url"),
        ({"corrections_url": ""}, "/author/correctionsPolicy"),
        ({"corrections_url": "/corrections"}, "/author/correctionsPolicy"),
    ],
)
def test_publisher_without_name_address_or_policy_is_an_error(change, place):
    assert ("publisher", ERROR, place) in told(check(replace(REPORT, desk=replace(REPORT.desk, **change))))


def test_publisher_markup_stays_inside_its_script_block():
    hostile = with_claim(statement="</script><script>alert(1)</script>")
    assert check(hostile) == []
    assert "<" not in claimreview.script_text(claimreview.document(hostile))


# The review's own dates


@pytest.mark.parametrize("at", ["2026-05-06T10:00", "yesterday", ""])
def test_review_date_malformed_is_an_error(at):
    findings = check(replace(REPORT, published_at=at, modified_at=at))
    assert ("review_date", ERROR, "/datePublished") in told(findings)


def test_review_date_in_the_future_is_an_error():
    assert ("review_date", ERROR, "/datePublished") in told(check(REPORT, today=date(2026, 5, 4)))
    assert check(REPORT, today=date(2026, 5, 5)) == []


def test_review_date_before_its_own_sources_is_a_warning():
    late = replace(REPORT.evidence[0], accessed_at="2026-05-08")
    assert told(check(replace(REPORT, evidence=(late,)))) == {("review_date", WARNING, "/dateModified")}
