"""Stage 4c: which organisation a name, a kind or a noun means."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from claims.enums import ClaimantType
from claims.pipeline.names import (
    COMMERCIAL_NOUNS,
    DEMONYMS,
    FEMALE_NAMES,
    MALE_NAMES,
    NAMED_BODIES,
    ORGANISATION_HEADS,
)
from claims.pipeline.people import Cast
from claims.pipeline.shapes import Speaker
from claims.pipeline.tokens import Token


class Organisations:
    """The bodies of one article, asked by name, by noun and by kind."""

    def __init__(self, cast: Cast, capitals: Mapping[str, str], starts: Sequence[int]) -> None:
        self._cast = cast
        self._capitals = capitals
        self._starts = starts
        self._bodies = sorted((place, body.name) for body in cast.bodies.values() for place in body.places)

    def owns(self, name: str, tokens: Sequence[Token]) -> bool:
        """Whether the name is only a known person's possessive (`Tran's agent`)."""
        is_possessive = any(token.text.endswith(("'s", "’s")) and token.text[:-2] == name for token in tokens)
        return is_possessive and (name.lower() in self._cast.by_surname or name.lower() in self._cast.people)

    def is_common_noun(self, name: str, tokens: Sequence[Token], position: int) -> bool:
        """Whether a lone capital is only that of the sentence's first word (`Photos showed`, `Recent reports`)."""
        if " " in name or name.isupper() or name.lower() in self._capitals or name.lower() in self._cast.bodies:
            return False
        index = bisect_right(self._starts, position) - 1
        is_first = index >= 0 and position - self._starts[index] <= 1
        return is_first and (len(tokens) > 1 or name.endswith("s")) and tokens[0].text == name

    def named(self, name: str, step: str) -> Speaker:
        """A Speaker for a capitalised name that is no known person's."""
        if name.isupper() and " " in name and all(len(word) > 2 for word in name.split()):
            name = name.title()
        full = self._cast.acronyms.get(name)
        if full is not None:
            return Speaker(full, ClaimantType.ORGANIZATION, 0.9, (step, f"{name} stands for {full}"))
        longer = [body for key, body in self._cast.bodies.items() if key.startswith(name.lower() + " ")]
        if len(longer) == 1:
            return Speaker(longer[0].name, ClaimantType.ORGANIZATION, 0.85, (step, f"short for {longer[0].name}"))
        words = name.lower().split()
        if words[-1] in NAMED_BODIES or words[0] in DEMONYMS:
            return Speaker(name, ClaimantType.ORGANIZATION, 0.8, (step,))
        is_person = " " in name and words[0] in FEMALE_NAMES | MALE_NAMES
        is_body = (
            any(word in ORGANISATION_HEADS for word in words) or name.isupper() or name.lower() in self._cast.bodies
        )
        kind = ClaimantType.PERSON if is_person or (len(words) == 1 and not is_body) else ClaimantType.ORGANIZATION
        return Speaker(name, kind, 0.8, (step,))

    def kind_before(self, nouns: Sequence[str], position: int) -> str | None:
        """The fuller words for a body that has no name (`the employers' federation`), nearest before."""
        for noun in nouns:
            found = self._cast.kinds.get(noun, [])
            near = bisect_left(found, (position, ""))
            if near and noun not in COMMERCIAL_NOUNS:
                return found[near - 1][1]
        return None

    def holding(self, noun: str, position: int) -> str | None:
        """The nearest named body whose name holds the noun (`the council` -> Wexcombe District Council)."""
        nearest: tuple[int, str] | None = None
        fitting = {body.name for body in self._cast.bodies.values() if noun in body.words}
        for place, name in self._bodies:
            if name in fitting and (place < position or nearest is None):
                nearest = (place, name)
        return nearest[1] if nearest else None
