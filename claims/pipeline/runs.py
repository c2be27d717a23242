"""Runs of capitalised words: where a name stands and which words before it are none.

One reading of the page serves everybody: the register groups the runs into
people and bodies, and the resolver finds them again inside a mention.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.pipeline.cues import DOCUMENT_NOUNS, SPOKESPEOPLE, UNNAMED_SOURCES
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.leads import NOBLES, is_role, name_start, opens_sentence
from claims.pipeline.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    IRREGULAR_PAST,
    MONTHS,
    NUMBER_WORDS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    WEEKDAYS,
    words,
)
from claims.pipeline.names import (
    DEMONYMS,
    FIRM_FORMS,
    GROUP_NOUNS,
    NATIONALITIES,
    ORGANISATION_HEADS,
    PARTICLES,
    POST_NOMINALS,
    TITLES,
)
from claims.pipeline.tokens import Token, is_seat

NOT_NAMES = (
    DETERMINERS | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | SUBJECT_PRONOUNS | ADVERBS | AUXILIARIES
    | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(NUMBER_WORDS)
    | words("yes please much dear thanks asked according former ex sad good hours days not if to")
)  # fmt: skip
_ALSO_SURNAMES = words("will may april june august march good dear")
COMMON = (
    GROUP_NOUNS
    | UNNAMED_SOURCES
    | DOCUMENT_NOUNS
    | SPOKESPEOPLE
    | words(
        "officials official management staff labour opposition counsel industry word legend tradition science history "
        "congressional parliamentary municipal federal presidential judicial medical financial national regional local "
        "military provincial electoral industrial commercial historical internal external additional annual initial "
        "independent preliminary previous earlier latest further separate satellite laboratory genetic statistical "
        "border leaked unpublished provisional combined global forensic toxicology anonymous detailed additional "
        "criminal clinical dental postal environmental educational departmental constitutional territorial"
    )
)
_COLLECTIVE = words(
    "women men people children farmers workers teachers nurses drivers doctors tenants landlords students parents "
    "veterans residents writers sheriff girls boys lawyers bakers miners players patients exporters growers "
    "employers pensioners consumers traders builders fishermen sheriff's"
)
_LINKS = frozenset({"of", "for", "without", "on"})
_ON_HEADS = words("center centre council commission committee institute board project alliance coalition forum")
_JOINING = _LINKS | {"and", "the"}
_LINK_HEADS = ORGANISATION_HEADS | words(
    "house friends doctors reporters transport fund state campaign citizens mothers people"
)
_SEATS = words("town city county borough district parish village regional fire state police island")
_PUBLIC_HEADS = words("council police university hospital court council authority")
NO_NAME = re.compile(r".+-(?:based|born|led|backed|owned|style|era|area|funded|trained|bound|listed|headquartered)")
_JOINED = words(
    "trust council police university service hospitals constabulary authority diocese county union association "
    "federation society"
)
_DEPARTMENTS = words(
    "administration agency commission department ministry bureau board office centre center association"
)
_FIELDS = words(
    "food drug health energy fish fire parks science education culture media trade transport housing safety water land "
    "customs revenue citizenship medicines children families work pensions business environment aviation maritime "
    "agriculture defence defense finance sport tourism labour labor ocean oceanic securities alcohol rural civil "
    "communities levelling justice home economic social human oil gas coal disaster forest forests wildlife"
)
"""What comes before `and` in the name of one body (`Food and Drug Administration`)."""

_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}[A-Z]")
_PLACES = frozenset({"u.s", "u.k", "d.c", "u.n", "e.u", "n.y", "l.a", "u.s.a"})
_CLOSING = frozenset({"now", "first", "together", "forward", "ahead", "always", "again"})
"""Adverbs that may end a body's name (`Housing Now`)."""

_ALSO_WORDS = frozenset(MONTHS) | IRREGULAR_PAST | words("will day weeks summer winter spring noon good dear wills")
_SAYING = words("said says told tells added adds claimed claims insisted argued warned wrote testified")
_INSIDE = frozenset({"without", "our", "against", "us"})
"""Small words with a capital inside a body's name (`Save Our Sands`, `Doctors Without Borders`)."""

