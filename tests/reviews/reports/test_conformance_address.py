"""The rule for the address of a report: it is the page itself, and stays."""

from dataclasses import replace

import pytest

from reviews.reports import claimreview
from tests.reviews.reports.examples import BASE_URL, FULL, REPORT, corrected
from tests.reviews.reports.findings import ERROR, LOOPBACK, WARNING, check, served_at, tampered, told

# Rule 3: address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/reports/7-the-bridge-was-closed",
        "desk.example.org/reports/7-the-bridge-was-closed",
        "ftp://desk.example.org/reports/7-the-bridge-was-closed",
        "https://other.example/reports/7-the-bridge-was-closed",
        "https://desk.example.org:8443/reports/7-the-bridge-was-closed",
        "https://desk.example.org/reports/7-the-bridge-was-closed/",
        "https://desk.example.org/reports/7-the-bridge-was-closed?page=1",
        "https://desk.example.org/reports/7-the-bridge-was-closed#top",
        "https://desk.example.org/reports/8-another",
        "http://desk.example.org/reports/7-the-bridge-was-closed",
    ],
)
def test_report_address_that_is_not_the_page_itself_is_an_error(url):
    assert ("report_address", ERROR, "/url") in told(check(replace(REPORT, url=url)))


def test_report_address_http_is_a_warning_on_loopback_only():
    assert told(check(served_at(LOOPBACK), base_url=LOOPBACK)) == {("report_address", WARNING, "/url")}
    public = "http://desk.example.org"
    assert ("report_address", ERROR, "/url") in told(check(served_at(public), base_url=public))


def test_report_address_with_another_identifier_is_an_error():
    findings = tampered(lambda document: document.update({"@id": "#1"}))
    assert told(findings) == {("report_address", ERROR, "/@id")}


def test_report_address_identifier_is_the_same_in_every_version():
    versions = [REPORT, corrected(REPORT), corrected(corrected(REPORT), at="2026-07-02T00:00:00Z")]
    assert len({claimreview.document(one)["@id"] for one in versions}) == 1


def test_report_address_that_changes_is_an_error():
    moved = corrected(replace(REPORT, slug="7-new", url=f"{BASE_URL}/reports/7-new"))
    assert ("report_address", ERROR, "/url") in told(check(moved, previous=REPORT))


def test_report_address_of_a_desk_that_moved_is_a_warning():
    old = served_at("https://old.example.org")
    assert told(check(corrected(REPORT), previous=old)) == {("report_address", WARNING, "/url")}


def test_report_address_with_stacked_reviews_is_an_error():
    findings = tampered(lambda document: document.update(hasPart=[claimreview.document(FULL)]))
    assert told(findings) == {("report_address", ERROR, "")}
