"""The screens that take articles in: addresses, files, previews, bulk files, feeds."""

import html
import io
import json

import pytest
from django.test import Client

from claims.models import Article, ArticleRevision, BulkFile, Feed
from claims.services import bulk, feeds
from factcheck.accounts.roles import Role
from tests.claims.intake import SECOND, WORDS, bomb, page, run_jobs, word_file
from tests.harness.web import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(person) -> Client:
    client = Client()
    client.force_login(person("editor", Role.CHECKER))
    return client


def file(name, content):
    made = io.BytesIO(content)
    made.name = name
    return made


def seen(answer) -> str:
    return html.unescape(answer.content.decode())


def test_an_address_alone_is_fetched_and_its_page_tells_how_it_goes(editor, settings):
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        url = site.page("/a", page().encode(), Content_Type="text/html")
        answer = editor.post(
            "/admin/submit/", {"form": "article", "url": url, "text": "", "act": "submit"}, follow=True
        )
        assert "Its text is being fetched" in seen(answer)
        assert 'http-equiv="refresh"' in seen(answer)
        assert "fetched" in seen(editor.get("/admin/articles/"))
        run_jobs("claims.fetch_article")
    article = Article.objects.get()
    assert WORDS in seen(editor.get(f"/admin/article/{article.pk}/"))


def test_an_address_that_cannot_be_had_says_why_and_offers_two_ways_on(editor):
    editor.post("/admin/submit/", {"form": "article", "url": "http://10.0.0.1/a?b=1&c=2", "act": "submit"})
    run_jobs("claims.fetch_article")
    article = Article.objects.get()
    answer = editor.get(f"/admin/article/{article.pk}/")
    assert answer.status_code == 200
    assert "is not on the public internet" in seen(answer)
    assert "Fetch it again" in seen(answer)
    pasted = editor.get("/admin/submit/?url=http%3A//10.0.0.1/a%3Fb%3D1%26c%3D2")
    assert 'value="http://10.0.0.1/a?b=1&c=2"' in seen(pasted)
    sent = {"form": "article", "url": article.url, "text": WORDS, "act": "submit"}
    assert WORDS in seen(editor.post("/admin/submit/", sent, follow=True))
    assert ArticleRevision.objects.get().article_id == article.pk


def test_adding_a_claim_to_an_article_without_a_text_is_refused(editor):
    editor.post("/admin/submit/", {"form": "article", "url": "http://10.0.0.1/a", "act": "submit"})
    article = Article.objects.get()
    answer = editor.post(f"/admin/article/{article.pk}/claims/", {"form": "add", "exact": "x", "statement": "y"})
    assert answer.status_code == 404


def test_a_preview_fills_the_form_and_keeps_nothing(editor):
    sent = {
        "form": "article",
        "file": file("a.docx", word_file(WORDS, title="From Word", author="A. Writer")),
        "title": "Mine",
        "act": "preview",
    }
    answer = editor.post("/admin/submit/", sent)
    assert answer.status_code == 200
    shown = seen(answer)
    assert "Nothing is kept yet" in shown
    assert WORDS in shown
    assert 'value="Mine"' in shown
    assert 'value="A. Writer"' in shown
    assert 'name="format" value="docx"' in shown
    assert not Article.objects.exists()


def test_a_preview_of_an_address_is_what_submitting_it_then_keeps(editor, settings):
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        url = site.page("/a", page(article_published_time="2026-03-02").encode(), Content_Type="text/html")
        shown = seen(editor.post("/admin/submit/", {"form": "article", "url": url, "act": "preview"}))
        assert 'value="2026-03-02"' in shown
        assert SECOND in shown
        sent = {"form": "article", "url": url, "text": f"{WORDS}\r\n\r\n{SECOND}", "format": "html", "act": "submit"}
        editor.post("/admin/submit/", sent)
        assert len(site.asked) == 1
    revision = ArticleRevision.objects.get()
    assert (revision.format, revision.text) == ("html", f"{WORDS}\n\n{SECOND}")


@pytest.mark.parametrize("act", ["preview", "submit"])
def test_a_hostile_file_is_refused_at_its_field(editor, act):
    answer = editor.post(
        "/admin/submit/", {"form": "article", "file": file("a.docx", bomb()), "title": "Kept", "act": act}
    )
    assert answer.status_code == 422
    assert 'id="article-file-error"' in seen(answer)
    assert 'value="Kept"' in seen(answer)
    assert not Article.objects.exists()


def test_a_file_that_is_too_large_is_refused_as_a_page(editor, settings):
    settings.MAX_UPLOAD_BYTES = 70_000
    answer = editor.post("/admin/submit/", {"form": "article", "file": file("a.txt", b"word " * 20_000)})
    assert answer.status_code == 413
    assert "larger than" in seen(answer)


