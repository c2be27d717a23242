"""Stage 5b: is a unit a checkable statement, and if not, what is it?

Rules, not a model: an editor has to be able to see why. The default is that a
declarative clause states something; each rule names one kind that does not.
"""

from collections.abc import Sequence

from claims.enums import NotAClaim, Speech
from claims.pipeline.attitudes import EVALUATIVE, FEELING, MENTAL, STATES, SUPERLATIVE
from claims.pipeline.decompose import words_of
from claims.pipeline.lexicon import (
    AUXILIARIES,
    BASE_VERBS,
    IRREGULAR_PAST,
    MONTHS,
    NEGATIONS,
    NUMBER_WORDS,
    PARTICIPLES,
    QUANTITY_WORDS,
    WEEKDAYS,
)
from claims.pipeline.tokens import Token, Words, finite_flags, tokenize
from claims.pipeline.wordings import (
    ABOUT_ITSELF,
    AFTER_IMPERATIVE,
    ANY_PROSPECT,
    APOLOGY,
    CALLED,
    CONDITION,
    CONDITIONAL_ORDER,
    COPULAS,
    DENIAL,
    EXHORTATION,
    GREETING,
    HOPE,
    IMPERATIVES,
    INDIRECT_QUESTION,
    JUDGING_VERB,
    LEAD_INS,
    MIGHT_HAVE_BEEN,
    NEED,
    OPINION,
    OPINION_ANYWHERE,
    OUGHT,
    OWN_PROMISE,
    PAST_OF_MODAL,
    PLAN,
    POSSIBLE,
    PREDICTION,
    PROMISE,
    QUOTED_VERDICT,
    RELATIVE,
    REPORTED_QUESTION,
    SINCE,
    SUBORDINATE,
    THANKS,
    WISH,
)

_FIGURE_WORDS = QUANTITY_WORDS - {"one", "record", "half", "zero"}
_BARE_WORDS = AUXILIARIES | NEGATIONS | {"it", "he", "she", "they", "we", "i", "that", "this", "yes", "no"}


def type_unit(source: Words, start: int, end: int, *, speech: Speech, is_carried: bool, ender: str) -> NotAClaim | None:
    """Why the unit is no claim, or None when it is one.

    `ender` is the mark that ends its sentence ("?" makes a question).
    """
    tokens = words_of(source, start, end)
    only_words = [token for token in tokens if token.is_word]
    statement = " ".join(source.text[start:end].replace("’", "'").split())
    has_figure = _has_figure(only_words)
    if ender == "?":
        return NotAClaim.QUESTION
    if APOLOGY.match(statement):
        return NotAClaim.OTHER
    if len(only_words) <= 8 and THANKS.search(statement):
        return NotAClaim.GREETING
    if statement.startswith("[") or (statement.startswith("(") and statement.endswith(")")):
        return NotAClaim.OTHER
    if GREETING.match(statement):
        return NotAClaim.GREETING
    if WISH.match(statement):
        return NotAClaim.WISH
    fragment = _fragment(tokens, only_words, has_figure, is_carried)
    if fragment is not None:
        return fragment
    if speech is Speech.AUTHOR:
        return _type_author(statement, only_words, has_figure, is_carried)
    return _type_speech(statement, only_words, has_figure, speech, is_carried)


def _has_figure(only_words: Sequence[Token]) -> bool:
    """Whether a number, in digits or words, stands in the unit."""
    return any(
        token.text[0].isdigit()
        or token.lower in _FIGURE_WORDS
        or ("-" in token.lower and token.lower.split("-")[0] in NUMBER_WORDS)
        for token in only_words
    )


def _fragment(
    tokens: Sequence[Token], only_words: Sequence[Token], has_figure: bool, is_carried: bool
) -> NotAClaim | None:
    """Too little to be a statement: no verb and no figure, or `It was not.`."""
    if len(only_words) < 2:
        return NotAClaim.FRAGMENT
    has_verb = any(finite_flags(tokens))
    if is_carried and len(only_words) >= 4:
        return None
    first = only_words[0].lower
    has_verb = has_verb or (len(only_words) >= 6 and any(word.lower in BASE_VERBS for word in only_words[2:]))
    has_verb = has_verb or (
        len(only_words) >= 4 and (first.endswith("ed") or first in IRREGULAR_PAST) and only_words[0].text.islower()
    )
    if not has_verb and _is_imperative(only_words, is_carried):
        return NotAClaim.EXHORTATION
    if not has_verb and not (has_figure and len(only_words) >= 3):
        return NotAClaim.FRAGMENT
    if len(only_words) <= 3 and all(word.lower in _BARE_WORDS for word in only_words):
        return NotAClaim.FRAGMENT
    return None


