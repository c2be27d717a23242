"""The public pages: open to anybody, made of frozen payloads, free of scripts."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck import canonical
from reviews import public_reports
from reviews.reports import conformance
from reviews.services import corrections
from tests import factories

pytestmark = pytest.mark.django_db

DATA_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def test_front_door_leads_to_the_reports(client):
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/reports/")


def test_empty_list_says_so(client):
    assert "No report is published yet." in page_of(client, "/reports/")


def test_report_page_shows_the_verdict_with_its_claim_review(client, settings):
    report = factories.published()
    text = page_of(client, f"/reports/{report.slug}")
    assert "Mostly false" in text
    assert "(2 of 5)" in text
    assert "<strong>14</strong> days" in text
    assert 'href="https://port.example/log"' in text
    assert text.count('type="application/ld+json">') == 1
    block = json.loads(DATA_BLOCK.search(text)[1])
    assert block == json.loads(page_of(client, f"/reports/{report.slug}.jsonld"))
    assert block["url"].endswith(f"/reports/{report.slug}")
    assert block["itemReviewed"]["author"] == {"@type": "Person", "name": "Ana Ruiz"}
    assert block["itemReviewed"]["datePublished"] == "2026-05-02"
    frozen = public_reports.opened(report).report
    today = report.published_at.date()
    found = conformance.check_document(block, frozen, today=today, previous=None, base_url=settings.BASE_URL)
    assert not conformance.blocks(found)


def test_json_is_the_frozen_payload_byte_for_byte(client):
    report = factories.published()
    body = client.get(f"/reports/{report.slug}.json")
    assert body["Content-Type"] == "application/json"
    assert canonical.sha256(body.content.decode()) == report.current.sha256
    assert body.content.decode() == report.current.payload


def test_csv_is_one_row(client):
    report = factories.published()
    answer = client.get(f"/reports/{report.slug}.csv")
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["claimant"], row["rating"], row["claim"]) == ("Ana Ruiz", "Mostly false", factories.SENTENCES[0])
    assert answer["Content-Disposition"] == f'attachment; filename="{report.slug}.csv"'


def test_a_page_shows_what_was_published_and_not_what_came_later(client):
    report = factories.published()
    review = report.review
    review.claim.statement = "Something else"
    review.claim.save(update_fields=["statement"])
    text = page_of(client, f"/reports/{report.slug}")
    assert factories.SENTENCES[0] in text
    assert "Something else" not in text


def test_report_under_correction_is_marked_and_stays(client):
    review = factories.under_correction()
    text = page_of(client, f"/reports/{review.report.slug}")
    assert "Under correction." in text
    assert "Mostly false" in text
    assert "under correction" in page_of(client, "/reports/")


def test_abandoned_correction_leaves_no_mark(client):
    review = factories.under_correction()
    corrections.abandon(review_id=review.pk, actor=factories.publisher())
    assert "Under correction." not in page_of(client, f"/reports/{review.report.slug}")


def test_corrected_report_tells_its_correction(client):
    report = factories.corrected()
    text = page_of(client, f"/reports/{report.slug}")
    assert "rating changed from Mostly false to False: The log was misread." in text
    assert "Version 2" in text
    block = json.loads(DATA_BLOCK.search(text)[1])
    assert block["version"] == 2
    assert block["dateModified"] > block["datePublished"]
    assert block["correction"][0]["text"] == "The log was misread."
    assert "The log was misread." in page_of(client, "/corrections")


def test_retracted_report_leaves_a_notice_and_no_claim_review(client):
    report = factories.retracted()
    text = page_of(client, f"/reports/{report.slug}")
    assert "retracted" in text
    assert "The log was forged." in text
    assert "ld+json" not in text
    assert "14</strong> days" not in text
    gone = client.get(f"/reports/{report.slug}.jsonld")
    assert gone.status_code == 410
    assert json.loads(client.get(f"/reports/{report.slug}.json").content)["kind"] == "retracted"
    [row] = csv.DictReader(io.StringIO(client.get(f"/reports/{report.slug}.csv").content.decode()))
    assert (row["kind"], row["rating"], row["retraction_reason"]) == ("retracted", "", "The log was forged.")
    assert report.slug not in page_of(client, "/reports/")
    assert "The log was forged." in page_of(client, "/corrections")


def test_retracted_report_is_a_notice_in_the_data_too(client):
    report = factories.retracted()
    whole = client.get(f"/api/v1/reports/{report.slug}").json()
    file = json.loads(page_of(client, f"/reports/{report.slug}.json"))
    assert whole["payload"] == file
    assert not {"rating", "summary", "explanation", "evidence", "links", "corrections"} & set(file)
    assert file["retraction"]["reason"] == "The log was forged."
    assert file["claim"]["statement"] == factories.SENTENCES[0]


def test_article_roll_up_links_its_reports_and_stacks_no_claim_review(client):
    report = factories.published()
    article = report.review.claim.article
    text = page_of(client, f"/articles/{article.pk}")
    assert f"/reports/{report.slug}" in text
    assert "ld+json" not in text
    assert factories.SENTENCES[1] not in text


def test_article_roll_up_is_missing_before_the_first_report_and_after_the_last(client):
    review = factories.review()
    page_of(client, f"/articles/{review.claim.article_id}", 404)
    report = factories.retracted()
    page_of(client, f"/articles/{report.review.claim.article_id}", 404)
    page_of(client, f"/articles/{2**80}", 404)


@pytest.mark.parametrize("path", ["/reports/99-nothing", "/reports/99", "/reports/99-x.json", "/reports/99-x.csv"])
def test_unknown_report_is_a_404_page(client, path):
    assert "no report at this address" in page_of(client, path, 404)


def test_broken_cursor_is_a_400_page(client):
    assert "cursor" in page_of(client, "/reports/?cursor=x", 400)
    assert "cursor" in page_of(client, "/corrections?cursor=x", 400)


def test_public_pages_take_no_post(client):
    assert client.post("/reports/").status_code in {403, 405}


def test_list_pages_through_all_reports(client, monkeypatch):
    monkeypatch.setattr("reviews.public.PAGE_SIZE", 2)
    slugs = {factories.published().slug for _ in range(3)}
    first = page_of(client, "/reports/")
    following = re.search(r'rel="next" href="(\?cursor=[^"]+)"', first)[1]
    second = page_of(client, f"/reports/{following}")
    found = re.findall(r'<h2><a href="/reports/([^"]+)"', first + second)
    assert len(found) == 3
    assert set(found) == slugs


@pytest.mark.parametrize("path", ["/reports/", "/corrections"])
def test_lists_take_the_same_number_of_statements_for_any_number_of_rows(client, path):
    factories.corrected()
    with CaptureQueriesContext(connection) as one:
        page_of(client, path)
    factories.corrected()
    factories.retracted()
    with CaptureQueriesContext(connection) as three:
        page_of(client, path)
    assert len(three) == len(one) <= 2


def test_methodology_shows_the_scale_and_the_rules_in_force(client, settings):
    settings.MIN_INDEPENDENT_SOURCES = 3
    text = page_of(client, "/methodology")
    assert "at least 3 independent sources" in text
    assert "Mostly false (2)" in text
    assert "Enough independent sources" in text


def test_pages_hold_to_a_strict_content_security_policy(client):
    report = factories.published()
    for path in ("/reports/", f"/reports/{report.slug}", "/corrections", "/methodology"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        text = DATA_BLOCK.sub("", answer.content.decode())
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text)


def test_hostile_words_are_inert_on_the_page(client):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))"
    report = factories.published(explanation=evil, summary=evil)
    text = page_of(client, f"/reports/{report.slug}")
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert json.loads(DATA_BLOCK.search(text)[1])["reviewBody"] == evil


def test_confidential_source_stays_confidential(client):
    hidden = factories.EvidenceItem(
        stance=factories.Stance.REFUTES,
        url="https://leak.example/secret-memo",
        title="Memo by J. Doe",
        publisher="The ministry",
        confidential=True,
        confidential_reason="protects a person",
        public_title="A document seen by the desk",
    )
    report = factories.published(evidence=(*factories.EVIDENCE, hidden))
    for path in ("", ".json", ".jsonld", ".csv"):
        text = page_of(client, f"/reports/{report.slug}{path}")
        assert "leak.example" not in text
        assert "J. Doe" not in text
    text = page_of(client, f"/reports/{report.slug}")
    assert "A document seen by the desk" in text
    assert "protects a person" in text
