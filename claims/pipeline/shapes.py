"""What the pipeline takes and returns: frozen, plain, comparable.

Every span is half-open `[start, end)` in Unicode code points of the one
immutable text that went in, and `text[start:end]` is what it quotes.
"""

from dataclasses import dataclass, field

from claims.enums import Boilerplate, ClaimantType, ClaimType, Disposition, NotAClaim, Speech

CONTEXT_CHARS = 32
"""Length of an anchor's prefix and suffix, in code points."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of the article beside its text. Dates are ISO 8601.

    `published_at` keeps the precision it was given (`2025-03-14` stays a
    date). `author` is the byline, `outlet` the publisher's name.
    """

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published_at: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is held to have made a claim, and why we think so.

    `evidence` is the chain from the words on the page to the name, one
    sentence a step, e.g. `("\"US President\" at 1122", "role of Donald
    Trump, named at 33")`. `confidence` is 0..1.
    """

    name: str
    type: ClaimantType
    confidence: float
    evidence: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a score: a phrase an editor understands, and its weight."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """Check-worthiness: calibrated probability 0..1 with its top reasons."""

    value: float
    model: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One number, date or place inside a claim, resolved where possible.

    `kind` is `number`, `date` or `place`; `value` the normalised form
    (a decimal string, an ISO 8601 date, the place's name); `unit` what the
    number counts (`percent`, `USD`, `troops`) or None.
    """

    kind: str
    start: int
    end: int
    text: str
    value: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One checkable statement, tied to its exact words.

    `speaker` None together with `speech` other than AUTHOR is a visible
    abstention: somebody said it, the pipeline does not know who. With
    speech AUTHOR the claim is in the article's own voice and `speaker` is
    None; the service puts the byline or the outlet there.
    `said_at` is ISO 8601 with the precision known, or None.
    """

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    statement: str
    speech: Speech
    claim_type: ClaimType
    score: Score
    speaker: Speaker | None = None
    venue: str | None = None
    said_at: str | None = None
    cue: str | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One sentence of the article and what became of it.

    `reason` is set for NOT_A_CLAIM and BOILERPLATE. The entries are in
    order, do not overlap, and together cover all text but white space.
    """

    start: int
    end: int
    disposition: Disposition
    reason: NotAClaim | Boilerplate | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The whole result for one text."""

    language: str
    document_date: str | None
    extractor: str
    sentences: tuple[LedgerEntry, ...] = ()
    claims: tuple[ExtractedClaim, ...] = ()
    warnings: tuple[str, ...] = field(default=())
