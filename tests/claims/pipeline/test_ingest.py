"""Intake of text and HTML: nothing changed, nothing guessed, nothing hung."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pipeline import ingest_html
from claims.pipeline.ingest import MAX_TEXT_BYTES, IngestError, detect_language, from_html, from_plain

SENTENCE = "The harbour board said on Monday that {n} ships had waited more than nine hours for a berth. "


def page(body, head=""):
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def paragraphs(start, count):
    return "".join(f"<p>{SENTENCE.format(n=n)}{SENTENCE.format(n=n + 500)}</p>" for n in range(start, start + count))


def code_of(action, *args, **kwargs):
    with pytest.raises(IngestError) as caught:
        action(*args, **kwargs)
    assert caught.value.detail
    return caught.value.code


def test_plain_text_only_crlf_changes():
    text = " \ufeff A\r\nB\rC\n\n  e\u0301 \u00a0“x” \t\n"
    assert from_plain(text).text == text.replace("\r\n", "\n")


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_plain_any_string_is_kept_or_refused(text):
    try:
        kept = from_plain(text)
    except IngestError:
        assert "\0" in text or not any(character.isalnum() for character in text) or len(text) > 8
        return
    assert kept.text == text.replace("\r\n", "\n")


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_plain_any_bytes_are_kept_or_refused(content):
    try:
        kept = from_plain(content)
    except IngestError:
        return
    assert kept.text.encode() in {content.replace(b"\r\n", b"\n"), content[3:].replace(b"\r\n", b"\n")} or content[
        :2
    ] in {b"\xff\xfe", b"\xfe\xff"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "text_empty"),
        (b" \r\n\t ", "text_empty"),
        (b"words\0words", "nul_character"),
        ("half \ud83d pair", "lone_surrogate"),
        (b"\x1f\x8b\x08 packed", "compressed_file"),
        (b"PK\x03\x04 packed", "compressed_file"),
        (b"%PDF-1.7 words", "binary_file"),
        (b"\x89PNG\r\n", "binary_file"),
        (b"caf\xe9 society", "charset_wrong"),
        (b"words \x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11", "binary_text"),
        ("a " * (MAX_TEXT_BYTES // 2 + 1), "text_too_large"),
        ("é" * (MAX_TEXT_BYTES // 2 + 1), "text_too_large"),
        (b"a" * (16 * 1_048_576 + 1), "file_too_large"),
    ],
)
def test_plain_unfit_is_refused_with_its_code(content, code):
    assert code_of(from_plain, content) == code


def test_plain_text_of_exactly_the_limit_is_taken():
    assert len(from_plain("a" * MAX_TEXT_BYTES).text) == MAX_TEXT_BYTES


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-1", "iso-8859-15"])
def test_plain_given_charset_is_used(charset):
    text = "Café owners said prices rose."
    assert from_plain(text.encode(charset), charset=charset).text == text


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-8-sig"])
def test_plain_byte_order_mark_is_enough(charset):
    assert from_plain("Café owners said".encode(charset)).text == "Café owners said"


@pytest.mark.parametrize(
    ("charset", "code"),
    [
        ("klingon-8", "charset_unknown"),
        ("utf-16", "charset_wrong"),
        ("base64", "charset_unknown"),
        ("zlib", "charset_unknown"),
        ("punycode", "charset_unknown"),
        ("", None),
    ],
)
def test_plain_wrong_charset_is_refused(charset, code):
    if code is None:
        assert from_plain(b"plain words", charset=charset).text == "plain words"
    else:
        assert code_of(from_plain, b"plain words and more", charset=charset) == code


def test_plain_utf8_declared_as_latin_is_read_right_with_a_warning():
    kept = from_plain("Café".encode(), charset="iso-8859-1")
    assert kept.text == "Café"
    assert "UTF-8" in kept.warnings[0]


def test_html_article_without_its_furniture():
    body = (
        "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav><article><h1>Ships wait</h1>"
        + paragraphs(1, 8)
        + "</article><footer>Copyright. All rights reserved.</footer>"
    )
    kept = from_html(page(body))
    assert "1 ships had waited" in kept.text
    assert "All rights reserved" not in kept.text
    assert "Sport" not in kept.text
    assert kept.format == "html"
    assert kept.language == "en"
    assert "\n\n" in kept.text


def test_html_facts_from_structured_data_keep_their_precision():
    head = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Ships &amp; berths",
    "datePublished": "2025-03-14T06:30:00+01:00", "author": [{"@type": "Person", "name": "Ada Quill"}, {"name":
    "Bo Marr"}], "publisher": {"name": "Harbour Post"}}]}</script>
    <link rel="canonical" href="https://post.example/ships">"""
    kept = from_html(page(f"<article>{paragraphs(1, 6)}</article>", head), url="https://post.example/ships?ref=x")
    assert kept.title == "Ships & berths"
    assert kept.author == "Ada Quill, Bo Marr"
    assert kept.published_at == "2025-03-14T06:30:00+01:00"
    assert kept.outlet == "Harbour Post"
    assert kept.url == "https://post.example/ships"


