"""Stage 4a, the other half: names of organisations, by their heads and kinds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.pipeline.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MONTHS,
    NUMBER_WORDS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    WEEKDAYS,
)
from claims.pipeline.names import (
    FEMALE_NAMES,
    GROUP_NOUNS,
    MALE_NAMES,
    ORGANISATION_HEADS,
    ROLES,
    TITLES,
    VAGUE,
)
from claims.pipeline.tokens import Token

NOT_NAMES = (
    DETERMINERS | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | SUBJECT_PRONOUNS | ADVERBS | AUXILIARIES
    | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(NUMBER_WORDS)
    | {"yes", "please", "dear", "thanks", "asked", "according", "former", "ex", "sad", "good", "hours", "days"}
)  # fmt: skip


@dataclass(slots=True)
class Body:
    """One named organisation and where it stands."""

    name: str
    words: frozenset[str]
    places: list[int] = field(default_factory=list)


def body_names(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, int, str | None]]:
    """Names with a head such as Ministry or Bank, with a following `(ACRONYM)`."""
    index = 0
    while index < len(tokens):
        if not starts_name(tokens, index):
            index += 1
            continue
        if tokens[index].lower in TITLES or tokens[index].lower in ROLES:
            index += 1
            continue
        high = index + 1
        while high < len(tokens) and high - index < 12:
            token = tokens[high]
            if token.lower == "of" and _is_full_name(tokens, index, high):
                break
            if tokens[high - 1].text.endswith(("'s", "’s")) and tokens[high - 1].lower.removesuffix("'s") not in {
                "sheriff",
                "people",
            }:
                break
            links = token.lower in {"of", "for", "and", "&", "the"} and _capital_follows(tokens, high)
            if not (token.is_capitalised and token.lower not in NOT_NAMES) and not links:
                break
            high += 1
        words = [token.lower.removesuffix("'s") for token in tokens[index:high]]
        kind = _kind_before(tokens, index)
        if kind is not None and not (high - index == 2 and words[0] in FEMALE_NAMES | MALE_NAMES):
            yield f"{kind}\n{_plain_name(text, tokens, index, high)}", tokens[index].start, _acronym(tokens, high)
        elif any(word in ORGANISATION_HEADS for word in words) and (len(words) > 1 or words[0] not in GROUP_NOUNS):
            name = _plain_name(text, tokens, index, high)
            yield name, tokens[index].start, _acronym(tokens, high)
        index = high


def _kind_before(tokens: Sequence[Token], index: int) -> str | None:
    """The `company` of `the same company, Western Star` and the `chipmaker` of `chipmaker Castor`."""
    place = index - 1
    if place > 0 and tokens[place].text == ",":
        place -= 1
    word = tokens[place].lower if place >= 0 else ""
    return word if word in GROUP_NOUNS and not tokens[place].is_capitalised else None


def _plain_name(text: str, tokens: Sequence[Token], low: int, high: int) -> str:
    """The words of a name, a final possessive dropped."""
    name = " ".join(text[tokens[low].start : tokens[high - 1].end].split())
    return name if "heriff" in name[-10:] else name.removesuffix("'s").removesuffix("’s")


def _is_full_name(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether the words before `of` are a person's first name and surname."""
    return high - low == 2 and tokens[low].lower in FEMALE_NAMES | MALE_NAMES


def _capital_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a capitalised word comes after the link (`of the` counts as one)."""
    follower = index + 1
    if follower < len(tokens) and tokens[follower].lower == "the":
        follower += 1
    return follower < len(tokens) and tokens[follower].is_capitalised


def _acronym(tokens: Sequence[Token], high: int) -> str | None:
    """`WHO` of `World Health Organization (WHO)`."""
    if high + 2 < len(tokens) and tokens[high].text == "(" and tokens[high + 2].text == ")":
        word = tokens[high + 1].text
        return word if word.isupper() and 2 <= len(word) <= 8 else None
    return None


def starts_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a capitalised word may begin a name."""
    token = tokens[index]
    return token.is_capitalised and token.lower not in NOT_NAMES and token.text[0].isalpha()


def _modifies(token: Token) -> bool:
    """Whether the word may stand between `the` and the kind of body."""
    return token.text in {"'", "’"} or (token.is_word and token.lower not in NOT_NAMES)


def kinds_of(token_lists: Sequence[Sequence[Token]]) -> dict[str, list[tuple[int, str]]]:
    """Bodies told by their kind alone: noun -> places and words (`the employers' federation`)."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for tokens in token_lists:
        for index, token in enumerate(tokens):
            if token.lower not in GROUP_NOUNS or token.is_capitalised or index < 2:
                continue
            low = index
            while low > 0 and index - low < 4 and _modifies(tokens[low - 1]):
                low -= 1
            opens = tokens[low - 1].lower if low else ""
            if low < index and opens == "the" and tokens[low].lower not in VAGUE:
                name = " ".join(item.text for item in tokens[low : index + 1]).replace(" '", "'").replace(" ’", "’")
                kinds.setdefault(token.lower, []).append((token.start, name))
    return kinds