def _type_author(statement: str, only_words: Sequence[Token], has_figure: bool, is_carried: bool) -> NotAClaim | None:
    """Kinds of the article's own sentences that state nothing checkable."""
    if _is_imperative(only_words, is_carried) or EXHORTATION.match(statement):
        return NotAClaim.EXHORTATION
    if HOPE.search(statement):
        return NotAClaim.WISH
    if ABOUT_ITSELF.match(statement):
        return NotAClaim.OTHER
    if OWN_PROMISE.match(statement):
        return NotAClaim.PROMISE
    if _is_prospect(statement) or CONDITION.match(statement):
        return NotAClaim.PREDICTION
    if not has_figure and CALLED.search(statement):
        return NotAClaim.OPINION
    if not has_figure and any(mark in statement for mark in '‘“"') and JUDGING_VERB.search(statement):
        return NotAClaim.OPINION
    if OPINION.match(statement) or OPINION_ANYWHERE.search(statement):
        return NotAClaim.OPINION
    if not has_figure and _is_evaluation(only_words):
        return NotAClaim.OPINION
    if len(only_words) <= 3 and not has_figure and not _has_name(only_words):
        return NotAClaim.OPINION
    return None


def _is_prospect(statement: str) -> bool:
    """Whether the main verb only hedges or expects (a plan that is settled is no prospect)."""
    main = main_verb_of(statement)
    return bool(PLAN.match(main)) and not PAST_OF_MODAL.search(main)


def main_verb_of(statement: str) -> str:
    """The first finite verb with the three words after it; `, which ...,` and `When ...,` are passed over.

    Empty when no word of the statement hedges or looks ahead.
    """
    if not ANY_PROSPECT.search(statement):
        return ""
    plain = RELATIVE.sub(" ", statement)
    if SUBORDINATE.match(plain):
        plain = plain.split(",", 1)[1]
    tokens = tokenize(plain, 0, len(plain))
    for index, is_verb in enumerate(finite_flags(tokens)):
        if is_verb:
            end = tokens[min(index + 3, len(tokens) - 1)].end
            return plain[tokens[index].start : end]
    return plain


def _type_speech(
    statement: str, only_words: Sequence[Token], has_figure: bool, speech: Speech, is_carried: bool
) -> NotAClaim | None:
    """Kinds of quoted or reported clauses that state nothing checkable."""
    is_direct = speech is Speech.DIRECT
    if EXHORTATION.match(statement) and not (is_carried if is_direct else has_figure):
        return NotAClaim.EXHORTATION
    if is_direct and (_is_imperative(only_words, is_carried) or CONDITIONAL_ORDER.match(statement)):
        return NotAClaim.EXHORTATION
    if PROMISE.match(statement):
        return NotAClaim.PROMISE
    if _is_feeling(only_words) if is_direct else not has_figure and _is_told_feeling(only_words):
        return NotAClaim.EXPERIENCE
    if OPINION.match(statement) or OPINION_ANYWHERE.search(statement):
        return NotAClaim.OPINION
    if INDIRECT_QUESTION.match(statement) or (not is_direct and REPORTED_QUESTION.match(statement)):
        return NotAClaim.QUESTION
    prospect = _type_prospect(statement, has_figure, is_direct)
    if prospect is not None:
        return prospect
    return None if has_figure else _type_judgement(statement, only_words, is_direct, is_carried)


def _type_prospect(statement: str, has_figure: bool, is_direct: bool) -> NotAClaim | None:
    """Duties, predictions and possibilities, by the main verb."""
    main = main_verb_of(statement)
    ought = OUGHT.match(main)
    if ought and not has_figure:
        return NotAClaim.OPINION if ought.group("past") else NotAClaim.EXHORTATION
    if PAST_OF_MODAL.search(statement):
        return None
    if PREDICTION.match(main) and (is_direct or not has_figure):
        return NotAClaim.PREDICTION
    if not POSSIBLE.match(main) or _is_ability(statement, main) or (has_figure and not is_direct):
        return None
    return None if _is_comparison_to_past(statement) else NotAClaim.PREDICTION


