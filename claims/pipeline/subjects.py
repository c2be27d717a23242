"""What the sentence before is about: a body, a paper, somebody's spokesperson; whom `it` and `a spokesman` take up."""

from collections.abc import Sequence

from claims.pipeline.cues import SPOKESPEOPLE
from claims.pipeline.discourse import Discourse
from claims.pipeline.frames import Mention
from claims.pipeline.groups import GOVERNED, Groups
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import ADVERBS, words
from claims.pipeline.reading import Head, Reading, read_mention
from claims.pipeline.register import Entry, Register
from claims.pipeline.runs import is_common_start
from claims.pipeline.things import is_thing
from claims.pipeline.tokens import Words

_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "this", "that", "these", "those"})
_OF_PEOPLE = words("campaign administration foundation team government")


def owner_of(reading: Reading) -> Entry | None:
    """The one entry that the printed name in or behind the head means."""
    naming = reading.naming
    return naming.entries[0] if naming is not None and len(naming.entries) == 1 else None


class Subjects:
    """Reads the subjects of sentences; asked in document order."""

    def __init__(
        self,
        source: Words,
        register: Register,
        sentences: Sequence[tuple[int, int]],
        discourse: Discourse,
        groups: Groups,
    ) -> None:
        self._text = source.text
        self._source = source
        self._register = register
        self._sentences = sentences
        self._discourse = discourse
        self._groups = groups

    def spoke_before(self, number: int) -> Entry | None:
        """The body that spoke in the sentence right before, in the same paragraph."""
        last = self._discourse.last
        if last is None or last.entry is None or not is_thing(last.entry) or number == 0:
            return None
        start, end = self._sentences[number - 1]
        return last.entry if start <= last.place < end and self._sentences[number][0] - end <= 1 else None

    def voice_before(self, place: int, kinds: frozenset[str] = SPOKESPEOPLE) -> Reading | None:
        """The `spokesman for X` (or other voice) who is the subject of the sentence before, in the same paragraph."""
        number = self._discourse.sentence_at(place)
        if number == 0 or self._sentences[number][0] - self._sentences[number - 1][1] > 1:
            return None
        before = self._sentences[number - 1]
        tokens = self._source.between(*self._discourse.subject_span(number - 1))
        if len(tokens) < 2 or self._discourse.is_quoted(before[0]):
            return None
        reading = read_mention(tokens, self._register)
        is_voice = reading.head is Head.VOICE and reading.noun in kinds and reading.noun != "press"
        return reading if is_voice and (reading.naming is not None or kinds is not SPOKESPEOPLE) else None

    def paper_before(self, place: int) -> tuple[Reading, Mention] | None:
        """The paper that is the subject of the sentence before (`The study followed 900 nurses. ..., it found.`)."""
        number = self._discourse.sentence_at(place) - 1
        if number < 0 or self._discourse.is_quoted(self._sentences[number][0]):
            return None
        tokens = self._source.between(*self._discourse.subject_span(number))
        if len(tokens) < 2:
            return None
        reading = read_mention(tokens, self._register)
        start, end = tokens[0].start, tokens[-1].end
        return (reading, Mention(start, end, self._text[start:end])) if reading.head is Head.DOCUMENT else None

    def body_topic(self, number: int, place: int) -> tuple[str, Entry | None] | None:
        """Name and entry of the body that is a sentence's subject, by name or by kind."""
        if number < 0 or self._discourse.is_quoted(self._sentences[number][0]):
            return None
        tokens = self._source.between(*self._discourse.subject_span(number))
        if not tokens or tokens[0].lower in _PRONOUNS:
            return None
        reading = read_mention(tokens, self._register)
        owner = owner_of(reading)
        if reading.head is Head.NAME and owner is not None and owner.is_body:
            return owner.name, owner
        run = reading.naming.run if reading.head is Head.NAME and reading.naming is not None else None
        if run is not None and reading.naming is not None and not reading.naming.entries:
            is_word = is_role(run.words[-1]) or is_common_start(tokens[0]) or tokens[0].lower in ADVERBS
            return None if is_word or self._text[place : place + 2].lower() == "it" else (run.name, None)
        if reading.head is Head.GROUP and owner is not None and owner.is_person and reading.naming is not None:
            is_own = not reading.naming.run.is_owner and reading.noun in _OF_PEOPLE
            return (f"{reading.naming.run.name} {reading.noun}", None) if is_own else None
        if (reading.head is Head.GROUP or reading.noun in GOVERNED) and reading.is_definite:
            return self._groups.meant(reading.noun, reading, tokens[0].start)
        return None
