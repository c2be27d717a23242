"""What the check-worthiness model looks at in one sentence.

Training and scoring call the same functions, so a model never meets a
feature it was not trained on. Three groups: marks (hand-written signs of a
checkable statement, each with a phrase for editors), word n-grams of 1 to
3 tokens, character n-grams of 2 to 5 inside a padded token. Letter case is
seen by one mark only (names), because posts arrive in capitals.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from claims.pipeline import checkworthiness_words as vocabulary

MAX_CHARS: Final = 2000
"""Code points read of one text; a longer one is scored by its beginning."""

TOKEN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d,.]*|[^\W\d_a-z]+|[%$£€?!]")
"""A word, a number or one of the signs that carry meaning."""

YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
CHARACTER_LENGTHS: Final = (2, 3, 4, 5)

NUMBER: Final = "<number>"
YEAR_MARK: Final = "<year>"

_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Features:
    """One sentence as counted features.

    `tokens` are normalised (numbers and years replaced by a placeholder),
    `shown` the same tokens as an editor would read them, `marks` the names
    of the hand-written signs that hold.
    """

    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an editor reads; of one family, the last mark that holds is told."""

    family: str
    phrase: str


MARKS: Final[dict[str, Mark]] = {
    "number": Mark("quantity", "a number"),
    "numbers": Mark("quantity", "several numbers"),
    "large": Mark("quantity", "a large quantity (thousands, millions)"),
    "number_unit": Mark("quantity", "a number with a unit"),
    "percent": Mark("quantity", "a percentage"),
    "money": Mark("quantity", "an amount of money"),
    "comparison": Mark("comparison", "a comparison"),
    "comparison_number": Mark("comparison", "a comparison with a number"),
    "change": Mark("change", "something rose, fell or was lost"),
    "change_number": Mark("change", "a change with a number"),
    "period": Mark("time", "a point in time or a period"),
    "year": Mark("time", "a year"),
    "two_periods": Mark("time", "compares two periods"),
    "record": Mark("record", "an official act or vote"),
    "past": Mark("tense", "past-tense statement"),
    "past_first": Mark("tense", "past-tense statement about the speaker"),
    "past_others": Mark("tense", "past-tense statement about others"),
    "state": Mark("tense", "says how things are"),
    "first_plural": Mark("first_plural", 'speaks of "we"'),
    "second_person": Mark("second_person", "addresses somebody"),
    "third_person": Mark("third_person", "speaks of others"),
    "first_person": Mark("opinion", "speaks of the speaker"),
    "opinion": Mark("opinion", "words of opinion or feeling"),
    "i_opinion": Mark("opinion", "an opinion of the speaker"),
    "future": Mark("future", "speaks of the future or of what might be"),
    "need": Mark("need", "a demand or an appeal"),
    "courtesy": Mark("courtesy", "a greeting, a wish or thanks"),
    "question": Mark("question", "a question"),
    "exclamation": Mark("exclamation", "an exclamation"),
    "cause": Mark("cause", "a cause and its effect"),
    "all_or_none": Mark("all_or_none", "all, none, never or first"),
    "source": Mark("source", "names a report, study or authority"),
    "negation": Mark("negation", "a denial"),
    "names": Mark("names", "names somebody or something"),
    "names_many": Mark("names", "several names"),
    "no_verb": Mark("shape", "no verb seen"),
    "short": Mark("shape", "short"),
    "very_short": Mark("shape", "very short"),
    "long": Mark("shape", "a long statement"),
    "very_long": Mark("shape", "a very long statement"),
}
"""Every mark, grouped by family, from general to telling."""

_ORDER: Final = {name: place for place, name in enumerate(MARKS)}
_UNIT_SIGNS: Final = frozenset({"%", "$", "£", "€"})
_PERCENT: Final = frozenset({"%", "percent", "percentage"})
_MONEY: Final = frozenset({"$", "£", "€", "dollars", "dollar", "pounds", "euros"})


def normalise(text: str) -> str:
    """Lower-case text with straight quotes, cut to MAX_CHARS."""
    return text[:MAX_CHARS].translate(_STRAIGHT).lower()


def read(text: str) -> Features:
    """Tokens and marks of one sentence; any string is accepted."""
    shown = tuple(TOKEN.findall(normalise(text)))
    tokens = tuple([_placeholder(token) if token[0].isdigit() else token for token in shown])
    return Features(tokens, shown, marks(text[:MAX_CHARS], tokens))


def _placeholder(token: str) -> str:
    return YEAR_MARK if YEAR.fullmatch(token.rstrip(".,")) else NUMBER


