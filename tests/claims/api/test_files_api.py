"""Articles as files, and what is shown of them before they are kept."""

import io

import pytest

from claims.models import Article, ArticleRevision
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.jobs.models import Job
from tests.claims.intake import SECOND, THIRD, WORDS, bomb, laughing, packed_zeros, page, word_file
from tests.harness.web import serving

pytestmark = pytest.mark.django_db
URL = "/api/v1/articles"


@pytest.fixture
def client(person, client_of):
    return client_of(person("client", Role.SUBMITTER))


def file(name: str, content: bytes) -> io.BytesIO:
    made = io.BytesIO(content)
    made.name = name
    return made


def send(client, name, content, address=URL, headers=None, **fields):
    return client.post(address, {"file": file(name, content), **fields}, format="multipart", headers=headers or {})


def test_a_word_file_is_an_article(client):
    answer = send(
        client, "story.docx", word_file(WORDS, SECOND, title="The port", author="A. Writer"), outlet="The Port"
    )
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert [shown[n] for n in ("title", "author", "outlet", "language", "status")] == [
        "The port",
        "A. Writer",
        "The Port",
        "en",
        "received",
    ]
    revision = ArticleRevision.objects.get()
    assert (revision.text, revision.format) == (f"{WORDS}\n\n{SECOND}", "docx")
    assert verify() == []


def test_a_page_as_a_file_is_an_article(client):
    answer = send(client, "story.HTML", page(article_published_time="2026-03-02").encode(), title="Mine")
    assert (answer.status_code, answer.json()["title"], answer.json()["published_at"]) == (201, "Mine", "2026-03-02")
    assert THIRD in ArticleRevision.objects.get().text


def test_a_text_file_is_kept_as_it_is(client):
    assert send(client, "a.txt", f"  {WORDS}\r\n".encode()).status_code == 201
    assert ArticleRevision.objects.get().text == f"  {WORDS}\n"


HOSTILE = [
    ("a.docx", bomb, 422, "docx_too_large"),
    ("a.docx", laughing, 422, "xml_entities"),
    ("a.docx", lambda: word_file(WORDS)[:900], 422, "docx_unreadable"),
    ("a.docx", lambda: b"PK\x03\x04" + b"x" * 500, 422, "docx_unreadable"),
    ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 422, "docx_encrypted"),
    ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 422, "docx_encrypted"),
    ("a.docx", lambda: word_file(), 422, "text_empty"),
    ("a.html", lambda: b"<div>" * 100_000, 422, "html_too_complex"),
    ("a.html", lambda: b"<html></html>", 422, "no_article"),
    ("a.html", lambda: b"", 422, "invalid"),
    (
        "a.html",
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        422,
        "xml_entities",
    ),
    ("a.html", lambda: b"\xff\xfe<\0h\0", 422, "no_article"),
    ("a.txt", lambda: packed_zeros(300), 422, "compressed_file"),
    ("a.txt", lambda: "Grüße aus Köln".encode("latin-1"), 422, "charset_wrong"),
    ("a.txt", lambda: b"a\0b", 422, "nul_character"),
    ("a.txt", lambda: b"word " * 300_000, 413, "too_large"),
    ("a.pdf", lambda: b"%PDF-1.7", 422, "file_kind_unknown"),
    ("a.gz", lambda: packed_zeros(1), 422, "file_kind_unknown"),
    ("a.csv", lambda: b"text\nA", 422, "file_kind_unknown"),
]


@pytest.mark.parametrize(
    ("name", "content", "status", "code"), HOSTILE, ids=[f"{h[0]}-{h[3]}-{n}" for n, h in enumerate(HOSTILE)]
)
@pytest.mark.parametrize("address", [URL, f"{URL}/preview"])
def test_a_hostile_file_is_refused_and_nothing_is_kept(client, name, content, status, code, address):
    answer = send(client, name, content(), address)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == "/file"
    assert [model.objects.count() for model in (Article, ArticleRevision, Job)] == [0, 0, 0]


def test_a_request_that_is_too_large_is_not_read(client, settings):
    settings.MAX_UPLOAD_BYTES = 100_000
    answer = send(client, "a.txt", b"word " * 30_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/file"), ({"text": "a"}, "/text"), ({"file": "no file"}, "/file"), ({"titel": "x"}, "/titel")],
)
def test_a_form_without_what_it_needs_is_refused(client, body, pointer):
    answer = client.post(URL, body, format="multipart")
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_a_broken_form_is_refused(client):
    answer = client.generic("POST", URL, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 422}
    answer = client.generic("POST", URL, b"nonsense", content_type="multipart/form-data")
    assert answer.status_code == 400
    two = client.post(URL, {"file": [file("a.txt", b"a"), file("b.txt", b"b")]}, format="multipart")
    assert two.status_code == 400
    assert not Article.objects.exists()


def test_a_file_sent_twice_with_one_key_is_one_article(client):
    headers = {"Idempotency-Key": "k"}
    first = send(client, "a.txt", WORDS.encode(), headers=headers)
    assert send(client, "a.txt", WORDS.encode(), headers=headers)["Idempotency-Replayed"] == "true"
    other = send(client, "a.txt", SECOND.encode(), headers=headers)
    assert (first.status_code, other.status_code, other.json()["code"]) == (201, 422, "idempotency_key_reused")
    assert ArticleRevision.objects.get().text == WORDS


def test_a_file_needs_the_right_and_the_scope(client_of, person):
    assert send(client_of(person("audit", Role.AUDITOR)), "a.txt", b"Words").status_code == 403
    assert send(client_of(person("sub", Role.SUBMITTER), "articles:read"), "a.txt", b"Words").status_code == 403
    from rest_framework.test import APIClient

    assert send(APIClient(), "a.txt", b"Words").status_code == 401


def test_a_preview_shows_what_would_be_read_and_keeps_nothing(client, settings):
    shown = send(client, "a.docx", word_file(WORDS, title="The port"), f"{URL}/preview").json()
    assert (shown["text"], shown["title"], shown["format"], shown["language"]) == (WORDS, "The port", "docx", "en")
    html = client.post(f"{URL}/preview", {"html": page()}, format="json").json()
    assert (html["title"], html["text"].count(WORDS)) == ("Record year for the port", 1)
    assert client.post(f"{URL}/preview", {"text": WORDS}, format="json").json()["text"] == WORDS
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        site.page("/a", page().encode(), Content_Type="text/html")
        told = client.post(f"{URL}/preview", {"url": site.url("/a")}, format="json", headers={"Idempotency-Key": "k"})
        assert (told.status_code, told.json()["title"]) == (200, "Record year for the port")
        site.redirect("/in", "http://127.0.0.1:1/")
        refused = client.post(f"{URL}/preview", {"url": site.url("/in")}, format="json")
        assert (refused.status_code, refused.json()["code"], refused.json()["errors"][0]["pointer"]) == (
            422,
            "address_refused",
            "/url",
        )
    assert not Article.objects.exists()


def test_no_more_than_two_previews_wait_for_a_site(client, monkeypatch):
    from claims.services import pages

    taken = [pages._previewing.acquire(blocking=False) for _ in range(pages.PREVIEWS_AT_ONCE)]
    try:
        answer = client.post(f"{URL}/preview", {"url": "https://news.example/a"}, format="json")
    finally:
        for _ in taken:
            pages._previewing.release()
    assert (answer.status_code, "Retry-After" in answer) == (503, True)
