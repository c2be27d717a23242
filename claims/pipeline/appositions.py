"""Names inside what is hung on to a subject: makers of papers, owners, aliases, names behind a role."""

from collections.abc import Sequence

from claims.pipeline.cues import DOCUMENT_NOUNS
from claims.pipeline.lexicon import PREPOSITIONS
from claims.pipeline.tokens import Token

_MADE = frozenset({
    "by", "published", "released", "written", "prepared", "compiled", "commissioned", "carried", "produced", "issued",
    "drawn", "led", "conducted", "authored", "filed", "undertaken",
})  # fmt: skip


def maker_start(items: Sequence[Token], part: tuple[int, int]) -> int | None:
    """Where the maker stands in `by the auditors`, `published on Thursday by the Institute`."""
    opens = items[part[0]].lower
    if opens not in _MADE:
        return None
    return next(
        (place + 1 for place in range(part[0], min(part[1] - 1, part[0] + 6)) if items[place].lower == "by"), None
    )


def alias(items: Sequence[Token], start: int, last: int) -> tuple[int, int] | None:
    """The name of `a driver, who asked to be identified only as Julien,`."""
    for index in range(start + 2, last):
        is_naming = any(item.lower in {"identified", "name", "named"} for item in items[max(start, index - 4) : index])
        if items[index].lower == "as" and items[index + 1].is_capitalised and is_naming:
            is_full = index + 2 <= last and items[index + 2].is_capitalised
            return index + 1, index + 2 + is_full
    return None


def owner_of_paper(items: Sequence[Token], start: int, last: int) -> tuple[int, int] | None:
    """The name before `whose report, ...,` when it closes a longer phrase (`the findings of Ann Lee, whose ...`)."""
    for index in range(start + 2, last - 1):
        if items[index].lower == "whose" and any(item.lower in DOCUMENT_NOUNS for item in items[index + 1 : index + 4]):
            low = end = index - 1 if items[index - 1].text == "," else index
            while low > start and items[low - 1].is_capitalised:
                low -= 1
            return (low, end) if low < end and low > start else None
    return None


def trailing_name(items: Sequence[Token], part: tuple[int, int]) -> tuple[int, int] | None:
    """The name that ends `retired PE teacher Ruby Dace`."""
    if any(item.lower in PREPOSITIONS for item in items[part[0] : part[1]]):
        return None
    start = part[1]
    while start > part[0] and items[start - 1].is_capitalised:
        start -= 1
    return (start, part[1]) if part[1] - start >= 2 else None
