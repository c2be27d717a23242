"""Stage 4a: the register of an article: everybody and every body it names.

Each printed name (see `runs`) belongs to one entry. Whether an entry is a
person or a body is decided once for the whole article, by everything that
stands beside its names; short forms join the entry they can only mean.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from claims.pipeline.context import Hint, hint_at
from claims.pipeline.given_names import GIVEN_NAMES, gender_by_name
from claims.pipeline.kinship import kin_before
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import TIME_WORDS, words
from claims.pipeline.name_forms import (
    PLACE_ENDS,
    body_by_form,
    initials_of,
    is_family_first,
    is_first,
    is_part,
    is_short_body,
    is_surname,
    person_by_form,
)
from claims.pipeline.names import (
    DEMONYMS,
    NATIONALITIES,
    ORGANISATION_HEADS,
    PLACE_STARTS,
    PLATFORMS,
    TITLES,
)
from claims.pipeline.runs import COMMON, Run, find_runs, is_common_start
from claims.pipeline.tokens import Token, Words

_SPOUSE = {"husband": "wife", "hubby": "wife", "wife": "husband"}
_GENDERED = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_QUOTE_MARKS = frozenset('"“”‘«»')
_NO_ENTRY = (
    frozenset(DEMONYMS) | NATIONALITIES | words("prime vice deputy health foreign home finance interior defence")
)
_NOT_ALONE = (
    COMMON | TIME_WORDS | GIVEN_NAMES | PLACE_ENDS | words("god parliament christmas easter brexit covid internet")
)
_MIN_PERSON = 2
_MANY = 12
_SURE = 3


@dataclass(slots=True)
class Entry:
    """One person or body; `roles` are sets of lower-case words said of it, `places` where its names start.

    `is_derived`: the surname is a relative's and never printed with it;
    `is_sure`: even at a sentence's start the word is no common noun.
    """

    name: str
    words: tuple[str, ...]
    is_person: bool = False
    is_body: bool = False
    gender: str = ""
    roles: list[frozenset[str]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    is_derived: bool = False
    is_sure: bool = False

    @property
    def first(self) -> int:
        """Where the entry is named first."""
        return self.places[0] if self.places else 0


class Naming(NamedTuple):
    """One printed name with the entries it may mean (one, as a rule)."""

    run: Run
    entries: tuple[Entry, ...]
    title_gender: str = ""


class Register:
    """The entries of an article and every place where one is named."""

    def __init__(self, entries: Sequence[Entry], namings: Sequence[Naming]) -> None:
        self.entries = list(entries)
        self.namings = list(namings)
        self.people = [entry for entry in entries if entry.is_person]
        self.bodies = [entry for entry in entries if entry.is_body]
        self._starts = [naming.run.start for naming in namings]

    def between(self, start: int, end: int) -> list[Naming]:
        """The names printed inside a stretch of the text, in order."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return [naming for naming in self.namings[low:high] if naming.run.end <= end]


@dataclass(slots=True)
class _Group:
    """All runs of the same words, and what their surroundings say."""

    name: str
    words: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    person: int = 0
    body: int = 0

    def weigh(self) -> None:
        """Sum up the evidence that the words name a person, or a body."""
        self.person = sum(hint.person for hint in self.hints) + person_by_form(self.words)
        self.body = sum(hint.body for hint in self.hints) + body_by_form(self.name, self.words)


def register(source: Words) -> Register:
    """Read all names of the given blocks, in document order."""
    groups: dict[tuple[str, ...], _Group] = {}
    printed: list[tuple[Run, Sequence[Token]]] = []
    hints: list[Hint] = []
    for tokens in source.lists:
        for run in find_runs(tokens):
            printed.append((run, tokens))
            group = groups.get(run.words) or groups.setdefault(run.words, _Group(run.name, run.words))
            group.runs.append(run)
            if group.name.isupper() and len(group.name) > 5:
                group.name = run.name
            hints.append(hint_at(tokens, run))
            group.hints.append(hints[-1])
    entries = _entries(groups)
    index = _Index([*entries, *_couples(printed, {entry.words for entry in entries})])
    first = [_naming(run, tokens, index, hint) for (run, tokens), hint in zip(printed, hints, strict=True)]
    if _add_relatives(printed, first, hints, index):
        first = [_naming(run, tokens, index, hint) for (run, tokens), hint in zip(printed, hints, strict=True)]
    namings = first
    for naming, hint in zip(namings, hints, strict=True):
        if len(naming.entries) == 1:
            _learn(naming.entries[0], naming, hint)
    _learn_genders(printed, namings)
    return Register(index.entries, namings)


