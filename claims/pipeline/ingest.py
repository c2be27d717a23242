"""Stage 0: what a newsroom has, to an article's text and facts.

Plain text, HTML, .docx, feeds and bulk files; bytes in, frozen values out,
nothing fetched. A file that is broken or hostile raises IngestError with a
stable code: never half an article, never another exception.
"""

from claims.pipeline.ingest_bulk import BulkRow, csv_rows, from_csv, from_jsonl, jsonl_rows, read_row
from claims.pipeline.ingest_docx import from_docx
from claims.pipeline.ingest_feed import Feed, FeedEntry, from_feed
from claims.pipeline.ingest_html import from_html
from claims.pipeline.ingest_text import MAX_FILE_BYTES, MAX_TEXT_BYTES, Ingested, IngestError, check_text, decode
from claims.pipeline.language import detect_language

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_TEXT_BYTES",
    "BulkRow",
    "Feed",
    "FeedEntry",
    "IngestError",
    "Ingested",
    "check_text",
    "csv_rows",
    "detect_language",
    "from_csv",
    "from_docx",
    "from_feed",
    "from_html",
    "from_jsonl",
    "from_plain",
    "jsonl_rows",
    "read_row",
]


def from_plain(content: bytes | str, charset: str | None = None) -> Ingested:
    """Plain text as it stands; bytes are read as `charset`, else as UTF-8."""
    warnings: tuple[str, ...] = ()
    if isinstance(content, bytes):
        decoded = decode(content, charset)
        content, warnings = decoded.text, decoded.warnings
    text = check_text(content)
    return Ingested(text=text, language=detect_language(text), format="text", warnings=warnings)