_FEW = 4
_SELF = frozenset({"i", "we", "you", "they", "he", "she", "it", "that", "there"})
_NUMBERED = words("channel radio formula bbc sky studio")
_MAX_WORDS = 12


_BEFORE_SURNAME = GIVEN_NAMES | frozenset(TITLES)
_SEAT_HEADS = _PUBLIC_HEADS | {"hall"}
_OWNED_HEADS = ORGANISATION_HEADS | GROUP_NOUNS | {"forum", "lobby", "panel", "aid"}


class Run(NamedTuple):
    """One printed name: tokens `[low, high)` of a list, the name itself from `begin` on.

    `lead` are the title and role words in front, lower case. `start`, `end`
    are the code points of the name. `owner` is true for `Vance's`.
    """

    low: int
    begin: int
    high: int
    start: int
    end: int
    name: str
    words: tuple[str, ...]
    lead: tuple[str, ...]
    is_initial: bool
    is_owner: bool


def find_runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """The runs of a token list, left to right."""
    index = 0
    while index < len(tokens):
        if not (
            starts_name(tokens[index])
            or _is_given_month(tokens, index)
            or _is_initial_a(tokens, index)
            or is_speaking_surname(tokens, index)
        ):
            index += 1
            continue
        high = stop = _run_end(tokens, index)
        while high > index + 1 and tokens[high - 1].lower in POST_NOMINALS:
            high -= 1
        if high > index + 2 and tokens[high - 2].text == ",":
            high -= 2
        yield _run(tokens, index, high)
        index = stop


def starts_name(token: Token) -> bool:
    """Whether the word may begin a name."""
    if not token.is_capitalised or token.lower in NOT_NAMES or not token.text[0].isalpha():
        return False
    if "'" in token.lower and token.lower.split("'")[0] in _SELF:
        return False
    return len(token.text) < 7 or "-" not in token.text or NO_NAME.fullmatch(token.lower) is None


def is_speaking_surname(tokens: Sequence[Token], index: int) -> bool:
    """Whether `May`, `Rose` or `Fell` opens a sentence right before `said`, so that it is somebody's name."""
    token = tokens[index]
    if token.lower not in _ALSO_WORDS or not token.is_capitalised or token.text.isupper():
        return False
    is_beside = index + 1 < len(tokens) and tokens[index + 1].lower in _SAYING
    return is_beside and (opens_sentence(tokens, index) or tokens[index - 1].text == ",")


def _is_given_month(tokens: Sequence[Token], index: int) -> bool:
    """Whether `June` begins `June Mabbott`."""
    if tokens[index].lower not in {"june", "april"} or not tokens[index].is_capitalised or index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    is_dated = index > 0 and tokens[index - 1].lower in PREPOSITIONS
    return after.is_capitalised and after.text[0].isalpha() and after.lower not in NOT_NAMES and not is_dated


def _is_initial_a(tokens: Sequence[Token], index: int) -> bool:
    """Whether the `A` begins `A K Singh` or `A. R. Rahman`."""
    if tokens[index].text != "A" or index + 2 >= len(tokens):
        return False
    is_dotted = tokens[index + 1].text == "." and tokens[index + 1].start == tokens[index].end
    after = tokens[index + 2] if is_dotted else tokens[index + 1]
    is_letter = len(after.text) == 1 and after.is_capitalised and after.text != "I"
    return (is_letter and index + 3 < len(tokens)) or (
        is_dotted and after.is_capitalised and opens_sentence(tokens, index)
    )


def _run_end(tokens: Sequence[Token], low: int) -> int:
    """Where the run that begins at `low` ends."""
    high = low + 1
    while high < len(tokens) and high - low < _MAX_WORDS:
        step = _step(tokens, low, high)
        if step == 0:
            break
        high += step
    return high


