"""Stage 6: a standalone statement beside the exact words, never instead of them.

ALL CAPS are lowered with the capitals that the rest of the article shows,
"I" becomes the speaker, a pronoun that is sure becomes a name, and days are
put with their date. What is not sure stays as it was written.
"""

import re
from collections.abc import Mapping

from claims.enums import ClaimantType
from claims.pipeline.decompose import is_shouted
from claims.pipeline.lexicon import MONTHS, WEEKDAYS
from claims.pipeline.names import DEMONYMS, NATIONALITIES
from claims.pipeline.shapes import Fact, Speaker

_MOMENT = re.compile(r"(?:at this (?:very )?moment|right now|as we speak|as of now|now),\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’-](?=[^\W_]))*")
_LETTERS = re.compile(r"\w+")
_COUNTRIES = [word for word in DEMONYMS if word not in {"us", "united", "turkey", "china"}]
_ALWAYS_CAPITAL = {
    "I", "I'm", "I've", "I'll", "I'd", "USA", "UK", "EU", "UN", "NATO", "GDP", "NHS", "FBI", "CIA", "TV", "COVID",
    "Europe", "Africa", "Asia", "Democrats", "Republicans", "Congress", "Christmas", "Easter", "God",
}  # fmt: skip
_ALWAYS_CAPITAL |= {word.capitalize() for word in (*WEEKDAYS, *MONTHS, *NATIONALITIES, *_COUNTRIES)}
_ALWAYS_CAPITAL -= {"May", "March", "Mar", "Jan", "Dec"}
_CAPITALS = {word.lower(): word for word in _ALWAYS_CAPITAL}
_FIRST_PERSON = (
    (re.compile(r"\bI(?:'m|’m)\b"), "{name} is"),
    (re.compile(r"\bI am\b"), "{name} is"),
    (re.compile(r"\bI(?:'ve|’ve)\b"), "{name} has"),
    (re.compile(r"\bI have\b"), "{name} has"),
    (re.compile(r"\bI(?:'ll|’ll)\b"), "{name} will"),
    (re.compile(r"\bI(?:'d|’d)\b"), "{name} would"),
    (re.compile(r"\bI do(?:n't|n’t)\b"), "{name} does not"),
    (re.compile(r"\bI\b(?!\s*[.&])"), "{name}"),
)
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def capitals_of(text: str) -> dict[str, str]:
    """How words are capitalised inside the article's mixed-case sentences: lower case -> as printed."""
    seen: dict[str, str] = {}
    lowered: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word.islower():
            lowered.add(word)
        elif word[0].isupper() and not (word.isupper() and len(word) > 4):
            key = word.lower().replace("’", "'")
            if key in seen:
                continue
            before = text[max(0, match.start() - 2) : match.start()]
            is_mid = bool(before) and before[-1] == " " and before[0] not in ".!?:\"”“\n’‘'"
            if is_mid and not (word.isupper() and _is_caps_around(text, match)):
                seen[key] = word
    return {key: word for key, word in seen.items() if key not in lowered or word.isupper()}


def _is_caps_around(text: str, match: re.Match[str]) -> bool:
    """Whether the neighbours are capitals too, so that the word proves nothing."""
    before = _LETTERS.findall(text, max(0, match.start() - 24), match.start())
    after = _LETTERS.findall(text, match.end(), match.end() + 24)
    return any(near.isupper() and len(near) > 1 for near in (*before[-1:], *after[:1]))


