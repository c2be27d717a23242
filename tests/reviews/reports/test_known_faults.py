"""The faults other tools are known for."""

from dataclasses import replace

import pytest

from reviews.reports import claimreview, csv_rows
from reviews.reports.verdict_report import ReportScale, ScaleRating
from tests.reviews.reports.examples import BASE_URL, REPORT
from tests.reviews.reports.findings import ERROR, check, tampered, told, with_claim, with_rating


def test_known_fault_url_points_at_the_site_root():
    for url in (BASE_URL, f"{BASE_URL}/"):
        findings = check(replace(REPORT, url=url))
        assert any("front page" in finding.detail for finding in findings if finding.severity is ERROR)


def test_known_fault_claim_dated_by_the_day_it_was_checked():
    assert "datePublished" not in claimreview.document(with_claim(said_at=None))["itemReviewed"]
    findings = check(with_claim(said_at="2026-05-06"))
    assert any("the day it was checked" in finding.detail for finding in findings)
    findings = tampered(lambda document: document["itemReviewed"].update(datePublished="2026-05-06"))
    assert ("agreement", ERROR, "/itemReviewed/datePublished") in told(findings)


def test_known_fault_review_dated_by_the_creation_of_the_post():
    report = replace(REPORT, published_at="2026-05-04T07:00:00Z")
    assert ("review_date", ERROR, "/datePublished") in told(check(report))
    findings = tampered(lambda document: document.update(datePublished="2026-05-04T07:00:00Z"))
    assert ("agreement", ERROR, "/datePublished") in told(findings)


def test_known_fault_claimant_always_an_organization():
    findings = tampered(lambda document: document["itemReviewed"]["author"].update({"@type": "Organization"}))
    assert ("claimant", ERROR, "/itemReviewed/author/@type") in told(findings)


@pytest.mark.parametrize("label", ["Unverified", "Unproven", "Satire", "Outdated"])
def test_known_fault_unverified_ranked_in_the_middle(label):
    scale = ReportScale(
        "Truth", 1, (ScaleRating("False", "false", 1), ScaleRating(label, "x", 3), ScaleRating("True", "t", 5))
    )
    findings = check(with_rating(label=label, slug="x", value=3, scale=scale))
    assert told(findings) == {("rating_numbers", ERROR, "/reviewRating/ratingValue")}


def test_known_fault_csv_without_the_claim_or_the_rating():
    cells = dict(zip(csv_rows.COLUMNS, csv_rows.row(REPORT), strict=True))
    assert cells["claim"] == REPORT.claim.statement
    assert cells["rating"] == REPORT.rating.label