def _step(tokens: Sequence[Token], low: int, index: int) -> int:
    """How many tokens the run gains at `index` (0: it ends there)."""
    token, before = tokens[index], tokens[index - 1]
    if before.text.endswith(("'s", "’s")):
        return 1 if token.is_capitalised and _is_owned_body(tokens, index, before.lower.removesuffix("'s")) else 0
    if token.text in {"'", "’"}:
        return 2 if before.lower.endswith("s") and _is_owned_body(tokens, index + 1, before.lower) else 0
    if token.is_capitalised:
        if index - low > 1 and before.lower in ORGANISATION_HEADS and token.lower in GIVEN_NAMES:
            return 0
        is_surname = token.lower in _ALSO_SURNAMES and before.lower in _BEFORE_SURNAME
        is_closing = (
            token.lower in _CLOSING and index - low > 1 and not tokens[min(index + 1, len(tokens) - 1)].is_capitalised
        )
        is_inside = token.lower in _INSIDE and index + 1 < len(tokens) and tokens[index + 1].is_capitalised
        return int(token.lower not in NOT_NAMES or is_surname or is_closing or is_inside)
    if token.text.isdigit() and len(token.text) <= 2 and before.lower in _NUMBERED and index == low + 1:
        return 1
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None:
        return 0
    if token.text == "." and before.end == token.start and follower.is_capitalised:
        is_initials = _INITIALS.fullmatch(before.text) is not None and before.lower not in _PLACES
        is_initials = is_initials and not is_role(follower.lower)
        return int(len(before.text) == 1 or before.lower in TITLES or is_initials)
    if token.text == "," and is_seat(tokens, index) and follower.lower not in NOT_NAMES:
        return 2
    if token.lower == "plc":
        return 1
    if token.text == "," and follower.lower in FIRM_FORMS and follower.is_capitalised:
        return 2
    if token.text == "&":
        return 2 if follower.is_capitalised else 0
    if token.lower in PARTICLES and not before.text.isupper():
        ahead = range(index + 1, min(len(tokens), index + 4))
        after = next((place for place in ahead if not _is_particle(tokens[place])), index)
        if tokens[after].is_capitalised:
            return after - index
    return _link(tokens, low, index) or _plain_head(tokens, low, index)


def _is_particle(token: Token) -> bool:
    """Whether the word stands inside a surname (`van der Berg`)."""
    return token.lower in PARTICLES and not token.is_capitalised


def _link(tokens: Sequence[Token], low: int, index: int) -> int:
    """Tokens gained by `of the` in `Bank of the West` (0 when it does not belong to a name)."""
    word, last = tokens[index].lower, tokens[index - 1].lower
    if word not in _JOINING:
        return 0
    after = index + 2 if tokens[index + 1].lower == "the" else index + 1
    if after >= len(tokens) or not tokens[after].is_capitalised or tokens[after].lower in NOT_NAMES:
        return 0
    inside = {token.lower for token in tokens[low:index]}
    if index == low + 1 and last in DOCUMENT_NOUNS and opens_sentence(tokens, low):
        return 0
    if word == "of" and index - low > 1 and _is_seat(tokens, after):
        return 0
    if word in _LINKS:
        is_body = last in _LINK_HEADS or (word in {"of", "for"} and bool(inside & _LINK_HEADS))
        is_noble = word == "of" and last in NOBLES
        is_body = is_body and (word != "on" or last in _ON_HEADS)
        return after - index + 1 if is_body or is_noble else 0
    if word == "and" and after == index + 1 and _joins_body(tokens, low, index):
        return after - index + 1
    if word == "and" and inside & {"of", "for"} and inside & _LINK_HEADS:
        stop = after + 1
        while stop < len(tokens) and tokens[stop].is_capitalised:
            stop += 1
        is_other = any(token.lower in GIVEN_NAMES or is_role(token.lower) for token in tokens[after:stop])
        return stop - index if stop == after + 1 or (stop == after + 2 and not is_other) else 0
    if word == "the" and index == low + 1 and tokens[index + 1].lower not in GIVEN_NAMES:
        return 2
    return 0


def _is_seat(tokens: Sequence[Token], place: int) -> bool:
    """Whether a town and its state stand here (`Halvorsen Laboratories of Northbrook, Illinois,`)."""
    marks = [token.text for token in tokens[place + 1 : place + 4]]
    return len(marks) == 3 and marks[0] == "," and marks[2] in {",", "."} and tokens[place + 2].is_capitalised


