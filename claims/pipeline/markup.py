"""A look at hostile markup before any parser sees it."""

import re
from typing import Final

from claims.pipeline.ingest_text import IngestError

MAX_ATTRIBUTES: Final = 500
"""Attributes of one tag; parsers take time with their square."""

_LONG_TAG: Final = 4 * MAX_ATTRIBUTES
_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")


def refuse_crowded_tags(source: str, code: str) -> None:
    """IngestError(code) when a tag holds attributes without end."""
    for piece in source.split("<"):
        tag = piece[: piece.find(">")] if ">" in piece else piece
        if len(tag) <= _LONG_TAG or not tag[:1].isalpha():
            continue
        if len(_QUOTED.sub(" ", tag).split()) > 2 * MAX_ATTRIBUTES or tag.count("=") > 20 * MAX_ATTRIBUTES:
            raise IngestError(code, f"A tag has more than {MAX_ATTRIBUTES} attributes")
