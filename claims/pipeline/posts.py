"""Posts printed in an article: `Ann Lee (@annlee): ...`, `@annlee wrote: ...`, a line with who and when.

A post is one paragraph of somebody's own words without quotation marks. Who
wrote it stands in front (`Name (@handle): words`), on a line of its own right
before the words (`Name @handle · 14 March`), or behind them
(`— Name (@handle) March 14, 2025`).
"""

import re
from collections.abc import Sequence

from claims.pipeline.blocks import Block
from claims.pipeline.frames import Mention
from claims.pipeline.transcript import Turn

_HANDLE = r"(?P<handle>@[\w.]{2,40}\b)"
_NAME = r"(?P<name>[A-Z][\w’'.-]*(?:[ ][\w’'.&-]+){0,6}?)"
_DATE = r"(?:[ ·•|,–—-]+[\w:, .]{1,28}?)?"
_LABEL = re.compile(rf"(?:\d{{1,2}}[.:]\d\d\s+)?(?:{_NAME}\s+)?\(?{_HANDLE}\)?{_DATE}\s*:\s+(?=\S)")
_LINE = re.compile(rf"(?P<dash>[—–-]{{1,2}}\s*)?{_NAME}\s+\(?{_HANDLE}\)?{_DATE}\s*$")


def find_posts(text: str, blocks: Sequence[Block]) -> dict[int, Turn]:
    """Block index -> turn of whoever wrote the post; a handle without a name is nobody's."""
    posts: dict[int, Turn] = {}
    body = [index for index, block in enumerate(blocks) if block.is_body]
    for place, index in enumerate(body):
        block = blocks[index]
        if "@" not in text[block.start : min(block.end, block.start + 160)]:
            continue
        label = _LABEL.match(text, block.start, min(block.end, block.start + 200))
        if label is not None:
            posts[index] = Turn(label.end(), _mention(label))
            continue
        line = _LINE.match(text, block.start, block.end) if block.end - block.start < 120 else None
        near = place - 1 if line is not None and line.group("dash") else place + 1
        if line is not None and 0 <= near < len(body) and body[near] not in posts:
            other = blocks[body[near]]
            posts[body[near]] = Turn(other.start, _mention(line))
    return posts


def _mention(found: re.Match[str]) -> Mention:
    """The name in front of a handle, else the handle itself, which names nobody."""
    part = "name" if found.group("name") else "handle"
    return Mention(found.start(part), found.end(part), " ".join(found.group(part).split()))
