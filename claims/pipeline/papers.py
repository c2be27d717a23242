"""Who made a paper: `the audit` is by whoever the article says made it, before or behind.

`The audit, by the accountants Rowe and Lee, ...` tells whose every `audit` of
the article is; two makers of one kind of paper are told apart by nearness.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from claims.pipeline.answers import body_of, is_place
from claims.pipeline.cues import DOCUMENT_NOUNS
from claims.pipeline.lexicon import BE_FORMS, PREPOSITIONS, TIME_WORDS, words
from claims.pipeline.register import Entry, Naming, Register
from claims.pipeline.tokens import Token, Words

_ALIKE = (
    words("report review document dossier audit inquiry investigation findings paper"),
    words("study paper research analysis trial findings experiment"),
    words("survey poll polling"),
    words("figures data statistics numbers"),
)
_MADE = words(
    "carried out prepared compiled conducted published produced written led commissioned issued drawn up released "
    "undertaken authored filed brought lodged by from and"
)
_BETWEEN = words(
    "the a an firm accountants consultants researchers scientists economists engineers analysts pollster pollsters "
    "charity company university group auditors lawyers regulator think-tank think tank institute consultancy agency "
    "inspectors experts team at of dr prof professor sir dame its independent local government"
)
_LINKING = _MADE | _BETWEEN | TIME_WORDS | BE_FORMS
_REACH = 18
_PLACING = frozenset({"in", "at", "on", "with", "before"})
_MANY = 40


class Papers:
    """The papers of an article with their makers."""

    def __init__(self, source: Words, register: Register) -> None:
        self._made: dict[str, list[tuple[int, Entry]]] = {}
        self._told: dict[str, Entry] = {}
        names = {naming.run.start: naming for naming in register.namings}
        names |= {naming.run.start - _lead(naming): naming for naming in register.namings}
        for tokens in source.lists:
            for place, noun, maker in _makers(tokens, names):
                if len(self._made.setdefault(noun, [])) < _MANY:
                    self._made[noun].append((place, maker))

    def remember(self, noun: str, maker: Entry) -> None:
        """Keep whose a paper of this kind was when it spoke."""
        self._told[noun] = maker

    def maker(self, mention: str, noun: str, place: int) -> Entry | None:
        """Who made `the NOUN` or `a NOUN` at a place: the maker told last, else the only one the article tells of."""
        first = mention.split(" ", 1)[0].lower()
        is_definite = first in {"the", "its"}
        if is_definite and noun in self._told:
            return self._told[noun]
        found = self._made.get(noun, [])
        before = bisect_right(found, place, key=lambda item: item[0])
        if is_definite and before:
            return found[before - 1][1]
        if not is_definite and (first not in {"a", "an"} or before):
            return None
        if not found:
            alike = {kind for kinds in _ALIKE if noun in kinds for kind in kinds}
            found = [item for kind in sorted(alike) for item in self._made.get(kind, [])]
        makers = {maker.name: maker for _, maker in found}
        return next(iter(makers.values())) if len(makers) == 1 else None


def _lead(naming: Naming) -> int:
    """How many characters of titles stand before a name, about."""
    return sum(len(word) + 1 for word in naming.run.lead)


def _makers(tokens: Sequence[Token], names: dict[int, Naming]) -> Iterator[tuple[int, str, Entry]]:
    """Place, noun and maker of each `report ... by X` among the tokens."""
    for index, token in enumerate(tokens):
        noun = token.lower
        if noun not in DOCUMENT_NOUNS or token.is_capitalised:
            continue
        low, link, is_passive = index + 1, "", False
        while low < min(len(tokens), index + _REACH):
            word = tokens[low].lower
            naming = names.get(tokens[low].start)
            if naming is not None:
                if link in {"by", "from"} and len(naming.entries) <= 1 and not is_place(naming):
                    yield token.start, noun, naming.entries[0] if naming.entries else body_of(naming)
                if not (is_passive and link in _PLACING):
                    break
                while low + 1 < len(tokens) and tokens[low + 1].end <= naming.run.end:
                    low += 1
                low += 1
                continue
            is_passive = is_passive or word in BE_FORMS
            if word in PREPOSITIONS:
                link = word
            elif word not in _LINKING and tokens[low].text != ",":
                break
            low += 1