def _joins_body(tokens: Sequence[Token], low: int, index: int) -> bool:
    """Whether `and` stands inside one body's name (`Eastmoor and Wold NHS Trust`)."""
    first = tokens[low]
    is_field = tokens[index - 1].lower in _FIELDS
    if (index != low + 1 and not (is_field and index - low < _FEW)) or (
        opens_sentence(tokens, low) and is_common_start(first)
    ):
        return False
    if (
        first.lower in GIVEN_NAMES
        or first.lower in ORGANISATION_HEADS
        or first.lower in NATIONALITIES
        or is_role(first.lower)
    ):
        return False
    stop = index + 1
    while stop < len(tokens) and stop - index < 7 and (tokens[stop].is_capitalised or tokens[stop].text in {"'", "’"}):
        stop += 1
    heads = _JOINED | _DEPARTMENTS if is_field else _JOINED
    return (
        stop - index > 2
        and tokens[stop - 1].lower.removesuffix("'s") in heads
        and tokens[index + 1].lower not in GIVEN_NAMES
    )


def _plain_head(tokens: Sequence[Token], low: int, index: int) -> int:
    """Tokens gained by the lower-case head of `Fenbridge council` and `Almarena town hall`."""
    is_head = tokens[index].lower in _PUBLIC_HEADS or tokens[index].lower in _SEATS
    if not is_head or index - low > 2 or tokens[low].lower in DEMONYMS or tokens[low].lower in NATIONALITIES:
        return 0
    if any(is_role(token.lower) or token.lower in GIVEN_NAMES for token in tokens[low:index]):
        return 0
    if tokens[index].lower in _SEATS and tokens[index + 1].lower in _SEAT_HEADS:
        return 2
    return int(tokens[index].lower in _PUBLIC_HEADS)


def _is_owned_body(tokens: Sequence[Token], index: int, owner: str) -> bool:
    """Whether `Workers' Union` or `St Mary's Hospital` is one name, seen from the word after the owner."""
    stop = index
    while stop < len(tokens) and stop - index < 5 and tokens[stop].is_capitalised:
        stop += 1
    after = {token.lower for token in tokens[index:stop]}
    if not after & _OWNED_HEADS:
        return False
    saint = index >= 3 and tokens[index - 2].lower in {"st", "saint"}
    is_plural = tokens[index - 1].text in {"'", "’"}
    return owner in _COLLECTIVE or saint or (is_plural and owner.endswith("s"))


def _run(tokens: Sequence[Token], low: int, high: int) -> Run:
    """The run of tokens `[low, high)` with its name cut out."""
    begin = name_start(tokens, low, high)
    name_tokens = [token for token in tokens[begin:high] if token.is_word]
    is_owner = tokens[high - 1].text.endswith(("'s", "’s"))
    lowered = [token.lower for token in name_tokens]
    end = tokens[high - 1].end
    if is_owner and not _keeps_possessive(lowered):
        end -= 2
        lowered[-1] = lowered[-1].removesuffix("'s")
    is_owner = is_owner or (high < len(tokens) and tokens[high].text in {"'", "’"} and lowered[-1].endswith("s"))
    before = tokens[low - 1].text if low else "."
    return Run(
        low, begin, high, tokens[begin].start, end, _joined(tokens, begin, high, end), tuple(lowered),
        tuple(token.lower.removesuffix("'s") for token in tokens[low:begin] if token.is_word),
        is_initial=before in '.!?:;"“”‘’\'»«…•(–—' and before != "’", is_owner=is_owner,
    )  # fmt: skip


def _keeps_possessive(lowered: Sequence[str]) -> bool:
    """Whether the possessive is part of the name (`St Mary's`, `Macy's` cannot be told; saints can)."""
    return len(lowered) == 2 and lowered[0] in {"st", "saint"}


def _joined(tokens: Sequence[Token], low: int, high: int, end: int) -> str:
    """The words of a name with one space where there was any."""
    name = ""
    for index in range(low, high):
        token = tokens[index]
        gap = " " if name and token.start > tokens[index - 1].end else ""
        name += gap + token.text[: len(token.text) - max(0, token.end - end)]
    return name.replace("’", "'")


def is_common_start(token: Token) -> bool:
    """Whether a capital at a sentence's start may hide a common noun: plurals, groups, papers and roles."""
    word = token.lower
    is_plural = (word.endswith("s") and not word.endswith("ss")) or (word.endswith("men") and word not in GIVEN_NAMES)
    return is_plural or word in COMMON or is_role(word)
