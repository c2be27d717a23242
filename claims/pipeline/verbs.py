"""Whether a word of a frame is a verb of saying in a form that can govern a sentence."""

from collections.abc import Sequence

from claims.pipeline.cues import BASE_CUES, CUE_FORMS, PAST_OR_PRESENT
from claims.pipeline.frames import Frame
from claims.pipeline.lexicon import ADVERBS, BE_FORMS, IRREGULAR_PAST, PREPOSITIONS, words
from claims.pipeline.names import GROUP_NOUNS
from claims.pipeline.tokens import Token

_BASE_SUBJECTS = frozenset({
    ",", ")", "i", "we", "you", "they", "people", "police", "data", "who", "that", "which", "also", "now", "still",
    "women", "men",
})  # fmt: skip


def _takes_base(before: str) -> bool:
    """Whether a base form can follow: a plural, or a pronoun that takes it."""
    if before in _BASE_SUBJECTS:
        return True
    return len(before) > 3 and before.endswith("s") and not before.endswith(("ss", "'s", "us", "is"))


def _has_plural_head(items: Sequence[Token], index: int) -> bool:
    """Whether the subject of a base form is a plural with a phrase behind it (`data from the Cocoa Board show`)."""
    for place in range(index - 1, max(0, index - 14), -1):
        word = items[place].lower
        if not items[place].is_word and word not in {"'", "’", "&", "."}:
            return False
        if word in _PHRASE_OPENERS and _takes_base(items[place - 1].lower):
            return items[place - 1].lower not in _BASE_SUBJECTS or items[place - 1].lower in {
                "data",
                "police",
                "people",
            }
    return False


def _is_body_plural(items: Sequence[Token], index: int) -> bool:
    """Whether a body stands before a base form, as British usage has it (`Arsenal say`, `the council insist`)."""
    before = items[index - 1]
    if items[index].lower not in _PLAIN_VERBS or index < 1:
        return False
    is_body = before.is_capitalised or before.lower in GROUP_NOUNS
    return is_body and not any(item.lower in _MAKING for item in items[max(0, index - 5) : index - 1])


_BEFORE_NOUN = frozenset({
    "and", "or", ",", "early", "later", "previous", "earlier", "recent", "public", "own", "first", "last", "such",
    "other", "many", "these", "those", "no", "similar", "false",
})  # fmt: skip
_PLAIN_VERBS = words("say believe insist admit argue deny maintain allege contend warn concede acknowledge")
"""Base forms that are no nouns; bodies may take them (`Arsenal say`, `the council insist`)."""

_MAKING = words("make made makes making let lets letting hear heard help helped helps see saw have had to and")
_TIMING = ADVERBS | {"first", "not", "only", "last"}
_NOUNS_TOO = words("claims reports comments notes states charges shows estimates posts stresses")
_PHRASE_OPENERS = frozenset({"from", "of", "at", "by", "in", "for", "with", "compiled", "published", "released", "seen",
                             "obtained", "close", "gathered", "collected", "issued", "familiar", "such",
                             "including"})  # fmt: skip


def is_cue(frame: Frame, index: int) -> bool:
    """Whether the item is a verb of saying in a form that can govern a sentence."""
    word = frame.items[index].lower
    if word not in CUE_FORMS or word not in PAST_OR_PRESENT or (frame.items[index].is_capitalised and index):
        return False
    before = frame.items[index - 1].lower if index else ""
    after = frame.items[index + 1].lower if index + 1 < len(frame.items) else ""
    if word in {"point", "points", "pointed"} and after not in {"out", "to"}:
        return False
    if word == "states" and (after == "." and frame.items[index - 1].is_capitalised):
        return False
    if word == "states" and after not in {"that", ":", ",", ".", ""}:
        return False
    if word in _NOUNS_TOO and (before in _BEFORE_NOUN or before in PREPOSITIONS or before[:1].isdigit()):
        return False
    if (
        word in BASE_CUES
        and word != "put"
        and before not in {"did", "does"}
        and not _takes_base(before)
        and not _has_plural_head(frame.items, index)
        and not _is_body_plural(frame.items, index)
    ):
        return False
    if before in {"to", "a", "an", "the", "of", "his", "her", "its", "their", "by", "being", "'s", "for", "than"}:
        return False
    return word == "adding" or not _is_passive(frame.items, index)


def _is_passive(items: Sequence[Token], index: int) -> bool:
    """Whether a form of `be` stands before the verb, adverbs between (`was first told`)."""
    place = index - 1
    while place > 0 and items[place].lower in _TIMING:
        place -= 1
    return place >= 0 and items[place].lower in BE_FORMS


def is_helped(items: Sequence[Token], low: int, cue: int) -> bool:
    """Whether `would`, `could only` or `did` stands right before a verb of saying."""
    return any(
        items[place].lower in {"would", "could", "can", "will", "did"} for place in range(max(low, cue - 2), cue)
    )


def is_past_verb(word: str) -> bool:
    """Whether a verb right after a quotation may report it (`barked the driver`)."""
    return word in IRREGULAR_PAST or (word.endswith("ed") and len(word) > 4)
