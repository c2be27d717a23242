"""Every ClaimReview rule, kept and broken, and the faults other tools are known for."""

import copy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from claims.enums import ClaimantType
from reviews.enums import CorrectionType, Severity
from reviews.reports import claimreview, conformance, csv_rows
from reviews.reports.verdict_report import Appearance, ReportClaimant, ReportScale, ScaleRating
from tests.reviews.reports.examples import BASE_URL, FULL, REPORT, SCALE, any_report, corrected, rating, retracted

TODAY = date(2026, 8, 1)
LOOPBACK = "http://127.0.0.1:8000"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _check(report, *, previous=None, base_url=BASE_URL, today=TODAY, shown=()):
    return conformance.check(report, today=today, previous=previous, base_url=base_url, shown=shown)


def _tampered(change, report=REPORT, **given):
    document = copy.deepcopy(claimreview.document(report))
    change(document)
    given = {"today": TODAY, "previous": None, "base_url": BASE_URL} | given
    return conformance.check_document(document, report, **given)


def _told(findings):
    return {(finding.rule, finding.severity, finding.pointer) for finding in findings}


def _claim(**changes):
    return replace(REPORT, claim=replace(REPORT.claim, **changes))


def _rated(**changes):
    return replace(REPORT, rating=replace(REPORT.rating, **changes))


def _served(base_url, report=REPORT):
    desk = replace(report.desk, url=base_url, corrections_url=f"{base_url}/corrections")
    return replace(report, desk=desk, url=f"{base_url}/reports/{report.slug}")


# What conforms


@pytest.mark.parametrize("report", [REPORT, FULL, replace(REPORT, rating=rating("unproven"))])
def test_conformance_of_a_sound_report_is_clean(report):
    assert _check(report) == []


@pytest.mark.parametrize("kind", [CorrectionType.RATING_UNCHANGED, CorrectionType.UPDATE])
def test_conformance_of_sound_corrections_is_clean(kind):
    second = corrected(FULL)
    third = corrected(second, slug="false", correction_type=kind, at="2026-07-01T08:00:00Z")
    assert _check(second, previous=FULL) == []
    assert _check(third, previous=second) == []


def test_conformance_of_a_sound_retraction_is_clean():
    assert _check(retracted(REPORT), previous=REPORT) == []


def test_conformance_findings_put_errors_first_and_say_what_blocks():
    findings = _check(_claim(said_at=None, headline=" "))
    assert [finding.severity for finding in findings] == sorted(
        (finding.severity for finding in findings), key=["error", "warning"].index
    )
    assert conformance.blocks(findings)
    assert not conformance.blocks(_check(_claim(said_at=None)))


@given(any_report())
def test_conformance_takes_any_report_and_every_finding_says_something(report):
    for finding in _check(report, previous=REPORT):
        assert len(finding.detail) > 20
        assert finding.pointer == "" or finding.pointer.startswith("/")


# Rule 1: required fields


@pytest.mark.parametrize("pointer", ["claimReviewed", "url", "reviewRating"])
def test_required_field_missing_is_an_error(pointer):
    findings = _tampered(lambda document: document.pop(pointer))
    place = "/reviewRating/alternateName" if pointer == "reviewRating" else f"/{pointer}"
    assert ("required_fields", ERROR, place) in _told(findings)


@pytest.mark.parametrize("label", ["", "   ", None, 3])
def test_rating_without_its_label_is_an_error(label):
    findings = _tampered(lambda document: document["reviewRating"].update(alternateName=label))
    assert ("required_fields", ERROR, "/reviewRating/alternateName") in _told(findings)


def test_document_of_another_type_is_an_error():
    findings = _tampered(lambda document: document.update({"@type": "Review"}))
    assert ("required_fields", ERROR, "/@type") in _told(findings)


# Rule 2: wording


@pytest.mark.parametrize(("length", "warned"), [(75, False), (76, True)])
def test_claim_wording_beyond_75_characters_is_warned_of(length, warned):
    findings = _check(_claim(statement="\U0001f600" * length))
    assert _told(findings) == ({("claim_wording", WARNING, "/claimReviewed")} if warned else set())


