"""The subject that stands behind its verb: `said Ann Lee, who ...`."""

from collections.abc import Sequence

from claims.pipeline.cues import UNNAMED_SOURCES
from claims.pipeline.frames import NOT_SUBJECT, Frame, apposed_name, leading_np
from claims.pipeline.lexicon import ADVERBS, PREPOSITIONS, SUBORDINATORS, TIME_WORDS
from claims.pipeline.names import GROUP_NOUNS, ROLES
from claims.pipeline.tokens import Token

_BARE_SUBJECTS = UNNAMED_SOURCES | GROUP_NOUNS | ROLES | {"he", "she", "they"}


def subject_after(frame: Frame, start: int, high: int) -> tuple[int, int] | None:
    """Item range of the subject that follows its verb (`said Ann Lee, who ...`)."""
    items = frame.items
    if start + 1 < high and items[start].lower in {"in", "back", "out", "on", "up"}:
        start += 1
    if start >= high:
        return None
    first = items[start]
    starts = first.is_capitalised or first.lower in {"the", "a", "an", "one", "his", "her", "its", "their", "another"}
    if not starts and first.lower not in _BARE_SUBJECTS and not _names_soon(items, start, high):
        return None
    if (first.lower in NOT_SUBJECT and first.text != "US") or first.lower in ADVERBS or first.lower in TIME_WORDS:
        return None
    span = leading_np(frame, start, high)
    if span is None:
        return None
    stop = span[1]
    for index in range(span[0] + 1, span[1]):
        if items[index].lower in {"in", "on", "at", "after", "during", "with", "by", "to"}:
            stop = index
            break
    return apposed_name(frame, (span[0], stop), high)


def _names_soon(items: Sequence[Token], start: int, high: int) -> bool:
    """Whether a capital follows without a mark between (`opposition leader Petra Vance`)."""
    if items[start].lower in PREPOSITIONS or items[start].lower in SUBORDINATORS:
        return False
    for index in range(start, min(high, start + 6)):
        if not items[index].is_word:
            return False
        if items[index].is_capitalised:
            return True
    return False
