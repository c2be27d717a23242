"""Intake of .docx, feeds and bulk files, sound and hostile."""

import io
import json
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pipeline import ingest_feed
from claims.pipeline.ingest import IngestError, from_csv, from_docx, from_feed, from_jsonl

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def code_of(action, *args):
    with pytest.raises(IngestError) as caught:
        action(*args)
    return caught.value.code


@pytest.fixture(scope="module")
def word_file():
    document = docx.Document()
    document.add_heading("Harbour figures", 0)
    document.add_paragraph("Ninety ships waited in March.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "March", "90"
    document.core_properties.author = "Ada Quill"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def replaced(content, parts, added=()):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name, data in added:
            new.writestr(name, data)
    return file.getvalue()


def body(xml):
    return {"word/document.xml": f"<w:document xmlns:w='{W}'><w:body>{xml}</w:body></w:document>".encode()}


def test_docx_text_title_author(word_file):
    kept = from_docx(word_file)
    assert kept.text == "Harbour figures\n\nNinety ships waited in March.\n\nMarch\n\n90"
    assert (kept.title, kept.author, kept.format) == ("Harbour figures", "Ada Quill", "docx")


def test_docx_tracked_insertion_is_text_and_deletion_is_not(word_file):
    xml = (
        "<w:p><w:r><w:t>Ships </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:t>wait</w:t><w:br/><w:t>here</w:t></w:r></w:p>"
    )
    assert from_docx(replaced(word_file, body(xml))).text == "Ships always wait\nhere"


def test_docx_bombs_and_damage_are_refused(word_file):
    zeros = b"0" * 30_000_000
    doctype = b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    hostile = {
        "docx_too_large": [
            replaced(word_file, {}, [("word/media/a.bin", zeros)]),
            replaced(word_file, body(" " * 20_000_000)),
        ],
        "xml_entities": [
            replaced(word_file, {"word/document.xml": doctype}),
            replaced(word_file, {"word/document.xml": doctype.decode().encode("utf-16")}),
        ],
        "docx_unreadable": [
            b"",
            b"\x1f\x8b\x08",
            b"PK\x03\x04" + b"\0" * 500,
            word_file[:400],
            word_file[:3000] + b"\xff" * 8 + word_file[3008:],
            replaced(word_file, {"word/document.xml": b"no xml"}),
            replaced(word_file, body("<w:p>" * 1000)),
            zipped("a.txt", b"x"),
        ],
        "docx_encrypted": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
        "file_too_large": [b"PK\x03\x04" + b"0" * (16 * 1_048_576)],
        "text_empty": [replaced(word_file, body("<w:p/>"))],
    }
    for code, files in hostile.items():
        assert [code_of(from_docx, file) for file in files] == [code] * len(files)


def test_docx_too_many_parts_is_refused(word_file):
    many = replaced(word_file, {}, [(f"x/{n}", b"") for n in range(2_001)])
    assert code_of(from_docx, many) == "docx_too_large"


def test_docx_part_larger_than_declared_is_refused(word_file):
    lying = bytearray(replaced(word_file, {}, [("x/bomb.bin", b"0" * 500_000)]))
    at = lying.rfind(b"x/bomb.bin") - 46
    lying[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert code_of(from_docx, bytes(lying)) in {"docx_unreadable", "docx_too_large"}


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, content)
    return file.getvalue()


ITEM = (
    "<item><title>Ships &amp; berths {n}</title><link>https://post.example/{n}</link><author>Ada Quill</author>"
    "<pubDate>Fri, 14 Mar 2025 10:00:00 +0100</pubDate><guid>id-{n}</guid>"
    "<description>&lt;p&gt;Ninety ships.&lt;/p&gt;&lt;p&gt;Two berths.&lt;/p&gt;</description></item>"
)


def rss(content, head="<?xml version='1.0'?>"):
    return f"{head}<rss version='2.0'><channel><title>Post</title>{content}</channel></rss>"


def items(count):
    return "".join(ITEM.format(n=n) for n in range(count))


def test_feed_rss_entry():
    feed = from_feed(rss(items(2)).encode())
    assert feed.title == "Post"
    assert [entry.url for entry in feed.entries] == ["https://post.example/0", "https://post.example/1"]
    first = feed.entries[0]
    assert first.title == "Ships & berths 0"
    assert first.published_at == "2025-03-14T09:00:00Z"
    assert first.text == "Ninety ships.\n\nTwo berths."
    assert (first.author, first.id) == ("Ada Quill", "id-0")
    assert feed.warnings == ()


def test_feed_atom_entry_keeps_a_date_without_time():
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>Ships</title><id>tag:1</id>"
        "<link href='https://post.example/1'/><published>2025-03-14</published>"
        "<content type='html'>&lt;p&gt;Ninety.&lt;/p&gt;</content><summary>Short</summary></entry></feed>"
    )
    (entry,) = from_feed(atom.encode()).entries
    assert (entry.published_at, entry.text, entry.url) == ("2025-03-14", "Ninety.", "https://post.example/1")


