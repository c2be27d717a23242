"""Bulk files: one article a row, each row accepted or refused by itself."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from claims.pipeline.ingest_html import from_html
from claims.pipeline.ingest_text import MAX_FILE_BYTES, MAX_TEXT_BYTES, Ingested, IngestError, check_text, decode
from claims.pipeline.language import detect_language

MAX_ROWS: Final = 5_000
COLUMNS: Final = (
    "text", "html", "title", "author", "outlet", "published_at", "url", "language", "external_id",
)  # fmt: skip
"""What a row may hold; `text`, `html` or `url` is required, other names are ignored."""

_MAX_FIELD: Final = 2_000


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row by its number (1 is the first article): an article or an error.

    With `needs_fetching` the article has an address and no text yet.
    """

    number: int
    article: Ingested | None = None
    error: IngestError | None = None
    external_id: str | None = None
    needs_fetching: bool = False


def csv_rows(content: bytes | str, charset: str | None = None) -> list[str]:
    """Each row of a CSV file as a line of JSON; comma, semicolon or tab.

    The first line names the columns: text, html or url must be among them.
    """
    text = _text(content, charset)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(max(csv.field_size_limit(), 4 * MAX_TEXT_BYTES))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[str] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not {"text", "html", "url"} & set(names):
            raise IngestError("table_unreadable", "The first line must name the columns: text, html or url among them")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(json.dumps(dict(zip(names, cells, strict=False)), ensure_ascii=False))
                _refuse_many(rows)
    except csv.Error as error:
        raise IngestError("table_unreadable", f"Line {reader.line_num}: {error}") from None
    return _some(rows)


def jsonl_rows(content: bytes | str, charset: str | None = None) -> list[str]:
    """The lines of a file with one JSON object each, unread; empty ones are skipped."""
    rows: list[str] = []
    for line in _lines(_text(content, charset)):
        if line.strip():
            rows.append(line)
            _refuse_many(rows)
    return _some(rows)


def from_csv(content: bytes | str, charset: str | None = None) -> list[BulkRow]:
    """Every row of a CSV file, read."""
    return [read_row(number, line, "csv") for number, line in enumerate(csv_rows(content, charset), start=1)]


def from_jsonl(content: bytes | str, charset: str | None = None) -> list[BulkRow]:
    """Every row of a JSONL file, read."""
    return [read_row(number, line, "jsonl") for number, line in enumerate(jsonl_rows(content, charset), start=1)]


def _text(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        if len(content) > MAX_FILE_BYTES:
            raise IngestError("file_too_large", f"More than {MAX_FILE_BYTES:,} characters")
        return content
    return decode(content, charset).text


def _lines(text: str) -> Iterator[str]:
    """Lines ended by LF only: JSON strings may hold other line ends."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _refuse_many(rows: list[str]) -> None:
    if len(rows) > MAX_ROWS:
        raise IngestError("file_too_large", f"More than {MAX_ROWS:,} rows: send several files")


def _some(rows: list[str]) -> list[str]:
    if not rows:
        raise IngestError("text_empty", "There are no rows in it")
    return rows


def read_row(number: int, line: str, kind: str) -> BulkRow:
    """The article in one row, a line of JSON, or what is wrong with it."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BulkRow(number, error=IngestError("row_invalid", f"Not JSON ({type(error).__name__})"))
    if not isinstance(values, dict):
        return BulkRow(number, error=IngestError("row_invalid", "Not a JSON object"))
    return _row(number, values, kind)


def _row(number: int, values: dict[str, Any], kind: str) -> BulkRow:
    try:
        fields = {name: _field(name, values.get(name)) for name in COLUMNS if name not in ("text", "html")}
        needs_fetching = bool(fields["url"]) and not values.get("text") and not values.get("html")
        article = Ingested("", format=kind) if needs_fetching else _article(values, kind)
        told = Ingested(
            text=article.text,
            title=fields["title"] or article.title,
            author=fields["author"] or article.author,
            published_at=fields["published_at"] or article.published_at,
            language=fields["language"] or article.language,
            format=kind,
            warnings=article.warnings,
            outlet=fields["outlet"] or article.outlet,
            url=fields["url"] or article.url,
        )
        return BulkRow(number, told, external_id=fields["external_id"], needs_fetching=needs_fetching)
    except IngestError as error:
        return BulkRow(number, error=error, external_id=_id_of_refused(values))


def _id_of_refused(values: dict[str, Any]) -> str | None:
    """The client's own id of a row that is refused, unless it is at fault itself."""
    try:
        return _field("external_id", values.get("external_id"))
    except IngestError:
        return None


def _article(values: dict[str, Any], kind: str) -> Ingested:
    text, page = values.get("text") or "", values.get("html") or ""
    if not isinstance(text, str) or not isinstance(page, str):
        raise IngestError("row_invalid", "text and html must be strings")
    if page and not text:
        return from_html(page)
    text = check_text(text)
    return Ingested(text=text, language=detect_language(text), format=kind)


def _field(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise IngestError("row_invalid", f"{name} must be a string")
    text = str(value).strip()
    if len(text) > _MAX_FIELD or "\0" in text:
        raise IngestError("row_invalid", f"{name} is too long or holds a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise IngestError("row_invalid", f"{name} holds half a surrogate pair") from None
    return text or None
