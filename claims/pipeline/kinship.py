"""Whose relative a printed given name is: `her husband, Dale`, `Rhys Bowen and his sister, Catrin`."""

from collections.abc import Sequence

from claims.pipeline.lexicon import words
from claims.pipeline.runs import Run
from claims.pipeline.tokens import Token

_SHARED_SURNAME = words("hubby husband wife son daughter brother sister father mother widow widower twin")


def kin_before(tokens: Sequence[Token], run: Run) -> str:
    """The `husband` of `her husband, Dale` when family shares a surname, as a rule."""
    if run.lead and run.lead[-1] in _SHARED_SURNAME and len(run.lead) == 1:
        return run.lead[-1]
    place = run.low - 1
    if place > 0 and tokens[place].text == ",":
        place -= 1
    if place < 1 or tokens[place].lower not in _SHARED_SURNAME:
        return ""
    if place == run.low - 1 and tokens[place - 1].lower not in {"a", "an", "the"}:
        return tokens[place].lower
    before = tokens[max(0, place - 3) : place]
    is_owned = any(item.lower in {"his", "her", "their"} or item.text.endswith(("'s", "’s")) for item in before)
    return tokens[place].lower if is_owned else ""
