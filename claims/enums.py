"""The closed vocabularies of claims: one place, no Django, no I/O.

The values are what the database, the API and the exports show.
"""

from enum import StrEnum


class Disposition(StrEnum):
    """What became of one sentence of the ledger."""

    CLAIM = "claim"
    NOT_A_CLAIM = "not_a_claim"
    BOILERPLATE = "boilerplate"
    UNREVIEWED = "unreviewed"


class NotAClaim(StrEnum):
    """Why a sentence holds no checkable statement."""

    OPINION = "opinion"
    QUESTION = "question"
    EXHORTATION = "exhortation"
    WISH = "wish"
    PREDICTION = "prediction"
    PROMISE = "promise"
    GREETING = "greeting"
    FRAGMENT = "fragment"
    EXPERIENCE = "experience"
    OTHER = "other"


class Boilerplate(StrEnum):
    """What kind of furniture a sentence is."""

    AD = "ad"
    RELATED_LINK = "related_link"
    CREDIT = "credit"
    DATELINE = "dateline"
    HEADING = "heading"
    CAPTION = "caption"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    TIMESTAMP = "timestamp"
    PULL_QUOTE = "pull_quote"
    BYLINE = "byline"
    CONTACT = "contact"


class Speech(StrEnum):
    """How the claim reaches the reader."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    AUTHOR = "author"


class Kind(StrEnum):
    """What is claimed: "it is so", or "X said it"."""

    CONTENT = "content"
    ATTRIBUTION = "attribution"


class ClaimType(StrEnum):
    """The main kind of fact a claim states."""

    NUMERIC = "numeric"
    EVENT = "event"
    QUOTE = "quote"
    CAUSAL = "causal"
    COMPARISON = "comparison"
    RECORD = "record"


class ClaimantType(StrEnum):
    """schema.org types a claimant may have."""

    PERSON = "Person"
    ORGANIZATION = "Organization"


class ArticleStatus(StrEnum):
    """How far an article is; `fetching` while it has no text yet."""

    FETCHING = "fetching"
    RECEIVED = "received"
    EXTRACTING = "extracting"
    READY = "ready"
    FAILED = "failed"


class FetchState(StrEnum):
    """How the last attempt went to get an article's text from its address."""

    FETCHING = "fetching"
    FETCHED = "fetched"
    FAILED = "failed"


class RowState(StrEnum):
    """What became of one row of a bulk file."""

    WAITING = "waiting"
    CREATED = "created"
    REVISED = "revised"
    KNOWN = "known"
    REFUSED = "refused"


class Triage(StrEnum):
    """Whether a claim goes to review."""

    SUGGESTED = "suggested"
    SELECTED = "selected"
    DISMISSED = "dismissed"
    DUPLICATE = "duplicate"


class Hold(StrEnum):
    """What holds a claim: a `review` is working on it, or a `report` on it is
    public, so that a change needs a correction. Under a `correction` the claim
    may be changed, but its article cannot be withdrawn."""

    REVIEW = "review"
    REPORT = "report"
    CORRECTION = "correction"


class Placement(StrEnum):
    """Whether a claim's words are found in the newest text of its article."""

    PLACED = "placed"
    NEEDS_CONFIRMATION = "needs_confirmation"
    ORPHANED = "orphaned"