def _learn(entry: Entry, naming: Naming, hint: Hint) -> None:
    """Add what this printed name tells of its entry."""
    entry.places.append(naming.run.start)
    if len(entry.roles) < _MANY:
        entry.roles.extend(hint.roles)
        entry.descriptions.extend(hint.descriptions)
    entry.kinds |= hint.kinds
    entry.gender = entry.gender or hint.gender


def _learn_genders(printed: Sequence[tuple[Run, Sequence[Token]]], namings: Sequence[Naming]) -> None:
    """Tell the gender of unknown given names by the pronouns that follow when nobody else is named between."""
    votes: dict[int, tuple[Entry, set[str]]] = {}
    for place, ((run, tokens), naming) in enumerate(zip(printed, namings, strict=True)):
        if len(naming.entries) != 1 or not naming.entries[0].is_person or naming.entries[0].gender:
            continue
        same = place + 1 < len(printed) and printed[place + 1][1] is tokens
        stop = min(printed[place + 1][0].low if same else len(tokens), run.high + 30)
        is_aside = stop > run.high + 1 and tokens[run.high].text == "," and tokens[run.high + 1].lower in _GENDERED
        for token in tokens[run.high : run.high if is_aside else stop]:
            if token.text in _QUOTE_MARKS:
                break
            if token.lower in _GENDERED:
                entry = naming.entries[0]
                votes.setdefault(id(entry), (entry, set()))[1].add(_GENDERED[token.lower])
                break
    for entry, said in votes.values():
        if len(said) == 1:
            entry.gender = said.pop()


def _entries(groups: dict[tuple[str, ...], _Group]) -> list[Entry]:
    """Entries for all groups that name somebody in full or with evidence of their own."""
    entries = []
    for group in groups.values():
        group.weigh()
    for group in groups.values():
        person, body = group.person + _person_by_surname(group, groups), group.body
        body += 3 * _is_shortened(group, groups)
        is_person = person >= _MIN_PERSON and person > body and not any(word[0].isdigit() for word in group.words)
        is_alone = not is_person and body < 2 and _acts_alone(group)
        is_person = is_person or (is_alone and any(hint.is_speaking for hint in group.hints))
        is_acting = not is_person and body < 2 and _acts(group)
        is_body = is_alone or is_acting or (not is_person and body >= 2)
        is_person = is_person or (is_acting and len(group.words) == 2)
        if len(group.words) == 1 and group.words[0] in COMMON and all(run.is_initial for run in group.runs):
            continue
        if len(group.words) == 1 and not is_person and not is_body:
            continue
        if group.name.lower() in PLATFORMS or all(is_role(word) or word in _NO_ENTRY for word in group.words):
            continue
        entry = Entry(group.name, group.words, is_person=is_person, is_body=is_body)
        entry.is_sure = any(hint.body >= _SURE for hint in group.hints) and len(group.runs) > 1
        if is_person:
            entry.gender = "" if _is_titled_surname(group) else gender_by_name(group.words)
        entries.append(entry)
    return entries


def _person_by_surname(group: _Group, groups: dict[tuple[str, ...], _Group]) -> int:
    """What `Ms Vinter` and `Ojo explained` tell of Lotte Vinter and Babatunde Ojo."""
    if len(group.words) not in {2, 3} or any(word in ORGANISATION_HEADS for word in group.words):
        return 0
    lone = groups.get(group.words[-1:])
    if lone is None or lone.body > 0:
        return 0
    return max(0, lone.person) + any(hint.is_speaking for hint in lone.hints)


