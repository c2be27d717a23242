"""What has been spoken of up to a place: candidates for `she`, `the company`, `the minister`.

Every candidate is weighed by how near, how prominent and how fitting it is; a
near tie is an abstention.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.pipeline.cues import CUE_FORMS
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.lexicon import PREPOSITIONS, SUBORDINATORS
from claims.pipeline.name_forms import PLACE_ENDS, person_by_form
from claims.pipeline.register import Entry, Naming, Register
from claims.pipeline.tokens import Token, Words, finite_flags

_PRONOUN_START = re.compile(r"(She|He)\b(?![’'])")
_ENTRANCE = re.compile(
    r"(?:Then|Next|Enter|Along|Up|In|Here)\b(?: (?:came|comes|stepped|rose|is|was|stood))?(?= [A-Z])|"
    r"Among (?:[\w’'-]+ ){1,6}(?:is|was)(?= [A-Z])"
)
_ROLE_START = re.compile(r"(?:The|An?)\s+[\w’'-]")
_PRESENTING = re.compile(
    r"\b(?:from|was|is|were|spoke to|talked to|met|joined by|led by)(?: [A-Z][a-z]{1,9}\.?){0,2} $"
)
_DOING = re.compile(r"[A-Z][a-z]{2,}ing\b")
_INSERTED = re.compile(r",\s$")
_REACH = 7
"""Sentences that a pronoun may look back."""

_ASIDE = (" in ", " at ", "ear ")
"""What stands before a name that is hardly its sentence's subject."""

_QUOTED = 4
"""Sentences of one quotation behind which the subject before is still meant."""
_MARGIN = 1.5
_DOUBTFUL = 4.0
"""What a name that may as well be a body's has less."""

_ASKER = 5.0
"""What `Cross-examined by Tom Reed, he` takes from Tom Reed."""

