"""Stage 4b: from the words that name a source to a Speaker, or a visible abstention.

A wrong name does more harm than none: whatever stays ambiguous, unnamed or
out of reach resolves to None. Every answer carries its evidence chain.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from weakref import proxy

from claims.enums import ClaimantType, Speech
from claims.pipeline.answers import body_of, is_place, person_of, speaker_of
from claims.pipeline.attribute import Content
from claims.pipeline.bodies import Bodies
from claims.pipeline.cues import CUE_FORMS
from claims.pipeline.discourse import Discourse
from claims.pipeline.exchange import Exchange
from claims.pipeline.frames import Mention
from claims.pipeline.groups import GOVERNED, Groups
from claims.pipeline.leads import AGENT, SEATED, is_role
from claims.pipeline.lexicon import words
from claims.pipeline.names import GROUP_NOUNS, NATIONALITIES, PLATFORMS
from claims.pipeline.offices import ADJECTIVES, Offices
from claims.pipeline.papers import Papers
from claims.pipeline.reading import OFFICIALS, REDUCED, Head, Reading, read_mention, tail_name
from claims.pipeline.register import Entry, Register
from claims.pipeline.runs import is_common_start
from claims.pipeline.shapes import Speaker
from claims.pipeline.subjects import Subjects
from claims.pipeline.tokens import Token, Words, tokenize
from claims.pipeline.voices import find_voices

_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "this", "that", "these", "those", "him", "her"})
_SUBJECT_FORMS = {"him": "he", "her": "she"}
_SHORT = 7
_PEOPLE = frozenset({Head.ROLE, Head.KIN, Head.UNNAMED})
_NEAR = 4
"""Sentences for which `the doctor` is the one whom the article has just called `a doctor`."""

_UNNAMED = re.compile(
    r",? (?:who|speaking|talking)\b[^.“”\"]{0,60}?\b(?:not to be (?:named|identified)|anonym|not authori[sz]ed|"
    r"(?:declined|refused|did not want) to be (?:named|identified))|,? on (?:the )?condition (?:of anonymity|that)"
)
_OWN_PAPERS = words("accounts filings statement filing release letter email submission")
_ITS_PEOPLE = words("members bosses leaders owners directors lawyers officials solicitors managers")
_SINGLE = words("worker driver farmer teacher student nurse engineer trader lawyer doctor soldier man woman medic fan")
_INQUIRERS = words("investigators officers inspectors detectives officials deputies prosecutors")
_CLAUSE_ENDS = frozenset({",", ".", ";", ":", "–", "—", "“", "”", '"'})
_NOT_A_SOURCE = words("caption headline sign slogan answer question reason result reply verdict problem message")


def _is_one(reading: Reading) -> bool:
    """Whether words mean one person by an age or by what somebody does (`The retired postman`)."""
    is_aged = any(word.endswith("-old") for word in reading.modifiers)
    return is_aged or reading.noun in _SINGLE or AGENT.fullmatch(reading.noun) is not None


_IN_A_PAPER = re.compile(
    r"\b[Ii]n (?:an?|his|her|its|their) (?:[\w-]+ ){0,2}?"
    r"(email|e-mail|letter|statement|memo|post|report|filing|note|message|blog|submission)\b"
)
_PARENT_OF = re.compile(r" of (?:one|two|three|four|five|six|seven|eight|\d{1,2})$")
_FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|[Mm]y|[Mm]e)\b")


class Resolver:
    """Resolves the sources of one article; `resolve` is asked in document order."""

    def __init__(
        self, source: Words, register: Register, sentences: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]]
    ) -> None:
        self._text = source.text
        self._source = source
        self._register = register
        self._discourse = Discourse(source, register, sentences, quoted)
        groups = Groups(source, register, self._discourse)
        self._offices = Offices(register, self._discourse)
        offices = proxy(self._offices)  # The offices know the discourse: a cycle would outlive its article.
        self._discourse.follow_roles(lambda low, high: offices.told_of(source.between(low, high)))
        self._sentences = sentences
        self._exchange = Exchange(source.text, register, self._discourse, sentences)
        self._papers = Papers(source, register)
        self._subjects = Subjects(source, register, sentences, self._discourse, groups)
        voices = find_voices(source.lists, register)
        self._bodies = Bodies(source.text, register, self._discourse, groups, self._offices, self._subjects, voices)
        self._noun = ""
        self._strangers: dict[str, int] = {}
        self._is_personal = False
        self._is_own = False
        self._known: dict[int, tuple[Speaker | None, Entry | None]] = {}

    def resolve(self, content: Content) -> Speaker | None:
        """The speaker of a content, or None: unnamed, ambiguous or unknown."""
        speaker: Speaker | None = None
        entry: Entry | None = None
        if content.is_carried or (
            content.mention is None
            and content.is_open
            and content.cue not in {":", ","}
            and content.cue not in CUE_FORMS
        ):
            speaker, entry = self._exchange.carried(content)
        if content.mention is not None and speaker is None:
            self._is_own = content.speech is Speech.DIRECT and self._says_i(content)
            speaker, entry = self._known.get(content.mention.start) or self._from_mention(content.mention)
            if speaker is not None:
                self._known[content.mention.start] = (speaker, entry)
            if content.cue == ":" and speaker is not None and 1 < len(speaker.name.split()) <= 3:
                speaker = replace(speaker, type=ClaimantType.PERSON)
        elif content.is_open and content.cue == ":":
            speaker = self._exchange.interviewee(content)
        body = self._bodies.spoken_for(entry) if speaker is not None and entry is not None else None
        if body is not None and speaker is not None:
            speaker = replace(speaker, evidence=(*speaker.evidence, f"who speaks for {body.name}"))
        self._remember(content, speaker, entry)
        return speaker

    def _note_paper(self, content: Content, entry: Entry) -> None:
        """Keep whose `the email` is behind `In an email to customers, Ann Lee said ...`."""
        found = _IN_A_PAPER.search(self._text, content.frame_start, min(content.frame_end, content.frame_start + 300))
        if found is not None and not self._discourse.is_quoted(found.start()):
            self._papers.remember(found.group(1).lower(), entry)

    def _says_i(self, content: Content) -> bool:
        """Whether the words are in the first person, so that one person spoke them (`the goal defence said`)."""
        return _FIRST_PERSON.search(self._text, content.start, content.end) is not None

    def _remember(self, content: Content, speaker: Speaker | None, entry: Entry | None) -> None:
        """Keep what later pronouns and open quotations refer to."""
        if content.mention is not None:
            first = content.mention.text.lower().split()[0]
            if speaker is None and self._noun and first in {"a", "an", "one", "another"}:
                self._strangers[self._noun] = self._discourse.sentence_at(content.mention.start)
            is_single = self._is_personal and first in {"a", "an", "one", "another", "his", "her", "the"}
            self._discourse.remember(content.mention.start, entry, is_single=is_single)
        if entry is not None and content.speech is not Speech.DIRECT:
            self._note_paper(content, entry)
        if entry is not None and entry.is_body and content.cue in {"found", "finds", "concluded", "concludes"}:
            for noun in ("report", "review", "investigation"):
                self._papers.remember(noun, entry)
        if content.speech is Speech.DIRECT:
            self._exchange.remember(content, speaker, entry)

    def _from_mention(self, mention: Mention) -> tuple[Speaker | None, Entry | None]:
        """Try pronoun, name, voice, document, body, role in turn."""
        if mention.text.endswith(("'s", "’s")):
            return self._owner(mention)
        tokens = tokenize(self._text, mention.start, mention.end)
        if not tokens or not any(token.is_word for token in tokens):
            return None, None
        step = f'"{mention.text}" at {mention.start}'
        if len(tokens) == 1 and tokens[0].lower in _PRONOUNS:
            word = tokens[0].lower
            return self._pronoun(_SUBJECT_FORMS.get(word, word), mention.start, step)
        reading = read_mention(tokens, self._register)
        self._noun = reading.noun
        if self._stays_unnamed(reading, mention):
            self._is_personal = not reading.noun.endswith("s")
            return None, None
        self._is_personal = reading.head in {Head.ROLE, Head.KIN, Head.UNNAMED} and not reading.noun.endswith("s")
        if reading.noun in _NOT_A_SOURCE:
            self._is_personal = False
            return None, None
        last = tokens[-1].lower
        if tokens[0].lower == "the" and last in SEATED and len(tokens) < _SHORT:
            return self._offices.holder(replace(reading, head=Head.ROLE, noun=last, naming=None), mention.start, step)
        if reading.head is Head.NAME and reading.naming is not None:
            return self._named(reading, tokens, mention.start, step)
        first = tokens[0].lower
        if (
            first in {"his", "her"}
            and reading.naming is None
            and (reading.head in {Head.VOICE, Head.DOCUMENT} or reading.noun in {"office", "campaign"})
        ):
            found = self._discourse.person_for(mention.start, "m" if first == "his" else "f")
            evidence = (step, "speaks for whom the sentence before is about")
            return (person_of(found[0], 0.65, evidence), found[0]) if found is not None else (None, None)
        if first == "its" and reading.naming is None and reading.noun in _ITS_PEOPLE:
            return self._bodies.unnamed_voice(mention.start, step)
        if reading.noun == "guard" and set(reading.modifiers) & {"coast", "national"}:
            name = mention.text.removeprefix("The ").removeprefix("the ")
            return Speaker(name, ClaimantType.ORGANIZATION, 0.7, (step,)), None
        if reading.head is Head.VOICE:
            return self._bodies.voice(reading, mention.start, step)
        if reading.head is Head.DOCUMENT:
            return self._document(reading, mention, step)
        if reading.head is Head.GROUP:
            return self._bodies.group(reading, mention.start, step)
        if reading.head is Head.KIN and first == "the" and _PARENT_OF.search(mention.text):
            parent = replace(reading, head=Head.ROLE, noun="parent-of-some", naming=None)
            return self._offices.holder(parent, mention.start, step)
        if reading.head in {Head.ROLE, Head.KIN}:
            return self._offices.holder(reading, mention.start, step)
        if reading.head is Head.UNNAMED and reading.noun in GOVERNED and reading.is_definite:
            return self._bodies.group(reading, mention.start, step)
        is_one = reading.head is Head.UNNAMED and first == "the"
        is_one = is_one and (reading.naming is None or AGENT.fullmatch(reading.noun) is not None)
        if is_one and (_is_one(reading) or (self._is_own and not reading.noun.endswith("s"))):
            return self._offices.holder(replace(reading, head=Head.ROLE, naming=None), mention.start, step)
        if reading.head is not Head.NAME and len(tokens) == 1 and first in _INQUIRERS:
            return self._inquirers(mention.start, step)
        return None, None

    def _owner(self, mention: Mention) -> tuple[Speaker | None, Entry | None]:
        """Whose view or count it is: `Ann Lee's`, printed with the possessive."""
        namings = self._register.between(mention.start, mention.end)
        if len(namings) != 1 or len(namings[0].entries) != 1:
            return None, None
        entry = namings[0].entries[0]
        return speaker_of(entry, 0.85, (f'"{mention.text}" at {mention.start}',)), entry

    def _stays_unnamed(self, reading: Reading, mention: Mention) -> bool:
        """Whether the article keeps a name back (`an official, who asked not to be named`), or did so right before."""
        if reading.head is Head.NAME:
            return False
        if _UNNAMED.match(self._text, mention.end, mention.end + 160) is not None:
            return True
        since = self._discourse.sentence_at(mention.start) - self._strangers.get(reading.noun, -_SHORT)
        return reading.is_definite and reading.head in _PEOPLE and reading.naming is None and since < _NEAR

    def _inquirers(self, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """`Investigators say`: for the body that spoke right before."""
        last = self._discourse.last
        body = last.entry if last is not None else None
        number = self._discourse.sentence_at(place)
        is_near = last is not None and number - self._discourse.sentence_at(last.place) <= 2
        if body is None or not body.is_body or not is_near:
            return None, None
        return speaker_of(body, 0.6, (step, f"speak for {body.name}")), body

    def _named(
        self, reading: Reading, tokens: Sequence[Token], place: int, step: str
    ) -> tuple[Speaker | None, Entry | None]:
        """A mention whose head is a printed name."""
        naming = reading.naming
        if naming is None:
            return None, None
        run = naming.run
        if len(naming.entries) > 1:
            titled = [entry for entry in naming.entries if entry.gender == naming.title_gender]
            chosen = titled[0] if naming.title_gender and len(titled) == 1 else None
            chosen = chosen or (self._discourse.recent(naming.entries, place) if not naming.title_gender else None)
            chosen = chosen or self._just_spoke(titled)
            printed = [entry for entry in (titled or naming.entries) if not entry.is_derived]
            chosen = chosen or (printed[0] if len(printed) == 1 else None)
            return (speaker_of(chosen, 0.7, (step,)), chosen) if chosen is not None else (None, None)
        if naming.entries and (naming.entries[0].is_person or naming.entries[0].is_body):
            return speaker_of(naming.entries[0], 0.95, (step,)), naming.entries[0]
        if set(run.words) <= ADJECTIVES and is_role(tokens[-1].lower):
            noun = tokens[-1].lower
            return self._offices.holder(replace(reading, head=Head.ROLE, noun=noun, naming=None), place, step)
        is_kind = is_role(run.words[-1]) or run.words[-1] in NATIONALITIES
        if is_kind and not run.lead:
            alone = replace(reading, head=Head.ROLE, noun=run.words[-1], naming=None)
            return self._offices.holder(alone, place, step)
        if run.words[-1] in GROUP_NOUNS and len(run.words) == 1:
            return self._bodies.group(replace(reading, head=Head.GROUP, noun=run.words[-1], naming=None), place, step)
        if len(run.words) == 1 and run.is_initial and is_common_start(tokens[0]):
            return None, None
        is_modifier = len(run.words) == 1 and run.is_initial and not naming.entries and len(tokens) > 1
        if " ".join(run.words) in PLATFORMS or (
            is_modifier and tokens[1].is_word and tokens[1].text.islower() and tokens[1].lower != "and"
        ):
            return None, None
        entry = naming.entries[0] if naming.entries else Entry(run.name, run.words)
        is_person = len(run.words) in {2, 3} and tokens[0].lower != "the" and not run.words[-1].endswith("s")
        is_either = len(run.words) == 1 and tokens[0].lower != "the" and not run.name.isupper()
        entry.is_person, entry.is_body = is_person or is_either, not is_person
        return speaker_of(entry, 0.8, (step,)), entry

    def _just_spoke(self, alike: Sequence[Entry]) -> Entry | None:
        """Of several people whom a title fits, the one who spoke last (`Mrs Reed`, of two)."""
        last = self._discourse.last
        spoke = last.entry if last is not None else None
        return spoke if any(entry is spoke for entry in alike) else None

    def _document(self, reading: Reading, mention: Mention, step: str) -> tuple[Speaker | None, Entry | None]:
        """A paper stands for whoever made it; nobody else."""
        naming = reading.naming
        if naming is None:
            rest = tokenize(self._text, mention.end, min(len(self._text), mention.end + 100))
            stop = next((i for i, token in enumerate(rest) if token.text in _CLAUSE_ENDS), len(rest))
            if rest[:stop] and rest[0].lower in {"it", "he", "she"}:
                return self._pronoun(rest[0].lower, mention.start, step)
            is_reduced = bool(rest[:stop]) and rest[0].lower in REDUCED
            naming = tail_name(rest[:stop], self._register, Head.DOCUMENT) if is_reduced else None
        if naming is not None and len(naming.entries) <= 1 and not is_place(naming):
            owner = naming.entries[0] if naming.entries else body_of(naming)
            self._papers.remember(reading.noun, owner)
            return speaker_of(owner, 0.8, (step, f"made by {owner.name}")), owner
        if naming is not None:
            return None, None
        nouns = [word for word in reading.modifiers if word in GROUP_NOUNS and word not in {reading.noun, "office"}]
        if nouns and nouns[0] not in {"police", "court", "government"}:
            return self._bodies.group(replace(reading, noun=nouns[0], head=Head.DOCUMENT), mention.start, step)
        known = self._papers.maker(mention.text, reading.noun, mention.start)
        if known is None and reading.noun in _OWN_PAPERS and len(reading.modifiers) <= 1:
            topic = self._subjects.body_topic(self._discourse.sentence_at(mention.start) - 1, mention.start)
            known = topic[1] if topic is not None else self._discourse.body_for(mention.start, reach=2)
        if known is None and mention.text.lower().startswith("its "):
            return self._bodies.unnamed_voice(mention.start, step)
        if known is not None:
            return speaker_of(known, 0.65, (step, f"made by {known.name}")), known
        return None, None

    def _pronoun(self, word: str, place: int, step: str) -> tuple[Speaker | None, Entry | None]:
        """Whom `he`, `she`, `it` or `they` refers to, or None."""
        if word in {"he", "she"}:
            voice = self._subjects.voice_before(place)
            if voice is not None:
                return self._bodies.voice(voice, place, step)
            found = self._discourse.person_for(place, "m" if word == "he" else "f")
            if found is None:
                return None, None
            entry, confidence = found
            return person_of(entry, confidence, (step, f"{entry.name}, spoken of before")), entry
        last = self._discourse.last
        if word == "they":
            officials = self._subjects.voice_before(place, OFFICIALS)
            if officials is not None and officials.naming is None:
                return self._bodies.voice(officials, place, step)
            body = last.entry if last is not None and last.entry is not None and last.entry.is_body else None
        elif word == "it":
            paper = self._subjects.paper_before(place)
            return self._document(*paper, step) if paper is not None else self._bodies.unnamed_voice(place, step)
        else:
            return None, None
        if body is None:
            return None, None
        return speaker_of(body, 0.7, (step, f"{body.name}, spoken of before")), body