def test_a_file_and_a_text_are_one_too_many(editor):
    answer = editor.post("/admin/submit/", {"form": "article", "file": file("a.txt", b"Words"), "text": "Words"})
    assert (answer.status_code, "not several" in seen(answer)) == (422, True)


def test_a_bulk_file_is_sent_and_its_rows_are_shown(editor):
    rows = "\n".join(json.dumps(row) for row in ({"text": WORDS, "title": "One"}, {"text": ""}))
    answer = editor.post("/admin/bulk/", {"form": "bulk", "file": file("a.jsonl", rows.encode())}, follow=True)
    assert "0 of 2 rows done" in seen(answer)
    run_jobs("claims.take_bulk_file")
    bulk = BulkFile.objects.get()
    shown = seen(editor.get(f"/admin/bulk/{bulk.pk}/"))
    assert "2 of 2 rows done" in shown
    assert "The article has no text" in shown
    assert "One" not in seen(editor.get(f"/admin/bulk/{bulk.pk}/?state=refused"))
    assert "a.jsonl" in seen(editor.get("/admin/bulk/"))
    for sent in ({"form": "bulk"}, {"form": "bulk", "file": file("a.csv", b"title\na")}):
        refused = editor.post("/admin/bulk/", sent)
        assert (refused.status_code, 'id="bulk-file-error"' in seen(refused)) == (422, True)


def test_a_feed_is_added_stopped_and_gone_on_with(editor):
    sent = {"form": "feed", "url": "http://10.0.0.1/feed", "outlet": "The Port", "every_minutes": "30"}
    assert "10.0.0.1/feed" in seen(editor.post("/admin/feeds/", sent, follow=True))
    run_jobs("claims.poll_feed")
    assert "is not on the public internet" in seen(editor.get("/admin/feeds/"))
    feed = Feed.objects.get()
    address = f"/admin/feeds/{feed.pk}/"
    for act, is_stopped in (("stop", True), ("resume", False), ("poll", False)):
        assert editor.post(address, {"form": "feed-changed", "act": act}).status_code == 302
        feed.refresh_from_db()
        assert (feed.stopped_at is not None) is is_stopped
    assert editor.post(address, {"form": "feed-changed", "act": "paint"}).status_code == 400
    again = editor.post("/admin/feeds/", sent)
    assert (again.status_code, 'id="feed-url-error"' in seen(again)) == (409, True)
    wrong = editor.post("/admin/feeds/", {**sent, "every_minutes": "1"})
    assert (wrong.status_code, 'id="feed-every_minutes-error"' in seen(wrong)) == (422, True)


def test_a_submitter_sees_own_bulk_files_and_no_feeds(person, editor):
    client = Client()
    client.force_login(person("client", Role.SUBMITTER))
    assert client.get("/admin/bulk/").status_code == 200
    assert client.get("/admin/feeds/").status_code == 403
    assert client.get("/admin/submit/").status_code == 200
    auditor = Client()
    auditor.force_login(person("auditor", Role.AUDITOR))
    assert auditor.get("/admin/feeds/").status_code == 200
    assert (
        auditor.post("/admin/feeds/", {"form": "feed", "url": "https://x.example/", "every_minutes": "15"}).status_code
        == 403
    )
    assert not Feed.objects.exists()


def test_a_bulk_file_that_stopped_says_why_and_is_not_refreshed(editor):
    editor.post("/admin/bulk/", {"file": file("a.jsonl", json.dumps({"text": WORDS}).encode())})
    sent = BulkFile.objects.get()
    bulk.give_up(str(sent.pk), "MemoryError")
    told = seen(editor.get(f"/admin/bulk/{sent.pk}/"))
    assert "Taking it in has stopped: MemoryError" in told
    assert 'http-equiv="refresh"' not in told


def test_how_an_article_and_a_feed_were_read_is_shown(editor):
    sent = page(
        paragraphs=(WORDS, SECOND, "It is named after José Núñez, who had the first of its piers built in 1911.")
    )
    editor.post(
        "/admin/submit/", {"form": "article", "file": file("a.html", sent.encode("windows-1252")), "act": "submit"}
    )
    article = Article.objects.get()
    assert article.warnings
    assert article.warnings[0] in seen(editor.get(f"/admin/article/{article.pk}/"))
    feed = feeds.add(url="https://feed.example/", actor=article.submitted_by)
    Feed.objects.update(polled_at=feed.created_at, warnings=["Entries may be missing."])
    assert "Entries may be missing." in seen(editor.get("/admin/feeds/"))
