"""Feeds: added over REST, polled by the clock, each new entry an article."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from claims.models import Article, ArticleRevision, Feed, FeedEntry
from claims.services import feeds
from factcheck import clock
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.jobs import scheduler
from factcheck.jobs.models import Job, JobState
from tests.claims.intake import SECOND, WORDS, packed_zeros, page, rss, run_jobs
from tests.harness.web import Site, serving

pytestmark = pytest.mark.django_db
URL = "/api/v1/feeds"
HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml"


@pytest.fixture
def site(settings) -> Iterator[Site]:
    with serving() as up:
        settings.OUTBOUND_PRIVATE = frozenset({up.place})
        yield up


@pytest.fixture
def client(person, client_of):
    return client_of(person("editor", Role.CHECKER))


def add(client, url, **more):
    answer = client.post(URL, {"url": url, **more}, format="json")
    assert answer.status_code == 201, answer.content
    return answer["Location"]


def polled(client, address):
    run_jobs("claims.poll_feed")
    return client.get(address).json()


def items(site, *names):
    for name in names:
        site.page(f"/{name}", page(title=f"Story {name}").encode(), Content_Type=HTML)
    return [
        {"title": f"Story {name}", "link": site.url(f"/{name}"), "guid": name, "description": "A teaser."}
        for name in names
    ]


def test_each_entry_of_a_feed_becomes_an_article(client, site):
    site.page(
        "/feed", rss(items(site, "a", "b")), Content_Type=RSS, ETag='"1"', Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT"
    )
    address = add(client, site.url("/feed"), outlet="The Port")
    shown = polled(client, address)
    assert (shown["title"], shown["error"], shown["failures"]) == ("Port news", None, 0)
    assert Article.objects.filter(status="fetching").count() == 2
    run_jobs("claims.fetch_article")
    assert {(a.title, a.outlet.name, a.status) for a in Article.objects.all()} == {
        ("Story a", "The Port", "received"), ("Story b", "The Port", "received"),
    }  # fmt: skip
    entries = client.get(f"{address}/entries").json()["data"]
    assert {entry["article"] for entry in entries} == set(Article.objects.values_list("pk", flat=True))
    assert verify() == []


def test_a_feed_that_did_not_change_is_not_read_again(client, site):
    site.page(
        "/feed", rss(items(site, "a")), Content_Type=RSS, ETag='"1"', Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT"
    )
    address = add(client, site.url("/feed"))
    polled(client, address)
    site.page("/feed", b"", status=304)
    client.post(f"{address}/poll")
    shown = polled(client, address)
    _, headers = site.asked[-1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert (shown["error"], Article.objects.count()) == (None, 1)


def test_a_feed_that_is_read_again_adds_only_what_is_new(client, site):
    first = items(site, "a")
    site.page("/feed", rss(first), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    polled(client, address)
    run_jobs("claims.fetch_article")
    fetched = len(site.asked)
    site.page("/feed", rss([*items(site, "b"), *first]), Content_Type=RSS)
    client.post(f"{address}/poll")
    polled(client, address)
    run_jobs("claims.fetch_article")
    assert Article.objects.count() == 2
    assert len(site.asked) == fetched + 2


def test_an_entry_that_changed_is_fetched_anew_and_adds_a_revision(client, site):
    first = items(site, "a")
    site.page("/feed", rss(first), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    polled(client, address)
    run_jobs("claims.fetch_article")
    site.page(
        "/a",
        page(paragraphs=(WORDS, SECOND, "A correction was added later, after a reader had written in.")).encode(),
        Content_Type=HTML,
    )
    site.page("/feed", rss([{**first[0], "description": "Another teaser."}]), Content_Type=RSS)
    client.post(f"{address}/poll")
    polled(client, address)
    run_jobs("claims.fetch_article")
    assert ArticleRevision.objects.count() == 2
    assert Article.objects.count() == 1


def test_one_address_in_two_feeds_is_one_article_and_fetched_once(client, site):
    [entry] = items(site, "a")
    site.page("/feed", rss([entry]), Content_Type=RSS)
    site.page("/other", rss([{**entry, "guid": "x", "link": entry["link"] + "?utm_source=rss"}]), Content_Type=RSS)
    add(client, site.url("/feed"))
    add(client, site.url("/other"))
    run_jobs("claims.poll_feed", "claims.fetch_article")
    assert Article.objects.count() == 1
    assert FeedEntry.objects.values("article").distinct().count() == 1
    assert sum(path == "/a" for path, _ in site.asked) == 1


def test_entries_without_an_address_are_their_own_words_once(client, site):
    entry = {"title": "Flash", "guid": "urn:1", "description": WORDS}
    site.page("/feed", rss([entry]), Content_Type=RSS)
    site.page("/other", rss([entry]), Content_Type=RSS)
    add(client, site.url("/feed"))
    add(client, site.url("/other"))
    run_jobs("claims.poll_feed")
    assert ArticleRevision.objects.get().text == WORDS
    assert FeedEntry.objects.count() == 2


def test_a_bad_entry_is_named_and_the_others_go_in(client, site):
    good = items(site, "a")
    bad = [{"title": "No words", "guid": "b"}, {"title": "Password", "guid": "c", "link": "http://u:p@news.example/"}]
    site.page("/feed", rss([*bad, *good]), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    polled(client, address)
    entries = client.get(f"{address}/entries").json()["data"]
    assert sorted(bool(entry["error"]) for entry in entries) == [False, True, True]
    assert Article.objects.count() == 1


def test_an_entry_whose_address_is_none_does_not_stop_its_feed(client, site):
    bad = {"title": "Broken", "guid": "b", "link": "http://[bad/x", "description": WORDS}
    site.page("/feed", rss([bad, *items(site, "a")]), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    shown = polled(client, address)
    assert (shown["failures"], shown["error"], Article.objects.count()) == (0, None, 1)
    entries = client.get(f"{address}/entries").json()["data"]
    assert sorted(bool(entry["error"]) for entry in entries) == [False, True]


def endless(request):
    request.send_response(200)
    request.send_header("Content-Type", RSS)
    request.end_headers()
    request.wfile.write(b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>')
    while True:
        request.wfile.write(b"<item><title>more</title></item>" * 1000)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title></channel></rss>'
HOSTILE = {
    "endless": (lambda s: s.pages.update({"/feed": endless}), "more than the"),
    "300 MiB of gzip": (lambda s: s.page("/feed", packed_zeros(300), Content_Encoding="gzip"), "more than the"),
    "billion laughs": (lambda s: s.page("/feed", LAUGHS, Content_Type=RSS), "entities"),
    "external entity": (lambda s: s.page("/feed", EXTERNAL, Content_Type=RSS), "entities"),
    "redirect inside": (lambda s: s.redirect("/feed", "http://127.0.0.1:1/"), "public internet"),
    "no feed": (lambda s: s.page("/feed", page().encode(), Content_Type=HTML), "neither RSS nor Atom"),
    "deep": (lambda s: s.page("/feed", b"<rss><channel>" + b"<a>" * 5000), "levels"),
    "an image": (lambda s: s.page("/feed", b"\x89PNG\r\n"), "PNG"),
    "status 500": (lambda s: s.page("/feed", b"", status=500), "500"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_feed_says_why_and_leaves_no_article(client, site, case):
    arrange, words = HOSTILE[case]
    arrange(site)
    shown = polled(client, add(client, site.url("/feed")))
    assert words in shown["error"]
    assert shown["failures"] == 1
    assert not Article.objects.exists()
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_a_feed_that_fails_is_asked_less_and_less_often(client, site):
    site.page("/feed", b"", status=500)
    address = add(client, site.url("/feed"), every_minutes=10)
    pauses = []
    for _ in range(9):
        client.post(f"{address}/poll")
        polled(client, address)
        feed = Feed.objects.get()
        pauses.append(feed.next_poll_at - feed.polled_at)
    assert pauses[:3] == [timedelta(minutes=20), timedelta(minutes=40), timedelta(minutes=80)]
    assert pauses[-1] == timedelta(days=1)
    site.page("/feed", rss(items(site, "a")), Content_Type=RSS)
    client.post(f"{address}/poll")
    shown = polled(client, address)
    assert (shown["failures"], shown["error"]) == (0, None)


def test_a_feed_that_is_gone_is_stopped(client, site):
    site.page("/feed", b"", status=410)
    shown = polled(client, add(client, site.url("/feed")))
    assert shown["stopped_at"] is not None
    assert "410" in shown["error"]


def test_the_clock_polls_what_is_due_and_nothing_else(client, site):
    site.page("/feed", rss(items(site, "a")), Content_Type=RSS)
    address = add(client, site.url("/feed"), every_minutes=30)
    assert polled(client, address)["polled_at"]
    assert feeds.enqueue_due() == 0
    with clock.shifted(timedelta(minutes=31)):
        assert feeds.enqueue_due() == 1
        assert feeds.enqueue_due() == 0
    assert Job.objects.filter(kind="claims.poll_feed", state=JobState.QUEUED).count() == 1
    client.patch(address, {"stopped": True}, format="json")
    with clock.shifted(timedelta(days=1)):
        assert feeds.enqueue_due() == 0
    assert feeds.enqueue_due in scheduler._each_round


def test_a_stopped_feed_is_not_read_and_goes_on_when_asked(client, site):
    address = add(client, site.url("/feed"))
    client.patch(address, {"stopped": True}, format="json")
    polled(client, address)
    assert site.asked == []
    assert client.post(f"{address}/poll").json()["code"] == "feed_stopped"
    shown = client.patch(address, {"stopped": False, "outlet": "New", "every_minutes": 60}, format="json").json()
    assert (shown["stopped_at"], shown["outlet"], shown["every_minutes"]) == (None, "New", 60)


def test_many_new_entries_are_taken_bit_by_bit(client, site, monkeypatch):
    monkeypatch.setattr(feeds, "NEW_AT_ONCE", 3)
    site.page("/feed", rss(items(site, *"abcde")), Content_Type=RSS, ETag='"1"')
    address = add(client, site.url("/feed"))
    polled(client, address)
    assert {a.title for a in Article.objects.all()} == {"Story a", "Story b", "Story c"}
    feed = Feed.objects.get()
    assert (feed.etag, feed.next_poll_at - feed.polled_at) == ("", timedelta(minutes=1))
    client.post(f"{address}/poll")
    polled(client, address)
    assert (Article.objects.count(), Feed.objects.get().etag) == (5, '"1"')


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"url": "ftp://x.example/"}, "url_invalid", "/url"),
        ({"url": "https://x.example/", "every_minutes": 1}, "minutes_invalid", "/every_minutes"),
        ({"url": "https://x.example/", "titel": "x"}, "invalid", "/titel"),
        ({}, "invalid", "/url"),
    ],
)
def test_what_is_no_feed_is_refused(client, body, code, pointer):
    answer = client.post(URL, body, format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (422, code, pointer)
    assert not Feed.objects.exists()


def test_a_feed_of_which_entries_may_be_missing_says_so(client, site):
    body = rss(items(site, "a"))
    site.page("/feed", body.replace(b"</channel></rss>", b"<item><title>cut"), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    shown = polled(client, address)
    assert (shown["error"], Article.objects.count() > 0) == (None, True)
    assert shown["warnings"] == ["The feed is not well-formed XML: entries may be missing."]
    site.page("/feed", body, Content_Type=RSS)
    client.post(f"{address}/poll")
    assert polled(client, address)["warnings"] == []


def test_reading_a_feed_at_once_is_history(client):
    address = add(client, "https://x.example/feed")
    assert client.post(f"{address}/poll").status_code == 202
    event = AuditEvent.objects.get(action="feed.poll_requested")
    assert (event.actor.username, event.subject_id) == ("editor", str(Feed.objects.get().pk))
    assert verify() == []


def test_a_feed_is_there_once(client):
    add(client, "https://x.example/feed")
    again = client.post(URL, {"url": "https://X.example/feed#top"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "feed_known")


def test_who_may_manage_feeds_and_who_may_see_them(client, client_of, person):
    address = add(client, "https://x.example/feed")
    for role, reads in ((Role.SUBMITTER, 404), (Role.AUDITOR, 200)):
        other = client_of(person(role.value, role))
        assert other.get(address).status_code == reads
        assert other.post(URL, {"url": "https://y.example/"}, format="json").status_code == 403
        assert other.patch(address, {"stopped": True}, format="json").status_code in {403, 404}
        assert other.post(f"{address}/poll").status_code in {403, 404}
    assert client_of(person("p", Role.PUBLISHER)).patch(address, {"stopped": True}, format="json").status_code == 200


def test_a_feed_of_somebody_who_may_no_longer_submit_says_so(client, site):
    site.page("/feed", rss(items(site, "a")), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    Feed.objects.get().added_by.groups.clear()
    run_jobs("claims.poll_feed")
    assert "role" in Feed.objects.get().error
    assert not Article.objects.exists()
    assert address


def test_a_feed_of_an_account_no_longer_active_says_so(client, site, person):
    site.page("/feed", rss(items(site, "a")), Content_Type=RSS)
    address = add(client, site.url("/feed"))
    User.objects.filter(pk=Feed.objects.get().added_by_id).update(is_active=False)
    run_jobs("claims.poll_feed")
    assert "no longer active" in Feed.objects.get().error
    assert (site.asked, Article.objects.count()) == ([], 0)
    assert address