def test_feed_link_of_another_scheme_is_no_address():
    feed = from_feed(rss("<item><title>x</title><link>javascript:alert(1)</link></item>").encode())
    assert feed.entries[0].url is None


def test_feed_entries_are_capped_with_a_warning():
    feed = from_feed(rss(items(ingest_feed.MAX_ENTRIES + 30)).encode())
    assert len(feed.entries) == ingest_feed.MAX_ENTRIES
    assert "230 entries" in feed.warnings[0]


def test_feed_cut_off_is_read_with_a_warning():
    feed = from_feed(rss(items(3)).encode()[:-120])
    assert len(feed.entries) >= 2
    assert "not well-formed" in feed.warnings[0]


@pytest.mark.parametrize("charset", ["utf-16", "cp1252", "utf-8"])
def test_feed_declared_charset_is_used(charset):
    head = f"<?xml version='1.0' encoding='{charset}'?>"
    feed = from_feed(rss("<item><title>Café</title></item>", head).encode(charset))
    assert feed.entries[0].title == "Café"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "feed_unreadable"),
        (b"<html><body>no feed</body></html>", "feed_unreadable"),
        (b"\x1f\x8b\x08 packed", "compressed_file"),
        (rss("<item/>", "<!DOCTYPE r [<!ENTITY a 'aa'>]>").encode(), "xml_entities"),
        (rss("<item/>", "<!DOCTYPE r [<!ENTITY a 'aa'>]>").encode("utf-16"), "xml_entities"),
        (rss("<a>" * 10_000).encode(), "feed_unreadable"),
        (rss("<item/>" * 60_000).encode(), "feed_unreadable"),
        (rss("<item " + " ".join(f"a{n}='b'" for n in range(12_000)) + "/>").encode(), "feed_unreadable"),
        (rss("x" * 5_000_000).encode(), "file_too_large"),
        (b"http://127.0.0.1/feed", "feed_unreadable"),
    ],
)
def test_feed_unfit_is_refused_with_its_code(content, code):
    assert code_of(from_feed, content) == code


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=150))
def test_feed_any_bytes_inside_are_read_or_refused(content):
    try:
        feed = from_feed(rss("<item><title>").encode() + content + b"</title></item>")
    except IngestError:
        return
    assert len(feed.entries) <= ingest_feed.MAX_ENTRIES


def test_csv_rows_accepted_and_refused_one_by_one():
    content = 'Title,Text,URL,published_at,external_id\r\n"A, b","One word\r\nmore",https://x.example/1,2025-03-14,7\r\nB,,,,8\r\n'
    first, second = from_csv(content.encode())
    assert first.article.text == "One word\nmore"
    assert (first.article.title, first.article.published_at, first.external_id) == ("A, b", "2025-03-14", "7")
    assert first.article.format == "csv"
    assert (second.number, second.article, second.error.code, second.external_id) == (2, None, "text_empty", "8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiter_is_seen_in_the_header(delimiter):
    (row,) = from_csv(f"title{delimiter}text\nA{delimiter}Some words".encode())
    assert (row.article.title, row.article.text) == ("A", "Some words")


def test_csv_long_text_is_read():
    (row,) = from_csv("text\n" + "word " * 100_000)
    assert len(row.article.text) >= 499_999


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_unreadable"),
        (b"title,author\nA,B", "table_unreadable"),
        (b"text\n", "text_empty"),
        (b"\x1f\x8b\x08", "compressed_file"),
        (b"text\ncaf\xe9", "charset_wrong"),
        (b"text\n" + b"word\n" * 5_001, "file_too_large"),
    ],
)
def test_csv_unfit_is_refused_with_its_code(content, code):
    assert code_of(from_csv, content) == code


def test_jsonl_rows_accepted_and_refused_one_by_one():
    lines = [
        json.dumps({"text": "Words\u2028here", "title": "A", "language": "en"}),
        "{",
        "[1]",
        "[" * 100_000,
        json.dumps({"text": 3}),
        json.dumps({"text": "x", "title": {"a": 1}}),
        json.dumps({"text": "half \ud83d"}),
        "",
        json.dumps({"text": "Last", "title": "half \ud83d"}),
    ]
    rows = from_jsonl("\n".join(lines).encode())
    assert [row.number for row in rows] == list(range(1, 9))
    assert rows[0].article.text == "Words\u2028here"
    assert rows[0].article.format == "jsonl"
    assert [row.error.code for row in rows[1:]] == ["row_invalid"] * 5 + ["lone_surrogate", "row_invalid"]


def test_jsonl_page_becomes_an_article():
    page = (
        "<article>"
        + "<p>The harbour board said that ninety ships had waited for a berth in March.</p>" * 3
        + "</article>"
    )
    (row,) = from_jsonl(json.dumps({"html": page, "title": "Mine"}))
    assert "ninety ships" in row.article.text
    assert (row.article.title, row.article.format) == ("Mine", "jsonl")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bulk_any_bytes_are_read_or_refused(content):
    for read in (from_csv, from_jsonl):
        try:
            rows = read(b"text\n" + content)
        except IngestError:
            continue
        assert all((row.article is None) != (row.error is None) for row in rows)
