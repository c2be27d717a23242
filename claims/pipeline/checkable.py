"""Stage 5b: is a unit a checkable statement, and if not, what is it?

Rules, not a model: an editor has to be able to see why. The default is that a
declarative clause states something; each rule names one kind that does not.
"""

import re
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
    words,
)
from claims.pipeline.tokens import Token, Words, finite_flags, tokenize

_GREETING = re.compile(
    r"(?:thank(?:s(?! to (?!the many|all|every|our|those|you))| you)|good (?:morning|afternoon|evening|night|"
    r"luck|bye)|hello|hi\b|dear\b|welcome\b|"
    r"congratulations|"
    r"cheers|happy (?:birthday|new year)|merry christmas|farewell|goodbye|(?:i am|i'm|we are|we're) (?:very |so |"
    r"most |deeply "
    r"|extremely )?grateful|i (?:thank|congratulate|pay tribute|commend)\b|well done|our (?:thoughts|hearts|"
    r"prayers)|my (?:thoughts|heart|prayers)|hear,? hear)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?:god (?:bless|save|help)|may (?:god|the|he|she|they|we|you|heaven|his|her|allah|peace|it)\b|long live|"
    r"(?:i|we) (?:(?:do|really|very much|just|sincerely|still|only) )*(?:hope|wish|want|pray|long|dream|look "
    r"forward|aspire)\b|"
    r"(?:i|we)(?: would|'d|’d) (?:\w+ )?(?:love|like|want|prefer|rather|hope)\b|if only|stay safe|let there be|"
    r"rest in peace|"
    r"(?:he|she|they|it) hopes? (?:to|that)\b|(?:i am|i'm|i’m|we are|we're|we’re) (?:hopeful|hoping|looking forward))",
    re.IGNORECASE,
)
_EXHORTATION = re.compile(
    r"(?:let(?:'s|’s| us)\b|please\b|do(?:n't|n’t| not) \w+|never (?:forget|give|let|mind|trust)|order[.!]|"
    r"(?:it is|it's|it’s|now is) (?:the |high )?time\b|we (?:all )?(?:must|need to|have to|ought to|should|cannot "
    r"let|can't let)|"
    r"(?:you|everyone|everybody|people|they|he|she|ministers|the government|the council|the minister|parliament|"
    r"the house|someone|"
    r"somebody) (?:must|should|need to|needs to|has to|have to|ought to)\b(?! have)|i (?:urge|call on|ask|beg|"
    r"appeal|implore|"
    r"would urge|encourage)\b|we (?:urge|call on|ask|appeal|demand|encourage)\b|you can print)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"(?:.{0,40}\b)?(?:i|we)(?:'ll|’ll|(?: \w+)?? (?:will|shall|won't|won’t|intend to|plan to|promise|vow|pledge|"
    r"guarantee|aim to|swear)\b|"
    r"(?:'re|’re| are|'m|’m| am) (?:not )?(?:going to|committed to|determined to)\b)",
    re.IGNORECASE,
)
_PREDICTION = re.compile(
    r"(?:will|\w+'ll|won't|shall|is going to|are going to|(?:is|are|was|were) (?:\w+ )?(?:expected|likely|set|"
    r"forecast|projected|"
    r"predicted|unlikely|bound|poised) to|(?:is|are) (?:now )?all but certain|expects? (?:to|that|\w+ to)|"
    r"anticipates? (?:that|to)|"
    r"forecasts? (?:that|to))\b",
    re.IGNORECASE,
)
_ANY_PROSPECT = re.compile(
    r"(?:\b(?:will|won't|shall|should|shouldn't|ought|could|may|might|would|going|expect\w*|likely|unlikely|set|"
    r"forecasts?|projected|predicted|bound|poised|"
    r"certain|anticipat\w*|hop\w+|looks?)\b|'(?:ll|d)\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",\s(?:which|who|whose|where|you will hear|i think|i believe)\b[^,]{0,200}(?:,|$)", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:if|when|once|although|though|while|after|before|because|since|unless|until)\b[^,]{3,200},\s", re.IGNORECASE
)
_POSSIBLE = re.compile(
    r"(?:could(?! not\b|n't)|may(?! \d)|might|would|\w+'d(?! \w+ed\b| (?:been|had|gone|done|seen|taken|given|"
    r"made|lost|left|said|told|found|met|got|sent|sold|won)\b))\b(?! not have| have| \w+ have|'ve|’ve)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"(?:i(?:'d|’d| would(?:n't)?)\b|you(?:'d|’d| would)\b|perhaps\b|maybe\b|frankly\b|honestly\b|in my "
    r"(?:opinion|view)|"
    r"to me\b|of course\b|"
    r"(?:no,? )?i (?:don't|do not) (?:buy|believe|think|see|know|care|accept|agree|mind|like|want|recommend)|"
    r"i stand by|the (?:only )?(?:question|truth|fact|reality|problem|point|answer|honest answer) is\b|"
    r"(?:this|it|that) is (?:not )?(?:about|what|why|exactly|how|a matter|just|simply|all about)\b|"
    r"whether\b.{0,60}\b(?:guess|seen|unclear)|obviously\b|what (?:i|we) (?:would|need|want)\b|quite what\b|"
    r"(?:he|she|they|nobody|somebody|people|we|you) deserves?\b)",
    re.IGNORECASE,
)
_OPINION_ANYWHERE = re.compile(
    r"\b(?:in my (?:opinion|view)|remains a mystery|anyone'?s guess|anyone’s guess|as if|deserves? (?:to|better|"
    r"more)|(?:is|are|was)(?: not|n't)? worth (?:a|it|the)|step forward|game[- ]changer|turning point|wake-up "
    r"call|tip of the iceberg|is a matter for|"
    r"(?:are|is) entitled to|what matters|no doubt|let's face it|speaks? for itself|remains to be seen|time will tell|"
    r"ought to have|should never have|must never|should not be)\b",
    re.IGNORECASE,
)
_DONE = r"(?:been|had|gone|done|seen|taken|given|made|lost|left|said|told|found|met|got|sent|sold|won|come|become|\w+ed|\w+en)"
_PAST_OF_MODAL = re.compile(
    rf"\b(?:could|may|might|would|should|must)(?: not|n't|n’t)? have (?:\w+ly )?{_DONE}\b", re.IGNORECASE
)
_IMPERATIVES = words(
    "stop vote go get come turn be tell stay look listen keep remember imagine join donate shut wake stand leave "
    "sign send bring "
    "put try ask wait pray enjoy have take give call read see click subscribe don't consider note think make let "
    "forget help "
    "expect watch fight buy sell eat drink run walk hold hang take check follow support visit choose trust "
    "believe defend protect"
)
_AFTER_IMPERATIVE = words(
    "the a an your my our his her their its this that these those me us him them it yourself yourselves out up "
    "down off on in to "
    "for with at away back over not no all every each here there now what how when whether sure more less and "
    "together again"
)
_OUGHT = re.compile(r"(?:should|shouldn't|ought)\b(?P<past>(?: not| never)? have\b)?", re.IGNORECASE)
_NEED = re.compile(
    r"(?:we|they|people|families|patients|my constituents|the (?:country|town|people|public)|this (?:country|"
    r"town)|you)\b"
    r"(?: (?:do not|don't|all|really|just))* (?:need|deserve)\b|there(?: is|'s) (?:more|still|much|a lot|plenty) "
    r"(?:\w+ )?to (?:do|be done)\b",
    re.IGNORECASE,
)
_INDIRECT_QUESTION = re.compile(
    r"(?:what|whether|how)\s(?!(?:i|we|you|he|she|it|they|is|was|matters|happened|about|a|ever)\b)", re.IGNORECASE
)
_ABOUT_ITSELF = re.compile(
    r"(?:what follows is\b|(?:this|the) (?:interview|conversation|article|transcript|text|announcement|"
    r"release)\b.{0,40}\b(?:edited|"
    r"condensed|forward-looking|updated|"
    r"corrected|translated)|actual results (?:may|might|could)|any resemblance|we(?: have|'ve) (?:asked|"
    r"approached|contacted|requested))",
    re.IGNORECASE,
)
_CONDITIONAL_ORDER = re.compile(
    r"(?:if|when) [^,]{3,80}, (?:please |just )?(?:believe|tell|call|come|go|ask|stop|take|stay|get|look|let|"
    r"be|don't|do|try|think|remember|vote)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\bcalled (?:the|it|them|him|her|his|its|their|that|this)\b[^.]{0,60}[“\"‘]")
_QUOTED_VERDICT = re.compile(
    r"(?:it|this|that|he|she|they)\b(?: had| has| have)? (?:was|is|were|been) (?:\w+ )?[“\"‘]an? ", re.IGNORECASE
)
_JUDGING_VERB = re.compile(
    r"\b(?:blasted|slammed|described|branded|dubbed|hailed|labelled|labeled|mocked|ridiculed|accused)\b"
)
_PLAN = re.compile(
    r"(?:could(?! not\b|n't)|may(?! \d)|might|expects?|anticipates?|hopes?|(?:is|are|was|were|remains?) (?:\w+ "
    r")?(?:expected|likely|unlikely|"
    r"anticipated|forecast|predicted|hoped|all but certain|hoping|poised|bound)|looks? (?:set|likely))\b",
    re.IGNORECASE,
)


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
    if re.match(r"(?:i|we) (?:sincerely |deeply )?apologi[sz]e\b", statement, re.IGNORECASE):
        return NotAClaim.OTHER
    if len(only_words) <= 8 and re.search(r"\bthank you\b", statement, re.IGNORECASE):
        return NotAClaim.GREETING
    if statement.startswith("[") or (statement.startswith("(") and statement.endswith(")")):
        return NotAClaim.OTHER
    if _GREETING.match(statement):
        return NotAClaim.GREETING
    if _WISH.match(statement):
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
        or (token.lower in QUANTITY_WORDS and token.lower not in {"one", "record", "half", "zero"})
        or (token.lower.split("-")[0] in NUMBER_WORDS and "-" in token.lower)
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
    if len(only_words) <= 3 and all(
        word.lower in AUXILIARIES | NEGATIONS | {"it", "he", "she", "they", "we", "i", "that", "this"}
        for word in only_words
    ):
        return NotAClaim.FRAGMENT
    return None


def _type_author(statement: str, only_words: Sequence[Token], has_figure: bool, is_carried: bool) -> NotAClaim | None:
    """Kinds of the article's own sentences that state nothing checkable."""
    if _is_imperative(only_words, is_carried) or _EXHORTATION.match(statement):
        return NotAClaim.EXHORTATION
    if re.search(r"\bhopes? (?:to|that|for)\b", statement, re.IGNORECASE):
        return NotAClaim.WISH
    if _ABOUT_ITSELF.match(statement):
        return NotAClaim.OTHER
    if re.match(r"we(?:'ll| will| shall)\b", statement, re.IGNORECASE):
        return NotAClaim.PROMISE
    if _is_prospect(statement) or re.match(r"if\b.{0,200}\b(?:will|could|may|might)\b", statement, re.IGNORECASE):
        return NotAClaim.PREDICTION
    if not has_figure and _CALLED.search(statement):
        return NotAClaim.OPINION
    if not has_figure and _JUDGING_VERB.search(statement) and re.search(r"[‘“\"]", statement):
        return NotAClaim.OPINION
    if _OPINION.match(statement) or _OPINION_ANYWHERE.search(statement):
        return NotAClaim.OPINION
    if not has_figure and _is_evaluation(only_words):
        return NotAClaim.OPINION
    if len(only_words) <= 3 and not has_figure and not _has_name(only_words):
        return NotAClaim.OPINION
    return None


def _is_prospect(statement: str) -> bool:
    """Whether the main verb only hedges or expects (a plan that is settled is no prospect)."""
    main = main_verb_of(statement)
    return bool(_PLAN.match(main)) and not _PAST_OF_MODAL.search(main)


def main_verb_of(statement: str) -> str:
    """The first finite verb with the three words after it; `, which ...,` and `When ...,` are passed over.

    Empty when no word of the statement hedges or looks ahead.
    """
    if not _ANY_PROSPECT.search(statement):
        return ""
    plain = _RELATIVE.sub(" ", statement)
    if _SUBORDINATE.match(plain):
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
    if _EXHORTATION.match(statement) and not (is_carried if is_direct else has_figure):
        return NotAClaim.EXHORTATION
    if is_direct and (_is_imperative(only_words, is_carried) or _CONDITIONAL_ORDER.match(statement)):
        return NotAClaim.EXHORTATION
    if _PROMISE.match(statement):
        return NotAClaim.PROMISE
    if _is_feeling(only_words) if is_direct else not has_figure and _is_told_feeling(only_words):
        return NotAClaim.EXPERIENCE
    if _OPINION.match(statement) or _OPINION_ANYWHERE.search(statement):
        return NotAClaim.OPINION
    if is_direct and _INDIRECT_QUESTION.match(statement):
        return NotAClaim.QUESTION
    prospect = _type_prospect(statement, has_figure, is_direct)
    if prospect is not None:
        return prospect
    return None if has_figure else _type_judgement(statement, only_words, is_direct, is_carried)


def _type_prospect(statement: str, has_figure: bool, is_direct: bool) -> NotAClaim | None:
    """Duties, predictions and possibilities, by the main verb."""
    main = main_verb_of(statement)
    ought = _OUGHT.match(main)
    if ought and not has_figure:
        return NotAClaim.OPINION if ought.group("past") else NotAClaim.EXHORTATION
    if _PAST_OF_MODAL.search(statement):
        return None
    if _PREDICTION.match(main) and (is_direct or not has_figure):
        return NotAClaim.PREDICTION
    if not _POSSIBLE.match(main) or _is_ability(statement, main) or (has_figure and not is_direct):
        return None
    return None if _is_comparison_to_past(statement) else NotAClaim.PREDICTION


def _type_judgement(statement: str, only_words: Sequence[Token], is_direct: bool, is_carried: bool) -> NotAClaim | None:
    """Opinions of a clause without figures: needs, might-have-beens, evaluative words, exclamations."""
    if _is_comparison_to_past(statement):
        return None
    if not is_direct and _QUOTED_VERDICT.match(statement):
        return NotAClaim.OPINION
    if not is_carried and _is_evaluation(only_words):
        return NotAClaim.OPINION
    if not is_direct:
        return None
    if _NEED.match(statement) or re.search(r"\b(?:would|'d) have\b", statement):
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
    return bool(re.search(r"\b(?:since|for the first time|ever)\b", statement, re.IGNORECASE))


def _is_imperative(only_words: Sequence[Token], is_carried: bool) -> bool:
    """Whether the clause begins with a bare verb and has no subject before it."""
    if is_carried or not only_words:
        return False
    first = only_words[0].lower
    if first not in _IMPERATIVES:
        return False
    return len(only_words) < 2 or only_words[1].lower in _AFTER_IMPERATIVE


def _is_told_feeling(only_words: Sequence[Token]) -> bool:
    """Whether reported speech tells a feeling (`he was tired of it`, `she felt sick`)."""
    lowered = [word.lower for word in only_words[:5]]
    while lowered and lowered[0] in {"he", "she", "they", "had", "has"}:
        lowered = lowered[1:]
    if lowered[:1] in (["was"], ["were"], ["felt"]):
        return lowered[0] == "felt" or any(word in STATES or word in EVALUATIVE for word in lowered[1:3])
    return False


_LEAD_INS = words("and but so well honestly frankly personally obviously then yes no")


def _is_feeling(only_words: Sequence[Token]) -> bool:
    """Whether the first person tells a feeling or thought."""
    lowered = [word.lower.replace("’", "'") for word in only_words[:8]]
    for index, word in enumerate(lowered[:3]):
        if index and lowered[index - 1] not in _LEAD_INS:
            return False
        if word in {"i", "we", "i'm", "i've", "we're", "we've"}:
            rest = lowered[index + 1 : index + 4]
            if word in {"i'm", "we're"} or rest[:1] in (["am"], ["are"], ["was"], ["were"]):
                return any(item in EVALUATIVE or item in STATES for item in lowered[index + 1 : index + 5])
            return any(item in FEELING or item in MENTAL for item in rest)
    return False


_DENIAL = words("wrong false untrue incorrect right true")


def _is_evaluation(only_words: Sequence[Token]) -> bool:
    """Whether the predicate judges: an evaluative word after a copula, and nothing harder in it."""
    lowered = [word.lower for word in only_words]
    copula = next((index for index, word in enumerate(lowered) if word in _COPULAS), None)
    if copula is None or len(lowered) > 22:
        return False
    if any(word in WEEKDAYS or (word in MONTHS and word not in {"may", "march"}) for word in lowered):
        return False
    for place in range(copula + 1, min(len(lowered), copula + 8)):
        word = lowered[place]
        if word in _DENIAL and set(lowered[:copula]) & {
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


_COPULAS = words(
    "is are was were be been isn't aren't wasn't seems looks feels sounds remains makes make it's that's he's "
    "she's they're "
    "we're you're i'm what's there's"
)


def _has_name(only_words: Sequence[Token]) -> bool:
    """Whether a capitalised word stands after the first one."""
    return any(word.is_capitalised and word.lower != "i" for word in only_words[1:])
