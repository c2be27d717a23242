"""A report under correction says so in every format that has a place for it."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from factcheck import canonical
from factcheck.accounts.roles import Role
from reviews import public_reports
from reviews.models import RatingScale, Report
from reviews.reports import payload_json
from reviews.reports.verdict_report import VerdictReport
from reviews.services import approvals, corrections, publication, scales
from tests import factories
from tests.reviews.reports.examples import FULL

pytestmark = pytest.mark.django_db


@pytest.fixture
def reopened():
    return Report.objects.get(review=factories.under_correction())


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_json_says_that_a_correction_is_open(client, reopened):
    file = json.loads(text_of(client, f"/reports/{reopened.slug}.json"))
    assert file.pop("status") == "under_correction"
    assert canonical.digest(file) == reopened.current.sha256
    [line] = payload_json.render_lines(public_reports.exported(public_reports.standing()))
    assert json.loads(line)["status"] == "under_correction"
    assert VerdictReport.from_payload(json.loads(line)).is_under_correction


def test_csv_says_that_a_correction_is_open(client, reopened):
    [row] = csv.DictReader(io.StringIO(text_of(client, f"/reports/{reopened.slug}.csv")))
    assert (row["status"], row["rating"]) == ("under_correction", "Mostly false")


def test_json_ld_and_its_feed_say_that_a_correction_is_open(client, reopened):
    document = json.loads(text_of(client, f"/reports/{reopened.slug}.jsonld"))
    assert document["creativeWorkStatus"] == "Under correction"
    [item] = json.loads(text_of(client, "/reports/feed.jsonld"))["dataFeedElement"]
    assert item["item"]["creativeWorkStatus"] == "Under correction"


def test_rss_says_that_a_correction_is_open(client, reopened):
    [item] = ElementTree.fromstring(text_of(client, "/reports/rss")).iter("item")
    assert item.findtext("title").startswith("Under correction: Mostly false: ")


def test_api_says_that_a_correction_is_open_beside_the_frozen_payload(client, reopened):
    whole = client.get(f"/api/v1/reports/{reopened.slug}").json()
    assert whole["status"] == "under_correction"
    assert canonical.digest(whole["payload"]) == whole["sha256"]


def test_abandoned_correction_leaves_every_format_as_it_was(client, reopened):
    corrections.abandon(review_id=reopened.review_id, actor=factories.publisher())
    assert canonical.sha256(text_of(client, f"/reports/{reopened.slug}.json")) == reopened.current.sha256
    [row] = csv.DictReader(io.StringIO(text_of(client, f"/reports/{reopened.slug}.csv")))
    assert row["status"] == "live"
    for path in (f"/reports/{reopened.slug}.jsonld", "/reports/feed.jsonld", "/reports/rss"):
        assert "nder correction" not in text_of(client, path)
        assert "creativeWorkStatus" not in text_of(client, path)


def test_members_that_came_later_leave_an_older_payload_its_digest():
    old = replace(FULL, approvals=None, status=None)
    assert not {"approvals", "status"} & set(old.to_payload())
    assert VerdictReport.from_payload(old.to_payload()).sha256() == old.sha256()


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "Approved by 1 person who had no part in the text."), (2, "Approved by 2 people who had no part in the text")],
)
def test_report_tells_how_many_approved_it(client, number, told):
    scale = RatingScale.objects.get(default_since__isnull=False)
    scales.set_policy(
        scale_id=scale.pk, required_approvals=number, gate_rules=[], actor=factories.user(Role.ADMINISTRATOR)
    )
    verdict = factories.submitted(factories.checker())
    for _ in range(number):
        approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    report = publication.publish(review_id=verdict.review_id, actor=factories.publisher()).report
    assert told in text_of(client, f"/reports/{report.slug}")
    assert json.loads(text_of(client, f"/reports/{report.slug}.json"))["approvals"] == number
