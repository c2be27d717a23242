"""Copies of sources: kept, noted, and never in the way."""

import hashlib
from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Forbidden
from factcheck.jobs.models import Job, JobState
from factcheck.net import fetching
from factcheck.net.fetching import Fetched
from factcheck.net.refusals import AddressRefused, Unreachable
from reviews import archives
from reviews.models import Snapshot, Source, SourceState
from reviews.services import archiving, sources
from tests import factories
from tests.reviews.archiving.internet import BOOK, PAGE, WORDS, state, work

pytestmark = pytest.mark.django_db


def test_copy_keeps_bytes_digest_headers_and_text(web, source):
    body = PAGE.format(WORDS).encode()
    web.pages[source.url] = body
    assert archiving.look() == 1
    assert archiving.look() == 0
    work()
    [copy] = Snapshot.objects.all()
    assert copy.sha256 == hashlib.sha256(body).hexdigest()
    assert archives.bytes_of(copy) == body
    assert "closed to all traffic" in copy.text
    assert copy.headers == {"content-type": "text/html"}
    assert (copy.status, copy.size, copy.title) == (200, len(body), "Port log")
    assert (state(source).snapshot, state(source).link, state(source).fault) == (copy, "works", "")
    assert AuditEvent.objects.get(action="source.archived").data["sha256"] == copy.sha256
    assert verify() == []


def test_same_bytes_make_no_second_copy_and_other_bytes_do(web, source):
    by = factories.checker()
    for body in (b"one", b"one", b"two"):
        web.pages[source.url] = body
        archiving.ask(source_id=source.pk, actor=by)
        work()
    assert [archives.bytes_of(one) for one in Snapshot.objects.order_by("pk")] == [b"one", b"two"]
    assert verify() == []


def test_source_that_cannot_be_had_says_why_and_blocks_nothing(web):
    verdict = factories.submitted(factories.checker())
    web.pages = {one.url: AddressRefused("It leads into a private network") for one in Source.objects.all()}
    assert archiving.look() == 2
    work()
    assert {one.fault for one in SourceState.objects.all()} == {"address_refused: It leads into a private network"}
    assert Job.objects.filter(kind="reviews.archive_source", state=JobState.DONE).count() == 2
    assert verdict.review.status == "in_approval"


def test_fault_that_may_pass_is_tried_again_noted_and_the_copy_made_once_the_link_works(web, source):
    web.pages[source.url] = Unreachable("The connection failed")
    archiving.look()
    for minutes in (0, 5, 10, 15, 20):
        with clock.shifted(timedelta(minutes=minutes)):
            work()
    job = Job.objects.get(kind="reviews.archive_source")
    assert (job.state, job.attempts) == (JobState.DONE, 5)
    assert state(source).fault == "unreachable: The connection failed"
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=12)):
        assert archiving.look() == 1
        work()
        work()
        assert archives.bytes_of(Snapshot.objects.get(source=source)) == b"here"
        assert state(source).fault == ""
    with clock.shifted(timedelta(days=8)):
        archiving.look()
        work()
    assert Job.objects.filter(kind="reviews.archive_source", state=JobState.QUEUED).count() == 0


def test_copy_that_is_given_up_says_so_and_the_source_is_looked_at_again(web, source, monkeypatch):
    web.pages[source.url] = b"here"
    monkeypatch.setattr(archiving, "_keep", lambda body: 1 / 0)
    archiving.look()
    for minutes in (0, 5, 10, 15, 20):
        with clock.shifted(timedelta(minutes=minutes)):
            work()
    assert Job.objects.get(kind="reviews.archive_source").state == JobState.DEAD
    kept = state(source)
    assert (kept.link, kept.snapshot, kept.broken_since) == ("unknown", None, None)
    assert kept.fault.startswith("given_up: ZeroDivisionError")
    assert kept.checked_at is not None
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 1
        work()
    assert state(source).fault == ""


def test_nul_in_what_a_site_says_is_left_out_of_the_copy(web, source, monkeypatch):
    told = {"content-type": "text/plain\0", "etag": '"a\0b"'}
    answer = Fetched(source.url, 200, "text/plain\0", "utf-8", b"one\0two", told)
    monkeypatch.setattr(fetching, "fetch", lambda url, **_: answer)
    archiving.look()
    work()
    [copy] = Snapshot.objects.all()
    assert (copy.content_type, copy.headers) == ("text/plain", {"content-type": "text/plain", "etag": '"ab"'})
    assert "\0" not in copy.text
    assert archives.bytes_of(copy) == b"one\0two"


def test_copy_made_before_the_source_was_cited_is_handed_on_after_a_check(web, settings):
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    by = factories.checker()
    added, _ = sources.add(url=factories.EVIDENCE[0].url, title="Port log", actor=by)
    web.pages = {added.url: b"here", "https://keeper.example/save/https://port.example/log": b"kept"}
    archiving.ask(source_id=added.pk, actor=by)
    work()
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK))
    with clock.shifted(timedelta(days=8)):
        archiving.look()
        work()
        work()
    assert ("GET", "https://keeper.example/save/https://port.example/log") in web.asked


def test_public_archive_is_asked_only_where_the_desk_names_one(web, source, settings):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    assert Job.objects.filter(kind="reviews.hand_to_archive").count() == 0
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    web.pages["https://keeper.example/save/https://port.example/log"] = b"kept"
    archiving.ask(source_id=source.pk, actor=factories.checker())
    work()
    work()
    assert ("GET", "https://keeper.example/save/https://port.example/log") in web.asked


def test_copy_is_asked_for_by_who_edits_sources_only(source):
    with pytest.raises(Forbidden):
        archiving.ask(source_id=source.pk, actor=factories.approver())


def test_history_says_who_asked_for_a_copy(source):
    by = factories.checker()
    job = archiving.ask(source_id=source.pk, actor=by)
    [told] = AuditEvent.objects.filter(action="source.copy_asked")
    assert (told.actor, told.subject_id, told.data) == (by, str(source.pk), {"job": job.pk})
    assert verify() == []
