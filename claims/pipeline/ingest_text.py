"""Bytes to text without a guess that could change a word, or a typed refusal.

The text kept is the text that came: CRLF becomes LF, a byte-order mark is
no text, and nothing else is touched.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

MAX_TEXT_BYTES: Final = 1_048_576
"""Largest text of one article, in UTF-8 bytes."""

MAX_FILE_BYTES: Final = 16 * 1_048_576
"""Largest file of any kind looked into, in bytes."""

_CONTROLS: Final = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE: Final = 0.01
_CONTROLS_FORGIVEN: Final = 8
_SINGLE_BYTE_WESTERN: Final = frozenset({"iso8859-1", "cp1252", "ascii", "iso8859-15"})

_NO_CHARSETS: Final = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
"""Python codecs that no newsroom file is in; some take time with the square."""

_SIGNATURES: Final = (
    (b"\x1f\x8b", "compressed_file", "gzip"),
    (b"BZh", "compressed_file", "bzip2"),
    (b"\xfd7zXZ\x00", "compressed_file", "xz"),
    (b"\x28\xb5\x2f\xfd", "compressed_file", "zstd"),
    (b"PK\x03\x04", "compressed_file", "zip"),
    (b"PK\x05\x06", "compressed_file", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "compressed_file", "7z"),
    (b"Rar!\x1a\x07", "compressed_file", "rar"),
    (b"%PDF-", "binary_file", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary_file", "old Office document"),
    (b"{\\rtf", "binary_file", "RTF"),
    (b"\x89PNG", "binary_file", "PNG"),
    (b"\xff\xd8\xff", "binary_file", "JPEG"),
    (b"GIF8", "binary_file", "GIF"),
    (b"RIFF", "binary_file", "RIFF media"),
    (b"\x7fELF", "binary_file", "program"),
    (b"MZ\x90\x00", "binary_file", "program"),
    (b"SQLite format 3\x00", "binary_file", "SQLite"),
)

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class IngestError(ValueError):
    """What came cannot become an article: a stable code and words for people.

    Codes: text_empty, text_too_large, nul_character, lone_surrogate,
    binary_text, binary_file, compressed_file, file_too_large,
    charset_unknown, charset_wrong, html_unreadable, html_too_complex,
    no_article, docx_unreadable, docx_too_large, docx_encrypted,
    xml_entities, feed_unreadable, table_unreadable, row_invalid.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Ingested:
    """One article as it will be kept.

    `published_at` is ISO 8601 with the precision given; `language` an
    ISO 639-1 code or `und`; `format` is text, html, docx, feed, csv or
    jsonl. `warnings` are sentences for the person who sent it.
    """

    text: str
    title: str | None = None
    author: str | None = None
    published_at: str | None = None
    language: str = "und"
    format: str = "text"
    warnings: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, and what the sender should know of how it was read."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(content: bytes, charset: str | None = None, fallback: str | None = None) -> Decoded:
    """Text of a file: byte-order mark, then `charset`, then strict UTF-8.

    `fallback` names a charset to try when neither fits and none was given.
    Bytes that fit nothing raise IngestError; nothing is ever replaced.
    """
    refuse_foreign(content)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Decoded(_decode_strictly(content[len(mark) :], name))
    if charset:
        return _decode_as_told(content, charset)
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if fallback:
            text = _decode_strictly(content, fallback)
            return Decoded(text, (f"No charset was given and it is not UTF-8: read as {fallback}.",))
        detail = f"Byte {error.start} is not UTF-8, and no charset was given"
        raise IngestError("charset_wrong", detail) from None


def refuse_foreign(content: bytes) -> None:
    """IngestError for a file too large, packed, or known to be no text."""
    if len(content) > MAX_FILE_BYTES:
        detail = f"The file has {len(content):,} bytes; at most {MAX_FILE_BYTES:,} are read"
        raise IngestError("file_too_large", detail)
    for signature, code, kind in _SIGNATURES:
        if content.startswith(signature):
            raise IngestError(code, f"This is a {kind} file, not text")


def _decode_as_told(content: bytes, charset: str) -> Decoded:
    try:
        name = codecs.lookup(charset.strip()).name
    except (LookupError, ValueError):
        raise IngestError("charset_unknown", f"Unknown charset {charset[:40]!r}") from None
    if name in _NO_CHARSETS:
        raise IngestError("charset_unknown", f"{charset} is no charset of a text")
    if name in _SINGLE_BYTE_WESTERN and not content.isascii() and _is_utf8(content):
        return Decoded(content.decode("utf-8"), (f"Declared as {charset}, but the bytes are UTF-8: read as UTF-8.",))
    if name.startswith(("utf-16", "utf-32")) and b"\0" not in content and content.isascii():
        raise IngestError("charset_wrong", f"Declared as {charset}, but the bytes are plain ASCII")
    return Decoded(_decode_strictly(content, "cp1252" if name == "iso8859-1" else name))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_strictly(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except LookupError:
        raise IngestError("charset_unknown", f"{charset} is no charset of a text") from None
    except ValueError:
        raise IngestError("charset_wrong", f"The bytes are not {charset}") from None


def check_text(text: str, most: int = MAX_TEXT_BYTES) -> str:
    """The text with CRLF as LF; IngestError when it is no article's text or
    has more than `most` UTF-8 bytes."""
    text = text.replace("\r\n", "\n")
    if not any(character.isalnum() for character in text):
        raise IngestError("text_empty", "The article has no text: there are no words in it")
    if "\0" in text:
        raise IngestError("nul_character", "The text holds a NUL character")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise IngestError("lone_surrogate", "The text holds half a surrogate pair") from None
    if size > most:
        raise IngestError("text_too_large", f"The text has {size:,} bytes; the desk takes {most:,} in one article")
    controls = len(_CONTROLS.findall(text))
    if controls > max(_CONTROLS_FORGIVEN, len(text) * _CONTROL_SHARE):
        raise IngestError("binary_text", f"This is no text: {controls:,} control characters (a binary file?)")
    return text