def _acts(group: _Group) -> bool:
    """Whether words nothing else is known of open a sentence as its subject, as a company's name does."""
    is_place = group.words[-1] in PLACE_ENDS or group.words[0] in PLACE_STARTS
    return len(group.words) in {2, 3} and not is_place and any(hint.is_subject for hint in group.hints)


def _acts_alone(group: _Group) -> bool:
    """Whether one word acts and speaks like a company (`Zentra denies`) and is no sentence's plain first word."""
    if len(group.words) != 1 or group.person >= _MIN_PERSON or group.words[0] in _NOT_ALONE or is_role(group.words[0]):
        return False
    is_printed_inside = any(not run.is_initial or run.is_owner for run in group.runs)
    is_acting = any(hint.is_subject or hint.is_speaking for hint in group.hints)
    return is_acting and is_printed_inside


def _is_titled_surname(group: _Group) -> bool:
    """Whether the one word is a surname behind a title, so that it is no given name (`Ms Mwangi`)."""
    return len(group.words) == 1 and any(word in TITLES for run in group.runs for word in run.lead)


def _is_shortened(group: _Group, groups: dict[tuple[str, ...], _Group]) -> bool:
    """Whether the first of two words alone acts later, as a company's does (`Lumo Travel`, `Lumo said`)."""
    if len(group.words) != 2 or group.words[0] in _NOT_ALONE or group.words[-1:] in groups or is_role(group.words[1]):
        return False
    lone = groups.get(group.words[:1])
    is_free = not any(run.lead for run in group.runs)
    return lone is not None and is_free and any(hint.is_subject or hint.is_speaking for hint in lone.hints)


