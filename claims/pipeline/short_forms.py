"""Whether a printed name can be a shorter way to print a longer one: surnames, given names, initials, `the League`."""

from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.lexicon import words
from claims.pipeline.names import ORGANISATION_HEADS, PLACE_STARTS

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


def is_short_body(name: tuple[str, ...], whole: tuple[str, ...], *, is_body: bool) -> bool:
    """Whether the words are a usual short form of a body: its beginning, or its initials."""
    if len(name) > 1:
        return is_first(name, whole)
    if name[0] not in whole:
        return is_body
    if name[0] == whole[-1] and name[0] in ORGANISATION_HEADS:
        return True
    return is_first(name, whole) and name[0] not in _NO_SHORT_BODY and not _PLACED & set(whole)
