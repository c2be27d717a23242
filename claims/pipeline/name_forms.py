"""What the words of a printed name alone tell: a person, a body, or a shorter way to print a longer name."""

from claims.pipeline.given_names import FAMILY_NAMES, GIVEN_NAMES
from claims.pipeline.lexicon import words
from claims.pipeline.names import DEMONYMS, FIRM_ENDS, ORGANISATION_HEADS, PLACE_STARTS

PLACE_ENDS = words(
    "street lane road avenue square park river creek hill lake island islands bridge valley bay beach mountain forest "
    "county town village city gardens close drive way court place hall house tower station farm estate"
)
_NO_SHORT_BODY = PLACE_STARTS | GIVEN_NAMES
_PLACED = words(
    "police council university hospital court county city borough department school college airport constabulary "
    "infirmary cathedral diocese museum authority district"
)
"""Bodies that are named by their place, which alone names no body (`Peoria Police Department`)."""

_SMALL = frozenset({"of", "for", "the", "and", "&"})
_WHO = ("world", "health", "organization")


def initials_of(name: tuple[str, ...]) -> tuple[str, ...]:
    """The initials that may stand for a body's name, the small words left out or kept (`DfE`)."""
    if name[:3] == _WHO:
        return ("w.h.o",)
    found = ("".join(word[0] for word in name if word not in _SMALL), "".join(word[0] for word in name))
    return tuple(initials for initials in dict.fromkeys(found) if len(initials) > 1)


def is_part(name: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the words stand in the longer name in the same order, or are its initials."""
    rest = iter(whole)
    return len(name) == 1 or (name[0] in whole and all(word in rest for word in name))


def is_surname(name: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the printed words end the full name."""
    return whole[-len(name) :] == name


def is_first(name: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the printed words begin the full name."""
    return whole[: len(name)] == name


def is_family_first(name: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the one word is the family name in front of a Chinese, Korean or Vietnamese name (`Li` of `Li Wei`)."""
    return len(name) == 1 and whole[0] == name[0] and name[0] in FAMILY_NAMES and len(whole) in {2, 3}


def is_short_body(name: tuple[str, ...], whole: tuple[str, ...], *, is_body: bool) -> bool:
    """Whether the words are a usual short form of a body: its beginning, or its initials."""
    if len(name) > 1:
        return is_first(name, whole)
    if name[0] not in whole:
        return is_body
    if name[0] == whole[-1] and name[0] in ORGANISATION_HEADS:
        return True
    return is_first(name, whole) and name[0] not in _NO_SHORT_BODY and not _PLACED & set(whole)


def person_by_form(name: tuple[str, ...]) -> int:
    """What the words alone say for a person."""
    if any(word in ORGANISATION_HEADS for word in name[1:]) or name[0] in PLACE_STARTS:
        return -3 if name[0] not in GIVEN_NAMES else 0
    if len(name) == 1:
        return 1 if name[0] in GIVEN_NAMES else 0
    is_given = name[0].split("-")[0] in GIVEN_NAMES and len(name) <= 4 and name[-1] not in PLACE_ENDS
    is_given = is_given or (name[0] in FAMILY_NAMES and ("-" in name[-1] or name[-1] in GIVEN_NAMES))
    is_given = is_given or (len(name) in {2, 3} and len(name[-1]) > 2 and all(len(word) == 1 for word in name[:-1]))
    return 3 * is_given + (1 if len(name) in {2, 3} else 0)


def body_by_form(printed: str, name: tuple[str, ...]) -> int:
    """What the words alone say for a body."""
    has_head = any(word in ORGANISATION_HEADS for word in name)
    is_person_like = name[0] in GIVEN_NAMES and len(name) == 2
    is_acronym = len(name) == 1 and printed.isupper() and 2 <= len(printed) <= 6
    is_linked = any(word in {"of", "for", "the"} for word in name)
    is_firm = len(name) > 1 and name[-1] in FIRM_ENDS
    is_national = len(name) > 1 and _is_country(name) and name[0] not in GIVEN_NAMES
    return (
        (1 if is_person_like else 5 if len(name) > 1 else 2) * has_head
        + 3 * is_acronym
        + 2 * is_linked
        + 3 * is_national
        + 4 * is_firm
    )


def _is_country(name: tuple[str, ...]) -> bool:
    """Whether a country ends the name (`Statistics Poland`, `Netball New Zealand`)."""
    return name[-1] in DEMONYMS or name[-2:] in {("new", "zealand"), ("south", "africa"), ("northern", "ireland")}
