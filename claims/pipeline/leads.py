"""Words in front of a printed name that are none of it: titles, roles, parties, places of work.

`US President Donald Trump` begins at `Donald`, `Selectwoman Joyce Vell` and
`Rotterdam trader Tobi Adeyinka` at the given name.
"""

import re
from collections.abc import Sequence

from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.lexicon import words
from claims.pipeline.name_forms import PLACE_ENDS
from claims.pipeline.names import (
    DEMONYMS,
    GROUP_NOUNS,
    NATIONALITIES,
    ORGANISATION_HEADS,
    PARTICLES,
    PLACE_STARTS,
    ROLES,
    TITLES,
)
from claims.pipeline.tokens import Token

_ROLE_SHAPE = re.compile(
    r"(?:ex|vice|co|deputy|former|then|acting)-\w+|\w+-of-\w+|\w{3,}woman|\w{3,}person|"
    r"\w+-(?:general|elect|in-chief|designate)|"
    r"\w{3,}(?:ician|ologist|ographer|iatrist|opath|worker|holder|keeper|fighter|setter|master|mistress|wright)|"
    r"(?:assembly|select|states|congress|trades|frontiers|sales|states)man"
)
"""Words that can only be somebody's role: `Ex-minister`, `Gran-of-four`, `Selectwoman`."""

_ROLE_ENDS = (
    "man", "person", "ician", "ologist", "ographer", "iatrist", "opath", "worker", "holder", "keeper", "fighter",
    "setter", "master", "mistress", "wright",
)  # fmt: skip
"""How every role by its shape ends that has no hyphen; asked before the slower shape."""

AGENT = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ant|eer|ee|man|nurse)$")
_ADJECTIVE = re.compile(r"[a-z]{2,}(?:ous|ed|ing|ful|less|able|ible|ic|ish|ive|al|ary|est)$")
NOBLES = words("duke duchess earl archbishop bishop countess marquess prince princess sultan emir")
SEATED = words("td mp msp mep mla mlc mpp mna senator councillor")
_GENERAL = words("staff assembly council hospital motors electric mills dynamics")
_FEELING = words(
    "heartbroken devastated furious fuming angry proud brave tragic grieving stunned shocked delighted lucky horrified "
    "worried outraged retired disgraced convicted beloved late jailed terrified fearless desperate disgusted gutted "
    "thrilled emotional tearful defiant plucky kind-hearted heroic hero cheeky embattled beleaguered"
)
"""What a tabloid's sentence puts in front of a name."""

_UNITED = words("nations states kingdom arab")
_NO_PARTY = GIVEN_NAMES | PARTICLES | {"of", "for", "the", "and", "&"}


def is_role(word: str) -> bool:
    """Whether the lower-case word says what somebody is: a known role, or one by its shape."""
    is_joined = "-" in word
    last = word.removesuffix("'s").rsplit("-", 1)[-1] if is_joined or word.endswith("'s") else word
    if last in ROLES or word in TITLES:
        return True
    return (is_joined or word.endswith(_ROLE_ENDS)) and _ROLE_SHAPE.fullmatch(word) is not None


def opens_sentence(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word stands at the start of a sentence, so that its capital proves nothing."""
    return index == 0 or tokens[index - 1].text in '.!?:;"“‘»«…•–—'


def name_start(tokens: Sequence[Token], low: int, high: int) -> int:
    """Where the name begins behind titles, roles and nationalities (`US President Donald Trump`)."""
    if high - low == 1:
        return low
    lowered = [token.lower.removesuffix("'s") for token in tokens[low:high]]
    if lowered[0] in NOBLES and len(lowered) > 2 and lowered[1] == "of":
        return low
    is_office = lowered[0] in ORGANISATION_HEADS and lowered[1] in {"of", "for"}
    if is_office and lowered[-1] in ORGANISATION_HEADS and GIVEN_NAMES.isdisjoint(lowered):
        return low
    if lowered[0] == "united" and lowered[1] in _UNITED:
        return low
    begin = int(len(lowered) > 2 and lowered[0] in _FEELING and opens_sentence(tokens, low))
    is_body = any(word in ORGANISATION_HEADS for word in lowered[1:]) and not any(
        word in GIVEN_NAMES for word in lowered[1:-1]
    )
    for place in range(len(lowered)):
        if place and place == len(lowered) - 1 and (lowered[place - 1] in GIVEN_NAMES or begin < place):
            break
        is_before_role = len(lowered) - place > 3 and lowered[place + 1] in SEATED
        if lowered[place] in GIVEN_NAMES and begin <= place < len(lowered) - 1 and not is_before_role:
            break
        if lowered[place] == "general" and set(lowered[place + 1 : place + 2]) & _GENERAL:
            break
        if lowered[place] in TITLES or (not is_body and is_role(lowered[place])) or lowered[place] in DEMONYMS:
            begin = place + 1 if not (is_body and lowered[place] in DEMONYMS) else begin
    if begin == 0 and lowered[0] in NATIONALITIES and len(lowered) > 2 and not is_body:
        begin = 1
    if begin == 0 and lowered[0] in GROUP_NOUNS and lowered[1] not in {"of", "for"} and opens_sentence(tokens, low):
        begin = 1
    while begin < len(lowered) and lowered[begin] == ".":
        begin += 1
    if begin == 0 and len(lowered) > 1 and _is_portfolio(tokens, low):
        begin = next((place for place in range(1, len(lowered) - 1) if _may_be_first(lowered[place])), len(lowered) - 2)
    if begin == 0 and len(lowered) > 2 and not is_body:
        begin = _before_given_name(tokens, low, lowered)
    return low + begin if begin < len(lowered) else low


def _may_be_first(word: str) -> bool:
    """Whether a person's name may begin with the word: a given name, or an initial."""
    return word in GIVEN_NAMES or (len(word) == 1 and word.isalpha())


def _is_portfolio(tokens: Sequence[Token], low: int) -> bool:
    """Whether `Minister for` stands before `Housing Ann Lee`."""
    place = low - 1
    if place > 0 and tokens[place].lower == "the":
        place -= 1
    is_linked = place > 0 and tokens[place].lower in {"for", "of"}
    return is_linked and tokens[place - 1].is_capitalised and is_role(tokens[place - 1].lower)


def _before_given_name(tokens: Sequence[Token], low: int, lowered: Sequence[str]) -> int:
    """How many words stand in front of `Joyce Vell` in `Selectwoman Joyce Vell`."""
    if lowered[0] in GIVEN_NAMES or lowered[1] in PARTICLES or tokens[low + 1].text == "&":
        return 0
    if len(lowered) == 4 and lowered[2] in GIVEN_NAMES and not {lowered[1], lowered[3]} & _NO_PARTY:
        return 2
    if len(lowered) == 3 and lowered[1] in GIVEN_NAMES and len(lowered[0]) > 1:
        return int(lowered[0] not in PLACE_STARTS and lowered[2] not in PLACE_ENDS | PARTICLES)
    is_first = opens_sentence(tokens, low)
    is_agent = is_first and AGENT.fullmatch(lowered[0]) is not None
    is_adjective = is_first and lowered[1] in GIVEN_NAMES and _ADJECTIVE.fullmatch(lowered[0]) is not None
    return int(is_agent or is_adjective or ("-" in lowered[0] and lowered[1] in GIVEN_NAMES))
