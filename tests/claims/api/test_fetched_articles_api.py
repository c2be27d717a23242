"""Articles by their address alone, over REST and through the real fetcher."""

from collections.abc import Iterator

import pytest

from claims.models import Article, ArticleRevision
from claims.services import bulk, feeds, pages
from claims.services.files import File
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.events.models import Event
from factcheck.jobs import control
from factcheck.jobs.models import Job, JobState
from factcheck.jobs.runner import LEASE, MAX_ATTEMPTS
from factcheck.jobs.sweep import sweep
from tests.claims.intake import SECOND, THIRD, WORDS, bomb, laughing, packed_zeros, page, rss, run_jobs, word_file
from tests.harness.web import Site, serving

pytestmark = pytest.mark.django_db
URL = "/api/v1/articles"
HTML = "text/html; charset=utf-8"


@pytest.fixture
def site(settings) -> Iterator[Site]:
    with serving() as up:
        settings.OUTBOUND_PRIVATE = frozenset({up.place})
        yield up


@pytest.fixture
def client(person, client_of):
    return client_of(person("client", Role.SUBMITTER))


def post(client, body, **headers):
    return client.post(URL, body, format="json", headers=headers)


def fetched(client, url, **more):
    """The article after its address was sent and the fetch had run."""
    answer = post(client, {"url": url, **more})
    assert answer.status_code == 201, answer.content
    run_jobs("claims.fetch_article")
    return client.get(answer["Location"]).json()


def test_an_address_is_an_article_at_once_and_its_text_comes_later(client, site):
    url = site.page("/a", page(article_published_time="2026-03-02").encode(), Content_Type=HTML)
    answer = post(client, {"url": url})
    assert answer.status_code == 201
    first = answer.json()
    assert (first["status"], first["revision"]) == ("fetching", None)
    assert first["fetch"] == {"state": "fetching", "error": None, "at": None}
    assert site.asked == []
    assert client.get(answer["Location"]).json()["status"] == "fetching"
    run_jobs("claims.fetch_article")
    shown = client.get(answer["Location"]).json()
    assert (shown["status"], shown["revision"], shown["title"]) == ("received", 1, "Record year for the port")
    assert (shown["published_at"], shown["fetch"]["state"], shown["fetch"]["error"]) == ("2026-03-02", "fetched", None)
    text = ArticleRevision.objects.get().text
    assert [text.count(words) for words in (WORDS, SECOND, THIRD)] == [1, 1, 1]
    assert "Home" not in text
    run_jobs("claims.extract_article")
    assert client.get(answer["Location"]).json()["status"] == "ready"
    assert verify() == []


def test_what_the_client_says_goes_before_what_the_page_says(client, site):
    url = site.page("/a", page(article_published_time="2026-03-02").encode(), Content_Type=HTML)
    shown = fetched(client, url, title="Mine", published_at="2026-03", outlet="The Port", author="A. Nother")
    assert [shown[n] for n in ("title", "published_at", "outlet", "author")] == [
        "Mine",
        "2026-03",
        "The Port",
        "A. Nother",
    ]


def test_a_page_dated_in_the_future_is_taken_without_its_date(client, site):
    url = site.page("/a", page(article_published_time="2999-01-01").encode(), Content_Type=HTML)
    shown = fetched(client, url)
    assert (shown["status"], shown["published_at"]) == ("received", None)


def test_a_word_file_and_plain_text_are_fetched_too(client, site):
    site.page("/w", word_file(WORDS, title="From Word"), Content_Type=pages.DOCX)
    site.page("/t", WORDS.encode("latin-1"), Content_Type="text/plain; charset=latin-1")
    assert fetched(client, site.url("/w"))["title"] == "From Word"
    assert fetched(client, site.url("/t"))["status"] == "received"
    assert {r.text for r in ArticleRevision.objects.all()} == {WORDS}


@pytest.fixture
def inside() -> Iterator[Site]:
    with serving() as up:
        up.page("/", page().encode(), Content_Type=HTML)
        yield up


