"""A Speaker made from what the register knows of a person or a body."""

from dataclasses import replace

from claims.enums import ClaimantType
from claims.pipeline.names import DEMONYMS, NATIONALITIES, ORGANISATION_HEADS, PLACE_STARTS
from claims.pipeline.register import Entry, Naming
from claims.pipeline.shapes import Speaker


def again(speaker: Speaker, confidence: float, step: str) -> Speaker:
    """The same speaker, with a reason why again."""
    return replace(speaker, confidence=min(speaker.confidence, confidence), evidence=(*speaker.evidence, step))


def speaker_of(entry: Entry, confidence: float, evidence: tuple[str, ...]) -> Speaker:
    """A Speaker for a person or a body."""
    if entry.is_person and not entry.is_body:
        return person_of(entry, confidence, evidence)
    return Speaker(entry.name, ClaimantType.ORGANIZATION, confidence, (*evidence, f"{entry.name}, named in the text"))


def person_of(entry: Entry, confidence: float, evidence: tuple[str, ...]) -> Speaker:
    """A Speaker for a person; the longest description becomes its description."""
    description = max(entry.descriptions, key=len) if entry.descriptions else None
    steps = (*evidence, f"{entry.name}, named at {entry.first}")
    return Speaker(entry.name, ClaimantType.PERSON, confidence, steps, description)


def is_place(naming: Naming) -> bool:
    """Whether the name is a country's or nothing is known of it but one word after `of`."""
    last = naming.run.words[-1]
    is_national = len(naming.run.words) > 1 and bool(naming.entries) and naming.entries[0].is_body
    if any(word in ORGANISATION_HEADS for word in naming.run.words) or is_national:
        return False
    is_people = last in NATIONALITIES or last.removesuffix("s") in NATIONALITIES
    return last in DEMONYMS or naming.run.words[0] in PLACE_STARTS or (is_people and len(naming.run.words) == 1)


def body_of(naming: Naming) -> Entry:
    """An entry for a body that nothing else tells of."""
    return Entry(naming.run.name, naming.run.words, is_body=True)