def test_claim_wording_too_long_is_mended_by_a_headline():
    assert _check(_claim(statement="x" * 200, headline="The bridge was closed")) == []


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
    assert ("claim_wording", ERROR, "/claimReviewed") in _told(_check(_claim(headline=text)))


@pytest.mark.parametrize(
    "text",
    ["A mostly false rumour closed the bridge", "Mostly false alarms closed the bridge", "It was mostly-falsely so"],
)
def test_claim_wording_may_use_the_words_of_a_rating(text):
    assert _check(_claim(headline=text)) == []


def test_claim_wording_without_the_full_text_is_an_error():
    findings = _tampered(lambda document: document["itemReviewed"].pop("text"))
    assert ("claim_wording", ERROR, "/itemReviewed/text") in _told(findings)


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
    assert ("report_address", ERROR, "/url") in _told(_check(replace(REPORT, url=url)))


def test_report_address_http_is_a_warning_on_loopback_only():
    assert _told(_check(_served(LOOPBACK), base_url=LOOPBACK)) == {("report_address", WARNING, "/url")}
    public = "http://desk.example.org"
    assert ("report_address", ERROR, "/url") in _told(_check(_served(public), base_url=public))


def test_report_address_with_another_identifier_is_an_error():
    findings = _tampered(lambda document: document.update({"@id": "#1"}))
    assert _told(findings) == {("report_address", ERROR, "/@id")}


def test_report_address_identifier_is_the_same_in_every_version():
    versions = [REPORT, corrected(REPORT), corrected(corrected(REPORT), at="2026-07-02T00:00:00Z")]
    assert len({claimreview.document(one)["@id"] for one in versions}) == 1


def test_report_address_that_changes_is_an_error():
    moved = corrected(replace(REPORT, slug="7-new", url=f"{BASE_URL}/reports/7-new"))
    assert ("report_address", ERROR, "/url") in _told(_check(moved, previous=REPORT))


def test_report_address_of_a_desk_that_moved_is_a_warning():
    old = _served("https://old.example.org")
    assert _told(_check(corrected(REPORT), previous=old)) == {("report_address", WARNING, "/url")}


def test_report_address_with_stacked_reviews_is_an_error():
    findings = _tampered(lambda document: document.update(hasPart=[claimreview.document(FULL)]))
    assert _told(findings) == {("report_address", ERROR, "")}


# Rule 4: numbers


@pytest.mark.parametrize("name", ["value", "best", "worst"])
def test_rating_with_some_of_its_numbers_is_an_error(name):
    findings = _check(_rated(**{name: None}))
    assert ("rating_numbers", ERROR, "/reviewRating") in _told(findings)


@pytest.mark.parametrize(
    ("numbers", "place"),
    [
        ({"value": 0}, "ratingValue"),
        ({"value": 6}, "ratingValue"),
        ({"worst": 5}, "worstRating"),
        ({"worst": 9}, "worstRating"),
        ({"best": 4}, "bestRating"),
        ({"worst": 0}, "bestRating"),
    ],
)
def test_rating_numbers_out_of_order_are_an_error(numbers, place):
    assert ("rating_numbers", ERROR, f"/reviewRating/{place}") in _told(_check(_rated(**numbers)))


@pytest.mark.parametrize("value", ["2", True, [2]])
def test_rating_number_that_is_none_is_an_error(value):
    findings = _tampered(lambda document: document["reviewRating"].update(ratingValue=value))
    assert ("rating_numbers", ERROR, "/reviewRating/ratingValue") in _told(findings)


@pytest.mark.parametrize("slug", ["false", "true", "half-true"])
def test_rating_at_and_between_the_bounds_is_sound(slug):
    assert _check(replace(REPORT, rating=rating(slug))) == []


def test_rating_bounds_that_differ_within_a_scale_version_are_an_error():
    bare = ReportScale("Truth", 1)
    shown = replace(rating("true"), scale=bare, best=7)
    findings = _check(_rated(scale=bare), shown=[shown])
    assert ("rating_numbers", ERROR, "/reviewRating/bestRating") in _told(findings)
    assert _check(_rated(scale=bare), shown=[replace(shown, scale=ReportScale("Truth", 2))]) == []


