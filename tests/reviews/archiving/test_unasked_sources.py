"""Sources of which nobody is asked for a copy: confidential ones, uncited ones, and those of a desk that keeps none."""

from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.errors import Conflict
from factcheck.jobs import scheduler
from factcheck.jobs.models import Job
from reviews.models import Source, SourceState
from reviews.services import archiving, drafts, sources
from tests import factories
from tests.reviews.archiving.internet import BOOK, SECRET, WORK, work

pytestmark = pytest.mark.django_db


def test_confidential_source_is_never_asked_for(web):
    factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, SECRET))
    hidden = Source.objects.get(url="https://leak.example/")
    assert archiving.look() == 2
    with pytest.raises(Conflict) as refused:
        archiving.ask(source_id=hidden.pk, actor=factories.checker())
    assert refused.value.code == "not_archivable"
    work()
    assert "https://leak.example/" not in {url for _, url in web.asked}


def test_source_that_nobody_cites_is_not_asked_for_before_a_person_says_so(web, settings):
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    by = factories.checker()
    added, _ = sources.add(url="https://leak.example/", title="A file", actor=by)
    assert archiving.look() == 0
    web.pages[added.url] = b"here"
    archiving.ask(source_id=added.pk, actor=by)
    work()
    work()
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 0
    assert web.asked == [("GET", added.url)]
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK, SECRET))
    with clock.shifted(timedelta(days=8)):
        work()
        assert archiving.look() == 1
        work()
        work()
    assert [url for _, url in web.asked if "leak" in url] == [added.url]


@pytest.mark.parametrize("by_id", [True, False])
def test_source_that_a_draft_calls_confidential_is_left_alone(web, source, by_id):
    by = factories.checker()
    review = factories.taken(by)
    named = {"source": source.pk} if by_id else {"url": "http://www.port.example/log/?utm_source=x"}
    drafts.save(review_id=review.pk, content={"evidence": [{**named, "confidential": False}]}, actor=by)
    assert archiving.look() == 1
    drafts.save(review_id=review.pk, content={"evidence": [{**named, "confidential": True}]}, actor=by, base=1)
    work()
    assert web.asked == []
    SourceState.objects.all().delete()
    assert archiving.look() == 0
    with pytest.raises(Conflict) as refused:
        archiving.ask(source_id=source.pk, actor=by)
    assert refused.value.code == "not_archivable"


def test_source_that_a_replaced_draft_called_confidential_is_left_alone(web, source):
    by = factories.checker()
    review = factories.taken(by)
    secret = {"evidence": [{"source": source.pk, "confidential": True}]}
    drafts.save(review_id=review.pk, content=secret, actor=by)
    drafts.save(review_id=review.pk, content={"summary": "From a colleague."}, actor=by, base=1, replaces=True)
    assert archiving.look() == 0
    work()
    assert web.asked == []


def test_desk_that_keeps_no_copies_asks_nobody(web, source, settings):
    settings.ARCHIVE_SOURCES = False
    assert archiving.look() == 0
    assert Job.objects.filter(kind__in=WORK).count() == 0
    assert archiving.look in scheduler._often