def hostile_pages(site: Site, inside: Site) -> dict[str, tuple[str, str]]:
    """(address, code of the refusal) by what is wrong."""

    def endless(request):
        request.send_response(200)
        request.send_header("Content-Type", "application/rss+xml")
        request.end_headers()
        while True:
            request.wfile.write(b"<item><title>more</title></item>" * 1000)

    site.pages["/endless"] = endless
    made = site.page
    return {
        "redirect inside": (site.redirect("/in", f"http://127.0.0.1:{inside.port}/"), "address_refused"),
        "inside": (inside.url("/"), "address_refused"),
        "circle": (site.redirect("/circle", "/circle"), "too_many_redirects"),
        "300 MiB of gzip": (
            made("/bomb", packed_zeros(300), Content_Encoding="gzip", Content_Type=HTML),
            "response_too_large",
        ),
        "a gzip file": (made("/gz", packed_zeros(1), Content_Type="text/plain"), "compressed_file"),
        "endless": (site.url("/endless"), "response_too_large"),
        "gone": (made("/gone", b"", status=404), "status_refused"),
        "an image": (made("/png", b"\x89PNG", Content_Type="image/png"), "content_type_refused"),
        "a pdf as html": (made("/pdf", b"%PDF-1.7", Content_Type=HTML), "binary_file"),
        "a feed": (made("/rss", rss([]), Content_Type="application/rss+xml"), "page_is_feed"),
        "wrong charset": (
            made("/cs", "Grüße".encode("latin-1"), Content_Type="text/plain; charset=utf-8"),
            "charset_wrong",
        ),
        "unknown charset": (made("/uc", page().encode(), Content_Type="text/html; charset=klingon"), "charset_unknown"),
        "nothing in it": (made("/empty", b"<html><body></body></html>", Content_Type=HTML), "no_article"),
        "zip bomb .docx": (made("/bomb.docx", bomb(), Content_Type=pages.DOCX), "docx_too_large"),
        "laughing .docx": (made("/lol.docx", laughing(), Content_Type=pages.DOCX), "xml_entities"),
        "deep": (made("/deep", b"<div>" * 100_000 + b"words", Content_Type=HTML), "html_too_complex"),
    }


CASES = ("redirect inside", "inside", "circle", "300 MiB of gzip", "a gzip file", "endless", "gone", "an image",
         "a pdf as html", "a feed", "wrong charset", "unknown charset", "nothing in it", "zip bomb .docx",
         "laughing .docx", "deep")  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_page_ends_with_a_reason_and_no_half_article(client, site, inside, case):
    url, code = hostile_pages(site, inside)[case]
    shown = fetched(client, url)
    assert (shown["status"], shown["revision"], shown["title"]) == ("failed", None, "")
    assert shown["fetch"]["state"] == "failed"
    assert len(shown["fetch"]["error"]) > 20
    assert not ArticleRevision.objects.exists()
    assert AuditEvent.objects.get(action="article.fetch_failed").data["code"] == code
    assert Event.objects.get(type="article.failed").payload["code"] == code
    assert not Job.objects.filter(state=JobState.QUEUED).exists()
    assert inside.asked == []
    for address in ("", "/revisions", "/sentences", "/claims"):
        assert client.get(f"{URL}/{shown['id']}{address}").status_code == 200
    claim = client.post(f"{URL}/{shown['id']}/claims", {"start": 0, "end": 1, "exact": "a"}, format="json")
    assert claim.status_code in {403, 404}
    assert verify() == []


def test_every_case_is_tested(site, inside):
    assert set(hostile_pages(site, inside)) == set(CASES)


def test_a_site_with_a_fault_is_asked_three_times(client, site):
    shown = fetched(client, site.page("/a", b"", status=503))
    assert len(site.asked) == pages.ATTEMPTS
    assert (shown["status"], "503" in shown["fetch"]["error"]) == ("failed", True)


def test_a_failed_article_is_fetched_again_when_it_is_sent_again(client, site):
    url = site.page("/a", b"", status=404)
    failed = fetched(client, url)
    site.page("/a", page().encode(), Content_Type=HTML)
    again = post(client, {"url": url + "#part?utm_source=x"})
    assert (again.status_code, again.json()["id"], again.json()["status"]) == (200, failed["id"], "fetching")
    run_jobs("claims.fetch_article")
    shown = client.get(f"{URL}/{failed['id']}").json()
    assert (shown["status"], shown["revision"], shown["fetch"]["error"]) == ("received", 1, None)
    assert verify() == []