# Rule 5: the same label, the same number


def test_rating_with_another_number_than_its_scale_is_an_error():
    assert ("rating_consistency", ERROR, "/reviewRating/ratingValue") in _told(_check(_rated(value=3)))


def test_rating_that_is_not_of_its_scale_is_an_error():
    findings = _check(_rated(label="Rather false", slug="rather-false"))
    assert ("rating_consistency", ERROR, "/reviewRating/alternateName") in _told(findings)


def test_rating_whose_label_stands_twice_on_its_scale_is_an_error():
    twice = replace(SCALE, ratings=(*SCALE.ratings, ScaleRating("mostly  FALSE", "mf", 4)))
    assert ("rating_consistency", ERROR, "/reviewRating/ratingValue") in _told(_check(_rated(scale=twice)))


def test_rating_with_another_number_in_other_reports_is_an_error():
    bare = ReportScale("Truth", 1)
    shown = replace(REPORT.rating, scale=bare, value=3)
    findings = _check(_rated(scale=bare), shown=[shown])
    assert _told(findings) == {("rating_consistency", ERROR, "/reviewRating/ratingValue")}


def test_rating_renumbered_by_a_new_scale_version_is_a_warning():
    old = replace(REPORT.rating, scale=replace(SCALE, version=0), value=3)
    assert _told(_check(REPORT, shown=[old])) == {("rating_consistency", WARNING, "/reviewRating/ratingValue")}


def test_rating_of_another_scale_does_not_clash():
    assert _check(REPORT, shown=[replace(REPORT.rating, scale=ReportScale("Other", 1), value=3)]) == []


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

    assert ("agreement", ERROR, pointer) in _told(_tampered(change))


# Rule 6: claimant


@pytest.mark.parametrize("name", ["Example desk", " EXAMPLE  DESK "])
def test_claimant_that_is_the_desk_is_an_error(name):
    findings = _check(_claim(claimant=ReportClaimant(name, ClaimantType.ORGANIZATION)))
    assert ("claimant", ERROR, "/itemReviewed/author/name") in _told(findings)


def test_claimant_without_a_name_is_an_error():
    findings = _check(_claim(claimant=ReportClaimant(" ", ClaimantType.PERSON)))
    assert ("claimant", ERROR, "/itemReviewed/author/name") in _told(findings)


def test_claimant_nobody_knows_is_a_warning():
    assert _told(_check(_claim(claimant=None))) == {("claimant", WARNING, "/itemReviewed/author")}


@pytest.mark.parametrize("kind", ["Thing", None, "person"])
def test_claimant_of_another_type_is_an_error(kind):
    findings = _tampered(lambda document: document["itemReviewed"]["author"].update({"@type": kind}))
    assert ("claimant", ERROR, "/itemReviewed/author/@type") in _told(findings)


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
    assert _told(_check(report)) == {("claimant", ERROR, "/itemReviewed/author/sameAs")}


def test_claimant_without_a_page_of_its_own_is_sound():
    assert _check(_claim(claimant=ReportClaimant("Ana Ruiz", ClaimantType.PERSON))) == []


# Rule 7: the claim's date


@pytest.mark.parametrize("said_at", ["2026", "2026-05", "2026-05-03", "2026-05-06", "2026-05-06T11:59:00+02:00"])
def test_claim_date_up_to_the_review_is_sound_in_any_precision(said_at):
    article = replace(REPORT.claim.article, published_at=None)
    report = _claim(said_at=said_at, article=article)
    assert _check(report) == []
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
    assert ("claim_date", ERROR, "/itemReviewed/datePublished") in _told(_check(_claim(said_at=said_at)))


def test_claim_date_still_to_come_is_an_error():
    report = _claim(said_at="2026-05-02")
    findings = _check(report, today=date(2026, 5, 1))
    assert ("claim_date", ERROR, "/itemReviewed/datePublished") in _told(findings)


def test_claim_date_nobody_knows_is_a_warning():
    assert _told(_check(_claim(said_at=None))) == {("claim_date", WARNING, "/itemReviewed/datePublished")}


