"""Reading the words that name a source: head noun, capitalised names, bodies."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from claims.enums import ClaimantType
from claims.pipeline.cues import DOCUMENT_NOUNS, SPOKESPEOPLE, UNNAMED_SOURCES
from claims.pipeline.lexicon import ADVERBS, DETERMINERS, PREPOSITIONS, words
from claims.pipeline.names import (
    GROUP_NOUNS,
    NATIONALITIES,
    PARTICLES,
    ROLES,
    TITLES,
)
from claims.pipeline.people import Person
from claims.pipeline.shapes import Speaker
from claims.pipeline.tokens import Token

_SENTENCE_STARTERS = words(
    "according latest asked speaking there not no yes what who when where how why nobody everyone today "
    "yesterday work none "
    "among it but here then this that"
)


def head_words(tokens: Sequence[Token]) -> list[Token]:
    """The words up to the first preposition: the head of the noun phrase and what stands before it."""
    head: list[Token] = []
    for token in tokens:
        if head and token.lower in PREPOSITIONS | {"familiar", ","}:
            break
        if token.is_word:
            head.append(token)
    return head or list(tokens[:1])


def capital_runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Runs of capitalised words in a mention, particles and initials included."""
    runs = []
    index = 0
    while index < len(tokens):
        if not tokens[index].is_capitalised or tokens[index].lower in DETERMINERS | ADVERBS:
            index += 1
            continue
        high = index + 1
        while high < len(tokens) and (
            tokens[high].is_capitalised
            or (tokens[high].lower in PARTICLES | {"."} and high + 1 < len(tokens) and tokens[high + 1].is_capitalised)
        ):
            high += 1
        runs.append((index, high))
        index = high
    return runs


def capitalised_name(tokens: Sequence[Token]) -> str | None:
    """The first capitalised name among the tokens that is no bare role word."""
    for low, high in capital_runs(tokens):
        words = [token.text for token in tokens[low:high]]
        if all(word.lower() in ROLES or word.lower() in TITLES for word in words):
            continue
        if (
            low == 0
            and len(words) == 1
            and words[0].lower() in UNNAMED_SOURCES | GROUP_NOUNS | DOCUMENT_NOUNS | SPOKESPEOPLE
        ):
            continue
        return " ".join(words)
    return None


def body_name(tokens: Sequence[Token]) -> str | None:
    """The name of a body inside a mention: capitalised words with their `of` and `for`."""
    items = list(tokens)
    for low, high in capital_runs(items):
        words = [token.lower.removesuffix("'s") for token in items[low:high]]
        if all(word in ROLES or word in TITLES or word in NATIONALITIES for word in words):
            continue
        if low == 0 and len(words) == 1 and words[0] in UNNAMED_SOURCES | GROUP_NOUNS | DOCUMENT_NOUNS | SPOKESPEOPLE:
            continue
        if len(words) == 1 and words[0] in _SENTENCE_STARTERS:
            continue
        if words[0] in {"one", "two", "three", "many", "several", "some"}:
            continue
        while high < len(items) and items[high].lower in {"of", "for", "and", "&", "on"} and high + 1 < len(items):
            skip = 2 if items[high + 1].lower == "the" and high + 2 < len(items) else 1
            if not items[high + skip].is_capitalised or items[high - 1].text.endswith(("'s", "’s")):
                break
            high += skip
            while high < len(items) and items[high].is_capitalised:
                high += 1
        return _joined(items[low:high])
    return None


def _joined(tokens: Sequence[Token]) -> str:
    """The words with their spaces, a final possessive dropped."""
    name = ""
    for index, token in enumerate(tokens):
        name += token.text if index == 0 or token.start == tokens[index - 1].end else " " + token.text
    if re.search(r"(?i)(?:sheriff|women|men|people|children|farmer|worker|driver|teacher)[’']s$", name):
        return name
    return re.sub(r"[’']s$", "", name)


def leading_name(tokens: Sequence[Token]) -> str | None:
    """The capitalised name a sentence begins with, more than one letter long."""
    index = 1 if tokens and tokens[0].lower == "the" else 0
    high = index
    while (
        high < len(tokens)
        and tokens[high].is_capitalised
        and tokens[high].lower not in DETERMINERS | PREPOSITIONS | ADVERBS
    ):
        high += 1
    name = _joined(tokens[index:high])
    if high > index and tokens[index].lower in TITLES:
        return None
    is_word = (
        len(name) > 1
        and not (high - index == 1 and tokens[index].lower in _SENTENCE_STARTERS)
        and not (high - index == 1 and name.lower() in UNNAMED_SOURCES | GROUP_NOUNS | {"he", "she", "it", "they"})
    )
    return name if high > index and is_word else None


def is_generic(lowered: Sequence[str]) -> bool:
    """Whether the noun phrase names a kind and not one body (`one company`)."""
    return lowered[0] in {"one", "another", "some", "many", "two", "three", "several"}


def person_speaker(person: Person, confidence: float, evidence: tuple[str, ...]) -> Speaker:
    """A Speaker for a harvested person; the longest description becomes its description."""
    description = max(person.descriptions, key=len) if person.descriptions else None
    if len(evidence) == 1 and person.first >= 0:
        evidence = (*evidence, f"{person.name}, named at {person.first}")
    return Speaker(person.name, ClaimantType.PERSON, confidence, evidence, description)


def contradicts(person: Person, words: frozenset[str]) -> bool:
    """Whether the person is known in an office, and the role asked for is another one."""
    offices = frozenset(
        {"minister", "president", "mayor", "senator", "governor", "judge", "editor", "secretary", "chief"}
    )
    return bool(words & offices) and bool(person.roles) and not any(role & words for role in person.roles)


def holder_of_role(people: Iterable[Person], words: frozenset[str], position: int) -> tuple[Person | None, bool] | None:
    """Who holds the role the words name, and whether others fit as well.

    None: nobody is known in such a role. A person of None: several fit and
    none was named before.
    """
    heads = words & ROLES
    best: list[tuple[int, int, Person]] = []
    for person in people:
        score = max((len(words & role) for role in person.roles if role & heads), default=0)
        if score:
            near = bisect_left(person.places, position)
            best.append((score, person.places[near - 1] if near else -1, person))
    if not best:
        return None
    best.sort(key=lambda item: (item[0], item[1]))
    score, place, person = best[-1]
    is_tied = len(best) > 1 and best[-2][0] == score
    return (None if is_tied and place < 0 else person), is_tied
