"""Stage 5a: contents into clauses that can be checked apart.

A conjoined statement is cut where each side has its own finite verb, so that
"wages rose 3% and prices fell" gives two units. Cuts are made only between
words; a unit is always one contiguous stretch of the text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from claims.pipeline.lexicon import (
    ADVERBS,
    BASE_VERBS,
    BE_FORMS,
    DETERMINERS,
    HAVE_FORMS,
    MODALS,
    PARTICIPLES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from claims.pipeline.tokens import Token, Words, finite_flags

_COORDINATORS = frozenset({"and", "but", "yet"})
_CONTRASTS = frozenset({"while", "whereas", "although", "though"})
_CONNECTORS = frozenset({
    "but", "and", "so", "yet", "or", "well", "however", "moreover", "meanwhile", "furthermore", "besides", "still",
    "also", "because", "plus", "then", "now", "therefore", "nevertheless", "additionally",
})  # fmt: skip
_EDGE = frozenset("\"“”„«»‹›‘’'.,;:!?…–—-*•·▪◦‣()[]")
_CUT_WORDS = _COORDINATORS | _CONTRASTS | {";", ",", "–", "—", "as", "after"}
_SPANS = frozenset({
    "hours", "days", "weeks", "months", "years", "minutes", "shortly", "soon", "just", "day", "week", "month", "year",
    "a", "two", "three", "four", "five", "six", "seven", "ten", "moments", "only", "long",
})  # fmt: skip
_MIN_WORDS = 3
_MAX_TOKENS = 250
"""A longer sentence is not cut into clauses (hostile text)."""
_REACH = 12
_SHOUT = 7
"""Capitals that a shout has at least."""


_AUXILIARY = HAVE_FORMS | BE_FORMS | MODALS
_SUBORDINATING = SUBORDINATORS - {"that", "since", "as"}
_NO_OPENERS = SUBORDINATORS - {"that", "as", "what"}
_PERSONAL = SUBJECT_PRONOUNS - {"this", "that", "these", "those", "who"}
_OWN_SUBJECTS = SUBJECT_PRONOUNS - {"who", "that"}


class Unit(NamedTuple):
    """One clause, code points of the text; `is_carried`: its subject stands in the unit before."""

    start: int
    end: int
    is_carried: bool = False


class _Cut(NamedTuple):
    """The left part ends before token `left`, the right one starts at `right`."""

    left: int
    right: int
    is_carried: bool = False


def is_shouted(text: str) -> bool:
    """Whether nearly all letters are capitals (an ALL CAPS post)."""
    if len(text) < _SHOUT:
        return False
    small = sum(map(str.islower, text))
    if 5 * small > len(text):
        return False
    capitals = sum(map(str.isupper, text))
    return capitals >= _SHOUT and capitals >= 4 * small


def words_of(words: Words, start: int, end: int) -> list[Token]:
    """Tokens of a span; ALL CAPS are lowered so that verbs are seen."""
    tokens = words.between(start, end)
    if is_shouted(words.text[start:end]):
        return [token._replace(text=token.lower, is_capitalised=False) for token in tokens]
    return tokens


def split_units(words: Words, start: int, end: int) -> list[Unit]:
    """The clauses of `text[start:end]` (one sentence or less), in order."""
    if not any(map(str.isalnum, words.text[start:end])):
        return []
    tokens = words_of(words, start, end)
    cuts: list[_Cut] = []
    if _MIN_WORDS < len(tokens) <= _MAX_TOKENS:
        cuts = _find_cuts(tokens, finite_flags(tokens))
    units = []
    left, carried = 0, False
    for cut in [*cuts, _Cut(len(tokens), len(tokens))]:
        trimmed = _trim(tokens, left, cut.left)
        if trimmed is not None:
            units.append(Unit(tokens[trimmed[0]].start, tokens[trimmed[1] - 1].end, carried))
        left, carried = cut.right, cut.is_carried
    return units


def _trim(tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
    """The range without marks at its ends and connectors in front; None when no word is left."""
    while low < high and tokens[low].text in _EDGE:
        low += 1
    if low + 1 < high and tokens[low].lower in _CONNECTORS and tokens[low + 1].text in {",", "–", "—"}:
        low += 2
    elif low < high and tokens[low].lower in {"but", "and", "so", "yet", "or", "because"} and high - low > 2:
        low += 1
    while low < high and tokens[low].text in _EDGE:
        low += 1
    while high > low and tokens[high - 1].text in _EDGE:
        high -= 1
    if high < len(tokens) and tokens[high].text == "." and _is_abbreviation(tokens, high):
        high += 1
    if low < high < len(tokens) and tokens[high].text in ")]" and _unclosed(tokens, low, high):
        high += 1
    while high < len(tokens) and low < high and tokens[high].text in '”"’»' and _unclosed_quote(tokens, low, high):
        high += 1
        break
    return (low, high) if low < high else None


def _is_abbreviation(tokens: Sequence[Token], dot: int) -> bool:
    """Whether the full stop belongs to `p.m.`, `U.S.` or `Inc.`."""
    word = tokens[dot - 1].lower
    return ("." in word and not word[0].isdigit()) or word in {"inc", "ltd", "co", "corp", "jr", "sr"}


def _unclosed(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether a bracket is open at the end of the range."""
    return sum(token.text in "([" for token in tokens[low:high]) > sum(token.text in ")]" for token in tokens[low:high])


