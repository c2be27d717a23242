"""What newsrooms have, to a submission: HTML, .docx, plain text."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from claims.pipeline.ingest import Ingested, IngestError, from_docx, from_html, from_plain
from claims.services.intake import Submission, refusal_of
from factcheck.errors import FieldError, Invalid

TITLE, AUTHOR, OUTLET, LANGUAGE = 500, 200, 200, 12
"""Characters kept of what a page or file says of itself."""

UNKNOWN_LANGUAGE = "und"
_DOCX = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
HTML_NAMES = frozenset({".html", ".htm", ".xhtml"})
TEXT_NAMES = frozenset({".txt", ".text", ".md", ""})


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: its name, its bytes, and the charset if told."""

    name: str
    content: bytes
    charset: str | None = None


def read(file: File, *, pointer: str = "/file") -> Ingested:
    """The article in a file, by what the file is; a refusal naming what is
    wrong with it."""
    suffix = PurePath(file.name).suffix.lower()
    try:
        if suffix == ".docx" or file.content.startswith(_OLD_OFFICE):
            return from_docx(file.content)
        if suffix in HTML_NAMES:
            return from_html(file.content, charset=file.charset)
        if suffix in TEXT_NAMES:
            return from_plain(file.content, file.charset)
    except IngestError as error:
        raise refusal_of(error, pointer) from None
    raise Invalid.at(
        pointer,
        "file_kind_unknown",
        f"A file {suffix[:20]} is not read here: send .docx, .html or .txt (.csv and .jsonl as a bulk file)",
    )


def read_html(html: str, url: str) -> Ingested:
    """The article in a page, or a refusal naming what is wrong with the page."""
    try:
        return from_html(html, url=url or None)
    except IngestError as error:
        raise refusal_of(error, "/html") from None


def facts_of(found: Ingested) -> dict[str, str | None]:
    """What the page or file says of itself, no longer than it may be."""
    return {
        "title": (found.title or "")[:TITLE],
        "author": (found.author or "")[:AUTHOR],
        "outlet": (found.outlet or "")[:OUTLET],
        "published_at": found.published_at,
        "language": "" if found.language == UNKNOWN_LANGUAGE else found.language[:LANGUAGE],
    }


def submission_of(found: Ingested, given: dict[str, Any]) -> Submission:
    """A submission of what was read; what was given by hand goes before it."""
    known = {name: value for name, value in given.items() if value}
    read_as = {"text": found.text, "format": found.format, "warnings": found.warnings}
    return Submission(**{**facts_of(found), **known, **read_as})


def submission_from(fields: dict[str, Any], file: File | None = None) -> Submission:
    """A submission of validated input: `text` as it is, `html` or a file read.

    Exactly one of the three must be there.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    text, html = given.pop("text", None), given.pop("html", None)
    sent = [pointer for pointer, value in (("/text", text), ("/html", html), ("/file", file)) if value is not None]
    if not sent:
        detail = "Send the article's text, its html, a file, or the url it can be fetched from"
        raise Invalid(detail, errors=[FieldError("/text", "required", detail)], code="text_missing")
    if len(sent) > 1:
        raise Invalid.at(sent[1], "text_twice", "Send one of text, html and file, not several")
    if text is not None:
        return Submission(text=text, **given)
    found = read(file) if file is not None else read_html(html or "", given.get("url", ""))
    return submission_of(found, given)
