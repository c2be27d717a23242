"""Words of a text with their places, and the question "is this a verb?".

There is no statistical tagger here: closed lists and the neighbours of a
word decide. Everything is linear in the number of words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BASE_VERBS,
    DETERMINERS,
    ED_NOT_VERBS,
    IRREGULAR_PAST,
    MODALS,
    NUMBER_WORDS,
    PARTICIPLES,
    PREPOSITIONS,
    PRESENT_S,
    PRONOUNS_S,
    TIME_WORDS,
)
from claims.pipeline.names import FIRM_FORMS, ROLES, TITLES

_WORD = re.compile(r"[^\W_](?:[^\W_]|[’'\-‑.](?=[^\W_])|,(?=\d))*|\S")
_CONTRACTION = re.compile(r"(?:i|you|we|they|he|she|it|who|that|there|what|here)'(?:m|re|ve|ll|d|s)$")


_JOINED_PARTICLE = re.compile(r"(?:al|el|ul|an|ar|as|ad|at|ash|bin|ibn|de|d|l|o|abu|ould)[-'’‑][^\W\d_a-z]")
"""How `al-Sayed` and `d'Arcy` begin: a name that is capitalised in its middle."""

_NAMING = frozenset({"named", "called", "dubbed", "nicknamed", "titled", "entitled"})
_VERBS = IRREGULAR_PAST | PRESENT_S | BASE_VERBS
_ALSO_NAMES = frozenset({"may", "will", "might", "can"})
_QUANTIFIERS = frozenset(
    {"numerous", "various", "other", "more", "most", "new", "recent", "further", "poorly", "severely"}
)


_BEFORE_BASE = MODALS | {"to"}
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS


class Token(NamedTuple):
    """One word or one mark; `start`, `end` are code points of the whole text."""

    start: int
    end: int
    text: str
    lower: str
    is_word: bool = True
    """Whether it holds a letter or digit (marks do not)."""
    is_capitalised: bool = False
    """Whether it begins with a capital letter."""
    may_be_verb: bool = True
    """Whether it has the form of a finite verb; its neighbours decide."""


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; curly apostrophes are straightened in `lower`."""
    tokens = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        forms = _forms(word) if len(word) <= 64 else _forms.__wrapped__(word)
        tokens.append(Token(match.start(), match.end(), word, *forms))
    return tokens


@lru_cache(maxsize=1 << 15)
def _forms(word: str) -> tuple[str, bool, bool, bool]:
    """What a token knows of its word: lower case, whether a word, whether capitalised, whether like a verb.

    `WHO` is told from the pronoun here, once.
    """
    is_capitalised = word[0].isupper() or _JOINED_PARTICLE.match(word) is not None
    if word == "WHO":
        return "w.h.o", True, True, False
    lower = word.lower().replace("’", "'")
    is_contracted = "'" in lower and _CONTRACTION.match(lower) is not None
    may_be_verb = is_contracted or lower in AUXILIARIES or lower in _VERBS or lower.endswith("ed")
    return lower, word[0].isalnum(), is_capitalised, may_be_verb


class Words:
    """The tokens of a text, made once for each block and cut out of there."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.lists = [tokenize(text, start, end) for start, end in spans]
        self._begins = [start for start, _ in spans]
        self._starts = [[token.start for token in tokens] for tokens in self.lists]

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens of `text[start:end]`; a token that the span cuts through is made anew."""
        index = bisect_right(self._begins, start) - 1
        if index < 0:
            return tokenize(self.text, start, end)
        tokens, starts = self.lists[index], self._starts[index]
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        is_cut = (low > 0 and tokens[low - 1].end > start) or (high > low and tokens[high - 1].end > end)
        return tokenize(self.text, start, end) if is_cut else tokens[low:high]


_SET_OFF = FIRM_FORMS | {"(", "university"}
_LOWER = attrgetter("lower")