def test_html_facts_from_meta_tags():
    head = """<meta property="og:title" content="Ships wait"><meta name="author" content="By Ada Quill">
    <meta property="article:published_time" content="2025-03-14"><meta property="og:site_name" content="Post">"""
    kept = from_html(page(f"<article>{paragraphs(1, 6)}</article>", head))
    assert (kept.title, kept.author, kept.published_at, kept.outlet) == (
        "Ships wait",
        "Ada Quill",
        "2025-03-14",
        "Post",
    )


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '{"@type": 3}', '{"@type": ["NewsArticle"], "author": 7}', "null"]
)
def test_html_damaged_structured_data_is_passed_over(data):
    head = f'<script type="application/ld+json">{data}</script>'
    assert "ships had waited" in from_html(page(f"<article>{paragraphs(1, 6)}</article>", head)).text


def test_html_article_cut_into_boxes_is_joined():
    boxes = "".join(f"<div class='ad'>Buy</div><div class='chunk'>{paragraphs(1 + 3 * n, 3)}</div>" for n in range(4))
    text = from_html(page(f"<main><div>{boxes}</div></main>")).text
    assert all(f"that {n} ships" in text for n in range(1, 13))


def test_html_short_boilerplate_gets_a_second_opinion(monkeypatch):
    answers = {True: "Reprints only on request.", False: "The whole article stands here. " * 30}
    monkeypatch.setattr(ingest_html, "_extract", lambda tree, precise: answers[precise])
    assert from_html(page("<p>x</p>")).text.startswith("The whole article")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15", "utf-16"])
def test_html_charset_declared_in_the_page(charset):
    source = page(f"<article>{paragraphs(1, 6)}<p>Café owners, too.</p></article>", f"<meta charset='{charset}'>")
    assert "Café owners" in from_html(source.encode(charset)).text


def test_html_charset_of_the_transport_goes_first():
    source = page(f"<article>{paragraphs(1, 6)}<p>Café owners, too.</p></article>", "<meta charset='ascii'>")
    assert "Café owners" in from_html(source.encode("cp1252"), charset="cp1252").text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "text_empty"),
        (b"   ", "text_empty"),
        (b"\x1f\x8b\x08" + b"0" * 100, "compressed_file"),
        ("<div>" * 50_000 + "words", "html_too_complex"),
        ("<p>" * 200_000, "html_too_complex"),
        ("<p " + " ".join(f"a{n}=b" for n in range(12_000)) + ">words</p>", "html_too_complex"),
        ("<p>half \ud83d pair of words</p>", "lone_surrogate"),
        ("<html><body></body></html>", "no_article"),
        ("<p>" + "ab " * 700_000 + "</p>", "text_too_large"),
    ],
)
def test_html_unfit_is_refused_with_its_code(content, code):
    found = code_of(from_html, content)
    assert found == code or (code == "text_too_large" and found == "no_article")


PIECES = [
    "<p>",
    "</p>",
    "<div_class='b'>",
    "</div>",
    "<article>",
    "words_",
    "&#0;",
    "<!--",
    "]]>",
    "<script>",
    "<table><tr>",
    "\x00",
    "<svg/>",
    "<h2>x</h2>",
    "<br>",
    "'\"",
    "<a_href=x>y</a>",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES]), max_size=60))
def test_html_any_markup_is_kept_or_refused(pieces):
    try:
        kept = from_html("".join(pieces))
    except IngestError:
        return
    assert kept.text.strip()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry said that prices had fallen for the third month in a row.", "en"),
        ("Le ministère a déclaré que les prix avaient baissé pour le troisième mois.", "fr"),
        ("Das Ministerium sagte, die Preise seien im dritten Monat in Folge gefallen.", "de"),
        ("", "und"),
        ("Ok", "und"),
        ("12 345", "und"),
    ],
)
def test_detect_language_or_says_it_does_not_know(text, language):
    assert detect_language(text) == language