def test_an_article_that_is_sent_again_gets_a_revision_only_when_its_words_changed(client, site):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    first = fetched(client, url)
    post(client, {"url": url})
    run_jobs("claims.fetch_article")
    assert client.get(f"{URL}/{first['id']}").json()["revision"] == 1
    site.page(
        "/a",
        page(
            paragraphs=(WORDS, SECOND, "A correction was added on Tuesday, after a reader wrote in about it.")
        ).encode(),
        Content_Type=HTML,
    )
    post(client, {"url": url})
    run_jobs("claims.fetch_article")
    shown = client.get(f"{URL}/{first['id']}").json()
    assert (shown["revision"], shown["status"]) == (2, "received")
    assert verify() == []


def test_a_fetch_that_fails_later_takes_nothing_from_an_article(client, site):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    first = fetched(client, url)
    run_jobs("claims.extract_article")
    site.page("/a", b"", status=410)
    post(client, {"url": url})
    run_jobs("claims.fetch_article")
    shown = client.get(f"{URL}/{first['id']}").json()
    assert (shown["status"], shown["revision"], shown["fetch"]["state"]) == ("ready", 1, "failed")
    assert not Event.objects.filter(type="article.failed").exists()


def test_a_text_that_is_sent_before_the_page_came_is_the_article(client, site):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    article = post(client, {"url": url}).json()
    sent = post(client, {"url": url, "text": "Sent by hand: 7 people came.", "title": "By hand"})
    assert (sent.status_code, sent.json()["status"], sent.json()["title"]) == (200, "received", "By hand")
    run_jobs("claims.fetch_article")
    assert ArticleRevision.objects.get(article=article["id"]).text.startswith("Sent by hand")
    assert verify() == []


def test_a_withdrawn_article_is_not_fetched(client, client_of, person, site):
    article = post(client, {"url": site.page("/a", page().encode(), Content_Type=HTML)}).json()
    assert client_of(person("desk", Role.APPROVER)).delete(f"{URL}/{article['id']}").status_code == 204
    run_jobs("claims.fetch_article")
    assert site.asked == []
    assert not ArticleRevision.objects.exists()


def test_a_worker_that_is_killed_each_time_leaves_a_reason(client, site):
    article = post(client, {"url": site.url("/a")}).json()
    job = Job.objects.get(kind="claims.fetch_article")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        attempts=MAX_ATTEMPTS,
        lease_owner="x",
        pending_key=None,
        lease_expires_at=job.created_at,
    )
    assert sweep().buried == 1
    shown = client.get(f"{URL}/{article['id']}").json()
    assert (shown["status"], shown["fetch"]["state"]) == ("failed", "failed")


def test_a_dead_fetch_that_is_tried_again_fetches(client, site, person):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    answer = post(client, {"url": url})
    job = Job.objects.get(kind="claims.fetch_article")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        attempts=MAX_ATTEMPTS,
        lease_owner="x",
        pending_key=None,
        lease_expires_at=job.created_at - LEASE,
    )
    assert sweep().buried == 1
    assert client.get(answer["Location"]).json()["status"] == "failed"
    editor = person("editor", Role.CHECKER)
    job.refresh_from_db()
    control.retry(job=job, actor=editor)
    run_jobs("claims.fetch_article")
    shown = client.get(answer["Location"]).json()
    assert (shown["status"], shown["revision"], shown["fetch"]["state"]) == ("received", 1, "fetched")
    assert verify() == []


def test_a_dead_fetch_that_fails_again_says_so_again(client, site, person):
    answer = post(client, {"url": site.url("/none")})
    pages.give_up(answer.json()["id"], "MemoryError")
    run_jobs("claims.fetch_article")
    assert "404" in client.get(answer["Location"]).json()["fetch"]["error"]
    assert AuditEvent.objects.filter(action="article.fetch_failed").count() == 2