# Rule 8: appearances


def test_first_appearance_listed_again_is_an_error():
    def change(document):
        document["itemReviewed"]["appearance"].append({"@type": "CreativeWork", "url": "http://social.example/post/1/"})

    assert _told(_tampered(change, FULL)) == {("appearances", ERROR, "/itemReviewed/appearance/2")}


def test_appearance_listed_twice_is_an_error():
    findings = _tampered(
        lambda document: document["itemReviewed"].update(appearance=2 * document["itemReviewed"]["appearance"])
    )
    assert _told(findings) == {("appearances", ERROR, "/itemReviewed/appearance/1")}


def test_submitted_article_that_is_missing_is_an_error():
    findings = _tampered(lambda document: document["itemReviewed"].pop("appearance"), FULL)
    assert _told(findings) == {("appearances", ERROR, "/itemReviewed/appearance")}


def test_submitted_article_that_is_the_origin_is_not_missed():
    assert _check(_claim(first_appearance=REPORT.claim.article)) == []


def test_own_report_as_an_appearance_is_an_error():
    findings = _check(_claim(appearances=(Appearance(REPORT.url),)))
    assert _told(findings) == {("appearances", ERROR, "/itemReviewed/appearance/1")}


def test_claim_that_stands_nowhere_is_a_warning():
    assert _told(_check(_claim(article=Appearance()))) == {("appearances", WARNING, "/itemReviewed/appearance")}


# Rule 9: versions


@pytest.mark.parametrize("at", ["2026-05-06T10:00:00Z", "2026-05-06T12:00:00+02:00", "2026-05-05T00:00:00Z"])
def test_correction_that_is_not_later_is_an_error(at):
    assert ("versions", ERROR, "/dateModified") in _told(_check(corrected(REPORT, at=at), previous=REPORT))


def test_correction_without_a_greater_version_is_an_error():
    report = replace(corrected(REPORT), version=1, published_at=REPORT.published_at)
    assert ("versions", ERROR, "/version") in _told(_check(report, previous=REPORT))


def test_correction_that_changes_the_first_date_is_an_error():
    report = replace(corrected(REPORT), published_at="2026-05-07T10:00:00Z")
    assert ("versions", ERROR, "/datePublished") in _told(_check(report, previous=REPORT))


def test_change_in_silence_is_an_error():
    silent = replace(corrected(REPORT), corrections=())
    assert ("versions", ERROR, "/correction") in _told(_check(silent, previous=REPORT))
    again = replace(REPORT, version=2, modified_at="2026-06-01T08:00:00Z")
    assert ("versions", ERROR, "") in _told(_check(again, previous=REPORT))


