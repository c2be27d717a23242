"""The copy kept of a source is told by the report, and is made anew with age."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.net import fetching
from reviews.models import Review, Snapshot, Source, SourceState
from reviews.reports.difference import changes
from reviews.services import approvals, archiving, publication, report_building
from tests import factories
from tests.reviews.archiving.internet import SECRET, Web, work
from tests.reviews.reports.examples import REPORT

pytestmark = pytest.mark.django_db
LOG = factories.EVIDENCE[0].url
WEB_COPY = "https://archive.example/2026/log"


@pytest.fixture
def web(monkeypatch):
    made = Web()
    made.pages[LOG] = b"the log as it was"
    monkeypatch.setattr(fetching, "fetch", made.fetch)
    return made


def publish(verdict):
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    return publication.publish(review_id=verdict.review_id, actor=factories.publisher())


def test_report_tells_the_copy_that_was_kept_when_it_was_made(web, client):
    verdict = factories.submitted(factories.checker())
    archiving.look()
    work()
    done = publish(verdict)
    copy = Snapshot.objects.get()
    log, daily = report_building.read(done.version).evidence
    assert log.archived_sha256 == copy.sha256 == hashlib.sha256(b"the log as it was").hexdigest()
    assert log.archived_at == report_building.moment(copy.fetched_at)
    assert (log.archived_url, daily.archived_at, daily.archived_sha256) == (None, None, None)
    page = client.get(f"/reports/{done.report.slug}").content.decode()
    assert "The desk keeps a copy of" in page
    assert copy.sha256 in page
    assert json.loads(client.get(f"/reports/{done.report.slug}.json").content)["evidence"][0]["archived_sha256"]


def test_later_copy_does_not_reach_the_frozen_report(web):
    verdict = factories.submitted(factories.checker())
    archiving.look()
    work()
    done = publish(verdict)
    web.pages[LOG] = b"another log"
    archiving.ask(source_id=Source.objects.get(url=LOG).pk, actor=factories.checker())
    work()
    assert Snapshot.objects.count() == 2
    frozen = report_building.read(Review.objects.get(pk=verdict.review_id).report.current).evidence[0]
    assert frozen.archived_sha256 == hashlib.sha256(b"the log as it was").hexdigest()
    assert done.version.sha256 == Review.objects.get(pk=verdict.review_id).report.current.sha256


def test_public_copy_is_linked_only_where_an_archive_gave_one(web, settings, client):
    settings.WEB_ARCHIVE_URL = "https://archive.example/save/{url}"
    verdict = factories.submitted(factories.checker())
    archiving.look()
    work()
    SourceState.objects.filter(source__url=LOG).update(public_copy=WEB_COPY)
    done = publish(verdict)
    log, daily = report_building.read(done.version).evidence
    assert (log.archived_url, daily.archived_url) == (WEB_COPY, None)
    assert f'href="{WEB_COPY}"' in client.get(f"/reports/{done.report.slug}").content.decode()


def test_confidential_source_tells_of_no_copy(web):
    open_use = replace(SECRET, confidential=False, confidential_reason="", public_title="")
    factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, open_use))
    web.pages[SECRET.url] = b"a file"
    archiving.look()
    work()
    assert Snapshot.objects.filter(source__url=SECRET.url).exists()
    done = publish(factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, SECRET)))
    hidden = report_building.read(done.version).evidence[2]
    assert (hidden.archived_at, hidden.archived_sha256, hidden.archived_url) == (None, None, None)


def test_new_copy_is_a_change_that_readers_see():
    first, second = REPORT.evidence
    copied = replace(REPORT, evidence=(first, replace(second, archived_at="2026-05-06", archived_sha256="ab" * 32)))
    [change] = changes(REPORT, copied)
    assert change.after.endswith(f"copy kept 2026-05-06, SHA-256 {'ab' * 32}")


def test_source_cited_again_is_copied_again_once_the_copy_is_old(web):
    factories.submitted(factories.checker())
    archiving.look()
    work()
    factories.submitted(factories.checker())
    assert archiving.look() == 0
    web.pages[LOG] = b"the log as it is now"
    with clock.shifted(archiving.COPY_AGAIN + timedelta(minutes=1)):
        SourceState.objects.update(checked_at=clock.db_now(), failing_since=None)
        assert archiving.look() == 0
        factories.submitted(factories.checker())
        assert archiving.look() == 2
        assert archiving.look() == 0
        work()
    assert [one.sha256 for one in Snapshot.objects.order_by("pk")] == [
        hashlib.sha256(body).hexdigest() for body in (b"the log as it was", b"the log as it is now")
    ]
