"""Speech behind a participle or `as`: `X sued Y, alleging that ...`, `X was quoted as saying ...`."""

from claims.pipeline.complement import any_finite, complement
from claims.pipeline.cues import CUE_FORMS, PARTICIPLE_CUES, Cue
from claims.pipeline.frames import Frame, leading_np, subject_before
from claims.pipeline.lexicon import ADVERBS, BE_FORMS, PREPOSITIONS, SUBJECT_PRONOUNS
from claims.pipeline.nested import taken_apart
from claims.pipeline.parts import Part, next_comma, trim
from claims.pipeline.verbs import is_cue


def participle_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`X sued Y in March, alleging that it ...`: the article's clause, then X's."""
    items = frame.items
    for index in range(low + 3, high - 2):
        is_quoted = items[index - 1].lower == "as" and any(
            item.lower in {"quoted", "cited", "reported"} for item in items[low:index]
        )
        quoted = complement(frame, index, high) if is_quoted and items[index].lower in PARTICIPLE_CUES else None
        if quoted is not None:
            return taken_apart(frame, Part(*trim(frame, quoted, high), _quoted_source(frame, low, index), index))
        if items[index].lower not in PARTICIPLE_CUES or items[index - 1].lower not in {",", "–", "—"}:
            continue
        start = complement(frame, index, high)
        source = _doer(frame, low, index - 1)
        if start is not None and source is not None and any_finite(frame, low, index - 1):
            said = Part(*trim(frame, start, high), source, index)
            return [Part(*trim(frame, low, index - 1)), *taken_apart(frame, said)]
    return []


def _quoted_source(frame: Frame, low: int, index: int) -> tuple[int, int] | None:
    """Whose words follow `as saying`: `X was quoted` or `the agency quoted X`."""
    items = frame.items
    verb = next((i for i in range(index - 1, low, -1) if items[i].lower in {"quoted", "cited", "reported"}), None)
    if verb is None or items[verb - 1].lower in BE_FORMS:
        return leading_np(frame, low, index)
    return leading_np(frame, verb + 1, index - 1)


def _doer(frame: Frame, low: int, end: int) -> tuple[int, int] | None:
    """Whom `, saying that ...` belongs to: the subject of the clause right before it (`when the League walked out`)."""
    for index in range(end - 2, low, -1):
        if frame.items[index].lower in {",", ";"}:
            break
        if frame.items[index].lower in {"when", "after", "as", "because", "while"}:
            inner = leading_np(frame, index + 1, end)
            if inner is not None and any_finite(frame, inner[1], end):
                return inner
    return leading_np(frame, low, end)


def as_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`As X points out, CLAUSE`."""
    if frame.items[low].lower != "as":
        return []
    for cue in range(low + 2, min(high - 3, low + 12)):
        if not is_cue(frame, cue) or CUE_FORMS[frame.items[cue].lower] not in {Cue.SAY, Cue.CLAUSE}:
            continue
        comma = next_comma(frame, cue, min(high, cue + 8))
        source = subject_before(frame, low + 1, cue)
        if comma is None or source is None or any_finite(frame, cue + 1, comma) or not any_finite(frame, comma, high):
            return []
        return taken_apart(frame, Part(*trim(frame, comma + 1, high), source, cue))
    return []


def is_relative(frame: Frame, low: int, index: int) -> bool:
    """Whether the verb is one of a relative clause (`an engineer who now advises investors`)."""
    place = index - 1
    while place > low and (frame.items[place].lower in ADVERBS or frame.items[place].lower in {"has", "had", "have"}):
        place -= 1
    return place > low and frame.items[place].lower in {"who", "which"}


def only_participles(frame: Frame, low: int, high: int) -> bool:
    """Whether what looks like verbs only qualifies (`suggests a study published on Thursday`)."""
    items = frame.items
    verbs = [index for index in range(low, high) if frame.finite[index]]
    return all(
        items[index].lower.endswith("ed")
        and index + 1 < high
        and items[index + 1].lower in PREPOSITIONS
        and items[index - 1].lower not in SUBJECT_PRONOUNS
        for index in verbs
    )
