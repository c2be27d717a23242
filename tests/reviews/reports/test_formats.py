"""Each export format: what it says, that it streams, and that it is inert."""

import csv
import hashlib
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.enums import ClaimantType
from reviews.enums import VersionKind
from reviews.reports import claimreview, csv_rows, payload_json
from reviews.reports.registry import FORMATS
from reviews.reports.verdict_report import Appearance, ReportClaimant, VerdictReport
from tests.reviews.reports.examples import BASE_URL, FULL, REPORT, any_report, corrected, rating, retracted

URL = REPORT.url
GRIM = "\x00\x07\x1b</script>\u2028\r\n\t=1+1 'x' \\u0041 \U0001f600 ."


def _bytes(name, reports):
    return b"".join(FORMATS[name].render_many(iter(reports)))


def _table(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_format_streams_one_report_at_a_time(name):
    taken = []

    def reports():
        for number in range(5):
            taken.append(number)
            yield replace(REPORT, slug=str(number))

    chunks = FORMATS[name].render_many(reports())
    first = next(chunks)
    assert isinstance(first, bytes)
    assert len(taken) <= 1
    assert sum(1 for _ in chunks) >= 4


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("reports", [[], [retracted(REPORT)], [REPORT, retracted(FULL), corrected(FULL)]])
def test_format_is_well_formed_for_any_number_of_reports(name, reports):
    data = _bytes(name, reports)
    if FORMATS[name].extension == "csv":
        assert len(_table(data)) == len(reports)
    elif FORMATS[name].extension == "jsonl":
        read = [json.loads(line) for line in data.splitlines()]
        standing = [VerdictReport.from_payload(one) for one in read if one["kind"] != "retracted"]
        assert standing == [one for one in reports if not one.is_retracted]
        assert len(read) == len(reports)
    else:
        json.loads(data)


def test_format_registry_names_agree():
    assert all(name == one.name for name, one in FORMATS.items())


# ClaimReview


def test_claimreview_document_of_a_report():
    assert claimreview.document(REPORT) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{URL}#claimreview",
        "url": URL,
        "claimReviewed": "The harbour bridge was closed for 40 days in 2025",
        "author": {
            "@type": "Organization",
            "name": "Example desk",
            "url": BASE_URL,
            "correctionsPolicy": f"{BASE_URL}/corrections",
        },
        "datePublished": "2026-05-06T10:00:00+00:00",
        "dateModified": "2026-05-06T10:00:00+00:00",
        "version": 1,
        "inLanguage": "en",
        "reviewBody": "It was closed for 14 days.",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly false",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
        },
        "itemReviewed": {
            "@type": "Claim",
            "text": "The harbour bridge was closed for 40 days in 2025",
            "author": {
                "@type": "Person",
                "name": "Ana Ruiz",
                "sameAs": "https://people.example.net/ana-ruiz",
            },
            "datePublished": "2026-05-02",
            "appearance": [
                {
                    "@type": "CreativeWork",
                    "url": "https://news.example/bridge",
                    "headline": "The bridge",
                    "publisher": {"@type": "Organization", "name": "Example News"},
                    "creditText": "A. Writer",
                    "datePublished": "2026-05-03",
                }
            ],
        },
    }


def test_claimreview_headline_shortens_and_the_full_wording_stays():
    document = claimreview.document(FULL)
    assert document["claimReviewed"] == FULL.claim.headline
    assert document["itemReviewed"]["text"] == FULL.claim.statement


def test_claimreview_of_an_unordered_rating_carries_no_number():
    document = claimreview.document(replace(REPORT, rating=rating("unproven")))
    assert document["reviewRating"] == {"@type": "Rating", "alternateName": "Unproven"}


def test_claimreview_leaves_out_what_is_not_known():
    claim = replace(REPORT.claim, claimant=None, said_at=None, article=Appearance())
    document = claimreview.document(replace(REPORT, claim=claim, summary="", language=None))
    assert document["itemReviewed"] == {"@type": "Claim", "text": claim.statement}
    assert "reviewBody" not in document
    assert "inLanguage" not in document