def word_ngrams(tokens: tuple[str, ...]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """N-grams of 1, 2 and 3 tokens, each from front to back.

    Both ends are padded; the paddings themselves are no unigrams.
    """
    padded = ("<s>", *tokens, "</s>")
    pairs = [f"{one} {other}" for one, other in pairwise(padded)]
    return tokens, pairs, [f"{pair} {last}" for pair, last in zip(pairs, padded[2:], strict=False)]


def character_ngrams(token: str) -> list[str]:
    """Character n-grams of one token with a blank on each side."""
    padded = f" {token} "
    count = len(padded)
    return [padded[start : start + length] for length in CHARACTER_LENGTHS for start in range(count - length + 1)]


def character_count(token: str) -> int:
    """How many n-grams `character_ngrams` returns, without building them."""
    return _ngram_count(len(token) + 2)


@lru_cache(maxsize=MAX_CHARS)
def _ngram_count(padded: int) -> int:
    """How many n-grams of all lengths stand in that many characters."""
    return sum(max(0, padded - length + 1) for length in CHARACTER_LENGTHS)


def marks(text: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the marks that hold, in the order of MARKS."""
    words = frozenset(tokens)
    found: set[str] = set()
    _add_quantities(found, tokens, words)
    _add_times(found, tokens, words)
    _add_voices(found, text, tokens, words)
    _add_shape(found, text, tokens, words)
    return tuple(sorted(found, key=_ORDER.__getitem__))


def _add_quantities(found: set[str], tokens: tuple[str, ...], words: frozenset[str]) -> None:
    count = tokens.count(NUMBER)
    if not words.isdisjoint(vocabulary.NUMBER_WORDS):
        count += sum(token in vocabulary.NUMBER_WORDS for token in tokens)
    is_compared = not words.isdisjoint(vocabulary.COMPARISON_WORDS)
    is_changing = not words.isdisjoint(vocabulary.CHANGE_WORDS)
    if count:
        found.add("number")
        if not words.isdisjoint(vocabulary.UNIT_WORDS) or not words.isdisjoint(_UNIT_SIGNS):
            found.add("number_unit")
        if is_compared:
            found.add("comparison_number")
        if is_changing:
            found.add("change_number")
    if count > 1:
        found.add("numbers")
    if not words.isdisjoint(_PERCENT):
        found.add("percent")
    if not words.isdisjoint(_MONEY):
        found.add("money")
    if not words.isdisjoint(vocabulary.LARGE_WORDS):
        found.add("large")
    if is_compared:
        found.add("comparison")
    if is_changing:
        found.add("change")


def _add_times(found: set[str], tokens: tuple[str, ...], words: frozenset[str]) -> None:
    years = tokens.count(YEAR_MARK)
    periods = _count_periods(tokens) if years or not words.isdisjoint(vocabulary.PERIOD_WORDS) else 0
    if years:
        found.add("year")
    if periods:
        found.add("period")
    if years > 1 or (periods > 1 and not found.isdisjoint(("comparison", "change"))):
        found.add("two_periods")
    if _has_past(words):
        found.add("past")
        found.add("past_others" if words.isdisjoint(vocabulary.FIRST_PERSON) else "past_first")
    elif not words.isdisjoint(vocabulary.BE_AND_HAVE):
        found.add("state")
    if not words.isdisjoint(vocabulary.RECORD_WORDS):
        found.add("record")
    if not words.isdisjoint(vocabulary.FUTURE_WORDS):
        found.add("future")


def _count_periods(tokens: tuple[str, ...]) -> int:
    """Runs of words of time: "last year" is one, "in March from a year ago" two."""
    runs, inside = 0, False
    for token in tokens:
        of_time = token == YEAR_MARK or token in vocabulary.PERIOD_WORDS
        runs += of_time and not inside
        inside = of_time
    return runs


def _has_past(words: frozenset[str]) -> bool:
    """Whether a word in the past tense stands among them."""
    if not words.isdisjoint(vocabulary.IRREGULAR_PAST):
        return True
    regular = [word for word in words if word.endswith("ed") and len(word) > 4]
    return any(word not in vocabulary.NOT_PAST for word in regular)


_VOICES: Final = {
    "first_person": vocabulary.FIRST_PERSON,
    "first_plural": vocabulary.FIRST_PLURAL,
    "second_person": vocabulary.SECOND_PERSON,
    "third_person": vocabulary.THIRD_PERSON,
    "opinion": vocabulary.OPINION_WORDS,
    "need": vocabulary.NEED_WORDS,
    "courtesy": vocabulary.COURTESY_WORDS,
    "cause": vocabulary.CAUSE_WORDS,
    "all_or_none": vocabulary.ALL_OR_NONE_WORDS,
    "source": vocabulary.SOURCE_WORDS,
    "negation": vocabulary.NEGATIONS,
}


def _add_voices(found: set[str], text: str, tokens: tuple[str, ...], words: frozenset[str]) -> None:
    found.update([name for name, members in _VOICES.items() if not words.isdisjoint(members)])
    if "first_person" in found and "opinion" in found:
        found.add("i_opinion")
    if "?" in text or (tokens and tokens[0] in vocabulary.QUESTION_STARTS and not text.rstrip().endswith((".", "!"))):
        found.add("question")
    if "!" in text:
        found.add("exclamation")


def _add_shape(found: set[str], text: str, tokens: tuple[str, ...], words: frozenset[str]) -> None:
    count = len(tokens)
    if count <= 4:
        found.add("very_short")
    elif count <= 8:
        found.add("short")
    elif count > 40:
        found.add("very_long")
    elif count > 22:
        found.add("long")
    is_verbal = "past" in found or "state" in found
    if not is_verbal and not any(word.endswith("s") for word in words):
        found.add("no_verb")
    names = _names(text)
    if names:
        found.add("names")
    if names > 2:
        found.add("names_many")


def _names(text: str) -> int:
    """Capitalised words past the first; none where everything is capitals."""
    words = text.split()[1:]
    capitals = [word for word in words if word[0].isupper() and len(word) > 2 and word[1].islower()]
    return len(capitals)
