"""Stage 4a: harvest who and what bodies an article names, with roles and places.

Names are runs of capitalised words. A run counts as a person only on
evidence: a title or role beside it, an age, a surname used alone later, or a
well-known first name. The resolver (see `speakers`) does the rest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.pipeline.bodies import NOT_NAMES, Body, body_names, kinds_of, starts_name
from claims.pipeline.cues import CUE_FORMS
from claims.pipeline.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
)
from claims.pipeline.names import (
    DEMONYMS,
    FEMALE_NAMES,
    FEMALE_ROLES,
    MALE_NAMES,
    MALE_ROLES,
    ORGANISATION_HEADS,
    PARTICLES,
    PLACE_STARTS,
    POST_NOMINALS,
    ROLES,
    TITLES,
)
from claims.pipeline.tokens import Token, Words

_SAME_ROLE = {
    "prosecuting": "barrister prosecutor", "defending": "barrister", "defence": "barrister", "ceo": "chief executive",
    "gov": "governor", "sen": "senator lawmaker", "rep": "representative lawmaker", "dr": "doctor", "prof": "professor",
    "insp": "inspector", "capt": "captain", "sgt": "sergeant", "gen": "general", "col": "colonel", "cllr": "councillor",
    "pm": "prime minister", "mp": "lawmaker politician", "senator": "lawmaker", "coach": "manager", "manager": "boss",
    "striker": "player", "captain": "skipper", "executive": "boss", "director": "boss",
}  # fmt: skip
_POSITIONS = frozenset({
    "center", "centre", "guard", "forward", "tackle", "linebacker", "receiver", "shortstop", "catcher", "prop",
    "hooker",
    "flanker", "quarterback", "pitcher", "defender", "midfielder", "keeper", "boss", "chief",
})  # fmt: skip
_WINDOW = 10


@dataclass(slots=True)
class Person:
    """One named person; `roles` are sets of lower-case words said of them."""

    name: str
    gender: str = ""
    first: int = 0
    roles: list[frozenset[str]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name, lower case."""
        return self.name.rsplit(" ", 1)[-1].lower()


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and every body an article names."""

    people: dict[str, Person]
    bodies: dict[str, Body]
    by_surname: dict[str, list[Person]]
    acronyms: dict[str, str]
    kinds: dict[str, list[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of capitalised tokens `[low, high)` of a block's tokens."""

    low: int
    high: int
    prefix: int
    name: str


def harvest(words: Words) -> Cast:
    """The cast of the given blocks, in document order."""
    people: dict[str, Person] = {}
    bodies: dict[str, Body] = {}
    acronyms: dict[str, str] = {}
    token_lists = words.lists
    alone = _lone_surnames(token_lists)
    for tokens in token_lists:
        for run in _runs(tokens):
            if _is_person(tokens, run, alone):
                _add_person(people, tokens, run)
        for found, start, acronym in body_names(words.text, tokens):
            kind, _, name = found.rpartition("\n")
            body = bodies.setdefault(name.lower(), Body(name, frozenset(re.findall(r"[\w-]+", name.lower()))))
            body.places.append(start)
            if kind:
                bodies[name.lower()] = body = Body(body.name, body.words | {kind}, body.places)
            if acronym:
                acronyms[acronym] = name
    _absorb_short_names(people)
    by_surname: dict[str, list[Person]] = {}
    for person in people.values():
        by_surname.setdefault(person.surname, []).append(person)
    _place_lone_names(token_lists, people, by_surname)
    for person in people.values():
        person.places.sort()
    return Cast(people, bodies, by_surname, acronyms, kinds_of(token_lists))


def _absorb_short_names(people: dict[str, Person]) -> None:
    """Fold `Mrs Amory` into Bridget Amory: a lone surname is nobody new when one full name fits."""
    full: dict[str, list[Person]] = {}
    for person in people.values():
        if " " in person.name:
            full.setdefault(person.surname, []).append(person)
    for key in [key for key in people if " " not in key and key in full]:
        short = people[key]
        fitting = [p for p in full[key] if not p.gender or not short.gender or p.gender == short.gender]
        if fitting:
            del people[key]
        if len(fitting) == 1:
            fitting[0].roles.extend(short.roles)
            fitting[0].places.extend(short.places)
            fitting[0].gender = fitting[0].gender or short.gender


def _runs(tokens: Sequence[Token]) -> Iterator[_Run]:
    """Runs of capitalised words, split into role words in front and the name."""
    index = 0
    while index < len(tokens):
        if not starts_name(tokens, index):
            index += 1
            continue
        high = index
        while high < len(tokens) and high - index < 12 and _goes_on(tokens, index, high):
            high += 1
        while high > index + 1 and tokens[high - 1].lower in PARTICLES | {"."}:
            high -= 1
        while high > index + 1 and tokens[high - 1].lower in POST_NOMINALS:
            high -= 1
        prefix = _name_start(tokens, index, high)
        words = [token.text for token in tokens[prefix:high]]
        if words and words[-1].endswith(("'s", "’s")):
            words[-1] = words[-1][:-2]
        name = " ".join(words).replace(" .", ".")
        yield _Run(index, high, prefix, name)
        index = high


