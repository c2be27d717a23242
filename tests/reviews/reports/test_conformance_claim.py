"""The rules for the claim of a ClaimReview: its wording, its claimant, its date, where it appeared."""

from dataclasses import replace
from datetime import date

import pytest

from claims.enums import ClaimantType
from reviews.reports import claimreview
from reviews.reports.verdict_report import Appearance, ReportClaimant
from tests.reviews.reports.examples import BASE_URL, FULL, REPORT
from tests.reviews.reports.findings import ERROR, WARNING, check, tampered, told, with_claim

# Rule 2: wording


@pytest.mark.parametrize(("length", "warned"), [(75, False), (76, True)])
def test_claim_wording_beyond_75_characters_is_warned_of(length, warned):
    findings = check(with_claim(statement="\U0001f600" * length))
    assert told(findings) == ({("claim_wording", WARNING, "/claimReviewed")} if warned else set())


def test_claim_wording_too_long_is_mended_by_a_headline():
    assert check(with_claim(statement="x" * 200, headline="The bridge was closed")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mostly false: the bridge was closed",
        "MOSTLY FALSE - the bridge was closed",
        "The bridge was closed: mostly false",
        "The bridge was closed (mostly false)",
        "[Mostly false] the bridge was closed",
    ],
)
def test_claim_wording_that_gives_away_the_rating_is_an_error(text):
    assert ("claim_wording", ERROR, "/claimReviewed") in told(check(with_claim(headline=text)))


@pytest.mark.parametrize(
    "text",
    ["A mostly false rumour closed the bridge", "Mostly false alarms closed the bridge", "It was mostly-falsely so"],
)
def test_claim_wording_may_use_the_words_of_a_rating(text):
    assert check(with_claim(headline=text)) == []


def test_claim_wording_without_the_full_text_is_an_error():
    findings = tampered(lambda document: document["itemReviewed"].pop("text"))
    assert ("claim_wording", ERROR, "/itemReviewed/text") in told(findings)


# Rule 6: claimant


@pytest.mark.parametrize("name", ["Example desk", " EXAMPLE  DESK "])
def test_claimant_that_is_the_desk_is_an_error(name):
    findings = check(with_claim(claimant=ReportClaimant(name, ClaimantType.ORGANIZATION)))
    assert ("claimant", ERROR, "/itemReviewed/author/name") in told(findings)


def test_claimant_without_a_name_is_an_error():
    findings = check(with_claim(claimant=ReportClaimant(" ", ClaimantType.PERSON)))
    assert ("claimant", ERROR, "/itemReviewed/author/name") in told(findings)


def test_claimant_nobody_knows_is_a_warning():
    assert told(check(with_claim(claimant=None))) == {("claimant", WARNING, "/itemReviewed/author")}


@pytest.mark.parametrize("kind", ["Thing", None, "person"])
def test_claimant_of_another_type_is_an_error(kind):
    findings = tampered(lambda document: document["itemReviewed"]["author"].update({"@type": kind}))
    assert ("claimant", ERROR, "/itemReviewed/author/@type") in told(findings)


@pytest.mark.parametrize(
    "same_as",
    [
        "ana-ruiz",
        "https://news.example/bridge",
        "http://www.news.example/bridge/#quote",
        "https://social.example/post/1",
        f"{BASE_URL}/claimants/ana-ruiz",
        REPORT.url,
    ],
)
def test_claimant_identified_by_the_claim_or_by_us_is_an_error(same_as):
    claimant = replace(REPORT.claim.claimant, same_as=same_as)
    report = replace(FULL, claim=replace(FULL.claim, claimant=claimant))
    assert told(check(report)) == {("claimant", ERROR, "/itemReviewed/author/sameAs")}


def test_claimant_without_a_page_of_its_own_is_sound():
    assert check(with_claim(claimant=ReportClaimant("Ana Ruiz", ClaimantType.PERSON))) == []


# Rule 7: the claim's date


@pytest.mark.parametrize("said_at", ["2026", "2026-05", "2026-05-03", "2026-05-06", "2026-05-06T11:59:00+02:00"])
def test_claim_date_up_to_the_review_is_sound_in_any_precision(said_at):
    article = replace(REPORT.claim.article, published_at=None)
    report = with_claim(said_at=said_at, article=article)
    assert check(report) == []
    assert claimreview.document(report)["itemReviewed"]["datePublished"] == said_at


@pytest.mark.parametrize(
    "said_at",
    [
        "2026-05-07",
        "2026-05-06T10:00:01Z",
        "2026-05-06T11:00:00+00:30",
        "2027",
        "2026-05-01T10:00",
        "2026-05-01 10:00Z",
        "1 May 2026",
        "2026-13-01",
        "2026-02-30",
        "20260501",
        "0001-01-01T00:00+23:59",
    ],
)
def test_claim_date_after_the_review_or_malformed_is_an_error(said_at):
    assert ("claim_date", ERROR, "/itemReviewed/datePublished") in told(check(with_claim(said_at=said_at)))


def test_claim_date_still_to_come_is_an_error():
    report = with_claim(said_at="2026-05-02")
    findings = check(report, today=date(2026, 5, 1))
    assert ("claim_date", ERROR, "/itemReviewed/datePublished") in told(findings)


def test_claim_date_nobody_knows_is_a_warning():
    assert told(check(with_claim(said_at=None))) == {("claim_date", WARNING, "/itemReviewed/datePublished")}


# Rule 8: appearances


def test_first_appearance_listed_again_is_an_error():
    def change(document):
        document["itemReviewed"]["appearance"].append({"@type": "CreativeWork", "url": "http://social.example/post/1/"})

    assert told(tampered(change, FULL)) == {("appearances", ERROR, "/itemReviewed/appearance/2")}


def test_appearance_listed_twice_is_an_error():
    findings = tampered(
        lambda document: document["itemReviewed"].update(appearance=2 * document["itemReviewed"]["appearance"])
    )
    assert told(findings) == {("appearances", ERROR, "/itemReviewed/appearance/1")}


def test_submitted_article_that_is_missing_is_an_error():
    findings = tampered(lambda document: document["itemReviewed"].pop("appearance"), FULL)
    assert told(findings) == {("appearances", ERROR, "/itemReviewed/appearance")}


def test_submitted_article_that_is_the_origin_is_not_missed():
    assert check(with_claim(first_appearance=REPORT.claim.article)) == []


def test_own_report_as_an_appearance_is_an_error():
    findings = check(with_claim(appearances=(Appearance(REPORT.url),)))
    assert told(findings) == {("appearances", ERROR, "/itemReviewed/appearance/1")}


def test_claim_that_stands_nowhere_is_a_warning():
    assert told(check(with_claim(article=Appearance()))) == {("appearances", WARNING, "/itemReviewed/appearance")}
