"""Who is meant by a role: `the Russian president`, `the barrister`, `her father`, `the 45-year-old`."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from claims.enums import ClaimantType
from claims.pipeline.answers import speaker_of
from claims.pipeline.context import gender_of, role_synonyms
from claims.pipeline.cues import UNNAMED_SOURCES
from claims.pipeline.discourse import Discourse
from claims.pipeline.leads import AGENT, SEATED, is_role
from claims.pipeline.lexicon import words
from claims.pipeline.names import NATIONALITIES, ROLES, TITLES
from claims.pipeline.reading import Head, Reading, content_words, read_mention
from claims.pipeline.register import Entry, Register
from claims.pipeline.shapes import Speaker
from claims.pipeline.tokens import Token

ADJECTIVES = NATIONALITIES | words(
    "labour labor conservative tory liberal democrat democratic republican green greens reform socialist nationalist "
    "independent unionist communist centrist lib dem us uk"
)
"""Names that only tell more of a role: `the Labour leader`."""
_UNIQUE = words("auditor ombudsman treasurer minister")
_MANY = 60
_GENERALS = words("auditor attorney solicitor surgeon comptroller registrar inspector")
_SPEAKING_FOR = words(
    "director officer chief executive manager head chair chairman chairwoman secretary boss treasurer"
)
_JUDGING = words("judge coroner magistrate court jury")
_LEAD = 1
_TOP = 6
"""Sentences at the top of an article that may keep back whom they tell of."""

_PLAIN = words(
    "general "
    "minister president mayor senator governor judge editor secretary chief coroner prosecutor magistrate chairman "
    "chairwoman chair auditor inspector commissioner spokesman spokeswoman mp ambassador lawyer barrister solicitor "
    "director ceo sheriff speaker justice head"
)
"""Offices: somebody known in another one is not meant."""


_SERVING = words(
    "doctor surgeon nurse gp paramedic midwife dentist vet consultant specialist coach trainer manager owner "
    "seller buyer detective officer constable sergeant inspector superintendent teacher headteacher headmaster "
    "headmistress principal executive driver pilot engineer partner colleague neighbour neighbor pal mate "
    "teammate flatmate landlord tenant employer victim suspect complainant juror interpreter translator guard "
    "warden caretaker agent publicist friend boyfriend girlfriend passenger shopper customer resident researcher "
    "scientist analyst historian expert accountant adviser advisor aide reporter journalist host presenter vicar "
    "priest pastor imam"
)
"""Somebody who deals with whom an article is about: `the doctor` is another person unless called one."""

_OF_RANK = frozenset({"the", "head", "chief", "senior", "deputy", "assistant", "then"})


class Offices:
    """Finds the holder of a role; a tie is an abstention."""

    def __init__(self, register: Register, discourse: Discourse) -> None:
        self._by_role: dict[str, list[Entry]] = {}
        for person in register.people:
            for word in {word for role in person.roles for word in role}:
                if len(self._by_role.setdefault(word, [])) < _MANY:
                    self._by_role[word].append(person)
        self._by_surname: dict[str, list[Entry]] = {}
        for person in register.people:
            if len(person.words) > 1 and len(self._by_surname.setdefault(person.words[-1], [])) < _MANY:
                self._by_surname[person.words[-1]].append(person)
        self._discourse = discourse
        self._register = register

    def holder(self, reading: Reading, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """The person whom a role noun phrase at a place means, or nobody."""
        named = {part for word in reading.naming.run.words for part in word.split("-")} if reading.naming else set()
        is_party = bool(named) and named <= ADJECTIVES - NATIONALITIES
        if named and named <= ADJECTIVES:
            reading = replace(reading, naming=None)
        said = content_words(reading)
        said |= role_synonyms(said)
        if not reading.is_definite and reading.is_single:
            kept = self._kept_back(reading, place)
            return (_as_person(kept, 0.55, (step, f"{kept.name}, named later")), kept) if kept else (None, None)
        last = self._discourse.last
        if reading.noun == "witness" and last is not None and last.entry is not None and last.entry.is_person:
            return _as_person(last.entry, 0.6, (step, f"{last.entry.name}, who spoke right before")), last.entry
        found = self._best(reading, said, place)
        if found is not None:
            evidence = (step, f"role of {found.name}, named at {found.first}")
            return _as_person(found, 0.85, evidence), found
        if reading.head is Head.KIN and reading.noun in {"husband", "wife"} and reading.naming is None:
            spouse = self._spouse(gender_of(frozenset({reading.noun})))
            if spouse is not None:
                return _as_person(spouse, 0.6, (step, f"{spouse.name}, of the same surname")), spouse
        if reading.head is Head.KIN:
            return None, None
        later = self._told_later(reading, place)
        if later is not None:
            return _as_person(later, 0.55, (step, f"{later.name}, named right after")), later
        if reading.naming is not None and "former" not in reading.modifiers:
            return self._for_body(reading, step)
        return self._described(reading, said, place, step, is_party=is_party)

    def _for_body(self, reading: Reading, step: str) -> tuple[Speaker | None, Entry | None]:
        """`Whitmouth Council's monitoring officer`, never named, speaks for the council."""
        named = reading.naming
        body = named.entries[0] if named is not None and len(named.entries) == 1 else None
        if body is None or not body.is_body or body.is_person or reading.noun not in _SPEAKING_FOR:
            return None, None
        return speaker_of(body, 0.55, (step, f"speaks for {body.name}")), body

    def _kept_back(self, reading: Reading, place: int) -> Entry | None:
        """Whom `a coroner has ruled` keeps back at the top: the only one in the role, else who speaks first."""
        if self._discourse.last is not None or self._discourse.sentence_at(place) > _TOP:
            return None
        alike = self._candidates({reading.noun})
        if alike:
            return alike[0] if len(alike) == 1 and alike[0].first > place else None
        return self._told_later(reading, place)

    def _told_later(self, reading: Reading, place: int) -> Entry | None:
        """Whom an article's first sentence keeps back: who speaks first behind it, without another role."""
        number = self._discourse.sentence_at(place)
        is_first = self._discourse.last is None and number <= _TOP
        is_opening = place - self._discourse.subject_span(number)[0] <= 4
        if not ((is_first and is_opening) or (number <= _LEAD and (is_opening or is_first))):
            return None
        for after in range(number + 1, number + _LEAD + 3):
            person = self._discourse.topic_of(after) or self._discourse.said_by(after)
            if person is None:
                continue
            if person is not self._discourse.topic_of(after) and any(
                map(is_role, set().union(*person.roles) - set(TITLES))
            ):
                return None
            is_judge = reading.noun in _JUDGING
            is_new = (
                person.first > place
                and (not is_judge or self._discourse.is_doing(after))
                and not any(role & _PLAIN for role in person.roles)
            )
            return person if is_new and self._discourse.speaks_soon(person, after) else None
        return None

    def _spouse(self, gender: str) -> Entry | None:
        """The one other person with the surname of whoever spoke last."""
        last = self._discourse.last.entry if self._discourse.last is not None else None
        if last is None or not last.is_person or last.gender == gender:
            return None
        kin = self._by_surname.get(last.words[-1], [])
        same = [person for person in kin if person is not last and person.gender in {"", gender}]
        return same[0] if len(same) == 1 else None

    def told_of(self, tokens: Sequence[Token]) -> tuple[bool, Entry | None]:
        """Whether a sentence's subject is one person's role (`The marine ecologist`), and whose."""
        if len(tokens) < 2:
            return False, None
        reading = read_mention(tokens, self._register)
        is_new = not reading.is_definite or tokens[0].lower in {"a", "an"}
        is_agent = reading.noun in UNNAMED_SOURCES or (is_new and AGENT.fullmatch(reading.noun) is not None)
        is_somebody = reading.head is Head.ROLE or (reading.head is Head.UNNAMED and is_agent)
        if not is_somebody or reading.noun.endswith("s"):
            return False, None
        if is_new:
            return True, None
        return True, self.holder(reading, tokens[0].start, "")[1]

    def _candidates(self, heads: set[str]) -> list[Entry]:
        """The people with one of the words in a role, in the order they are named."""
        found = {id(person): person for word in sorted(heads) for person in self._by_role.get(word, [])}
        return sorted(found.values(), key=lambda person: person.first)

    def _best(self, reading: Reading, said: frozenset[str], place: int) -> Entry | None:
        """The person with most of the words in one role; several as good are told apart by who was spoken of."""
        heads = {reading.noun, reading.noun.rsplit("-", 1)[-1]} | (role_synonyms(frozenset({reading.noun})) & ROLES)
        plain = content_words(reading)
        scored: list[tuple[int, Entry]] = []
        for person in self._candidates(heads):
            fits = [len(said & role) for role in person.roles if role & heads or self._same_office(role, reading)]
            own = max((len(plain & role) for role in person.roles), default=0)
            if fits and not (reading.naming is not None and own < 2 and len(said) > 1):
                scored.append((max(fits), person))
        if not scored:
            return None
        most = max(score for score, _ in scored)
        tied = [person for score, person in scored if score == most]
        if len(tied) == 1:
            return tied[0]
        named = [person for person in tied if bisect_left(person.places, place)]
        if len(named) == 1:
            return named[0]
        ranked = [item for item in self._discourse.weigh(place, bodies=False) if any(item[1] is p for p in named)]
        if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 3.0):
            return ranked[0][1]
        return None

    def _same_office(self, role: frozenset[str], reading: Reading) -> bool:
        """Whether a role holds a word that the article uses for the same office."""
        return reading.noun in role

    def _described(
        self, reading: Reading, said: frozenset[str], place: int, step: str, *, is_party: bool
    ) -> tuple[Speaker | None, Entry | None]:
        """The person spoken of right before, for `the defender` or `the 45-year-old`; no office."""
        noun = reading.noun
        is_plain = noun in SEATED or (
            any(word.endswith("-old") for word in (noun, *reading.modifiers)) or "-of-" in noun or noun in NATIONALITIES
        )
        if not is_plain and noun in _SERVING and set(reading.modifiers) - {noun} <= _OF_RANK:
            return None, None
        if not is_plain and (noun in _PLAIN or noun in TITLES):
            is_general = noun == "general" and reading.modifiers[:1] and reading.modifiers[0] in _GENERALS
            if (noun in _UNIQUE or is_general) and len(reading.modifiers) == 2:
                name = " ".join(reading.modifiers).title()
                return Speaker(name, ClaimantType.PERSON, 0.55, (step, "named by the office alone")), None
            return None, None
        topic = self._discourse.topic_before(place)
        is_topic = topic is not None and not (gender_of(said) and topic.gender not in {"", gender_of(said)})
        found = (topic, 0.8) if topic is not None and is_topic else None
        if found is None and not is_party and not self._discourse.is_about_body(place):
            found = self._discourse.person_for(place, gender_of(said), reach=2)
        if found is None:
            return None, None
        entry, confidence = found
        is_held = any(role & _PLAIN for role in entry.roles)
        if not is_plain and (is_held or confidence < 0.7):
            return None, None
        return _as_person(entry, 0.55, (step, f"{entry.name}, spoken of right before")), entry


def _as_person(entry: Entry, confidence: float, evidence: tuple[str, ...]) -> Speaker:
    """A Speaker for a person known by a role."""
    description = max(entry.descriptions, key=len) if entry.descriptions else None
    return Speaker(entry.name, ClaimantType.PERSON, confidence, evidence, description)
