"""Articles as files: `key: value` lines, a line `---`, then the text as it is."""

from typing import Any

from claims.services.intake import Submission
from factcheck.errors import Invalid

FIELDS = frozenset({"title", "url", "outlet", "author", "published_at", "language", "external_id"})


def parse(content: str) -> Submission:
    """The submission in a file; without front matter all of it is the text."""
    head, fence, body = content.partition("\n---\n")
    lines = head.splitlines()
    if not fence or not all(line.partition(":")[0].strip() in FIELDS for line in lines if line.strip()):
        return Submission(text=content)
    fields: dict[str, Any] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise Invalid.at("/", "front_matter_invalid", f"Not a `key: value` line: {line[:80]!r}")
        if line.strip():
            fields[name.strip()] = value.strip()
    return Submission(text=body, **fields)
