"""Reading the words that name a source: which of them is the head, and whose.

`a spokeswoman for Elmet Power` is a voice of a body; `the board's head, Tom
Reed` is a name; `analysts at Merton Bank` is a group nobody can be held to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from claims.pipeline.context import KIN
from claims.pipeline.cues import DOCUMENT_NOUNS, SPOKESPEOPLE, UNNAMED_SOURCES
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import DETERMINERS, PREPOSITIONS, TIME_WORDS, words
from claims.pipeline.names import GROUP_NOUNS, NAMED_BODIES, NATIONALITIES, POST_NOMINALS
from claims.pipeline.register import Naming, Register
from claims.pipeline.runs import COMMON
from claims.pipeline.tokens import Token


class Head(Enum):
    """What kind of noun phrase names the source."""

    NAME = "name"
    VOICE = "voice"
    DOCUMENT = "document"
    GROUP = "group"
    ROLE = "role"
    KIN = "kin"
    UNNAMED = "unnamed"


OFFICIALS = words(
    "officers official officials bosses chiefs managers leaders staff campaigners campaigner activists activist "
    "planners"
)
_VOICES = SPOKESPEOPLE | words("representatives lawyers solicitors attorneys")
_UNHELD = UNNAMED_SOURCES - {"press"}
_OWNERS = frozenset({"of", "from", "for", "at", "by", "with", "in"})
_CLAUSE_OPENERS = frozenset({"the", "a", "an", "it", "he", "she", "they", "we", "i", "his", "her"})
"""What opens a clause about a paper without a pronoun (`an audit the city released`)."""
_INDEFINITE = frozenset({"a", "an", "one", "another"})
_GATHERED = words("group team panel number handful majority bench coalition gang band crew trio pair party")
_SEATS = words("city county town state village borough parish district school court hospital church")
_ONLY_HELD = words("seen obtained reviewed leaked shared verified viewed cited reported dated presented sent")
_MAKERS = ("by", "from", "of", "for", "at")
_PAPERS = (
    DOCUMENT_NOUNS
    | frozenset(f"{noun}s" for noun in DOCUMENT_NOUNS)
    | words(
        "case polling posts post forecast forecasts plan book page pages video spokespeople records guidance advice "
        "website account accounts tally count estimate log logs papers brochure newsletter handbook modelling test "
        "form forms disclosure disclosures suit suits petition schedule register ledger inventory spreadsheet dataset "
        "database index scorecard"
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention taken apart.

    `head` is its kind, `noun` its head noun in lower case (empty for a name),
    `naming` the printed name that is the head or owns it, `modifiers` the
    other words of the phrase in lower case.
    """

    head: Head
    noun: str
    naming: Naming | None
    modifiers: tuple[str, ...]
    is_definite: bool
    is_single: bool


def read_mention(tokens: Sequence[Token], register: Register) -> Reading:
    """Take the words of a source apart; `tokens` are not empty."""
    namings = [
        item
        for item in register.between(tokens[0].start, tokens[-1].end)
        if not _is_noun(item, is_modifier=_is_followed(tokens, item))
    ]
    cut = len(tokens) if _is_office(tokens) and not namings else _head_end(tokens, namings)
    head, tail = tokens[:cut], tokens[cut:]
    first = tokens[0].lower
    is_definite = first in {"the", "this", "that", "his", "her", "its", "their"} or (
        tokens[0].is_capitalised and first not in _INDEFINITE
    )
    is_single = first in _INDEFINITE or first in {"his", "her"}
    modifiers = tuple(
        token.lower.removesuffix("'s")
        for token in tokens
        if token.is_word and not (token.lower == first and first in DETERMINERS)
    )
    head_end = head[-1].end if head else tokens[0].end
    inside = [naming for naming in namings if naming.run.start < head_end]
    last = inside[-1] if inside else None
    if tail and namings and _closes(tokens, namings[-1]) and _is_led(tokens, namings, head):
        return Reading(Head.NAME, "", namings[-1], modifiers, is_definite, is_single)
    if last is not None and last.run.end >= _bare_end(head) and not last.run.is_owner:
        return Reading(Head.NAME, "", last, modifiers, is_definite, is_single)
    noun = _head_noun(head)
    kind = Head.UNNAMED if noun in _GATHERED and _is_of_people(tail) else _kind_of(noun)
    owner = last
    if owner is None:
        owner = tail_name(tail, register, kind)
    if kind is Head.UNNAMED and owner is not None and last is not None and noun and noun not in _UNHELD:
        kind = Head.GROUP if noun in GROUP_NOUNS or noun in {"hall", "house"} else Head.UNNAMED
    return Reading(kind, noun, owner, modifiers, is_definite, is_single)


def _is_of_people(tail: Sequence[Token]) -> bool:
    """Whether `of scientists` or `of more than 40 senior doctors` follows: a number of people and no body."""
    if not tail or tail[0].lower != "of":
        return False
    return any(token.lower in UNNAMED_SOURCES or is_role(token.lower.removesuffix("s")) for token in tail[1:6])


def _closes(tokens: Sequence[Token], naming: Naming) -> bool:
    """Whether a person's name ends the phrase of a role (`Solicitor to the council Ann Lee`)."""
    if naming.run.end < _bare_end(tokens) or not naming.entries or not naming.entries[0].is_person:
        return False
    before = next((token for token in reversed(tokens) if token.end <= naming.run.start), None)
    return before is not None and before.is_word and before.lower not in PREPOSITIONS | DETERMINERS


