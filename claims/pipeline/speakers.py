"""Stage 4b: from the words that name a source to a Speaker, or a visible abstention.

A wrong name does more harm than none: whatever stays ambiguous, unnamed or
out of reach resolves to None. Every answer carries its evidence chain.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.enums import ClaimantType
from claims.pipeline.attribute import Content
from claims.pipeline.cues import DOCUMENT_NOUNS, SPOKESPEOPLE, UNNAMED_SOURCES
from claims.pipeline.frames import Mention
from claims.pipeline.lexicon import DETERMINERS
from claims.pipeline.mentions import (
    body_name,
    capital_runs,
    capitalised_name,
    contradicts,
    head_words,
    holder_of_role,
    is_generic,
    leading_name,
    person_speaker,
)
from claims.pipeline.names import (
    COMMERCIAL_NOUNS,
    DEMONYMS,
    FEMALE_ROLES,
    GROUP_NOUNS,
    MALE_ROLES,
    NATIONALITIES,
    OFFICES,
    ORGANISATION_HEADS,
    PLATFORMS,
    ROLES,
    TITLES,
    VAGUE,
)
from claims.pipeline.organisations import Organisations
from claims.pipeline.people import Cast, Person, role_synonyms
from claims.pipeline.shapes import Speaker
from claims.pipeline.tokens import Token, tokenize

_REACH = 1500
"""A pronoun or role refers no further back than this (code points)."""
_UNSURE = Person("")  # a surname that fits several people


class Resolver:
    """Resolves the sources of one article; `resolve` is asked in document order."""

    def __init__(
        self,
        text: str,
        cast: Cast,
        sentences: Sequence[tuple[int, int]],
        quoted: Sequence[tuple[int, int]],
        capitals: Mapping[str, str],
    ) -> None:
        self._text = text
        self._cast = cast
        self._capitals = capitals
        self._starts = [start for start, _ in sentences]
        self._organisations = Organisations(cast, capitals, self._starts)
        self._ends = [end for _, end in sentences]
        self._quoted_starts = [start for start, _ in quoted]
        self._quoted_ends = [end for _, end in quoted]
        named = sorted((place, person.name) for person in cast.people.values() for place in person.places)
        self._people = [item for item in named if not self._is_quoted(item[0])]
        self._bodies = sorted((place, body.name) for body in cast.bodies.values() for place in body.places)
        self._by_name = {person.name: person for person in cast.people.values()}
        self._spoken: deque[tuple[int, Speaker]] = deque(maxlen=40)
        self._last_single = False
        self._last: tuple[int, Speaker | None] | None = None
        self._last_direct: tuple[int, int, Speaker | None] | None = None
        self._last_person: tuple[int, Speaker] | None = None
        self._last_body: tuple[int, Speaker] | None = None

    def resolve(self, content: Content) -> Speaker | None:
        """The speaker of a content, or None: unnamed, ambiguous or unknown."""
        if content.mention is not None:
            speaker = self._from_mention(content.mention)
            if content.cue == ":" and speaker is not None and 1 < len(speaker.name.split()) <= 3:
                speaker = replace(speaker, type=ClaimantType.PERSON)
        elif content.is_open:
            speaker = self._carried(content)
        else:
            speaker = None
        self._remember(content, speaker)
        return speaker

    def _remember(self, content: Content, speaker: Speaker | None) -> None:
        """Keep what later pronouns and open quotations refer to."""
        position = content.mention.start if content.mention else content.start
        self._last = (position, speaker)
        words = content.mention.text.lower().split() if content.mention else [""]
        self._last_single = words[0] in {"a", "an", "one", "another"}
        if content.speech.value == "direct":
            self._last_direct = (content.block, content.chain, speaker)
        if speaker is not None:
            self._spoken.append((position, speaker))
            if speaker.type is ClaimantType.PERSON:
                self._last_person = (position, speaker)
            else:
                self._last_body = (position, speaker)

    def _carried(self, content: Content) -> Speaker | None:
        """The speaker of the quotation before, when this one goes on or stands alone right after."""
        if content.cue == ":":
            return self._interviewee(content)
        if self._last_direct is None:
            return None
        block, chain, speaker = self._last_direct
        if speaker is None or content.block - block > 2:
            return None
        goes_on = chain == content.chain
        step = "the quotation goes on" if goes_on else "no source is given; the speaker before is taken to go on"
        return Speaker(speaker.name, speaker.type, min(speaker.confidence, 0.9 if goes_on else 0.6),
                       (*speaker.evidence, step), speaker.description)  # fmt: skip

    def _interviewee(self, content: Content) -> Speaker | None:
        """Who answers in an interview without labels: the person its introduction names most."""
        if content.is_question:
            return None
        before = Counter(name for place, name in self._people if place < content.start)
        if self._last_person is not None and self._last_person[1].confidence == 0.65:
            return self._last_person[1]
        if not before:
            return None
        (name, count), *others = before.most_common(2)
        if others and others[0][1] == count:
            return None
        return person_speaker(
            self._by_name[name], 0.65, ("an answer in an interview", f"{name}, whom the introduction names")
        )

    def _is_quoted(self, place: int) -> bool:
        index = bisect_right(self._quoted_starts, place) - 1
        return index >= 0 and place < self._quoted_ends[index]

    def _from_mention(self, mention: Mention) -> Speaker | None:
        """Try name, pronoun, role and body in turn."""
        tokens = tokenize(self._text, mention.start, mention.end)
        if not tokens or not tokens[0].is_word:
            return None
        step = f'"{mention.text}" at {mention.start}'
        if len(tokens) == 1 and tokens[0].lower in {"he", "she", "it", "they", "i", "we"}:
            return self._pronoun(tokens[0].lower, mention.start, step)
        head = head_words(tokens)
        is_unnamed = any(token.lower in UNNAMED_SOURCES | SPOKESPEOPLE for token in head)
        person = self._named_person(head if is_unnamed else tokens, mention.start)
        if person is not None:
            return person_speaker(person, 0.95, (step,)) if person is not _UNSURE else None
        if re.match(r"the \d{1,3}-year-old\b", mention.text, re.IGNORECASE):
            return self._salient_person(tokens, frozenset(), mention.start, step)
        if re.search(r"\b(?:seen|obtained|reviewed|published|leaked)\b", mention.text):
            return None
        return self._body_or_role(tokens, mention.start, step)

    def _body_or_role(self, tokens: Sequence[Token], position: int, step: str) -> Speaker | None:
        """A mention without a known personal name."""
        head = head_words(tokens)
        lowered = {token.lower.removesuffix("'s") for token in head}
        if lowered & SPOKESPEOPLE:
            person = self._spoken_for(tokens, position, step)
            if person is not None:
                return person
        if lowered & SPOKESPEOPLE or (lowered & UNNAMED_SOURCES and not lowered & GROUP_NOUNS):
            if lowered & SPOKESPEOPLE or lowered & GROUP_NOUNS:
                return self._body_of(tokens, position, step, is_spokesperson=bool(lowered & SPOKESPEOPLE))
            return None
        if lowered & UNNAMED_SOURCES and not lowered & SPOKESPEOPLE:
            name = capitalised_name(head)
            if name is None and not head[0].is_capitalised and not lowered & {"council", "ministry", "government"}:
                return None
        is_named_body = any(token.is_capitalised and token.lower in ORGANISATION_HEADS for token in head[1:])
        if is_named_body and not lowered & {"head", "chief", "director", "boss"}:
            return self._body_of(tokens, position, step, is_spokesperson=False)
        if lowered & (ROLES - GROUP_NOUNS) or (
            lowered & NATIONALITIES and not lowered & (GROUP_NOUNS | DOCUMENT_NOUNS)
        ):
            role = self._role(tokens, position, step)
            if role is not None or not capitalised_name(head):
                return role
        return self._body_of(tokens, position, step, is_spokesperson=False)

    def _spoken_for(self, tokens: Sequence[Token], position: int, step: str) -> Speaker | None:
        """The person of `Vance's spokesman` or `a spokeswoman for the minister`."""
        owner = next((token for token in tokens if token.text.endswith(("'s", "’s")) and self._is_surname(token)), None)
        if owner is not None:
            found = self._by_surname(owner.lower.removesuffix("'s"), "", position)
            return person_speaker(found, 0.6, (step, f"speaks for {found.name}")) if found is not None else None
        place = next((index for index, token in enumerate(tokens) if token.lower == "for"), None)
        rest = tokens[place + 1 :] if place is not None else []
        if not rest:
            return None
        named = self._named_person(rest, position)
        if named is not None and named is not _UNSURE:
            return person_speaker(named, 0.6, (step, f"speaks for {named.name}"))
        is_name = sum(token.is_capitalised and token.lower not in ROLES for token in rest) >= 2
        has_role = bool({token.lower for token in rest} & (ROLES - GROUP_NOUNS))
        return self._role(rest, position, step) if has_role and not is_name else None

    def _is_surname(self, token: Token) -> bool:
        """Whether the word is a known person's surname, as in `Vance's spokesman`."""
        return token.is_capitalised and token.lower.removesuffix("'s") in self._cast.by_surname

    def _named_person(self, tokens: Sequence[Token], position: int) -> Person | None:
        """The known person whose name or surname the mention holds."""
        for low, high in capital_runs(tokens):
            words = [token.lower.removesuffix("'s") for token in tokens[low:high] if token.is_word]
            begin = 0
            for index, word in enumerate(words[:-1] or words):
                if word in ROLES or word in TITLES or word in DEMONYMS:
                    begin = index + 1
            title = next((TITLES[word] for word in words[:begin] if TITLES.get(word)), "")
            name = words[begin:]
            if name and len(name) <= 2 and name[-1] in self._cast.by_surname and title:
                return self._by_surname(name[-1], title, position) or _UNSURE
            if not name or (tokens[high - 1].text.endswith(("'s", "’s")) and high < len(tokens)):
                continue
            person = self._cast.people.get(" ".join(name))
            if person is not None:
                return person
            if len(name) == 1 or title:
                found = self._by_surname(name[-1], title, position)
                if found is not None:
                    return found
        return None

    def _by_surname(self, word: str, title: str, position: int) -> Person | None:
        """One person by surname or lone first name; ambiguity is settled by title, then by who spoke."""
        found = self._cast.by_surname.get(word, [])
        if not found:
            found = [person for person in self._cast.people.values() if person.name.lower().split()[0] == word]
        fitting = [person for person in found if not title or not person.gender or person.gender == title]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        for _, speaker in reversed(self._spoken):
            if any(person.name == speaker.name for person in fitting):
                return self._by_name[speaker.name]
        before = [person for person in fitting if person.first < position]
        return before[-1] if len(before) == 1 else None

    def _pronoun(self, word: str, position: int, step: str) -> Speaker | None:
        """Whom `he`, `she`, `it` or `they` refers to, or None."""
        if word in {"i", "we"}:
            return None
        if word in {"it", "they"}:
            if word == "they" or self._follows_document(position):
                return self._recent_body(position, step) if word == "they" else None
            return self._subject_body(position, step, reach=2)
        gender = "m" if word == "he" else "f"
        subject = self._subject_before(position, gender)
        last = self._last_person
        if subject is not None and (last is None or subject[0] > last[0] or not self._fits(last[1], gender)):
            return person_speaker(subject[1], 0.75, (step, f"{subject[1].name}, subject at {subject[0]}"))
        last = self._last_fitting(gender)
        if last is not None and position - last[0] <= _REACH:
            if self._last is not None and self._last[1] is None and self._last[0] > last[0] and self._last_single:
                return None
            return Speaker(last[1].name, last[1].type, min(0.85, last[1].confidence),
                           (step, f"{last[1].name}, who spoke at {last[0]}"), last[1].description)  # fmt: skip
        return None

    def _last_fitting(self, gender: str) -> tuple[int, Speaker] | None:
        """The person of that gender who spoke last."""
        for place, speaker in reversed(self._spoken):
            if speaker.type is ClaimantType.PERSON and self._fits(speaker, gender):
                return place, speaker
        return None

    def _fits(self, speaker: Speaker, gender: str) -> bool:
        """Whether a pronoun of this gender may mean the speaker."""
        person = self._by_name.get(speaker.name)
        return person is None or not person.gender or person.gender == gender

    def _follows_document(self, position: int) -> bool:
        """Whether the sentence before ends with a paper that `it` may mean (`read a statement. "...," it said`)."""
        index = bisect_right(self._starts, position) - 1
        while index > 0 and self._is_quoted(self._starts[index]):
            index -= 1
        tail = self._text[max(self._starts[index], self._ends[index] - 40) : self._ends[index]].lower()
        is_old = self._last_body is None or self._last_body[0] < self._starts[index]
        return is_old and bool(re.search(r"\b(?:statement|letter|note|message|email|report|post)\W*$", tail))

    def _subject_before(self, position: int, gender: str) -> tuple[int, Person] | None:
        """The person named first in the nearest earlier sentence that names one (three sentences back)."""
        index = bisect_right(self._starts, position) - 1
        for number in range(index, max(-1, index - 4), -1):
            low = bisect_left(self._people, (self._starts[number], ""))
            high = bisect_left(self._people, (min(position, self._ends[number]), ""))
            for place, name in self._people[low:high]:
                person = self._by_name[name]
                if not gender or not person.gender or person.gender == gender:
                    return place, person
        return None

    def _recent_body(self, position: int, step: str) -> Speaker | None:
        """The body that spoke last, within reach and with nobody between."""
        if self._last_body is None or position - self._last_body[0] > _REACH // 2:
            return None
        speaker = self._last_body[1]
        return Speaker(speaker.name, speaker.type, 0.7, (step, f"{speaker.name}, which spoke at {self._last_body[0]}"))

    def _role(self, tokens: Sequence[Token], position: int, step: str) -> Speaker | None:
        """Whom `the Russian president` or `the barrister` means."""
        words = frozenset(
            token.lower.removesuffix("'s") for token in tokens if token.is_word and token.lower not in DETERMINERS
        )
        words |= role_synonyms(words)
        found = holder_of_role(self._cast.people.values(), words, position)
        if found is None:
            return self._salient_person(tokens, words, position, step)
        person, is_tied = found
        if person is None:
            return None
        evidence = (step, f"role of {person.name}, named at {person.first}")
        return person_speaker(person, 0.6 if is_tied else 0.85, evidence)

    def _salient_person(
        self, tokens: Sequence[Token], words: frozenset[str], position: int, step: str
    ) -> Speaker | None:
        """The person spoken of right before, for a definite role nobody was given."""
        if tokens[0].lower != "the":
            return None
        gender = "f" if words & FEMALE_ROLES else "m" if words & MALE_ROLES else ""
        subject = self._subject_before(position, gender)
        last = self._last_person
        if last is None or position - last[0] > _REACH or (subject is not None and subject[0] > last[0]):
            if subject is None or contradicts(subject[1], words):
                return None
            return person_speaker(subject[1], 0.55, (step, f"{subject[1].name}, subject at {subject[0]}"))
        known = self._by_name.get(last[1].name)
        if (gender and not self._fits(last[1], gender)) or (known is not None and contradicts(known, words)):
            return None
        return Speaker(last[1].name, last[1].type, 0.55, (step, f"{last[1].name}, who spoke at {last[0]}"))

    def _body_of(self, tokens: Sequence[Token], position: int, step: str, *, is_spokesperson: bool) -> Speaker | None:
        """The organisation a mention names, or refers to by its kind of body."""
        found = body_name(tokens)
        if found is not None and (found.lower() in PLATFORMS or self._organisations.owns(found, tokens)):
            return None
        if found is not None and self._organisations.is_common_noun(found, tokens, position):
            found = None
        if found is not None:
            return self._organisations.named(found, step)
        lowered = [token.lower.removesuffix("'s") for token in tokens]
        nouns = [word.split("-")[-1] for word in lowered if word.split("-")[-1] in GROUP_NOUNS]
        for noun in nouns:
            body = self._organisations.holding(noun, position)
            if body is not None:
                return Speaker(body, ClaimantType.ORGANIZATION, 0.75, (step, f'the "{noun}" named {body}'))
        is_document = bool(set(lowered) & DOCUMENT_NOUNS)
        if nouns and lowered[0] in {"a", "an"} and not is_spokesperson and not (is_document and "government" in nouns):
            return None
        if nouns == ["police"] or nouns == ["government"] or nouns == ["army"] or nouns == ["military"]:
            return Speaker(nouns[0].capitalize(), ClaimantType.ORGANIZATION, 0.6, (step,))
        kind = self._organisations.kind_before(nouns, position)
        if kind is not None:
            return Speaker(kind, ClaimantType.ORGANIZATION, 0.6, (step, f'named so before: "{kind}"'))
        modified = [word for word in lowered[:-1] if word not in DETERMINERS]
        is_office = len(nouns) == 1 and lowered[-1] == nouns[0] and nouns[0] in OFFICES and len(modified) in {1, 2}
        if is_office and not is_spokesperson and modified[0] not in VAGUE:
            name = " ".join([*modified, nouns[0]]).title()
            return Speaker(name, ClaimantType.ORGANIZATION, 0.6, (step,))
        if is_spokesperson or set(nouns) & COMMERCIAL_NOUNS or (nouns and lowered[0] in {"the", "its"}):
            return self._subject_body(position, step) if not is_generic(lowered) else None
        return None

    def _subject_body(self, position: int, step: str, reach: int = 4) -> Speaker | None:
        """The body that is the subject or speaker of the sentences just before."""
        index = bisect_right(self._starts, position) - 1
        for number in range(index, max(-1, index - reach), -1):
            if self._last_body is not None and self._last_body[0] >= self._starts[number]:
                break
            if self._is_quoted(self._starts[number]) or (number == index and position - self._starts[index] < 40):
                continue
            low = bisect_left(self._bodies, (self._starts[number], ""))
            high = bisect_left(self._bodies, (min(position, self._ends[number]), ""))
            if low < high:
                name: str | None = self._bodies[low][1]
            else:
                tokens = tokenize(self._text, self._starts[number], min(self._ends[number], self._starts[number] + 120))
                name = leading_name(tokens)
                if name is not None and " " not in name and name.lower() not in self._capitals:
                    name = None
            if (
                name is not None
                and name.lower() not in self._cast.people
                and not self._cast.by_surname.get(name.lower())
            ):
                return Speaker(
                    name, ClaimantType.ORGANIZATION, 0.6, (step, f"{name}, subject at {self._starts[number]}")
                )
        return self._recent_body(position, step)