def test_correction_that_drops_an_earlier_one_is_an_error():
    second = corrected(REPORT)
    third = corrected(second, slug="true", at="2026-07-01T08:00:00Z")
    assert ("versions", ERROR, "/correction") in _told(
        _check(replace(third, corrections=third.corrections[1:]), previous=second)
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
    findings = _check(report, previous=REPORT)
    assert {one.pointer for one in findings if one.rule == "versions"} == {"/correction/0"}


def test_correction_that_claims_a_change_of_rating_that_did_not_happen_is_an_error():
    report = corrected(REPORT, slug="mostly-false")
    assert _told(_check(report, previous=REPORT)) == {("versions", ERROR, "/correction/0")}


def test_correction_missing_from_the_markup_is_an_error():
    findings = _tampered(lambda document: document.pop("correction"), corrected(REPORT), previous=REPORT)
    assert _told(findings) == {("versions", ERROR, "/correction")}


@pytest.mark.parametrize(
    "report", [corrected(REPORT), retracted(REPORT), replace(REPORT, version=2), replace(corrected(REPORT), version=1)]
)
def test_first_version_that_is_none_is_an_error(report):
    assert ("versions", ERROR, "/version") in _told(_check(report)) or ("versions", ERROR, "/correction") in _told(
        _check(report)
    )


def test_retraction_with_a_review_is_an_error():
    findings = conformance.check_document(
        claimreview.document(REPORT), retracted(REPORT), today=TODAY, previous=REPORT, base_url=BASE_URL
    )
    assert _told(findings) == {("versions", ERROR, "")}


def test_retraction_without_a_reason_is_an_error():
    assert _told(_check(replace(retracted(REPORT), retraction=None), previous=REPORT)) == {("versions", ERROR, "")}


def test_publication_after_a_retraction_is_an_error():
    notice = retracted(REPORT)
    assert _told(_check(corrected(notice, at="2026-07-20T00:00:00Z"), previous=notice)) >= {("versions", ERROR, "")}


def test_live_report_without_a_review_is_an_error():
    findings = conformance.check_document(None, REPORT, today=TODAY, previous=None, base_url=BASE_URL)
    assert _told(findings) == {("versions", ERROR, "")}


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
    assert ("publisher", ERROR, place) in _told(_check(replace(REPORT, desk=replace(REPORT.desk, **change))))


def test_publisher_markup_stays_inside_its_script_block():
    hostile = _claim(statement="</script><script>alert(1)</script>")
    assert _check(hostile) == []
    assert "<" not in claimreview.script_text(claimreview.document(hostile))


# The review's own dates


@pytest.mark.parametrize("at", ["2026-05-06T10:00", "yesterday", ""])
def test_review_date_malformed_is_an_error(at):
    findings = _check(replace(REPORT, published_at=at, modified_at=at))
    assert ("review_date", ERROR, "/datePublished") in _told(findings)


def test_review_date_in_the_future_is_an_error():
    assert ("review_date", ERROR, "/datePublished") in _told(_check(REPORT, today=date(2026, 5, 4)))
    assert _check(REPORT, today=date(2026, 5, 5)) == []


def test_review_date_before_its_own_sources_is_a_warning():
    late = replace(REPORT.evidence[0], accessed_at="2026-05-08")
    assert _told(_check(replace(REPORT, evidence=(late,)))) == {("review_date", WARNING, "/dateModified")}


# Faults other tools are known for


def test_known_fault_url_points_at_the_site_root():
    for url in (BASE_URL, f"{BASE_URL}/"):
        findings = _check(replace(REPORT, url=url))
        assert any("front page" in finding.detail for finding in findings if finding.severity is ERROR)


def test_known_fault_claim_dated_by_the_day_it_was_checked():
    assert "datePublished" not in claimreview.document(_claim(said_at=None))["itemReviewed"]
    findings = _check(_claim(said_at="2026-05-06"))
    assert any("the day it was checked" in finding.detail for finding in findings)
    findings = _tampered(lambda document: document["itemReviewed"].update(datePublished="2026-05-06"))
    assert ("agreement", ERROR, "/itemReviewed/datePublished") in _told(findings)


def test_known_fault_review_dated_by_the_creation_of_the_post():
    report = replace(REPORT, published_at="2026-05-04T07:00:00Z")
    assert ("review_date", ERROR, "/datePublished") in _told(_check(report))
    findings = _tampered(lambda document: document.update(datePublished="2026-05-04T07:00:00Z"))
    assert ("agreement", ERROR, "/datePublished") in _told(findings)


def test_known_fault_claimant_always_an_organization():
    findings = _tampered(lambda document: document["itemReviewed"]["author"].update({"@type": "Organization"}))
    assert ("claimant", ERROR, "/itemReviewed/author/@type") in _told(findings)


@pytest.mark.parametrize("label", ["Unverified", "Unproven", "Satire", "Outdated"])
def test_known_fault_unverified_ranked_in_the_middle(label):
    scale = ReportScale(
        "Truth", 1, (ScaleRating("False", "false", 1), ScaleRating(label, "x", 3), ScaleRating("True", "t", 5))
    )
    findings = _check(_rated(label=label, slug="x", value=3, scale=scale))
    assert _told(findings) == {("rating_numbers", ERROR, "/reviewRating/ratingValue")}


def test_known_fault_csv_without_the_claim_or_the_rating():
    cells = dict(zip(csv_rows.COLUMNS, csv_rows.row(REPORT), strict=True))
    assert cells["claim"] == REPORT.claim.statement
    assert cells["rating"] == REPORT.rating.label
