"""`manage.py submit_article`: files, addresses and bulk files from a shell."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.management.commands import submit_article
from claims.models import Article, ArticleRevision, BulkFile
from factcheck.accounts.roles import Role
from tests.claims.intake import SECOND, WORDS, page, run_jobs, word_file
from tests.harness.web import serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(person):
    return person("client", Role.SUBMITTER)


def submit(*args, **options) -> str:
    out = io.StringIO()
    call_command("submit_article", *map(str, args), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().strip()


def test_files_of_every_kind_are_submitted_in_one_go(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(f"title: From front matter\n\n---\n{WORDS}\r\n".encode())
    (tmp_path / "b.docx").write_bytes(word_file(WORDS, title="From Word"))
    (tmp_path / "c.html").write_text(page())
    ids = submit(tmp_path / "a.txt", tmp_path / "b.docx", tmp_path / "c.html", "--outlet", "The Port").split()
    articles = [Article.objects.get(pk=pk) for pk in ids]
    assert [article.title for article in articles] == ["From front matter", "From Word", "Record year for the port"]
    assert {article.outlet.name for article in articles} == {"The Port"}
    assert ArticleRevision.objects.get(article=articles[0]).text == f"{WORDS}\n"


def test_an_address_is_fetched(settings):
    with serving() as site:
        settings.OUTBOUND_PRIVATE = frozenset({site.place})
        pk = submit(site.page("/a", page().encode(), Content_Type="text/html"))
        assert Article.objects.get(pk=pk).status == "fetching"
        run_jobs("claims.fetch_article")
    assert Article.objects.get(pk=pk).title == "Record year for the port"


def test_a_bulk_file_is_taken(tmp_path: Path):
    rows = [{"text": WORDS}, {"text": SECOND}, {"text": ""}]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    name, pk = submit(tmp_path / "many.jsonl").split()
    assert (name, BulkFile.objects.get(pk=pk).total) == ("bulk", 3)
    run_jobs("claims.take_bulk_file")
    assert Article.objects.count() == 2


def test_waiting_tells_why_an_article_failed():
    pk = submit("http://10.0.0.1/a")
    run_jobs("claims.fetch_article")
    with pytest.raises(CommandError, match="public internet"):
        submit_article.Command()._wait(int(pk))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"\x1f\x8b" + bytes(50), "gzip"),
        ("a.txt", b"caf\xe9", "UTF-8"),
        ("a.txt", b"", "no text"),
        ("a.docx", b"PK\x03\x04", "sound .docx"),
        ("a.csv", b"title\na", "columns"),
        ("missing.txt", None, "cannot read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=words):
        submit(tmp_path / name)
    assert not Article.objects.exists()


def test_one_address_is_not_given_to_two_files():
    with pytest.raises(CommandError, match="one article"):
        submit("a.txt", "b.txt", "--url", "https://news.example/")
