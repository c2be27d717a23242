"""Direct speech in turn: quotations without a source, answers, and who is interviewed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.pipeline.answers import again, person_of
from claims.pipeline.attribute import Content
from claims.pipeline.discourse import Discourse
from claims.pipeline.lexicon import BE_FORMS
from claims.pipeline.register import Entry, Register
from claims.pipeline.shapes import Speaker
from claims.pipeline.tokens import tokenize

_AFTER_COMMA = re.compile(r",\s+")
_INTRODUCTION = 2_000
"""Code points at the top of an article that may tell who asks."""

_MEETING = (
    r"(?:talks|talked|speaks|spoke|chats|chatted|sits down|sat down|catches up|caught up|meets|met|asks|interviews)\b"
)
_EDGE = re.compile(r"\b")


_FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|[Mm]y|[Ww]e|[Ww]e[’']\w+|[Oo]ur)\b")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The last direct speech: where, of which chain, by whom, and whether it asked something."""

    block: int
    chain: int
    end: int
    speaker: Speaker | None
    entry: Entry | None
    is_question: bool


class _Namings:
    """Who of several people is named most up to a place; asked in document order."""

    def __init__(self, people: Sequence[Entry]) -> None:
        places = {entry.name: entry.places for entry in people}
        self._ahead = sorted(((place, name) for name in places for place in places[name]), reverse=True)
        self._counts: Counter[str] = Counter()
        self._most = 0
        self._leaders: set[str] = set()

    def most(self, place: int) -> set[str]:
        """The names printed most often before a place."""
        while self._ahead and self._ahead[-1][0] < place:
            name = self._ahead.pop()[1]
            self._counts[name] += 1
            if self._counts[name] > self._most:
                self._most, self._leaders = self._counts[name], {name}
            elif self._counts[name] == self._most:
                self._leaders.add(name)
        return self._leaders