def test_one_person_does_not_flood_the_desk_with_addresses(client, client_of, person, monkeypatch):
    monkeypatch.setattr(pages, "MAX_WAITING", 2)
    for n in range(2):
        assert post(client, {"url": f"https://news.example/{n}"}).status_code == 201
    refused = post(client, {"url": "https://news.example/3"})
    assert (refused.status_code, refused.json()["code"], "Retry-After" in refused) == (429, "too_many_waiting", True)
    assert post(client, {"text": WORDS}).status_code == 201
    assert post(client_of(person("other", Role.SUBMITTER)), {"url": "https://news.example/3"}).status_code == 201


def test_addresses_of_feeds_and_bulk_files_are_not_counted_against_a_person(person, client_of, monkeypatch, site):
    monkeypatch.setattr(pages, "MAX_WAITING", 2)
    editor = person("editor", Role.CHECKER)
    rows = b"url\nhttps://news.example/1\nhttps://news.example/2\nhttps://news.example/3"
    bulk.receive(file=File("a.csv", rows), actor=editor)
    entries = [{"title": name, "link": f"https://feed.example/{name}", "guid": name} for name in "abc"]
    feeds.add(url=site.page("/feed", rss(entries), Content_Type="application/rss+xml"), actor=editor)
    run_jobs("claims.take_bulk_file", "claims.poll_feed")
    assert Article.objects.filter(status="fetching", submitted_by=editor).count() == 6
    client = client_of(editor)
    answers = [post(client, {"url": f"https://mine.example/{n}"}).status_code for n in range(3)]
    assert answers == [201, 201, 429]


def test_a_page_whose_charset_was_guessed_says_so_until_its_text_is_another(client, site):
    old = page(paragraphs=(WORDS, SECOND, f"{THIRD} It is named after José Núñez.")).encode("windows-1252")
    url = site.page("/a", old, Content_Type="text/html")
    shown = fetched(client, url)
    assert "Núñez" in ArticleRevision.objects.get().text
    assert len(shown["warnings"]) == 1
    assert "cp1252" in shown["warnings"][0]
    previewed = client.post(f"{URL}/preview", {"url": url}, format="json").json()
    assert previewed["warnings"] == shown["warnings"]
    site.page("/a", page().encode(), Content_Type=HTML)
    post(client, {"url": url})
    run_jobs("claims.fetch_article")
    assert client.get(f"{URL}/{shown['id']}").json()["warnings"] == []


def test_asking_for_a_page_again_is_history_unless_it_waits_already(client, site):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    fetched(client, url)
    for _ in range(2):
        assert post(client, {"url": url}).status_code == 200
    event = AuditEvent.objects.get(action="article.requested_again")
    assert (event.actor.username, event.data) == ("client", {"url": url})
    run_jobs("claims.fetch_article")
    assert AuditEvent.objects.filter(action="article.fetched").count() == 2
    assert verify() == []


def test_the_same_key_asks_once(client, site):
    url = site.page("/a", page().encode(), Content_Type=HTML)
    first = post(client, {"url": url}, **{"Idempotency-Key": "k"})
    second = post(client, {"url": url}, **{"Idempotency-Key": "k"})
    assert (first.json(), second["Idempotency-Replayed"]) == (second.json(), "true")
    assert Job.objects.count() == 1


def test_anothers_address_is_not_fetched_for_a_submitter(client, client_of, person, site):
    post(client, {"url": site.url("/a")})
    answer = post(client_of(person("other", Role.SUBMITTER)), {"url": site.url("/a")})
    assert (answer.status_code, answer.json()["code"]) == (409, "url_taken")


def test_an_auditor_and_a_reading_token_submit_nothing(client_of, person, site):
    assert post(client_of(person("audit", Role.AUDITOR)), {"url": site.url("/a")}).status_code == 403
    assert post(client_of(person("sub", Role.SUBMITTER), "articles:read"), {"url": site.url("/a")}).status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://2130706433/"]
)
def test_an_address_inside_fails_with_a_reason(client, url):
    shown = fetched(client, url)
    assert (shown["status"], "public internet" in shown["fetch"]["error"]) == ("failed", True)


def test_an_address_alone_takes_few_statements(client, django_assert_max_num_queries):
    post(client, {"url": "https://news.example/warm"})
    with django_assert_max_num_queries(12):
        assert post(client, {"url": "https://news.example/a"}).status_code == 201