def _is_office(tokens: Sequence[Token]) -> bool:
    """Whether the phrase is somebody's office (`the secretary of state's office`)."""
    return len(tokens) > 1 and tokens[-1].lower == "office" and tokens[-2].lower.endswith("'s")


def _is_led(tokens: Sequence[Token], namings: Sequence[Naming], head: Sequence[Token]) -> bool:
    """Whether a role leads up to the name (`Solicitor to the council`, `Parks and Wildlife Service manager`)."""
    if _kind_of(_head_noun(head)) is Head.ROLE:
        return True
    before = next((token for token in reversed(tokens) if token.end <= namings[-1].run.start), None)
    is_person = bool(namings[0].entries) and namings[0].entries[0].is_person
    is_joined = any(token.lower in {"and", "&"} for token in tokens if token.end <= namings[-1].run.start)
    return before is not None and is_role(before.lower) and is_joined and (not is_person or len(namings) == 1)


def _is_noun(naming: Naming, *, is_modifier: bool) -> bool:
    """Whether the printed name is only a common noun with the capital of a sentence's start."""
    run = naming.run
    known = bool(naming.entries) and (naming.entries[0].is_person or len(naming.entries[0].places) > 1)
    known = (known or run.words[0] in NAMED_BODIES) and run.words[0] not in _SEATS
    if len(run.words) == 1 and run.is_initial and not run.lead and not run.is_owner and not known and is_modifier:
        return True
    known = bool(naming.entries) and naming.entries[0].is_person
    return len(run.words) == 1 and run.is_initial and not run.lead and not known and run.words[0] in COMMON


def _is_followed(tokens: Sequence[Token], naming: Naming) -> bool:
    """Whether a lower-case noun follows the name, so that it may be an adjective (`Independent monitoring`)."""
    after = next((token for token in tokens if token.start >= naming.run.end), None)
    is_noun = after is not None and after.is_word and not after.is_capitalised
    return is_noun and after is not None and after.lower not in PREPOSITIONS | {"and", "or"}


def _head_end(tokens: Sequence[Token], namings: Sequence[Naming]) -> int:
    """How many tokens the head has: up to a preposition or comma outside the printed names."""
    for index, token in enumerate(tokens):
        is_inside = any(naming.run.start <= token.start < naming.run.end for naming in namings)
        if is_inside or index == 0:
            continue
        if token.lower in _CLAUSE_OPENERS and tokens[index - 1].lower in DOCUMENT_NOUNS:
            return index
        if token.lower in PREPOSITIONS or token.text in {",", "(", "–", "—"} or token.lower in REDUCED:
            return index
    return len(tokens)


REDUCED = words(
    "familiar who which that whose published released compiled seen obtained reviewed carried commissioned led written "
    "leaked produced issued conducted based present close speaking prepared signed kept maintained collected gathered "
    "collated posted filed and"
)


def _bare_end(head: Sequence[Token]) -> int:
    """Where the last word of the head ends."""
    return next((t.start + 1 for t in reversed(head) if t.is_word and t.lower not in POST_NOMINALS), 0)


def _head_noun(head: Sequence[Token]) -> str:
    """The last word of the head, lower case."""
    said = [token.lower.removesuffix("'s") for token in head if token.is_word]
    while len(said) > 2 and said[-1] in TIME_WORDS:
        said.pop()
    return said[-1] if said else ""


def _kind_of(noun: str) -> Head:
    """The kind of a noun phrase by its head noun."""
    last = noun.rsplit("-", 1)[-1]
    if noun in KIN:
        return Head.KIN
    if noun in _VOICES or noun in OFFICIALS:
        return Head.VOICE
    if noun in _PAPERS:
        return Head.DOCUMENT
    if noun in GROUP_NOUNS or last in GROUP_NOUNS:
        return Head.GROUP
    if noun in _UNHELD:
        return Head.UNNAMED
    if is_role(noun) or noun in NATIONALITIES or noun.endswith("-old") or "-of-" in noun:
        return Head.ROLE
    return Head.UNNAMED


def tail_name(tail: Sequence[Token], register: Register, kind: Head) -> Naming | None:
    """The name that owns the head: behind `for`, `of`, `from`, `at`; for a paper, its maker first."""
    if not tail:
        return None
    found: dict[str, Naming] = {}
    for naming in register.between(tail[0].start, tail[-1].end):
        if naming.run.is_owner and kind is not Head.DOCUMENT:
            continue
        link = before = ""
        for token in tail:
            if token.start >= naming.run.start:
                break
            if token.text in {",", ":"} and kind is Head.DOCUMENT and link not in {"by", "from"}:
                return found.get("by") or found.get("from") or found.get("of")
            if token.lower in PREPOSITIONS or token.text == ",":
                link = "" if before in _ONLY_HELD else token.lower
            before = token.lower
        if link in _OWNERS:
            found.setdefault(link, naming)
    if kind is Head.DOCUMENT:
        return next((found[link] for link in _MAKERS if link in found), None)
    return next(iter(found.values()), None)


def content_words(reading: Reading) -> frozenset[str]:
    """The words of a mention that can tell which role is meant."""
    skip = DETERMINERS | PREPOSITIONS
    return frozenset({*(word for word in reading.modifiers if word not in skip), reading.noun} - {""})