_SPOKE, _SUBJECT, _KNOWN, _STEP = 3.5, 3.0, 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody spoke: where the source stands, who it is (None: unnamed), whether one person."""

    place: int
    entry: Entry | None
    is_single: bool


class Discourse:
    """The article's names in order, with what is known of who spoke; asked in document order."""

    def __init__(
        self, source: Words, register: Register, sentences: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]]
    ) -> None:
        self._source = source
        self._register = register
        self._starts = [start for start, _ in sentences]
        self._ends = [end for _, end in sentences]
        self._quoted_starts = [start for start, _ in quoted]
        self._quoted_ends = [end for _, end in quoted]
        self._order = self._told_order()
        self._said: list[Utterance] = []
        self._chained: list[tuple[int, Entry | None]] = []
        self._holder: Callable[[int, int], tuple[bool, Entry | None]] | None = None
        self._next = 0
        self._subjects: dict[int, tuple[int, int]] = {}

    def _told_order(self) -> list[int]:
        """For each sentence its number among those that are not wholly inside a quotation."""
        order, told = [], 0
        for start, end in zip(self._starts, self._ends, strict=True):
            index = bisect_right(self._quoted_starts, start) - 1
            told += not (index >= 0 and end <= self._quoted_ends[index])
            order.append(told)
        return order

    def names_somebody(self, number: int) -> bool:
        """Whether a sentence names a person, so that its subject is no stranger."""
        namings = self._register.between(self._starts[number], self._ends[number])
        return any(entry.is_person for naming in namings for entry in naming.entries)

    def _distance(self, place: int, earlier: int) -> int:
        """How many told sentences lie between two places."""
        return self._order[self.sentence_at(place)] - self._order[self.sentence_at(earlier)]

    def follow_roles(self, holder: Callable[[int, int], tuple[bool, Entry | None]]) -> None:
        """Ask `holder` of each subject span whether it is a role (`The marine ecologist`) and whose."""
        self._holder = holder

    def remember(self, place: int, entry: Entry | None, *, is_single: bool) -> None:
        """Keep that somebody was the source of words at this place."""
        if self._said and self._said[-1].place >= place:
            return
        self._said.append(Utterance(place, entry, is_single))

    @property
    def last(self) -> Utterance | None:
        """Who spoke last."""
        return self._said[-1] if self._said else None

    def sentence_at(self, place: int) -> int:
        """Index of the sentence at or before a place."""
        return max(0, bisect_right(self._starts, place) - 1)

    def sentence_start(self, number: int) -> int:
        """Code point at which a sentence starts."""
        return self._starts[number]

    def is_quoted(self, place: int) -> bool:
        """Whether the place stands inside a quotation."""
        index = bisect_right(self._quoted_starts, place) - 1
        return index >= 0 and place < self._quoted_ends[index]

    def subject_span(self, number: int) -> tuple[int, int]:
        """Where the main clause of a sentence starts and where its verb stands: the subject is between."""
        if number not in self._subjects:
            start, end = self._starts[number], min(self._ends[number], self._starts[number] + 400)
            tokens = self._source.between(start, end)
            flags = finite_flags(tokens)
            low = _main_start(tokens)
            found = next((token.start for token, flag in zip(tokens[low:], flags[low:], strict=True) if flag), end)
            begin = tokens[low].start if low < len(tokens) else start
            self._subjects[number] = (begin, found)
        return self._subjects[number]

    def weigh(self, place: int, *, bodies: bool, reach: int = _REACH) -> list[tuple[float, Entry]]:
        """All people (or bodies) spoken of before a place, best first, each with its weight."""
        here = self.sentence_at(place)
        self._follow_pronouns(here)
        lowest = here
        while lowest > 0 and self._order[here] - self._order[lowest - 1] <= reach and here - lowest < 40:
            lowest -= 1
        weights: dict[int, tuple[float, Entry]] = {}
        for naming in self._register.between(self._starts[lowest], place):
            if len(naming.entries) != 1 or self.is_quoted(naming.run.start):
                continue
            entry = naming.entries[0]
            if not (entry.is_body if bodies else entry.is_person):
                continue
            number = self.sentence_at(naming.run.start)
            begin, verb = self.subject_span(number)
            start = naming.run.start
            is_aside = naming.run.is_owner or self._source.text[max(0, start - 4) : start].endswith(_ASIDE)
            is_asker = number == here and start < begin and self._is_agent(start)
            weight = 10.0 - _STEP * self._distance(place, start) - 2.0 * is_aside - _ASKER * is_asker
            is_subject = (begin <= start < verb and not is_aside) or self._is_presented(number, naming)
            _raise(weights, entry, weight + _SUBJECT * is_subject)
        for start, told in reversed(self._chained[-6:]):
            if told is not None and not bodies and start < place and self._distance(place, start) <= reach:
                _raise(weights, told, 10.0 - _STEP * self._distance(place, start) + _SUBJECT)
        for said in reversed(self._said[-12:]):
            if said.entry is None or said.place >= place or self._distance(place, said.place) > reach:
                continue
            if said.entry.is_body if bodies else said.entry.is_person:
                _raise(weights, said.entry, 10.0 - _STEP * self._distance(place, said.place) + _SPOKE)
        return sorted(weights.values(), key=lambda item: -item[0])

    def _is_agent(self, start: int) -> bool:
        """Whether `by` or `from` stands right before a name."""
        return self._source.text[max(0, start - 6) : start].endswith((" by ", " from "))

    def _is_presented(self, number: int, naming: Naming) -> bool:
        """Whether a sentence brings in the one person it names (`a statement from Dr Ann Lee`, `Next was Ann Lee`)."""
        start = naming.run.start
        if naming.run.is_owner or _PRESENTING.search(self._source.text, max(0, start - 40), start) is None:
            return False
        inside = self._register.between(self._starts[number], self._ends[number])
        return sum(bool(other.entries) and other.entries[0].is_person for other in inside) == 1

    def _follow_pronouns(self, here: int) -> None:
        """Note whom `She ...` at the start of each sentence before this one means."""
        while self._next < here:
            number = self._next
            self._next += 1
            start = self._starts[number]
            match = _PRONOUN_START.match(self._source.text, start)
            if match is not None and not self.is_quoted(start):
                found = self.person_for(start, "m" if match.group(1).lower() == "he" else "f")
                if found is not None:
                    self._chained.append((start, found[0]))
            elif self._holder is not None and _ROLE_START.match(self._source.text, start) and not self.is_quoted(start):
                is_role, entry = self._holder(*self.subject_span(number))
                if is_role and (entry is not None or not self.names_somebody(number)):
                    self._chained.append((start, entry))

    def person_for(self, place: int, gender: str, *, reach: int = _REACH) -> tuple[Entry, float] | None:
        """The one person whom `he` or `she` at a place can mean, with a confidence; None when unsure."""
        ranked = []
        told = self._told_of(place)
        spoke = self._said[-1].entry if self._said else None
        for weight, entry in self.weigh(place, bodies=False, reach=reach):
            if entry is told or (gender and entry.gender and entry.gender != gender):
                continue
            known = _KNOWN * bool(gender and entry.gender == gender) - _DOUBTFUL * (
                entry.is_body and entry is not spoke
            )
            ranked.append((weight + known, entry))
        ranked.sort(key=lambda item: -item[0])
        unnamed = self._unnamed_weight(place)
        if not ranked and unnamed < 0:
            stranger = self._stranger(place)
            return (stranger, 0.6) if stranger is not None else None
        if not ranked or unnamed > ranked[0][0] - _MARGIN:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
            return None
        is_alone = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 2 * _MARGIN
        return ranked[0][1], 0.85 if is_alone else 0.7

    def _stranger(self, place: int) -> Entry | None:
        """The one full name of the sentences right before that nothing else tells of, as a subject or set off."""
        here = self.sentence_at(place)
        found: dict[int, Entry] = {}
        for number in range(max(0, here - 1), here + 1):
            begin, verb = self.subject_span(number)
            for naming in self._register.between(begin, min(verb, place)):
                entry = naming.entries[0] if len(naming.entries) == 1 else None
                if entry is not None and not entry.is_body and _may_be_person(naming):
                    found[id(entry)] = entry
        return next(iter(found.values())) if len(found) == 1 else None

    def _told_of(self, place: int) -> Entry | None:
        """Whom the words before an inserted pronoun tell of (`Ann Lee, she said, had gone`): somebody else."""
        number = self.sentence_at(place)
        start = self._starts[number]
        if (
            start == place
            or self.is_quoted(start)
            or not _INSERTED.search(self._source.text, max(start, place - 3), place)
        ):
            return None
        namings = self._register.between(*self.subject_span(number))
        people = [n.entries[0] for n in namings if len(n.entries) == 1 and not n.run.is_owner and n.run.end < place]
        return people[0] if len(people) == 1 and people[0].is_person and namings[0].run.start == start else None

    def body_for(self, place: int, *, reach: int = 3) -> Entry | None:
        """The one body spoken of right before a place."""
        ranked = self.weigh(place, bodies=True, reach=reach)
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
            return None
        return ranked[0][1]

    def topic_of(self, number: int) -> Entry | None:
        """The person who is the subject of a sentence, when it names exactly one there."""
        if not 0 <= number < len(self._starts):
            return None
        namings = self._register.between(*self.subject_span(number))
        if not namings and _ENTRANCE.match(self._source.text, self._starts[number]):
            namings = self._register.between(self._starts[number], self._ends[number])
        people = {id(n.entries[0]): n.entries[0] for n in namings if len(n.entries) == 1 and n.entries[0].is_person}
        return next(iter(people.values())) if len(people) == 1 else None

    def is_doing(self, number: int) -> bool:
        """Whether a sentence opens with what its subject did (`Recording a verdict of ..., Dr Lee said`)."""
        start = self._starts[number]
        return self.subject_span(number)[0] > start and _DOING.match(self._source.text, start) is not None

    def said_by(self, number: int) -> Entry | None:
        """The person behind a verb of saying in a sentence with speech (`"...," said Ann Lee`)."""
        if number >= len(self._starts):
            return None
        for naming in self._register.between(self._starts[number], self._ends[number]):
            before = self._source.between(max(self._starts[number], naming.run.start - 14), naming.run.start)[-1:]
            if len(naming.entries) == 1 and naming.entries[0].is_person and before and before[0].lower in CUE_FORMS:
                return naming.entries[0]
        return None

    def speaks_soon(self, person: Entry, number: int) -> bool:
        """Whether a verb of saying stands right beside somebody's name in the sentences from `number` on."""
        if self.is_saying(number):
            return True
        last = min(len(self._ends) - 1, number + _REACH)
        for naming in self._register.between(self._starts[number], self._ends[last]):
            if len(naming.entries) == 1 and naming.entries[0] is person:
                after = self._source.between(naming.run.end, naming.run.end + 16)[:1]
                if any(token.lower in CUE_FORMS for token in after):
                    return True
        return False

    def is_saying(self, number: int) -> bool:
        """Whether the main verb of a sentence is one of saying."""
        verb = self.subject_span(number)[1]
        return any(token.lower in CUE_FORMS for token in self._source.between(verb, verb + 12)[:1])

    def told_by_pronoun(self, number: int) -> Entry | None:
        """Whom the `She` means that opens a sentence."""
        match = _PRONOUN_START.match(self._source.text, self._starts[number])
        if match is None:
            return None
        found = self.person_for(self._starts[number], "m" if match.group(1).lower() == "he" else "f")
        return found[0] if found is not None else None

    def topic_before(self, place: int) -> Entry | None:
        """Whom the sentence before is about, for words that open a sentence in the same paragraph."""
        number = self.sentence_at(place)
        if number == 0:
            return None
        if self.is_quoted(self._starts[number]):
            return self._topic_before_speech(number)
        is_opening = place in {self._starts[number], self.subject_span(number)[0]}
        if not is_opening or self._starts[number] - self._ends[number - 1] > 1:
            return None
        return self.topic_of(number - 1)

    def is_about_body(self, place: int) -> bool:
        """Whether the sentence before, in the same paragraph, has a body as its subject."""
        number = self.sentence_at(place)
        if number == 0 or self._starts[number] - self._ends[number - 1] > 1:
            return False
        namings = self._register.between(*self.subject_span(number - 1))
        return any(entry.is_body and not entry.is_person for naming in namings for entry in naming.entries)

    def _topic_before_speech(self, number: int) -> Entry | None:
        """Whom the sentence before a quotation is about; the paragraph before may hold it."""
        before = number - 1
        while before > 0 and number - before < _QUOTED and self.is_quoted(self._starts[before]):
            before -= 1
        return None if self.is_quoted(self._starts[before]) else self.topic_of(before)

    def _unnamed_weight(self, place: int) -> float:
        """The weight of an unnamed single speaker (`a neighbour`), whom a pronoun may mean as well."""
        for said in reversed(self._said[-4:]):
            if said.entry is None and said.is_single and said.place < place:
                return 10.0 - _STEP * self._distance(place, said.place) + _SPOKE + _KNOWN
        number = self.sentence_at(place)
        is_new = self._starts[number] < place and self._source.text.startswith(("A ", "An "), self._starts[number])
        if is_new and self._holder is not None and self._holder(*self.subject_span(number))[0]:
            return 10.0 + _SUBJECT + _KNOWN
        for start, entry in reversed(self._chained[-3:]):
            if entry is None and start < place:
                return 10.0 - _STEP * self._distance(place, start) + _SUBJECT + _KNOWN
        return -100.0

    def recent(self, entries: Sequence[Entry], place: int) -> Entry | None:
        """Of several entries, the one that is clearly more prominent before a place than the others."""
        ranked = [item for item in self.weigh(place, bodies=False) if any(item[1] is entry for entry in entries)]
        if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 2 * _MARGIN):
            return ranked[0][1]
        return None


def _may_be_person(naming: Naming) -> bool:
    """Whether two or three words with nothing else known of them may be somebody's name."""
    words_of = naming.run.words
    is_full = len(words_of) in {2, 3} and not naming.run.is_owner
    return is_full and person_by_form(words_of) > 0 and words_of[-1] not in PLACE_ENDS


def _raise(weights: dict[int, tuple[float, Entry]], entry: Entry, weight: float) -> None:
    """Keep the highest weight of an entry."""
    known = weights.get(id(entry))
    if known is None or weight > known[0]:
        weights[id(entry)] = (weight, entry)


def _main_start(tokens: Sequence[Token]) -> int:
    """Where the main clause starts behind `Asked if it had split,` or `In a letter,`."""
    if not tokens:
        return 0
    first = tokens[0].lower
    opens = first in PREPOSITIONS or first in SUBORDINATORS
    opens = opens or (first.endswith(("ing", "ed")) and first not in GIVEN_NAMES)
    if not opens:
        return 0
    return next((index + 1 for index, token in enumerate(tokens[:40]) if token.text == ","), 0)