class _Index:
    """Entries by their words; folds short forms into full ones."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries: dict[int, Entry] = {}
        self.renamed = 0
        self._by_word: dict[str, list[Entry]] = {}
        self._by_words: dict[tuple[str, ...], Entry] = {}
        for entry in sorted(entries, key=lambda item: -len(item.words)):
            if not self._is_short_form(entry):
                self.add(entry)

    @property
    def entries(self) -> list[Entry]:
        """All entries, in the order they were taken in."""
        return list(self._entries.values())

    def add(self, entry: Entry) -> None:
        """Take an entry in."""
        self._entries[id(entry)] = entry
        self._by_words[entry.words] = entry
        for word in entry.words:
            self._file(word, entry)
        for initials in initials_of(entry.words) if entry.is_body else ():
            self._file(initials, entry)

    def replace(self, entry: Entry) -> None:
        """Take in the full name of somebody known by a given name alone."""
        lone = self._by_words.pop(entry.words[:1], None)
        if lone is not None:
            del self._entries[id(lone)]
            self.renamed += 1
            self._by_word[entry.words[0]] = [item for item in self._by_word[entry.words[0]] if item is not lone]
        if entry.words not in self._by_words:
            self.add(entry)

    def _file(self, word: str, entry: Entry) -> None:
        """Keep the entry under a word; a word that many share tells nobody apart."""
        filed = self._by_word.setdefault(word, [])
        if len(filed) < _MANY:
            filed.append(entry)

    def _is_short_form(self, entry: Entry) -> bool:
        """Whether the entry is only a shorter way to print one that is known."""
        if len(entry.words) == 1 and any(
            is_surname(entry.words, full.words) or is_family_first(entry.words, full.words)
            for full in self._people_of(entry.words[0])
        ):
            return True
        if self._is_called_by_first(entry):
            return True
        full = self.meant(entry.words, entry)
        if len(full) == 1 and entry.is_person and entry.is_body:
            return True
        if len(full) == 1 and (entry.is_person or not entry.is_body or full[0].is_body):
            return entry.is_person == full[0].is_person or not (entry.is_person or entry.is_body)
        return len(entry.words) == 1 and len(full) > 1

    def _is_called_by_first(self, entry: Entry) -> bool:
        """Whether the one word is what an article calls one person by (`Bex Fry`, later `Bex`), rare as it may be."""
        if len(entry.words) != 1 or entry.is_sure or entry.words[0] in DEMONYMS:
            return False
        fuller = [full for full in self._people_of(entry.words[0]) if full.words[0] == entry.words[0]]
        return len(fuller) == 1 and len(fuller[0].words) in {2, 3}

    def _people_of(self, word: str) -> list[Entry]:
        """The people in whose name the word stands."""
        return [entry for entry in self._by_word.get(word, []) if entry.is_person]

    def meant(self, name: tuple[str, ...], like: Entry | None = None) -> list[Entry]:
        """The entries a printed name may mean: itself, else people by surname, else by any word, else bodies."""
        exact = self._by_words.get(name)
        if exact is not None:
            return [exact]
        found = [entry for entry in self._by_word.get(name[-1], ()) if is_part(name, entry.words)]
        if not found:
            return []
        people = [entry for entry in found if entry.is_person]
        for fits in (is_surname, is_first, is_part):
            chosen = [entry for entry in people if fits(name, entry.words)]
            if chosen and not (like is not None and like.is_body):
                return chosen
        bodies = [entry for entry in found if not entry.is_person]
        return [entry for entry in bodies if is_short_body(name, entry.words, is_body=entry.is_body)]


def _naming(run: Run, tokens: Sequence[Token], index: _Index, hint: Hint) -> Naming:
    """The printed name with what it may mean."""
    found = index.meant(run.words)
    title = hint.title_gender if len(run.words) == 1 else ""
    if len(found) > 1 and title:
        found = [entry for entry in found if entry.gender in {"", title}] or found
    if len(found) > 1 and len(run.words) == 1 and not title:
        found = [entry for entry in found if not entry.is_derived] or found
    is_bare_word = len(run.words) == 1 and run.is_initial and not run.lead and not run.is_owner
    if is_bare_word and found and not (found[0].is_person or found[0].is_sure) and is_common_start(tokens[run.begin]):
        found = []
    return Naming(run, tuple(found), title)


def _couples(printed: Sequence[tuple[Run, Sequence[Token]]], known: set[tuple[str, ...]]) -> Iterator[Entry]:
    """`Keith and Janet Dobbs` names a Keith Dobbs."""
    for (one, tokens), (other, same) in pairwise(printed):
        is_pair = tokens is same and other.low == one.high + 1 and tokens[one.high].lower in {"and", "&"}
        if not is_pair or len(one.words) != 1 or len(other.words) < 2:
            continue
        words_meant = (one.words[0], other.words[-1])
        if one.words[0] in GIVEN_NAMES and other.words[0] in GIVEN_NAMES and words_meant not in known:
            known.add(words_meant)
            name = f"{one.name} {other.name.rsplit(' ', 1)[-1]}"
            yield Entry(name, words_meant, is_person=True, gender=gender_by_name(words_meant))


def _add_relatives(
    printed: Sequence[tuple[Run, Sequence[Token]]], namings: Sequence[Naming], hints: Sequence[Hint], index: _Index
) -> bool:
    """`her husband, Dale,` is a Dale with the surname of whoever was named before; whether there was one."""
    count = len(index.entries)
    before: list[Entry] = []
    for naming, (run, tokens), hint in zip(namings, printed, hints, strict=True):
        found = naming.entries
        is_lone = len(run.words) == 1 and (not found or (len(found) == 1 and len(found[0].words) == 1))
        kin = kin_before(tokens, run) if is_lone else ""
        last = _relative_of(kin, before) if kin else None
        if last is not None:
            name = f"{run.name} {last.name.rsplit(' ', 1)[-1]}"
            gender = hint.gender or gender_by_name(run.words)
            names = (*run.words, last.words[-1])
            index.replace(Entry(name, names, is_person=True, gender=gender, is_derived=True))
            if kin in _SPOUSE:
                last.roles.append(frozenset({_SPOUSE[kin]}))
        elif len(found) == 1 and found[0].is_person:
            before.append(found[0])
    return len(index.entries) != count or bool(index.renamed)


def _relative_of(kin: str, before: Sequence[Entry]) -> Entry | None:
    """Whose relative it is: of the people named before, the last one who fits a husband or a wife."""
    other = {"husband": "f", "hubby": "f", "widower": "f", "wife": "m", "widow": "m"}.get(kin, "")
    for entry in reversed(before[-3:]):
        if not other or entry.gender in {"", other}:
            return entry if len(entry.words) > 1 else None
    return None
