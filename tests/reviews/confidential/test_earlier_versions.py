"""What a correction withholds is in nothing that is shown of earlier versions."""

import json
from dataclasses import replace

import pytest

from factcheck import canonical
from factcheck.audit.verification import verify
from reviews.enums import CorrectionType
from reviews.models import ReportVersion
from reviews.services import approvals, corrections, leases, publication, verdicts
from tests import factories

pytestmark = pytest.mark.django_db

OPEN = replace(factories.EVIDENCE[0], url="https://leak.example/memo", title="Memo by J. Doe", publisher="The ministry")
HIDDEN = replace(
    OPEN, confidential=True, confidential_reason="protects a person", public_title="A document seen by the desk"
)
LINKED = "[Memo by J. Doe](http://leak.example/memo) of The ministry says **14** days, the daily two weeks."
TELLING = ("leak.example", "Doe", "ministry", "3-17 March")


def correct(report, *, explanation, evidence):
    corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="Protect it.", actor=factories.publisher()
    )
    by = factories.checker()
    leases.take(review_id=report.review_id, actor=by)
    given = factories.submission(explanation=explanation, evidence=evidence)
    verdict = verdicts.submit(review_id=report.review_id, submission=given, actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    publication.publish(review_id=report.review_id, actor=factories.publisher())


@pytest.fixture
def protected():
    """Three versions; the third withholds what the first two named."""
    report = factories.published(explanation=LINKED, evidence=(OPEN, factories.EVIDENCE[1]))
    correct(report, explanation=LINKED + " So?", evidence=(factories.EVIDENCE[1], OPEN))
    correct(report, explanation="A document says so, the daily two weeks.", evidence=(HIDDEN, factories.EVIDENCE[1]))
    return report


def test_protected_source_is_in_no_public_rendering_of_any_version(client, protected):
    paths = [f"/reports/{protected.slug}{end}" for end in ("", ".json", ".jsonld", ".csv", "/versions")]
    paths += [f"/reports/{protected.slug}/versions/{number}.json" for number in (1, 2, 3)]
    paths += [f"/api/v1/reports/{protected.slug}{end}" for end in ("", "/versions")]
    paths += ["/reports/rss", "/reports/feed.jsonld", "/corrections", "/reports/"]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for words in TELLING:
            assert words not in text, (path, words)


def test_earlier_version_says_what_is_withheld_and_keeps_the_rest(client, protected):
    first = json.loads(client.get(f"/reports/{protected.slug}/versions/1.json").content)
    hidden, daily = first["evidence"]
    assert (hidden["title"], hidden["confidential_reason"]) == ("A document seen by the desk", "protects a person")
    assert daily["url"] == "https://daily.example/bridge"
    assert first["explanation"] == "[[withheld]]([withheld]) of [withheld] says **14** days, the daily two weeks."
    assert first["summary"] == "It was closed for 14 days."


def test_rows_and_digests_stay_as_they_were_frozen(client, protected):
    versions = ReportVersion.objects.filter(report=protected).order_by("number")
    assert ["leak.example" in one.payload for one in versions] == [True, True, False]
    told = client.get(f"/api/v1/reports/{protected.slug}/versions").json()["data"]
    assert [one["sha256"] for one in reversed(told)] == [canonical.sha256(one.payload) for one in versions]
    assert verify() == []


def test_earlier_version_that_hides_nothing_is_served_byte_for_byte(client):
    report = factories.corrected()
    for version in ReportVersion.objects.filter(report=report):
        body = client.get(f"/reports/{report.slug}/versions/{version.number}.json").content.decode()
        assert canonical.sha256(body) == version.sha256
