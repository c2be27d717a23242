"""The same address, feed or row from several sides in the same moment."""

import threading

import pytest
from django.db import connections

from claims.models import Article, ArticleRevision, FeedEntry
from claims.services import feeds, pages
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.errors import DomainError
from factcheck.jobs import outbox
from factcheck.jobs.models import Job, JobState
from tests.claims.intake import BY_KIND, WORDS, page, rss, run_jobs
from tests.harness.web import serving

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, act):
    """Run `act(number)` in threads that start together; what they returned or refused."""
    barrier = threading.Barrier(count)
    outcomes = [None] * count

    def run(number):
        try:
            barrier.wait()
            outcomes[number] = act(number)
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bugs = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, DomainError)]
    assert not bugs, bugs
    return outcomes


def test_one_address_from_many_sides_is_one_article_and_one_fetch(person):
    actor = person("editor", Role.CHECKER)
    fields = {"url": "https://news.example/a", "outlet": "The Port"}
    received = at_once(6, lambda _: pages.take(fields=fields, file=None, actor=actor))
    assert sum(one.created for one in received) == 1
    assert len({one.article.pk for one in received}) == Article.objects.count() == 1
    assert Job.objects.filter(kind=pages.FETCH, state=JobState.QUEUED).count() == 1
    assert verify() == []


def test_a_page_that_two_workers_bring_is_one_revision(person, settings):
    actor = person("editor", Role.CHECKER)
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        url = site.page("/a", page().encode(), Content_Type="text/html")
        article = pages.take(fields={"url": url}, file=None, actor=actor).article
        jobs = [
            Job.objects.get(kind=pages.FETCH),
            *(outbox.enqueue(pages.FETCH, article.pk, created_by=actor.pk) for _ in range(2)),
        ]
        at_once(3, lambda number: BY_KIND[pages.FETCH](jobs[number].pk))
        run_jobs(pages.FETCH)
    assert ArticleRevision.objects.count() == 1
    assert not Job.objects.filter(kind=pages.FETCH).exclude(state=JobState.DONE).exists()
    assert verify() == []


def test_a_feed_that_two_workers_read_gives_each_article_once(person, settings):
    actor = person("editor", Role.CHECKER)
    items = [{"title": f"Story {n}", "guid": str(n), "description": f"{WORDS} {n}"} for n in range(5)]
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        feed = feeds.add(url=site.page("/feed", rss(items)), actor=actor)
        jobs = [Job.objects.get(kind=feeds.POLL), outbox.enqueue(feeds.POLL, feed.pk, created_by=actor.pk)]
        at_once(2, lambda number: BY_KIND[feeds.POLL](jobs[number].pk))
        run_jobs(feeds.POLL)
    assert Article.objects.count() == FeedEntry.objects.count() == 5
    assert verify() == []
