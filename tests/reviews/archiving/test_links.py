"""Checks of links: rot is noted once, late enough, and taken back."""

from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.events.models import Event
from factcheck.net.refusals import NameUnknown, StatusRefused, Unreachable
from reviews import archives
from reviews.models import Snapshot, SourceState
from reviews.services import archiving
from tests.reviews.archiving.internet import state, work

pytestmark = pytest.mark.django_db


def test_link_that_broke_is_noted_once_and_again_when_it_works(web, source):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    week = timedelta(days=8)
    web.pages[source.url] = StatusRefused(404)
    with clock.shifted(week):
        assert archiving.look() == 1
        work()
        assert state(source).link == "broken"
        assert list(archives.found(broken=True)) == [source]
    with clock.shifted(2 * week):
        archiving.look()
        work()
    assert Event.objects.filter(type="source.link_broken").count() == 1
    web.pages[source.url] = b"here"
    with clock.shifted(3 * week):
        archiving.look()
        work()
    assert (state(source).link, state(source).broken_since) == ("works", None)
    told = AuditEvent.objects.filter(action__startswith="source.link").order_by("pk")
    assert [one.action for one in told] == ["source.link_broken", "source.link_restored"]
    assert Snapshot.objects.count() == 1
    assert verify() == []


@pytest.mark.parametrize("fault", [Unreachable("No connection"), NameUnknown("No such host"), StatusRefused(503)])
def test_fault_that_may_be_the_desks_own_is_rot_only_hours_later(web, source, fault):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    web.pages[source.url] = fault
    week, hours = timedelta(days=8), timedelta(hours=7)
    with clock.shifted(week):
        assert archiving.look() == 1
        work()
        assert (state(source).link, state(source).broken_since) == ("unclear", None)
        assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(week + hours):
        assert archiving.look() == 1
        work()
        assert (state(source).link, state(source).failing_since) == ("works", None)
        assert archiving.look() == 0
    web.pages[source.url] = fault
    with clock.shifted(2 * week):
        archiving.look()
        work()
        assert Event.objects.filter(type="source.link_broken").count() == 0
    with clock.shifted(2 * week + hours):
        archiving.look()
        work()
        assert state(source).link == "broken"
    assert Event.objects.filter(type="source.link_broken").count() == 1


@pytest.mark.parametrize("status", [404, 405, 410, 451, 503])
def test_link_whose_server_knows_only_get_works(web, source, status):
    web.pages = {source.url: b"here", ("HEAD", source.url): StatusRefused(status)}
    archiving.look()
    work()
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 1
        work()
    assert [method for method, url in web.asked if url == source.url] == ["GET", "HEAD", "GET"]
    assert (state(source).link, state(source).failing_since) == ("works", None)


def test_broken_link_is_asked_daily(web, source):
    web.pages[source.url] = StatusRefused(410)
    archiving.look()
    work()
    assert state(source).link == "broken"
    with clock.shifted(timedelta(hours=23)):
        assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=25)):
        assert archiving.look() == 1
        work()
        assert state(source).link == "works"
        assert archiving.look() == 0


def test_source_of_which_nothing_was_heard_is_asked_a_day_later(web, source):
    SourceState.objects.create(source=source, asked_at=clock.db_now())
    assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=25)):
        assert archiving.look() == 1
        work()
    assert state(source).link == "works"


def test_answer_that_is_only_not_for_us_is_no_rot(web, source):
    web.pages[source.url] = StatusRefused(403)
    archiving.look()
    work()
    assert (state(source).link, state(source).broken_since) == ("unclear", None)
