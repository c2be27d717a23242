"""Whether two names mean the same claimant."""

import re
from typing import Final

_COURTESY: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady"}) | {
    *("president", "prime", "minister", "senator", "governor", "judge", "justice", "the", "hon", "rev", "captain"),
    *("general", "colonel", "councillor", "cllr", "inspector", "sergeant", "chief"),
}
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "kc", "qc", "mp", "phd", "md", "inc", "ltd", "plc", "llc"})


def agree(left: str, right: str) -> bool:
    """True when the last words are equal and no first name conflicts.

    Courtesy titles, case, accents' apostrophes and middle names do not
    count: "Volodymyr Zelensky" agrees with "Zelensky" and "Mr Zelensky",
    not with "Olena Zelensky". A shorter name that ends the longer one agrees:
    "Foreign Ministry" with "Ecuador's Foreign Ministry".
    """
    one, other = _words(left), _words(right)
    if not one or not other:
        return left.strip().casefold() == right.strip().casefold()
    if one[-1] != other[-1]:
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    first, second = one[0], other[0]
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _words(name: str) -> list[str]:
    """The words of a name that tell people apart, lower case."""
    plain = re.sub(r"'s\b", "", name.casefold().replace("’", "'"))
    words = [word.strip(".,") for word in re.findall(r"[^\s,()]+", plain)]
    kept = [word for word in words if word and word not in _COURTESY and word not in _SUFFIXES]
    return kept or [word for word in words if word]