@pytest.mark.parametrize("kind", ClaimantType)
def test_claimreview_claimant_keeps_its_type(kind):
    claim = replace(REPORT.claim, claimant=ReportClaimant("Port authority", kind))
    author = claimreview.document(replace(REPORT, claim=claim))["itemReviewed"]["author"]
    assert author == {"@type": kind.value, "name": "Port authority"}


def test_claimreview_article_that_is_the_origin_is_the_first_appearance_only():
    claim = replace(REPORT.claim, first_appearance=REPORT.claim.article)
    item = claimreview.document(replace(REPORT, claim=claim))["itemReviewed"]
    assert item["firstAppearance"]["url"] == REPORT.claim.article.url
    assert "appearance" not in item


def test_claimreview_lists_each_page_once():
    again = Appearance("http://www.news.example/bridge/#top")
    claim = replace(REPORT.claim, appearances=(again, Appearance("https://other.example/x"), again))
    item = claimreview.document(replace(REPORT, claim=claim))["itemReviewed"]
    assert [one["url"] for one in item["appearance"]] == [
        "https://news.example/bridge",
        "https://other.example/x",
    ]


def test_claimreview_correction_is_told():
    document = claimreview.document(corrected(REPORT))
    assert document["version"] == 2
    assert document["datePublished"] == REPORT.published_at
    assert document["dateModified"] == "2026-06-01T08:00:00Z"
    assert document["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "The log was misread.",
            "datePublished": "2026-06-01T08:00:00Z",
        }
    ]


def test_claimreview_of_a_retracted_report_is_none():
    assert claimreview.document(retracted(REPORT)) is None
    assert claimreview.render(retracted(REPORT)) is None
    assert json.loads(_bytes("claimreview", [retracted(REPORT), REPORT])) == [claimreview.document(REPORT)]


def test_claimreview_is_safe_inside_a_script_block():
    hostile = replace(REPORT, summary="</script><script>alert(1)</script><!-- & \u2028\u2029")
    text = claimreview.render(hostile).decode()
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text)["reviewBody"] == hostile.summary


@given(any_report())
def test_claimreview_of_any_report_is_json_without_a_tag(report):
    rendered = claimreview.render(report)
    if rendered is None:
        assert report.is_retracted
    else:
        assert b"<" not in rendered
        assert json.loads(rendered) == claimreview.document(report)


# JSON


@given(any_report())
def test_json_is_lossless_and_has_the_stored_digest(report):
    if report.is_retracted:
        report = replace(report, kind=VersionKind.PUBLISHED)
    assert VerdictReport.from_payload(json.loads(payload_json.render(report))) == report
    assert hashlib.sha256(payload_json.render(report)).hexdigest() == report.sha256()
    assert json.loads(_bytes("json", [report, report])) == [report.to_payload()] * 2


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_retracted_report_says_nothing_of_its_verdict_in_any_format(name):
    text = _bytes(name, [retracted(corrected(FULL))]).decode()
    for gone in ("ostly false", "False", "14", "Port log", "port.example", "only one log", "No comment", "misread"):
        assert gone not in text, gone


def test_json_of_a_retracted_report_says_who_took_which_claim_back_when_and_why():
    notice = payload_json.document(retracted(FULL))
    assert (notice["schema"], notice["kind"], notice["version"]) == ("retraction-notice/1", "retracted", 2)
    assert notice["desk"]["name"] == FULL.desk.name
    assert notice["retraction"] == {"reason": "The log was forged.", "date": "2026-07-01T08:00:00Z"}
    assert notice["claim"]["statement"] == FULL.claim.statement


# CSV


def test_csv_row_holds_claim_claimant_and_rating():
    (row,) = _table(_bytes("csv", [FULL]))
    assert row["claim"] == FULL.claim.statement
    assert row["quote"] == "the bridge WAS closed for 40 days"
    assert (row["claimant"], row["claimant_type"]) == ("Ana Ruiz", "Person")
    assert (row["rating"], row["rating_value"], row["rating_best"]) == ("Mostly false", "2", "5")
    assert row["said_at"] == "2026-05-02"
    assert row["url"] == URL
    assert row["article_url"] == "https://news.example/bridge"
    assert (row["sources"], row["source_urls"]) == ("3", "https://port.example/log\nhttps://daily.example/a")


