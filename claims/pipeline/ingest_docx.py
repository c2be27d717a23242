"""The text of a .docx, after its package has been looked over.

A .docx is a zip of XML. Every size is checked twice: as declared, before
anything is unpacked, and as it really comes out. Tracked insertions are
text, tracked deletions are not.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from claims.pipeline.ingest_text import MAX_FILE_BYTES, Ingested, IngestError, check_text
from claims.pipeline.language import detect_language

MAX_PARTS: Final = 2_000
MAX_UNPACKED_BYTES: Final = 64 * 1_048_576
MAX_XML_BYTES: Final = 16 * 1_048_576
MAX_RATIO: Final = 200
"""Unpacked size over packed size of one part; Word's XML stays below 40."""

_RATIO_FROM: Final = 1_048_576
_CHUNK: Final = 65_536
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED: Final = frozenset(f"{_NAMESPACE}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr"))
_BREAKS: Final = {
    f"{_NAMESPACE}tab": "\t",
    f"{_NAMESPACE}br": "\n",
    f"{_NAMESPACE}cr": "\n",
    f"{_NAMESPACE}noBreakHyphen": "-",
}
_DECLARATIONS: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAX_FIELD: Final = 500


def from_docx(content: bytes) -> Ingested:
    """Text, title and author of a .docx; IngestError when it is unfit."""
    if len(content) > MAX_FILE_BYTES:
        raise IngestError("file_too_large", f"The file has {len(content):,} bytes; at most {MAX_FILE_BYTES:,} are read")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise IngestError("docx_encrypted", "An old .doc or a .docx with a password: save it as .docx without one")
    _check_package(content)
    document = _open(content)
    paragraphs = list(_paragraphs(document.element.body))
    text = check_text("\n\n".join(text for text, _ in paragraphs if text.strip()))
    properties = document.core_properties
    title = next((text.strip() for text, style in paragraphs if style == "Title" and text.strip()), None)
    return Ingested(
        text=text,
        title=_field(title) or _field(properties.title),
        author=_field(properties.author),
        language=detect_language(text),
        format="docx",
    )


def _check_package(content: bytes) -> None:
    """Refuse a package that is no .docx, lies about sizes or is a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _check_declared(parts, len(content))
            for part in parts:
                _check_part(package, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise IngestError("docx_unreadable", f"Not a sound .docx ({type(error).__name__})") from None
    except (ValueError, RuntimeError, UnicodeError) as error:
        if isinstance(error, IngestError):
            raise
        raise IngestError("docx_unreadable", f"Not a sound .docx ({type(error).__name__})") from None
    except Exception as error:
        # zlib.error and lzma.LZMAError have no base class but Exception.
        raise IngestError("docx_unreadable", f"Not a sound .docx ({type(error).__name__})") from None


def _check_declared(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MAX_PARTS:
        raise IngestError("docx_too_large", f"More than {MAX_PARTS:,} parts")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise IngestError("docx_unreadable", "A zip file, but not a Word document")
    if any(part.flag_bits & 0x1 for part in parts):
        raise IngestError("docx_encrypted", "The document has a password")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise IngestError("docx_too_large", f"It unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
    if sum(part.compress_size for part in parts) > size:
        raise IngestError("docx_unreadable", "Its parts overlap")
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise IngestError("docx_too_large", f"{part.filename[:80]} is packed more than {MAX_RATIO} to 1")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part in small pieces, never past what it declared."""
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    if is_xml and part.file_size > MAX_XML_BYTES:
        raise IngestError("docx_too_large", f"{part.filename[:80]} unpacks to more than {MAX_XML_BYTES:,} bytes")
    unpacked = 0
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > part.file_size:
                raise IngestError("docx_too_large", f"{part.filename[:80]} is larger than it declares")
            if is_xml and _DECLARATIONS.search((tail + chunk).replace(b"\0", b"")):
                raise IngestError("xml_entities", f"{part.filename[:80]} declares a document type or entities")
            tail = chunk[-32:]


def _open(content: bytes) -> Any:
    """The package as python-docx reads it."""
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        _ = document.element.body, document.core_properties
    except Exception as error:
        # The library raises KeyError, AttributeError, lxml's and its own errors on damaged parts.
        raise IngestError("docx_unreadable", f"Not a sound .docx ({type(error).__name__})") from None
    if document.element.body is None:
        raise IngestError("docx_unreadable", "The document has no body")
    return document


def _paragraphs(body: Any) -> Iterator[tuple[str, str]]:
    """(text, style name) of each paragraph in reading order, tables included."""
    for paragraph in body.iter(f"{_NAMESPACE}p"):
        if any(a.tag in _DROPPED or a.tag == _FALLBACK for a in paragraph.iterancestors()):
            continue
        style = paragraph.find(f"{_NAMESPACE}pPr/{_NAMESPACE}pStyle")
        name = style.get(f"{_NAMESPACE}val") or "" if style is not None else ""
        yield "".join(_pieces(paragraph)), name


def _pieces(paragraph: Any) -> Iterator[str]:
    """Text of a paragraph's own runs; a text box inside is its own paragraph."""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_NAMESPACE}t":
            yield node.text or ""
        elif node.tag in _BREAKS:
            yield _BREAKS[node.tag]
        elif node.tag not in _DROPPED and node.tag not in (_FALLBACK, f"{_NAMESPACE}p"):
            waiting.extend(reversed(node))


def _field(value: str | None) -> str | None:
    return " ".join((value or "")[:_MAX_FIELD].split()) or None
