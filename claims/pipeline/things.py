"""What `it` or `the consultancy` takes up when nothing tells that a printed name is a body's."""

from claims.pipeline.answers import body_of, is_place
from claims.pipeline.cues import CUE_FORMS
from claims.pipeline.discourse import Discourse
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.leads import is_role
from claims.pipeline.name_forms import PLACE_ENDS
from claims.pipeline.names import GROUP_NOUNS, NATIONALITIES, ORGANISATION_HEADS
from claims.pipeline.register import Entry, Naming, Register
from claims.pipeline.runs import COMMON, NOT_NAMES

_REACH = 2
_KINDS = ORGANISATION_HEADS | GROUP_NOUNS
_PLACING = (" in ", " at ", " near ", " across ", " into ", " around ", " outside ", " on ", " the ", " off ")


def is_thing(entry: Entry) -> bool:
    """Whether `it` may mean the entry: a body, or a name that nothing but its two words makes a person."""
    is_unknown = not entry.gender and not entry.roles and entry.words[0] not in GIVEN_NAMES
    return entry.is_body or (entry.is_person and is_unknown)


def thing_before(discourse: Discourse, register: Register, text: str, place: int) -> Entry | None:
    """The one name of the nearest sentence before a place that may be a body's, its kind untold; None when unsure."""
    here = discourse.sentence_at(place)
    for number in range(here, max(-1, here - _REACH - 1), -1):
        start, verb = discourse.sentence_start(number), discourse.subject_span(number)[1]
        near = [naming for naming in register.between(start, place) if not discourse.is_quoted(naming.run.start)]
        named = [naming for naming in near if discourse.sentence_at(naming.run.start) == number]
        if not named:
            continue
        found = [naming for naming in named if may_be_body(naming, text)]
        is_told = any(naming.entries and naming.entries[0].is_person and naming not in found for naming in named)
        if is_told or len({naming.run.words for naming in found}) != 1:
            return None
        naming = found[0]
        is_agent = start <= naming.run.start < verb or _is_source(text, naming)
        entry = naming.entries[0] if naming.entries else body_of(naming)
        return entry if is_agent and _KINDS.isdisjoint(entry.words) and not entry.kinds else None
    return None


def _is_source(text: str, naming: Naming) -> bool:
    """Whether a verb of saying, `to`, `by` or `for` stands beside the name."""
    before = text[max(0, naming.run.start - 20) : naming.run.start].split()[-1:]
    after = text[naming.run.end : naming.run.end + 20].split()[:1]
    beside = {word.strip(',.”"').lower() for word in (*before, *after)}
    return bool(beside & (CUE_FORMS.keys() | {"to", "by", "for"}))


def may_be_body(naming: Naming, text: str) -> bool:
    """Whether a printed name may be a body's: no place, no plain word with a capital, nobody known."""
    run = naming.run
    if len(naming.entries) > 1 or run.lead or is_place(naming) or run.words[-1] in NATIONALITIES:
        return False
    if naming.entries and not is_thing(naming.entries[0]):
        return False
    if len(run.words) > 1 and run.words[-1] in PLACE_ENDS:
        return False
    is_word = len(run.words) == 1 and (run.words[0] in COMMON or run.words[0] in NOT_NAMES or is_role(run.words[0]))
    is_first_word = len(run.words) == 1 and run.is_initial and run.words[0].endswith("s") and not naming.entries
    is_placed = not naming.entries and text[max(0, run.start - 9) : run.start].endswith(_PLACING)
    return not (is_word or is_first_word or is_placed)