def _name_start(tokens: Sequence[Token], index: int, high: int) -> int:
    """Where the name begins behind titles, roles and nationalities (`US President Donald Trump`)."""
    first_names = FEMALE_NAMES | MALE_NAMES
    prefix = index
    for place in range(index, high):
        if place == high - 1 and place > index and tokens[place - 1].lower in first_names:
            continue
        word = tokens[place].lower.split("-")[-1].removesuffix("'s")
        if word in ROLES or word in TITLES or tokens[place].lower in DEMONYMS:
            prefix = place + 1
    if prefix == index and tokens[index].lower in _POSITIONS and high - index >= 3:
        prefix += 1
    while prefix < high and tokens[prefix].lower == ".":
        prefix += 1
    for place in range(prefix + 1, high - 1):
        if tokens[place].lower in first_names and tokens[prefix].lower not in first_names:
            return place
    is_office = prefix == index > 1 and tokens[index - 1].lower in {"of", "for"} and tokens[index - 2].lower in ROLES
    return prefix + 1 if is_office and high - prefix >= 3 else prefix


def _goes_on(tokens: Sequence[Token], low: int, index: int) -> bool:
    """Whether the run that began at `low` includes the token at `index`."""
    token = tokens[index]
    if index > low and tokens[index - 1].text.endswith(("'s", "’s")):
        return False
    if token.is_capitalised:
        return token.lower not in NOT_NAMES or token.lower in {"will", "may", "april", "june", "august"}
    if token.text == ".":
        previous = tokens[index - 1]
        is_initial = len(previous.text) == 1 or previous.lower in TITLES
        return (
            is_initial and previous.end == token.start and index + 1 < len(tokens) and tokens[index + 1].is_capitalised
        )
    return token.lower in PARTICLES and index + 1 < len(tokens) and tokens[index + 1].is_capitalised


