"""Sentences without a source of their own that go on with what somebody was just said to have said.

`The fault lay with a spring, he said. The supplier had since been dropped.`:
the pluperfect, or words that count what was spoken of, tell that the report
goes on. Anything else is the article's own voice.
"""

from claims.pipeline.frames import Frame
from claims.pipeline.lexicon import NUMBER_WORDS, words

_COUNTING = frozenset(NUMBER_WORDS) | words("some many several most both all half")
_SPOKEN_OF = frozenset({"those", "them", "these"})


def goes_on(frame: Frame) -> bool:
    """Whether a sentence takes up a reported one: `It had been there ...`, `One of them was ...`."""
    items = frame.items
    if frame.quotes or len(items) < 4:
        return False
    opens = [item.lower for item in items[:3]]
    if opens[0] in _COUNTING and opens[1] == "of" and opens[2] in _SPOKEN_OF:
        return True
    verb = next((index for index, flag in enumerate(frame.finite) if flag), None)
    if verb is None or verb == 0 or items[verb].lower != "had" or any(item.text == "," for item in items[:verb]):
        return False
    after = [item.lower for item in items[verb + 1 : verb + 4]]
    return "," not in after and any(_is_participle(word) for word in after)


def _is_participle(word: str) -> bool:
    """Whether the word may follow `had`."""
    return word in {"been", "gone", "become", "come", "put", "cut", "met", "left", "had"} or word.endswith(("ed", "en"))