def _type_judgement(statement: str, only_words: Sequence[Token], is_direct: bool, is_carried: bool) -> NotAClaim | None:
    """Opinions of a clause without figures: needs, might-have-beens, evaluative words, exclamations."""
    if _is_comparison_to_past(statement):
        return None
    if not is_direct and QUOTED_VERDICT.match(statement):
        return NotAClaim.OPINION
    if not is_carried and _is_evaluation(only_words):
        return NotAClaim.OPINION
    if not is_direct:
        return None
    if NEED.match(statement) or MIGHT_HAVE_BEEN.search(statement):
        return NotAClaim.OPINION
    if any(word.lower in SUPERLATIVE for word in only_words):
        return NotAClaim.OPINION
    return None


def _is_ability(statement: str, main: str) -> bool:
    """Whether `could` tells what somebody was able to do (`we could put a hand in it`, `nobody could`)."""
    if not main.lower().startswith("could"):
        return False
    before = statement[: statement.find(main)].split()[-8:]
    return any(word.lower() in {"i", "we", "he", "she", "nobody", "not", "no", "only", "barely"} for word in before)


def _is_comparison_to_past(statement: str) -> bool:
    """Whether history is appealed to (`one not seen since World War II`)."""
    return bool(SINCE.search(statement))


def _is_imperative(only_words: Sequence[Token], is_carried: bool) -> bool:
    """Whether the clause begins with a bare verb and has no subject before it."""
    if is_carried or not only_words:
        return False
    first = only_words[0].lower
    if first not in IMPERATIVES:
        return False
    return len(only_words) < 2 or only_words[1].lower in AFTER_IMPERATIVE


def _is_told_feeling(only_words: Sequence[Token]) -> bool:
    """Whether reported speech tells a feeling (`he was tired of it`, `she felt sick`)."""
    lowered = [word.lower for word in only_words[:5]]
    while lowered and lowered[0] in {"he", "she", "they", "had", "has"}:
        lowered = lowered[1:]
    if lowered[:1] in (["was"], ["were"], ["felt"]):
        return lowered[0] == "felt" or any(word in STATES or word in EVALUATIVE for word in lowered[1:3])
    return False


def _is_feeling(only_words: Sequence[Token]) -> bool:
    """Whether the first person tells a feeling or thought."""
    lowered = [word.lower.replace("’", "'") for word in only_words[:8]]
    for index, word in enumerate(lowered[:3]):
        if index and lowered[index - 1] not in LEAD_INS:
            return False
        if word in {"i", "we", "i'm", "i've", "we're", "we've"}:
            rest = lowered[index + 1 : index + 4]
            if word in {"i'm", "we're"} or rest[:1] in (["am"], ["are"], ["was"], ["were"]):
                return any(item in EVALUATIVE or item in STATES for item in lowered[index + 1 : index + 5])
            return any(item in FEELING or item in MENTAL for item in rest)
    return False


def _is_evaluation(only_words: Sequence[Token]) -> bool:
    """Whether the predicate judges: an evaluative word after a copula, and nothing harder in it."""
    lowered = [word.lower for word in only_words]
    copula = next((index for index, word in enumerate(lowered) if word in COPULAS), None)
    if copula is None or len(lowered) > 22:
        return False
    if any(word in WEEKDAYS or (word in MONTHS and word not in {"may", "march"}) for word in lowered):
        return False
    for place in range(copula + 1, min(len(lowered), copula + 8)):
        word = lowered[place]
        if word in DENIAL and set(lowered[:copula]) & {
            "account",
            "claim",
            "claims",
            "report",
            "reports",
            "statement",
            "allegation",
        }:
            return False
        if word in EVALUATIVE and (not only_words[place].is_capitalised or only_words[place].text.isupper()):
            return True
        if word in PARTICIPLES or (word.endswith("ed") and place <= copula + 2):
            return False
    return False


def _has_name(only_words: Sequence[Token]) -> bool:
    """Whether a capitalised word stands after the first one."""
    return any(word.is_capitalised and word.lower != "i" for word in only_words[1:])