def _lone_surnames(token_lists: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Capitalised words that stand alone, or after a title, as surnames do."""
    alone = set()
    for tokens in token_lists:
        for index, token in enumerate(tokens):
            if not token.is_capitalised:
                continue
            before = tokens[index - 1] if index else None
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            is_after_title = before is not None and (before.lower in TITLES or before.lower == ".")
            is_free = (before is None or not before.is_capitalised or is_after_title) and (
                after is None or not after.is_capitalised
            )
            if is_free:
                alone.add(token.lower.removesuffix("'s"))
    return frozenset(alone)


def _is_person(tokens: Sequence[Token], run: _Run, alone: frozenset[str]) -> bool:
    """Whether there is evidence that the run's name is a person's."""
    words = run.name.split()
    lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    if not words or len(words) > 5 or any(char.isdigit() for char in run.name):
        return False
    if any(word in ORGANISATION_HEADS for word in lowered) and lowered[0] not in FEMALE_NAMES | MALE_NAMES:
        return False
    has_title = run.prefix > run.low and _ends_with_role(tokens, run)
    if lowered[0] in PLACE_STARTS and not has_title:
        return False
    if lowered[0] == "the" or lowered[0] in DEMONYMS.values():
        return False
    if len(words) == 1:
        is_first_name = lowered[0] in FEMALE_NAMES | MALE_NAMES
        has_title = has_title or (is_first_name and (_role_before(tokens, run) is not None or _has_age(tokens, run)))
        return has_title and words[0].isalpha() and not words[0].isupper()
    if words[0].isupper() and len(words[0]) > 2 and not has_title:
        return False
    is_surname_used = lowered[-1] in alone
    is_first_name = lowered[0] in FEMALE_NAMES or lowered[0] in MALE_NAMES
    return (
        has_title
        or is_first_name
        or _role_before(tokens, run) is not None
        or (_role_after(tokens, run) is not None or (is_surname_used and len(words) <= 3) or _speaks(tokens, run))
    )


def _ends_with_role(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether the word right before the name is a title or role."""
    index = run.prefix - 1
    while index > run.low and tokens[index].lower == ".":
        index -= 1
    word = tokens[index].lower.split("-")[-1]
    return word in ROLES or word in TITLES or (index == run.low and word in _POSITIONS)


def _has_age(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether `, 33` follows the name."""
    return run.high + 1 < len(tokens) and tokens[run.high].text == "," and tokens[run.high + 1].text.isdigit()


def _speaks(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether a verb of saying stands right beside the name, or an age."""
    after = tokens[run.high].lower if run.high < len(tokens) else ""
    before = tokens[run.low - 1].lower if run.low else ""
    if after == "," and run.high + 1 < len(tokens) and tokens[run.high + 1].text.isdigit():
        return True
    return (after in {"said", "says", "told", "added"} or before in {"said", "says", "added"}) and len(
        run.name.split()
    ) in {2, 3}


def _role_before(tokens: Sequence[Token], run: _Run) -> tuple[int, int] | None:
    """Token range of a lower-case role in front of the name (`chief inspector`, `the mayor of Teno,`)."""
    end = run.low
    if end and tokens[end - 1].lower == ",":
        end -= 1
    low = end
    while low > 0 and end - low < _WINDOW and (tokens[low - 1].is_word or tokens[low - 1].lower in {"'", "-"}):
        word = tokens[low - 1].lower
        if word in CUE_FORMS or word in AUXILIARIES or word in {"and", "but", "that", "who"}:
            break
        low -= 1
    roles = [index for index in range(low, end) if tokens[index].lower.split("-")[-1] in ROLES]
    if not roles:
        return None
    is_adjacent = end == run.low
    if is_adjacent and roles[-1] != end - 1:
        return None
    if not is_adjacent and roles[-1] != end - 1:
        linked = tokens[roles[-1] + 1].lower in {"of", "for", "at", "in", "to"} if roles[-1] + 1 < end else False
        if not linked:
            return None
    return low, end


def _role_after(tokens: Sequence[Token], run: _Run) -> tuple[int, int] | None:
    """Token range of what is said after the name and a comma (`, the Athletic head coach,`)."""
    low = run.high
    if low + 1 >= len(tokens) or tokens[low].lower not in {",", "("}:
        return None
    low += 1
    if tokens[low].text.isdigit():
        low += 2
    high = low
    while high < len(tokens) and high - low < 14 and tokens[high].lower not in {",", ".", ";", ")", "(", "who"}:
        high += 1
    span = [token.lower for token in tokens[low:high]]
    if not span or (tokens[low].is_capitalised and span[0] in FEMALE_NAMES | MALE_NAMES):
        return None
    if any(word in CUE_FORMS for word in span[:2]):
        return None
    has_role = any(word.split("-")[-1] in ROLES for word in span[:9])
    return (low, high) if has_role or span[0] in {"prosecuting", "defending"} else None


def _add_person(people: dict[str, Person], tokens: Sequence[Token], run: _Run) -> None:
    """Record the run, its roles and what they tell about gender."""
    key = run.name.lower()
    person = people.setdefault(key, Person(run.name, first=tokens[run.prefix].start))
    person.places.append(tokens[run.prefix].start)
    ranges = [
        (run.low, run.prefix) if run.prefix > run.low else None,
        _role_before(tokens, run),
        _role_after(tokens, run),
    ]
    for span in ranges:
        if span is None:
            continue
        lowered = [token.lower.removesuffix("'s") for token in tokens[span[0] : span[1]] if token.is_word]
        words = frozenset(word for word in lowered if word not in DETERMINERS and word not in PREPOSITIONS)
        if words:
            person.roles.append(words | role_synonyms(words))
            person.descriptions.append(" ".join(token.text for token in tokens[span[0] : span[1]] if token.is_word))
        person.gender = person.gender or _gender_of(words)
    if not person.gender:
        first = run.name.split()[0].lower()
        is_female, is_male = first in FEMALE_NAMES, first in MALE_NAMES
        person.gender = "" if is_female == is_male else ("f" if is_female else "m")


def role_synonyms(words: frozenset[str]) -> frozenset[str]:
    """Words a later mention may use for the same role or country."""
    extra = {DEMONYMS[word] for word in words if word in DEMONYMS}
    for word, others in _SAME_ROLE.items():
        if word in words:
            extra.update(others.split())
    return frozenset(extra)


def _gender_of(words: frozenset[str]) -> str:
    """`m`, `f` or nothing, from titles and roles."""
    for word in words:
        if TITLES.get(word):
            return TITLES[word]
    if words & FEMALE_ROLES:
        return "f"
    return "m" if words & MALE_ROLES else ""


def _place_lone_names(
    token_lists: Sequence[Sequence[Token]], people: dict[str, Person], by_surname: dict[str, list[Person]]
) -> None:
    """Add the places where a surname or first name stands alone for a known person."""
    by_first: dict[str, list[Person]] = {}
    for person in people.values():
        if " " in person.name:
            by_first.setdefault(person.name.split()[0].lower(), []).append(person)
    for tokens in token_lists:
        for token in tokens:
            if not token.is_capitalised:
                continue
            word = token.lower.removesuffix("'s")
            found = by_surname.get(word) or by_first.get(word, [])
            if len(found) == 1 and token.start not in found[0].places[-1:]:
                found[0].places.append(token.start)