def test_csv_row_of_a_correction_tells_it():
    (row,) = _table(_bytes("csv", [corrected(REPORT)]))
    assert (row["kind"], row["version"], row["corrections"]) == ("corrected", "2", "1")
    assert (row["rating"], row["last_correction_type"]) == ("False", "rating_changed")
    assert row["last_correction_reason"] == "The log was misread."


def test_csv_row_of_a_retraction_rates_nothing():
    (row,) = _table(_bytes("csv", [retracted(REPORT)]))
    assert (row["kind"], row["retraction_reason"]) == ("retracted", "The log was forged.")
    assert row["rating"] == row["rating_value"] == row["summary"] == row["explanation"] == ""
    assert row["claim"] == REPORT.claim.statement


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", " =1", "\x00=1", "\xa0=1", "\uff1d1", "'=1", "'x"]
)
def test_csv_cell_that_could_be_a_formula_is_inert_and_reversible(text):
    spelt = csv_rows.cell(text)
    assert spelt.startswith("'")
    assert csv_rows.read_cell(spelt) == text


@pytest.mark.parametrize("text", ["plain", "", "a=b", "it's", "40 %", "#1", "\\n", "\\u00e9 or é"])
def test_csv_cell_that_needs_no_guard_keeps_its_first_character(text):
    assert not csv_rows.cell(text).startswith("'")
    assert csv_rows.read_cell(csv_rows.cell(text)) == text


@given(st.text() | st.text("=+-@\t\r\n'\\u0041\x00\x1f\x85 "))
def test_csv_cell_is_lossless_and_holds_no_control_character(text):
    spelt = csv_rows.cell(text)
    assert csv_rows.read_cell(spelt) == text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", spelt)
    assert spelt[:1] not in set("=+-@\t\r\n")


def test_csv_negative_number_is_guarded_like_any_cell():
    assert csv_rows.cell(-1) == "'-1"
    assert csv_rows.cell(None) == ""


def test_csv_file_gives_back_hostile_and_very_long_values():
    report = replace(REPORT, explanation=GRIM * 2000, summary=GRIM)
    (row,) = _table(_bytes("csv", [report]))
    assert len(row["explanation"]) > 40_000
    assert csv_rows.read_cell(row["explanation"]) == report.explanation
    assert csv_rows.read_cell(row["summary"]) == report.summary


@given(any_report())
def test_csv_file_gives_back_every_text_of_any_report(report):
    (row,) = _table(_bytes("csv", [report]))
    for name, value in csv_rows.COLUMNS.items():
        found = value(report)
        assert csv_rows.read_cell(row[name]) == ("" if found is None else str(found))


# DataFeed


def test_datafeed_holds_each_review_and_its_dates():
    feed = json.loads(_bytes("datafeed", [REPORT, corrected(FULL)]))
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert feed["dateModified"] == "2026-06-01T08:00:00Z"
    first, second = feed["dataFeedElement"]
    assert first["@type"] == "DataFeedItem"
    assert first["item"]["@id"] == f"{URL}#claimreview"
    assert first["dateCreated"] == REPORT.published_at
    assert second["item"]["correction"]


def test_datafeed_tells_of_a_retraction_without_a_review():
    (entry,) = json.loads(_bytes("datafeed", [retracted(REPORT)]))["dataFeedElement"]
    assert entry["dateDeleted"] == "2026-07-01T08:00:00Z"
    assert entry["url"] == URL
    assert "item" not in entry
    assert "ClaimReview" not in json.dumps(entry)


def test_datafeed_latest_change_is_an_instant_not_a_spelling():
    early = replace(REPORT, modified_at="2026-05-06T23:30:00+14:00")
    late = replace(REPORT, modified_at="2026-05-06T10:00:00Z")
    assert json.loads(_bytes("datafeed", [late, early]))["dateModified"] == late.modified_at


def test_datafeed_without_reports_has_no_date():
    feed = json.loads(_bytes("datafeed", []))
    assert feed["dataFeedElement"] == []
    assert "dateModified" not in feed
