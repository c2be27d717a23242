"""The frozen report: lossless, canonical, strict, and discreet."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given

from reviews.enums import Stance, VersionKind
from reviews.reports.payload import PayloadError
from reviews.reports.verdict_report import ReportEvidence, VerdictReport, withheld
from tests.reviews.reports.examples import FULL, REPORT, any_report, corrected, retracted


@given(any_report())
def test_report_survives_the_round_trip(report):
    stored = json.loads(json.dumps(report.to_payload()))
    again = VerdictReport.from_payload(stored)
    assert again == report
    assert again.sha256() == report.sha256()


@pytest.mark.parametrize("report", [REPORT, FULL, corrected(FULL), retracted(FULL)])
def test_report_digest_is_that_of_its_bytes(report):
    assert hashlib.sha256(report.canonical_bytes()).hexdigest() == report.sha256()


def test_report_digest_does_not_hang_on_the_order_of_keys():
    stored = FULL.to_payload()
    turned = {key: stored[key] for key in reversed(stored)}
    assert VerdictReport.from_payload(turned).sha256() == FULL.sha256()


def test_report_payload_writes_absent_values_as_null():
    stored = REPORT.to_payload()
    assert stored["retraction"] is None
    assert stored["claim"]["first_appearance"] is None
    assert stored["evidence"][1]["archived_url"] is None
    assert stored["people"] == []


def test_report_payload_keeps_the_precision_of_dates():
    stored = REPORT.to_payload()
    assert stored["claim"]["said_at"] == "2026-05-02"
    assert stored["claim"]["article"]["published_at"] == "2026-05-03"


def test_report_frozen_before_a_field_existed_is_read_with_its_default():
    stored = REPORT.to_payload()
    del stored["people"]
    del stored["claim"]["headline"]
    assert VerdictReport.from_payload(stored) == REPORT


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda data: data.pop("schema"), "/schema"),
        (lambda data: data.update(schema="verdict-report/2"), "/schema"),
        (lambda data: data.update(surprise=1), ""),
        (lambda data: data.pop("slug"), "/slug"),
        (lambda data: data.update(version="1"), "/version"),
        (lambda data: data.update(version=True), "/version"),
        (lambda data: data.update(kind="secret"), "/kind"),
        (lambda data: data.update(kind=[]), "/kind"),
        (lambda data: data.update(claim=None), "/claim"),
        (lambda data: data.update(evidence={}), "/evidence"),
        (lambda data: data["evidence"][1].update(stance="against"), "/evidence/1/stance"),
        (lambda data: data["evidence"][0].update(confidential=True), "/evidence/0"),
        (lambda data: data["claim"]["claimant"].update(name=None), "/claim/claimant/name"),
    ],
)
def test_report_payload_that_is_wrong_is_refused_with_its_place(change, pointer):
    stored = REPORT.to_payload()
    change(stored)
    with pytest.raises(PayloadError) as caught:
        VerdictReport.from_payload(stored)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("data", [[], None, "x"])
def test_report_payload_that_is_no_object_is_refused(data):
    with pytest.raises(PayloadError):
        VerdictReport.from_payload(data)


@pytest.mark.parametrize("field", ["url", "publisher", "excerpt", "locator", "archived_url", "independence_group"])
def test_confidential_source_that_gives_itself_away_is_refused(field):
    with pytest.raises(ValueError, match="confidential"):
        ReportEvidence(1, "A letter", Stance.REFUTES, confidential=True, **{field: "x"})


def test_withheld_source_shows_title_stance_and_reason_only():
    hidden = withheld(REPORT.evidence[0], title="A letter", reason="protects its author")
    report = replace(REPORT, evidence=(hidden,))
    text = report.canonical_bytes().decode()
    for secret in ("Port log", "port.example", "Port authority", "3-17 March"):
        assert secret not in text
    assert "protects its author" in text


def test_report_says_whether_it_is_a_notice():
    assert retracted(REPORT).is_retracted
    assert not corrected(REPORT).is_retracted
    assert retracted(REPORT).kind is VersionKind.RETRACTED
