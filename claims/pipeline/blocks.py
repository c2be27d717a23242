"""Stage 1: the text as blocks, each body text or one kind of furniture.

A block is one paragraph. Nothing is deleted: the blocks are in order, do not
overlap and together cover everything but white space.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.enums import Boilerplate
from claims.pipeline.furniture import (
    DATE_PREFIX,
    DATELINE_PREFIX,
    LINK_HEADINGS,
    TRAILING_CREDIT,
    label_line,
)
from claims.pipeline.given_names import FEMALE_NAMES, MALE_NAMES
from claims.pipeline.shapes import DocumentInfo

_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[\"”»]$")
_BULLET = re.compile(r"(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s+")
_QUOTE_MARKS = "\"“”„«»‘’'‹›"
_ROLE_LINE = re.compile(
    r"(?i)(?:.{0,40}\b(?:reporter|correspondent|editor|writer|columnist|staff|producer|journalist|analyst|"
    r"bureau)\b.{0,60})"
)
_NAME_LINE = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|and|de|van|von|der|in|at|&|\((?:now|earlier)\)|,)){1,7}")
_AUTHOR_NOTE = re.compile(
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3} (?:is|was|reports?|reported|covers|writes)\b.{0,80}\b(?:reporter|"
    r"correspondent|editor|writer|columnist|"
    r"journalist|author|from [A-Z]|for the [A-Z])"
)
"""`Ann Lee is our health correspondent.`, as the last paragraphs of an article have it."""

_LINE_WIDTHS = range(50, 101)
_HEAD = 12
"""Letters of the shortest line that is held to repeat another."""

MAX_HEADING = 110
"""A line without a full stop up to this long (code points) may be a heading."""


class Block(NamedTuple):
    """One paragraph; `kind` None is body text."""

    start: int
    end: int
    kind: Boilerplate | None = None

    @property
    def is_body(self) -> bool:
        """Whether claims may stand in it."""
        return self.kind is None


def read_blocks(text: str, info: DocumentInfo) -> list[Block]:
    """All blocks of the text, in order, furniture labelled."""
    paragraphs = list(_paragraphs(text))
    blocks: list[Block] = []
    in_links = False
    for index, (start, end) in enumerate(paragraphs):
        line = text[start:end]
        kind = label_line(line)
        if in_links and kind is None:
            in_links = _is_link_line(text, paragraphs, index)
            kind = Boilerplate.RELATED_LINK if in_links else None
        if kind is not None:
            in_links = kind is Boilerplate.RELATED_LINK and (in_links or bool(LINK_HEADINGS.fullmatch(line)))
            blocks.append(Block(start, end, kind))
        elif _is_heading(line, index, info):
            blocks.append(Block(start, end, Boilerplate.HEADING))
        else:
            blocks.extend(_split_edges(text, start, end))
    return _label_bylines(text, _label_repeats(text, blocks))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs: lines, with hard-wrapped lines joined."""
    group: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        if group and text.count("\n", group[-1][1], start) > 1:
            yield from _unwrap(text, group)
            group = []
        group.append((start, start + len(stripped)))
    yield from _unwrap(text, group)


