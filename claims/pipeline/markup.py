"""A look at hostile markup before any parser sees it."""

import re
from typing import Final

from claims.pipeline.ingest_text import IngestError

MAX_COST: Final = 100_000_000
"""Attributes of a tag squared, summed over long tags: what parsers take time
for. A second or so; text of a script that looks like a tag stays far below."""

_LONG_TAG: Final = 2_000
_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")


def refuse_crowded_tags(source: str, code: str) -> None:
    """IngestError(code) when tags hold attributes without end."""
    cost = 0
    for piece in source.split("<"):
        tag = piece[: piece.find(">")] if ">" in piece else piece
        if len(tag) > _LONG_TAG and tag[:1].isalpha():
            rest = _QUOTED.sub(" ", tag)
            cost += max(len(rest.split()), rest.count("=")) ** 2
            if cost > MAX_COST:
                raise IngestError(code, "A tag has thousands of attributes")