def restate(
    quote: str,
    *,
    speaker: Speaker | None,
    is_direct: bool,
    capitals: Mapping[str, str],
    dates: tuple[Fact, ...] = (),
    offset: int = 0,
    subject: str | None = None,
    plain: str | None = None,
) -> str:
    """The statement; `dates` are facts of the article, `offset` where the quote starts in it.

    `subject` stands in front of a clause whose own subject is in the clause
    before it. `plain` is the quote with its ALL CAPS lowered, where that is
    done already.
    """
    statement = _with_dates(quote, dates, offset)
    if is_shouted(quote):
        lowered = plain if plain is not None and statement == quote else lower_capitals(statement, capitals)
        statement = _MOMENT.sub("", lowered, count=1)
    if subject:
        statement = f"{subject} {statement}"
    if is_direct and speaker is not None and speaker.type is ClaimantType.PERSON:
        statement = _third_person(statement, speaker.name)
    elif not is_direct and speaker is not None:
        statement = _named_pronoun(statement, speaker)
    statement = " ".join(statement.split()).strip(" ,;:–—-")
    return statement[:1].upper() + statement[1:]


def lower_capitals(text: str, capitals: Mapping[str, str]) -> str:
    """ALL CAPS as a sentence, with the capitals the article and the language give."""

    def lowered(match: re.Match[str]) -> str:
        printed = match.group().lower()
        word = printed.replace("’", "'")
        if len(match.group()) == 1 and word == "i":
            return "I"
        stem = word.removesuffix("'s")
        known = capitals.get(stem) or _CAPITALS.get(stem) or _CAPITALS.get(word)
        return known + word[len(stem) :] if known else printed

    return _WORD.sub(lowered, text)


def _with_dates(quote: str, dates: tuple[Fact, ...], offset: int) -> str:
    """`on Friday` -> `on Friday (14 March 2025)`, for words that need the document's day."""
    for fact in sorted(dates, key=lambda item: -item.start):
        if fact.kind != "date" or any(char.isdigit() for char in fact.text) or fact.text.lower() in MONTHS:
            continue
        resolved = readable(fact.value)
        end = fact.end - offset
        quote = f"{quote[:end]} ({resolved}){quote[end:]}"
    return quote


def readable(value: str) -> str:
    """An ISO 8601 date as people write it: `14 March 2025`, `March 2025`, `2025`, `week 11 of 2025`."""
    week = re.fullmatch(r"(\d{4})-W(\d{2})", value)
    if week:
        return f"week {int(week[2])} of {week[1]}"
    parts = value.split("-")
    if len(parts) == 3:
        return f"{int(parts[2])} {_MONTH_NAMES[int(parts[1]) - 1]} {parts[0]}"
    return f"{_MONTH_NAMES[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else value


def _third_person(statement: str, name: str) -> str:
    """`I have asked` -> `Donald Trump has asked`; only the first person of one person."""
    first = True
    for pattern, replacement in _FIRST_PERSON:
        if pattern.search(statement):
            statement = pattern.sub(replacement.format(name=name), statement, count=1)
            first = False
            break
    possessive = name + ("'" if name.endswith("s") else "'s")
    if first:
        return re.sub(r"\b[Mm]y\b", lambda _: possessive, statement, count=1)
    return statement


_NOBODY = (
    r"\s+(?:(?:had|has|would|could|will|may|might|also|never|not|have|be|been|\w+ly)\s+)*"
    r"(?:rain|snow|hail|thunder|drizzl|seem|appear|emerg|happen|follow|turned\s+out|matter"
    r"|(?:was|is|be|been|became)\s+(?:\w+\s+){0,3}(?:that|who|which|when|where|how|why)\b"
    r"|(?:was|is|be|been|became)\s+(?:\w+\s+)?(?:difficult|hard|easy|(?:im)?possible|important|necessary|vital|wrong|too)\b)"
)
"""What follows an `it` that stands for nothing: weather, and what a clause behind it says."""


def _named_pronoun(statement: str, speaker: Speaker) -> str:
    """`it had received 1,912 calls` -> the body's name; `he`, `she` at the start -> the person's."""
    pronouns = r"(?:he|she)" if speaker.type is ClaimantType.PERSON else r"it"
    verbs = r"(?:had|has|was|is|would|did|could|never|also|will|\w+ed)"
    pattern = rf"^{pronouns}\b(?=\s+{verbs}\b)(?!{_NOBODY})"
    return re.sub(pattern, lambda _: speaker.name, statement, count=1, flags=re.IGNORECASE)
