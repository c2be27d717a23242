"""Which quotations are somebody's words, and which are titles, scare quotes or fragments."""

import re

from claims.pipeline.cues import CUE_FORMS
from claims.pipeline.quotes import Quote
from claims.pipeline.tokens import Words, has_finite

_TERMINAL = ".!?…,—–-;"


def is_statement(words: Words, quote: Quote) -> bool:
    """Whether a quotation is somebody's words and no scare quote, title or fragment."""
    inner = words.text[quote.start : quote.end].strip()
    if not quote.has_opener or not quote.has_closer:
        return bool(inner)
    if not inner:
        return False
    before = words.text[max(0, quote.outer_start - 40) : quote.outer_start].rstrip()
    after = words.text[quote.outer_end : quote.outer_end + 2].lstrip()
    word = _last_word(before)
    introduced = not before or before[-1] in ':,.!?—–-…\n”"’»;' or word in CUE_FORMS
    if len(inner.split()) == 1 and before[-1:].isalnum():
        return False
    if inner[:1].islower() and before[-1:] == "," and _last_word(before.rstrip(", ")) not in CUE_FORMS:
        return False
    if inner[-1] in _TERMINAL:
        return introduced or (len(inner.split()) > 4 and inner[:1].isupper())
    if not introduced and word not in {"that", "and", "but"}:
        return False
    if after[:1] in {",", "–", "—"} and inner[:1].isupper() and (len(inner.split()) > 1):
        return True
    if inner[:1].islower() and before[-1:] not in {":", ""} and word != "that" and word not in CUE_FORMS:
        return False
    return len(inner.split()) >= 4 and has_finite(words.between(quote.start, quote.end)[:60])


def _last_word(before: str) -> str:
    """The last word, lower case, or nothing."""
    match = re.search(r"(\w+)$", before[-30:])
    return match.group(1).lower() if match else ""