def without_acronyms(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without the `(CSB)` or `, Inc.` behind a name, or a seat's commas (`University of Nevada, Reno,`)."""
    if _SET_OFF.isdisjoint(map(_LOWER, tokens)):
        return tokens
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        is_open = tokens[index].text == "(" and bool(kept) and kept[-1].is_capitalised and index + 3 < len(tokens)
        if is_open and tokens[index + 2].text == ")" and tokens[index + 1].is_capitalised:
            index += 3
            continue
        is_set_off = tokens[index].text == "," and bool(kept) and kept[-1].is_capitalised and index + 3 < len(tokens)
        if is_set_off and tokens[index + 1].lower in FIRM_FORMS:
            index += 2 + (tokens[index + 2].text in {".", ","})
            continue
        if tokens[index].text == "," and is_seat(tokens, index):
            kept.append(tokens[index + 1])
            index += 2 + (index + 3 < len(tokens) and tokens[index + 2].text == ",")
            continue
        kept.append(tokens[index])
        index += 1
    return kept


def is_seat(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the comma sets off the seat in a university's name (`University of Nevada, Reno`)."""
    before = [token.lower for token in tokens[max(0, comma - 4) : comma]]
    is_university = before[-3:-1] == ["university", "of"] or before[-4:-2] == ["university", "of"]
    if not is_university or comma + 1 >= len(tokens) or not tokens[comma + 1].is_capitalised:
        return False
    first = tokens[comma + 1].lower
    return first not in GIVEN_NAMES and (comma + 2 >= len(tokens) or not tokens[comma + 2].is_capitalised)


def is_dotted(items: Sequence[Token], dot: int) -> bool:
    """Whether the full stop belongs to `Sgt.` or an initial."""
    before = items[dot - 1].text
    return items[dot - 1].lower in TITLES or len(before) == 1 or "." in before


_SHOWING = frozenset({"show", "showed", "suggest", "suggested", "indicate", "indicated", "reveal", "revealed"})
"""Verbs behind which a form in -s was a plural (`City records show`)."""


def finite_flags(tokens: Sequence[Token]) -> list[bool]:
    """For each word whether it is most likely a finite verb.

    A past form right after a comma is a verb only when the sentence had none
    before: `Bhatt, the lead, urged` but `120 turbines are planned, anchored`.
    """
    flags: list[bool] = []
    has_verb = is_relative = False
    commas = 0
    for index, token in enumerate(tokens):
        is_verb = token.may_be_verb and is_finite(tokens, index) and not _is_apposed(tokens, index)
        mark = token.text
        is_verb = is_verb and not (index and _ends_name(tokens, index))
        if mark == ",":
            commas += 1
            is_relative = is_relative and not any(flags[-6:])
        elif token.lower in {"who", "which", "whose"}:
            is_relative = True
        if is_verb and has_verb and commas < 2 and index and tokens[index - 1].text in {",", "("}:
            is_verb = not _is_past(token.lower)
        flags.append(is_verb)
        if is_verb:
            has_verb, commas = has_verb or not is_relative, 0
        if mark in {";", ":"}:
            has_verb = False
    return flags


def _ends_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb's form with a capital is the surname behind a given name (`Hester Fell`)."""
    token, before = tokens[index], tokens[index - 1]
    return token.is_capitalised and before.is_capitalised and before.is_word and not token.text.isupper()


def _is_apposed(tokens: Sequence[Token], index: int) -> bool:
    """Whether `, made from peat` and `, built in 1854` stand beside a noun rather than say what it did."""
    if not index or tokens[index - 1].text != "," or tokens[index].lower not in PARTICIPLES or index + 2 >= len(tokens):
        return False
    return tokens[index + 1].lower in PREPOSITIONS and any(
        token.text == "," for token in tokens[index + 2 : index + 16]
    )


def _is_past(word: str) -> bool:
    """Whether the word may as well be a participle."""
    return word in PARTICIPLES or (word.endswith("ed") and word not in AUXILIARIES)


def is_finite(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at `index` may be a finite verb, judged by its neighbours."""
    word = tokens[index].lower
    if not tokens[index].may_be_verb:
        return False
    if word in AUXILIARIES:
        is_month = word == "may" and index + 1 < len(tokens) and tokens[index + 1].text[0].isdigit()
        return not is_month and not (word in _ALSO_NAMES and tokens[index].is_capitalised and index > 0)
    if "'" in word and _CONTRACTION.match(word):
        return not word.endswith("'s") or word[:-2] in PRONOUNS_S
    previous = _previous_word(tokens, index)
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if word == "last" and following in TIME_WORDS:
        return False
    if word in IRREGULAR_PAST:
        is_reduced = word in PARTICIPLES and following == "by"
        return not is_reduced and previous not in DETERMINERS and previous not in {"to", "be", "been"}
    if word.endswith("ed") and (following == "by" or (word in _NAMING and _is_name_after(tokens, index))):
        return False
    if word.endswith("ed") and len(word) > 3 and word not in ED_NOT_VERBS:
        return not tokens[index].is_capitalised and _can_follow_subject(previous)
    if word in PRESENT_S:
        is_noun = (word == "thanks" and following == "to") or following in _SHOWING
        return not is_noun and _is_third_person(tokens, index, previous)
    return word in BASE_VERBS and _is_plural_subject(tokens, index, previous)


def _is_third_person(tokens: Sequence[Token], index: int, previous: str) -> bool:
    """Whether a form in -s is a verb here and no plural noun."""
    if tokens[index].is_capitalised or not _can_follow_subject(previous) or previous == "and":
        return False
    follows_verb = (
        previous in IRREGULAR_PAST or previous in AUXILIARIES or (previous.endswith("ed") and len(previous) > 4)
    )
    if (follows_verb and previous not in ED_NOT_VERBS) or previous in NUMBER_WORDS or previous[:1].isdigit():
        return False
    return not (previous in BASE_VERBS and index > 1 and tokens[index - 2].lower in _BEFORE_BASE)


def _is_name_after(tokens: Sequence[Token], index: int) -> bool:
    """Whether a capitalised word follows (`an instructor named Wes Park`)."""
    return index + 1 < len(tokens) and tokens[index + 1].is_capitalised


def _previous_word(tokens: Sequence[Token], index: int) -> str:
    """The word before, adverbs skipped; a mark counts as itself."""
    low = max(-1, index - 6)
    index -= 1
    while index > low and (
        tokens[index].lower in ADVERBS or (tokens[index].lower.endswith("ly") and not tokens[index].is_capitalised)
    ):
        index -= 1
    return tokens[index].lower if index >= 0 else ""


def _can_follow_subject(previous: str) -> bool:
    """Whether a verb may stand right after this word."""
    return bool(previous) and previous not in _BEFORE_NOUNS and previous not in _QUANTIFIERS


def _is_plural_subject(tokens: Sequence[Token], index: int, previous: str) -> bool:
    """Whether the word before looks like the plural subject of a base form."""
    if previous in {"i", "you", "we", "they", "who", "people", "women", "men", "children", "police", "which"}:
        return not tokens[index].is_capitalised
    behind = index + 1 + (index + 1 < len(tokens) and tokens[index + 1].lower in ROLES)
    is_role = tokens[index].lower in ROLES and tokens[index - 1].is_capitalised and _is_name_after(tokens, behind - 1)
    return (
        len(previous) > 3
        and not is_role
        and previous.endswith("s")
        and not previous.endswith(("ss", "'s", "us", "is"))
        and not tokens[index].is_capitalised
    )


def has_finite(tokens: Sequence[Token]) -> bool:
    """Whether any finite verb stands among the tokens."""
    return any(finite_flags(tokens))