def _unclosed_quote(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Whether a quotation inside the range is open at its end."""
    texts = [token.text for token in tokens[low:high]]
    if texts.count("“") > texts.count("”") or texts.count("«") > texts.count("»") or texts.count('"') % 2 == 1:
        return True
    return texts.count("‘") > texts.count("’")


def _find_cuts(tokens: Sequence[Token], finite: Sequence[bool]) -> list[_Cut]:
    """All cuts of one sentence, left to right."""
    cuts: list[_Cut] = []
    low = 0
    initial = _initial_cut(tokens, finite)
    if initial is not None:
        cuts.extend(initial)
        low = initial[-1].right
    depth = 0
    is_quoted = False
    for index in range(low, len(tokens)):
        mark = tokens[index].text
        depth += (mark in "([") - (mark in ")]")
        if mark in '"“”':
            is_quoted = mark == "“" or (mark == '"' and not is_quoted)
        if depth > 0 or is_quoted or index < low:
            continue
        cut = _cut_at(tokens, finite, low, index)
        if cut is not None:
            cuts.append(cut)
            low = cut.right
    return cuts


def _initial_cut(tokens: Sequence[Token], finite: Sequence[bool]) -> list[_Cut] | None:
    """`Hours after A did X, B did Y` -> A did X | B did Y."""
    words = [token.lower for token in tokens[:5]]
    place = next(
        (index for index, word in enumerate(words) if word in {"after", "as", "while", "although", "though", "before"}),
        None,
    )
    if place is None or (
        place
        and words[0] not in {"hours", "days", "weeks", "months", "minutes", "even", "just", "a", "shortly", "years"}
    ):
        return None
    comma = None
    for index in range(place + 1, len(tokens)):
        if tokens[index].text == "," and any(finite[place + 1 : index]):
            comma = index
            break
    if (
        comma is None
        or comma - place <= _MIN_WORDS
        or not any(finite[comma:])
        or not _opens_clause(tokens, finite, comma + 1)
    ):
        return None
    if finite[place + 1] or tokens[place + 1].lower in PREPOSITIONS:
        return None
    return [_Cut(0, place + 1), _Cut(comma, comma + 1)]


def _cut_at(tokens: Sequence[Token], finite: Sequence[bool], low: int, index: int) -> _Cut | None:
    """The cut whose conjunction or mark stands at `index`, or None."""
    word = tokens[index].lower
    if word not in _CUT_WORDS:
        return None
    left = index - 1 if index and tokens[index - 1].text in {",", "–", "—", "-"} else index
    if not _has_words(tokens, low, left, _MIN_WORDS) or not any(finite[low:left]):
        return None
    if word == ";" and any(finite[index:]):
        return _Cut(index, index + 1)
    if word in {"–", "—"} and _pronoun_clause(tokens, finite, index + 1):
        return _Cut(index, index + 1)
    if word == "," and _is_listed(tokens, finite, low, index):
        return _Cut(index, index + 1)
    if word in _COORDINATORS and (word != "yet" or left < index):
        return _coordinated(tokens, finite, low, index, left)
    has_mark = left < index
    if (word in _CONTRASTS or (word == "as" and has_mark) or word == "after") and _opens_clause(
        tokens, finite, index + 1
    ):
        left = _before_time(tokens, low, left) if word == "after" and tokens[index - 1].text != "," else left
        least = _MIN_WORDS + 2 if word == "as" else _MIN_WORDS
        return _Cut(left, index + 1) if _has_words(tokens, index + 1, len(tokens), least) else None
    return None


def _coordinated(tokens: Sequence[Token], finite: Sequence[bool], low: int, index: int, left: int) -> _Cut | None:
    """A cut at `and`, `but`, `yet`."""
    right = index + 1
    if right < len(tokens) and tokens[right].lower in {"that", "so", "then", "yet"}:
        right += 1
    if not _has_words(tokens, right, len(tokens), _MIN_WORDS) or _is_subordinate(tokens, finite, low, left):
        return None
    if _opens_clause(tokens, finite, right) or (
        tokens[right - 1].lower == "that" and any(finite[right:]) and not finite[right]
    ):
        return _Cut(left, right)
    verb = right
    while verb < len(tokens) and (tokens[verb].lower in ADVERBS or tokens[verb].lower.endswith("ly")):
        verb += 1
    if tokens[right - 1].lower == "that" and right < len(tokens) and finite[right]:
        is_relative = any(token.lower in {"that", "which"} for token in tokens[low:left])
        return None if is_relative or not _has_words(tokens, right, len(tokens), _MIN_WORDS) else _Cut(left, right - 1)
    if tokens[index - 1].text in {"–", "—", "-"} and any(
        token.text in {"–", "—", "-"} for token in tokens[index : index + 7]
    ):
        return None
    is_inner = _is_inner_clause(tokens, finite, low, left)
    if (
        not is_inner
        and verb < len(tokens)
        and _is_verb_after_and(tokens, finite, verb)
        and _verb_has_object(tokens, finite, low, left)
    ):
        return _Cut(left, right, is_carried=True)
    has_comma = left < index
    is_predicate = tokens[right].lower in PREPOSITIONS if right < len(tokens) else False
    if has_comma and is_predicate and _has_be(tokens, finite, low, left) and _has_words(tokens, right, len(tokens), 4):
        rest = [token.lower for token in tokens[right:]]
        return None if "," in rest[:-1] else _Cut(left, right, is_carried=True)
    return None


def _before_time(tokens: Sequence[Token], low: int, left: int) -> int:
    """The end of the left clause without the `hours` of `, hours after B did Y`."""
    end = left
    while end > low and (tokens[end - 1].lower in _SPANS or tokens[end - 1].text.isdigit()):
        end -= 1
    return end if end < left and end - low >= _MIN_WORDS else left


def _is_listed(tokens: Sequence[Token], finite: Sequence[bool], low: int, index: int) -> bool:
    """Whether a comma joins whole clauses of a list that ends in `and` (`A did, B did and C did`)."""
    if tokens[low].lower in SUBORDINATORS or not _opens_clause(tokens, finite, index + 1):
        return False
    for place in range(index + 3, len(tokens)):
        word = tokens[place].lower
        if word in {"and", "but"}:
            return _opens_clause(tokens, finite, place + 1) and any(finite[index + 1 : place])
        if word in {",", ";"} and tokens[place + 1 : place + 2] and tokens[place + 1].lower not in {"and", "but"}:
            return False
    return False


def _is_inner_clause(tokens: Sequence[Token], finite: Sequence[bool], low: int, left: int) -> bool:
    """Whether the verb nearest to `and` stands in a clause inside (`found out when they came in and asked`)."""
    verbs = [index for index in range(low, left) if finite[index]]
    if len(verbs) < 2:
        return False
    for index in range(verbs[-1], verbs[0], -1):
        if tokens[index].text == ",":
            return False
        if tokens[index].lower in {"when", "who", "which", "if", "where", "how", "whether", "because"}:
            return True
    return False


def _is_verb_after_and(tokens: Sequence[Token], finite: Sequence[bool], verb: int) -> bool:
    """Whether a finite verb stands right after `and` (with at least two words after it)."""
    word = tokens[verb].lower
    is_verb = finite[verb] or (word.endswith("ed") and len(word) > 4 and not tokens[verb].is_capitalised)
    is_auxiliary = word in _AUXILIARY
    if word in PARTICIPLES and not finite[verb] and not is_auxiliary:
        return False
    return is_verb and _has_words(tokens, verb, len(tokens), _MIN_WORDS)


def _verb_has_object(tokens: Sequence[Token], finite: Sequence[bool], low: int, left: int) -> bool:
    """Whether the left verb is followed by something, so that `turned and hit` stays whole."""
    last = max((index for index in range(low, left) if finite[index]), default=left)
    return left - last > 1


def _has_be(tokens: Sequence[Token], finite: Sequence[bool], low: int, left: int) -> bool:
    return any(finite[index] and tokens[index].lower in BE_FORMS for index in range(low, left))


def _is_subordinate(tokens: Sequence[Token], finite: Sequence[bool], low: int, left: int) -> bool:
    """Whether the only verb so far stands in `who ...`, `if ...` or `when ...`."""
    verbs = [index for index in range(low, left) if finite[index]]
    if not verbs:
        return True
    first = verbs[0]
    opener = next(
        (index for index in range(low, first + 1) if tokens[index].lower in _SUBORDINATING),
        None,
    )
    if opener is None:
        return False
    has_main = any(verb > opener and any(tokens[index].text == "," for index in range(opener, verb)) for verb in verbs)
    return not has_main and not (opener > low + 1 and len(verbs) > 1)


def _opens_clause(tokens: Sequence[Token], finite: Sequence[bool], start: int) -> bool:
    """Whether a subject with its own finite verb begins at `start`."""
    if start >= len(tokens) or finite[start] or not tokens[start].is_word:
        return False
    index = start
    first = tokens[start].lower
    if first in BASE_VERBS and start >= 2 and _has_infinitive(tokens, start):
        return False
    if first in PREPOSITIONS:
        index = _after_phrase(tokens, start) or start + 2
    elif first in _NO_OPENERS:
        return False
    if first.endswith("ing") and first not in {"nothing", "something", "everything"}:
        return False
    relative = False
    for place in range(index, min(len(tokens), index + 2 * _REACH if relative else index + _REACH)):
        word = tokens[place].lower
        if finite[place] and relative:
            relative = False
            continue
        if finite[place]:
            return place > index
        if word in {"that", "who", "which"} and index + 1 < place and place + 1 < len(tokens):
            relative = True
            continue
        if word in {",", ";", ":", "–", "—", "who", "which", "that", "to"} or (word == "and" and place > index + 4):
            return False
    return False


def _has_infinitive(tokens: Sequence[Token], start: int) -> bool:
    """Whether `to VERB` stands shortly before, so that a bare verb may go on with it."""
    low = max(0, start - 14)
    return any(tokens[index].lower == "to" and tokens[index + 1].lower in BASE_VERBS for index in range(low, start - 1))


def _after_phrase(tokens: Sequence[Token], start: int) -> int | None:
    """Where the subject begins after `on a good night`: at a pronoun, or after a comma."""
    for index in range(start + 1, min(len(tokens), start + 8)):
        if tokens[index].text == ",":
            return index + 1
        if tokens[index].lower in _PERSONAL:
            return index
        is_new = tokens[index].lower in DETERMINERS or tokens[index].text[0].isdigit()
        if index > start + 2 and is_new and tokens[index - 1].lower not in PREPOSITIONS:
            return index
    return None


def _pronoun_clause(tokens: Sequence[Token], finite: Sequence[bool], start: int) -> bool:
    """Whether a pronoun and its verb begin at `start`."""
    if start + 2 >= len(tokens) or tokens[start].lower not in _OWN_SUBJECTS:
        return False
    return finite[start + 1] or (start + 2 < len(tokens) and finite[start + 2])


def _has_words(tokens: Sequence[Token], low: int, high: int, count: int) -> bool:
    """Whether at least `count` words stand in the range."""
    found = 0
    for index in range(max(low, 0), min(high, len(tokens))):
        found += tokens[index].is_word
        if found >= count:
            return True
    return False