class Exchange:
    """The direct speech of one article so far; asked in document order."""

    def __init__(
        self, text: str, register: Register, discourse: Discourse, sentences: Sequence[tuple[int, int]]
    ) -> None:
        self._text = text
        self._register = register
        self._discourse = discourse
        self._sentences = sentences
        self._direct: list[_Spoken] = []
        self._named: _Namings | None = None
        self._interviewed: Speaker | None = None

    def remember(self, content: Content, speaker: Speaker | None, entry: Entry | None) -> None:
        """Keep who spoke these words."""
        tail = self._text[content.end - 1 : content.end]
        self._direct.append(_Spoken(content.block, content.chain, content.end, speaker, entry, tail == "?"))

    def carried(self, content: Content) -> tuple[Speaker | None, Entry | None]:
        """The speaker of an open quotation: it goes on, or somebody was introduced, or the speaker before goes on."""
        last = self._direct[-1] if self._direct else None
        if last is not None and last.chain == content.chain and last.speaker is not None and not content.is_carried:
            return again(last.speaker, 0.9, "the quotation goes on"), last.entry
        around = self._around(content)
        if around is not None:
            return around
        introduced = self._introduced(content, last)
        if introduced is not None:
            return introduced
        if content.mention is not None or last is None or last.speaker is None or content.block - last.block > 1:
            return None, None
        number = self._discourse.sentence_at(content.start)
        is_between = number > 0 and self._sentences[number - 1][0] > last.end + 3
        if is_between and not self._discourse.is_quoted(self._sentences[number - 1][0]):
            return None, None
        is_answer = last.is_question or _addresses(self._text[content.start : content.end], last.speaker.name)
        if is_answer and content.block != last.block:
            return self._answerer(last)
        step = "no source is given; the speaker before is taken to go on"
        return again(last.speaker, 0.6, step), last.entry

    def _answerer(self, last: _Spoken) -> tuple[Speaker | None, Entry | None]:
        """Who answers a question asked right before: the other one of two who speak in turn."""
        for spoken in reversed(self._direct[-6:]):
            if spoken.speaker is not None and last.speaker is not None and spoken.speaker.name != last.speaker.name:
                return again(spoken.speaker, 0.55, "an answer in an exchange of two"), spoken.entry
        return None, None

    def _around(self, content: Content) -> tuple[Speaker | None, Entry | None] | None:
        """The person who does something in the sentence around a quotation (`Ali held up a sign: "..."`)."""
        number = self._discourse.sentence_at(content.start)
        begin, verb = self._discourse.subject_span(number)
        if content.mention is not None or verb >= content.start - 2 or self._discourse.is_quoted(begin):
            return None
        entry = self._discourse.topic_of(number)
        first = tokenize(self._text, verb, min(content.start, verb + 20))[:1]
        if entry is None or (first and first[0].lower in BE_FORMS):
            return None
        return person_of(entry, 0.6, (f"{entry.name}, whom the sentence is about",)), entry

    def _introduced(self, content: Content, last: _Spoken | None) -> tuple[Speaker | None, Entry | None] | None:
        """The person the sentence right before an open quotation is about (`Ali was blunt. "..."`)."""
        number = self._discourse.sentence_at(content.start)
        if number == 0:
            return None
        start, end = self._sentences[number - 1]
        follows_speech = last is not None and start <= last.end + 2
        source = content.mention.start if content.mention is not None else -1
        if follows_speech or self._discourse.is_quoted(start) or start <= source < end or content.start - end > 80:
            return None
        spoke = self._discourse.last
        if spoke is not None and start <= spoke.place < end and spoke.entry is not None and spoke.entry.is_person:
            return person_of(spoke.entry, 0.65, (f"{spoke.entry.name}, who spoke right before",)), spoke.entry
        low = self._discourse.subject_span(number - 1)[0]
        first = tokenize(self._text, low, min(end, low + 40))[:1]
        if first and first[0].lower in {"he", "she"}:
            found = self._discourse.person_for(low, "m" if first[0].lower == "he" else "f")
            entry = found[0] if found is not None else None
        else:
            entry = self._discourse.topic_of(number - 1) or self._opened(number - 1, content)
        if entry is None:
            return None
        return person_of(entry, 0.65, (f"{entry.name}, whom the sentence before is about",)), entry

    def _opened(self, number: int, content: Content) -> Entry | None:
        """Whom the paragraph before is about that goes on to name nobody, for words in the first person."""
        if _FIRST_PERSON.search(self._text, content.start, content.end) is None:
            return None
        while number > 0 and self._sentences[number][0] - self._sentences[number - 1][1] <= 1:
            if self._discourse.names_somebody(number):
                return None
            number -= 1
            if self._discourse.is_quoted(self._sentences[number][0]):
                return None
            told = self._discourse.topic_of(number) or self._discourse.told_by_pronoun(number)
            if told is not None:
                return told
        return None

    def interviewee(self, content: Content) -> Speaker | None:
        """Who answers in an interview without labels: the person its introduction names most."""
        if content.is_question:
            return None
        if self._interviewed is not None:
            return self._interviewed
        if self._named is None:
            known = [entry for entry in self._register.people if len(entry.name) > 1]
            self._named = _Namings([entry for entry in known if not self._asks(entry)])
        names = self._named.most(content.start)
        if len(names) != 1:
            return None
        name = next(iter(names))
        entry = next(entry for entry in self._register.people if entry.name == name)
        evidence = ("an answer in an interview", f"{entry.name}, whom the introduction names")
        self._interviewed = person_of(entry, 0.65, evidence)
        return self._interviewed

    def _asks(self, entry: Entry) -> bool:
        """Whether the introduction says that somebody led the talk (`Jo Tate meets`, `She spoke to Jo Tate`)."""
        name = re.escape(entry.name)
        led = rf"{name} {_MEETING}|\b[Ss]?[Hh]e (?:spoke|talked) (?:to|with) {name}"
        return entry.first < _INTRODUCTION and re.search(led, self._text[:_INTRODUCTION]) is not None


def _addresses(said: str, name: str) -> bool:
    """Whether the words speak to somebody by a part of the name (`Ann, you won`, `You won, Ann`)."""
    places = [match.end() for match in _AFTER_COMMA.finditer(said)]
    return any(
        said.startswith(f"{word},")
        or any(said.startswith(word, place) and _EDGE.match(said, place + len(word)) for place in places)
        for word in name.split()
    )