def _unwrap(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of one blank-line group, joined where they are only wrapped."""
    width = max((end - start for start, end in lines), default=0)
    is_wrapped = (
        len(lines) > 1
        and width in _LINE_WIDTHS
        and all(end - start >= 0.6 * width and label_line(text[start:end]) is None for start, end in lines[:-1])
    )
    current: tuple[int, int] | None = None
    for start, end in lines:
        if current is not None and is_wrapped and _continues(text, current, start, end, width):
            current = (current[0], end)
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _continues(text: str, before: tuple[int, int], start: int, end: int, width: int) -> bool:
    """Whether the line at `start` is the wrapped rest of the paragraph before it.

    It is when its first word would not have fit on the line before.
    """
    line_start = max(before[0], text.rfind("\n", before[0], before[1]) + 1)
    space = text.find(" ", start, end)
    first_word = (space if space > 0 else end) - start
    if _BULLET.match(text, start, end):
        return False
    return before[1] - line_start + 1 + first_word > width and before[1] - line_start > width // 2


def _is_link_line(text: str, paragraphs: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a line under a "Related" heading is one more link.

    A link is short, has no full stop, and follows without a blank line, or
    stands among other such lines.
    """
    start, end = paragraphs[index]
    if end - start > 140 or text[end - 1] in '.”"':
        return False
    return text.count("\n", paragraphs[index - 1][1], start) == 1 if index else False


def _is_heading(line: str, index: int, info: DocumentInfo) -> bool:
    """Whether an unlabelled line is a headline, a crosshead or the title."""
    if info.title and _plain(line) == _plain(info.title):
        return True
    if len(line) > MAX_HEADING or "\n" in line or _BULLET.match(line):
        return False
    if line[0] in _QUOTE_MARKS and line[-1] in _QUOTE_MARKS:
        inner = line.strip(_QUOTE_MARKS)
        return bool(inner) and inner[-1] not in ".,!?…" and (index == 0 or len(inner.split()) <= 9)
    if re.search(r":\s.{0,60}[‘“][^‘“’”]{2,60}[^.,!?…’”][’”]\??$", line) and len(line) < 80:
        return True
    if re.search(r"[:|]\s*[“\"‘«]", line) or re.search(r"[\"”»][,.]?\s+\w", line):
        return index == 0 and line[0] not in _QUOTE_MARKS and line[-1] not in '”"».'
    if line[-1] == "?":
        return index == 0 and len(line.split()) <= 16 and "? " not in line
    if line[-1] in '”"»' and len(line.split()) <= 14:
        return index == 0
    return not _TERMINAL.search(line) and any(char.isalpha() for char in line) and line[0] not in "[("


def _split_edges(text: str, start: int, end: int) -> list[Block]:
    """A body paragraph without its dateline in front and credit behind."""
    blocks = []
    prefix = _dateline_end(text, start, end)
    if prefix > start:
        blocks.append(Block(start, prefix, Boilerplate.DATELINE))
        start = prefix + len(text[prefix:end]) - len(text[prefix:end].lstrip())
    tail = None
    window = max(start, end - 260)
    match = TRAILING_CREDIT.search(text, window, end) if text[end - 1] in ")]." else None
    if match and match.start() > start:
        tail = Block(match.start(), end, Boilerplate.CREDIT)
        end = start + len(text[start : match.start()].rstrip())
    if end > start:
        blocks.append(Block(start, end))
    if tail is not None:
        blocks.append(tail)
    return blocks


def _dateline_end(text: str, start: int, end: int) -> int:
    """Where the dateline in front of a paragraph ends (`start` when there is none)."""
    match = DATE_PREFIX.match(text, start, end)
    if match:
        return match.end()
    match = DATELINE_PREFIX.match(text, start, min(end, start + 140))
    if not match:
        return start
    prefix = match.group().rstrip()
    place = re.match(r"[^\W\d_][\w.'’/ -]*", prefix)
    place_text = place.group().strip(" -–—,") if place else ""
    has_mark = prefix[-1] in "-–—" and (
        place_text.isupper() or bool(re.search(r"[)\]]\s*[-–—]+$", prefix)) or bool(re.search(r"\d\s*[-–—]+$", prefix))
    )
    has_colon = prefix[-1] == ":" and place_text.isupper() and ("(" in prefix or "," in prefix)
    is_long_enough = match.end() < end - 15
    return (
        start + len(prefix) if (has_mark or has_colon) and is_long_enough and (place_text or "(" in prefix) else start
    )


def _label_repeats(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Label a short paragraph that repeats words of a longer one a pull quote."""
    lines = [_plain(text[block.start : block.end]) for block in blocks]
    can_repeat = [
        block.kind in {None, Boilerplate.HEADING} and _HEAD <= len(line) <= 220 and text[block.start] in _QUOTE_MARKS
        for block, line in zip(blocks, lines, strict=True)
    ]
    whole = "\n".join(line for block, line in zip(blocks, lines, strict=True) if block.is_body)
    counts = _count_in(whole, [line for line, is_quoted in zip(lines, can_repeat, strict=True) if is_quoted])
    seen: set[str] = set()
    labelled = []
    for block, line, is_quoted in zip(blocks, lines, can_repeat, strict=True):
        if is_quoted and (line in seen or counts[line] > block.is_body):
            labelled.append(block._replace(kind=Boilerplate.PULL_QUOTE))
            continue
        seen.add(line)
        labelled.append(block)
    return labelled


def _count_in(whole: str, lines: Sequence[str]) -> Counter[str]:
    """How often each line stands in the whole, which is read once: lines are looked up by their first letters."""
    counts: Counter[str] = Counter()
    by_head: dict[str, dict[int, set[str]]] = {}
    for line in lines:
        by_head.setdefault(line[:_HEAD], {}).setdefault(len(line), set()).add(line)
    for place in range(len(whole) if by_head else 0):
        for length, alike in by_head.get(whole[place : place + _HEAD], {}).items():
            if (found := whole[place : place + length]) in alike:
                counts[found] += 1
    return counts


def _label_bylines(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Turn name lines and caption lines near the top from headings into what they are."""
    labelled = list(blocks)
    for index, block in enumerate(labelled[:12]):
        line = text[block.start : block.end]
        if block.kind is not Boilerplate.HEADING or index == 0:
            continue
        if (_ROLE_LINE.fullmatch(line) and len(line) < 80) or (
            _NAME_LINE.fullmatch(line)
            and line.split()[0].lower() in FEMALE_NAMES | MALE_NAMES
            and len(line.split()) <= 8
        ):
            labelled[index] = block._replace(kind=Boilerplate.BYLINE)
    for index in range(max(0, len(labelled) - 4), len(labelled)):
        block = labelled[index]
        if block.is_body and _AUTHOR_NOTE.match(text, block.start, block.end) and block.end - block.start < 300:
            labelled[index] = block._replace(kind=Boilerplate.CREDIT)
    for index in range(1, len(labelled)):
        is_heading = labelled[index].kind is Boilerplate.HEADING
        if is_heading and labelled[index - 1].kind is Boilerplate.CAPTION:
            labelled[index] = labelled[index]._replace(kind=Boilerplate.CAPTION)
    return labelled


def _plain(text: str) -> str:
    """Words only, lower case: what two printings of one sentence share."""
    return " ".join(re.findall(r"\w+", text.lower()))
