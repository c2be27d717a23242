"""Bodies that speak: through a voice of theirs, by their kind, by a name and its kind.

`a spokesman for X`, `the council`, `Almarena town hall`, `its lawyers`: each
answers with a Speaker and the register's entry, or with nobody.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.enums import ClaimantType
from claims.pipeline.answers import person_of, speaker_of
from claims.pipeline.context import gender_of
from claims.pipeline.discourse import Discourse
from claims.pipeline.groups import Groups
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import NUMBER_WORDS, words
from claims.pipeline.names import GROUP_NOUNS, NATIONALITIES, OFFICES
from claims.pipeline.offices import Offices
from claims.pipeline.reading import OFFICIALS, Head, Reading, read_mention
from claims.pipeline.register import Entry, Register
from claims.pipeline.shapes import Speaker
from claims.pipeline.subjects import Subjects, owner_of
from claims.pipeline.things import thing_before
from claims.pipeline.tokens import Token

_ONLY_NEAR = words("familiar briefed close")
"""`officials familiar with the board's work` are nobody's."""
_ANY_VOICE = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_COUNCIL = words("planning council borough highways licensing civic municipal")
_VOICES_OF_BODIES = words("office board management delegation embassy leadership team lawyers")


class Bodies:
    """Answers for the bodies of one article."""

    def __init__(
        self, text: str, register: Register, discourse: Discourse, groups: Groups, offices: Offices,
        subjects: Subjects, voices: dict[int, Sequence[Token]],
    ) -> None:  # fmt: skip
        self._text = text
        self._register = register
        self._discourse = discourse
        self._groups = groups
        self._offices = offices
        self._subjects = subjects
        self._voices = voices

    def voice(self, reading: Reading, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """A spokesperson, or officials of a named body: the body speaks."""
        owner = owner_of(reading)
        is_official = reading.noun in OFFICIALS
        if is_official and (set(reading.modifiers) & _ONLY_NEAR or reading.is_single or _is_counted(reading)):
            return None, None
        if owner is not None:
            if is_official and not owner.is_body:
                return None, None
            return speaker_of(owner, 0.85, (step, f"speaks for {owner.name}")), owner
        named = self._named_voice(reading, place)
        if named is not None:
            return person_of(named, 0.75, (step, f"{named.name}, who was named as one")), named
        if reading.naming is not None and not reading.naming.entries and not is_official:
            name = reading.naming.run.name
            entry = Entry(name, reading.naming.run.words, is_body=True)
            return speaker_of(entry, 0.75, (step, f"speaks for {name}")), entry
        if reading.naming is not None and is_official:
            return None, None
        if is_official and (reading.noun == "planners" or set(reading.modifiers) & _COUNCIL):
            return self.group(
                replace(reading, noun="council", modifiers=(), is_single=False, is_definite=True), place, step
            )
        noun = next((word for word in reading.modifiers if word in GROUP_NOUNS), "")
        if noun == "office" and is_official:
            return None, None
        if noun:
            return self.group(replace(reading, noun=noun), place, step)
        role = next((word for word in reading.modifiers if is_role(word) and word != reading.noun), "")
        if role:
            return self._offices.holder(replace(reading, noun=role, is_definite=True), place, step)
        before = self._subjects.voice_before(place, _ANY_VOICE) if reading.is_definite and not is_official else None
        if before is not None and before.naming is None:
            return None, None
        return self.unnamed_voice(place, step) if not is_official else (None, None)

    def _named_voice(self, reading: Reading, place: int) -> Entry | None:
        """Whom `the spokeswoman` takes up: the one spokesperson whom the article has named."""
        if (
            self._text[place : place + 4].lower() != "the "
            or reading.naming is not None
            or set(reading.modifiers) != {reading.noun}
        ):
            return None
        gender = gender_of(frozenset({reading.noun}))
        known = [entry for entry in self._register.people if id(entry) in self._voices and entry.first < place]
        fitting = [entry for entry in known if not gender or entry.gender in {"", gender}]
        return fitting[0] if len(fitting) == 1 else None

    def unnamed_voice(self, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """`A spokesman said`: for the body that the sentence before is about, by name or by kind."""
        number = self._discourse.sentence_at(place)
        spoke = self._subjects.spoke_before(number)
        if spoke is not None:
            return speaker_of(spoke, 0.65, (step, f"speaks for {spoke.name}, which spoke right before")), spoke
        if number > 0 or self._discourse.subject_span(number)[1] < place:
            is_inside = self._discourse.subject_span(number)[1] < place
            topic = self._subjects.body_topic(number, place) if is_inside else None
            topic = topic or self._subjects.body_topic(number - 1, place)
            if topic is not None:
                evidence = (step, f"speaks for {topic[0]}, which the sentence before is about")
                return Speaker(topic[0], ClaimantType.ORGANIZATION, 0.65, evidence), topic[1]
        body = self._discourse.body_for(place, reach=2)
        body = body or thing_before(self._discourse, self._register, self._text, place)
        return (speaker_of(body, 0.6, (step, f"speaks for {body.name}")), body) if body is not None else (None, None)

    def group(self, reading: Reading, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """A body by its kind, or by a name and its kind (`Almarena town hall`)."""
        if reading.naming is not None and reading.noun not in {"police"}:
            owner = owner_of(reading)
            is_other = owner is not None and reading.noun in OFFICES and reading.noun not in owner.words
            if owner is not None and owner.is_body and not reading.naming.run.is_owner and not is_other:
                return speaker_of(owner, 0.8, (step,)), owner
        if reading.naming is not None and set(reading.naming.run.words) <= NATIONALITIES:
            reading = replace(reading, naming=None)
        named = reading.naming
        if named is not None and named.run.is_owner and len(named.entries) == 1 and named.entries[0].is_person:
            owner = named.entries[0]
            is_own = reading.noun in {"office", "campaign", "administration"}
            return (person_of(owner, 0.7, (step, f"speaks for {owner.name}")), owner) if is_own else (None, None)
        owner = owner_of(reading) if named is not None and named.run.is_owner else None
        if owner is not None and reading.noun in _VOICES_OF_BODIES:
            return speaker_of(owner, 0.75, (step, f"speaks for {owner.name}")), owner
        if named is not None and reading.head is Head.GROUP and not named.run.is_owner:
            low = step.find(named.run.name)
            name = step[low : step.rfind('"')] if low >= 0 else named.run.name
            if reading.noun and name.lower().endswith(reading.noun):
                return Speaker(name, ClaimantType.ORGANIZATION, 0.75, (step,)), None
        if not reading.is_definite and reading.head is Head.GROUP and reading.is_single:
            return None, None
        found = self._groups.meant(reading.noun, reading, place)
        if found is None:
            return None, None
        name, entry = found
        if named is not None and named.run.is_owner and entry is None:
            name = _owned(named.run.name, name)
        evidence = (step, f'the "{reading.noun}" is {name}')
        return Speaker(name, ClaimantType.ORGANIZATION, 0.75, evidence), entry

    def spoken_for(self, person: Entry) -> Entry | None:
        """The body whose spokesperson somebody is said to be."""
        phrase = self._voices.get(id(person))
        if phrase is None:
            return None
        reading = read_mention(phrase, self._register)
        found = self.voice(reading, phrase[0].start, "") if reading.head is Head.VOICE else (None, None)
        if found[0] is None or found[0].type is not ClaimantType.ORGANIZATION:
            return None
        return found[1] or Entry(found[0].name, tuple(found[0].name.lower().split()), is_body=True)


def _is_counted(reading: Reading) -> bool:
    """Whether a few of many are meant (`two officials`), who keep their names back."""
    return bool(reading.modifiers) and (reading.modifiers[0] in NUMBER_WORDS or reading.modifiers[0].isdigit())


def _owned(owner: str, name: str) -> str:
    """The name of a body as it is printed behind its owner (`Germany's interior ministry`, `Israel's military`)."""
    if name.lower().startswith(f"{owner.lower()} "):
        return f"{owner}'s {name[len(owner) + 1 :].lower()}"
    return name if " " in name or "'" in name else f"{owner}'s {name.lower()}"
