"""All that a page or an export shows of one published verdict, frozen.

A report version stores `to_payload()` and its digest; every rendering starts
from there. Dates are ISO 8601 text with the precision they were given
(`2025-03-14` stays a date; a time carries its UTC offset). A person of the
desk is named only in `people`, which is empty unless the desk says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from claims.enums import ClaimantType, Kind, Speech
from factcheck import canonical
from reviews.enums import Channel, CorrectionType, LinkRelation, ReportStatus, Stance, VersionKind
from reviews.reports import dates, payload

SCHEMA = "verdict-report/1"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who publishes: DESK_NAME, BASE_URL and the pages that hold its rules."""

    name: str
    url: str
    corrections_url: str
    methodology_url: str | None = None


@dataclass(frozen=True, slots=True)
class ReportClaimant:
    """Who made the claim. `same_as` is an address that identifies them."""

    name: str
    type: ClaimantType
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One place where the claim stands. `author` is the byline as printed."""

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """The claim as it was reviewed.

    `quote` is the exact words, `statement` the same said so that it stands
    alone, `headline` a shorter wording an editor gave. `claimant` None: it is
    not known who said it. `article` is the submitted article; `appearances`
    are further places (those of confirmed duplicates); `first_appearance` is
    the origin where it is known, and equals `article` when that is the origin.
    """

    quote: str
    statement: str
    claimant: ReportClaimant | None
    speech: Speech
    kind: Kind
    article: Appearance
    said_at: str | None = None
    venue: str | None = None
    headline: str | None = None
    first_appearance: Appearance | None = None
    appearances: tuple[Appearance, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaleRating:
    """One rating of a scale; `value` None when it stands outside the order."""

    label: str
    slug: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class ReportScale:
    """The version of the scale the rating was chosen from, whole."""

    name: str
    version: int
    ratings: tuple[ScaleRating, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRating:
    """The rating given. The three numbers are all there or all absent."""

    label: str
    slug: str
    scale: ReportScale
    ordered: bool
    value: int | None = None
    best: int | None = None
    worst: int | None = None


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """One numbered source. A confidential one shows its title and reason only.

    `title` of a confidential source is a description fit for the public.
    `archived_at` and `archived_sha256` tell of the copy that the desk kept when
    the report was made, `archived_url` of one in a public web archive.
    ValueError when a confidential source would give itself away.
    """

    number: int
    title: str
    stance: Stance
    url: str | None = None
    publisher: str | None = None
    excerpt: str | None = None
    locator: str | None = None
    accessed_at: str | None = None
    archived_url: str | None = None
    primary: bool = False
    independence_group: str | None = None
    confidential: bool = False
    confidential_reason: str | None = None
    archived_at: str | None = field(default=None, metadata=payload.LATER)
    archived_sha256: str | None = field(default=None, metadata=payload.LATER)

    def __post_init__(self) -> None:
        """Keep a confidential source out of everything frozen."""
        shown = (
            self.url,
            self.publisher,
            self.excerpt,
            self.locator,
            self.archived_url,
            self.archived_at,
            self.archived_sha256,
            self.independence_group,
        )
        if self.confidential and any(value is not None for value in shown):
            raise ValueError("a confidential source shows nothing but its title, stance and reason")


@dataclass(frozen=True, slots=True)
class ReportCorrection:
    """One change after publication; `from_rating` and `to_rating` are labels."""

    type: CorrectionType
    reason: str
    date: str
    from_rating: str
    to_rating: str


@dataclass(frozen=True, slots=True)
class ReportOverride:
    """A rule of the standards gate that a publisher set aside, and why."""

    rule: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class DeclaredReason:
    """Why a rule that allows a reason was met by one (no primary source...)."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportContact:
    """One attempt to reach a party; `response` None: none came."""

    party: str
    channel: Channel
    question: str
    asked_at: str
    deadline: str | None = None
    response: str | None = None
    responded_at: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A question with how it stood when the version was published. `is_awaited`:
    there was no answer, and time was left for one."""

    contact: ReportContact
    is_awaited: bool


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """Another claim reviewed apart: said versus true, or a duplicate."""

    relation: LinkRelation
    statement: str
    report_url: str | None = None
    rating_label: str | None = None


@dataclass(frozen=True, slots=True)
class ReportPerson:
    """Somebody of the desk, named because the desk says so."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """Why and when the report was taken back."""

    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class VerdictReport:
    """One version of one published verdict.

    `published_at` is the moment of the first version and never changes,
    `modified_at` that of this one; in version 1 they are equal. `url` is the
    report's public address, `summary` one sentence, `explanation` Markdown.
    `approvals`: the people who approved it, none of whom wrote for it. `status`
    is never frozen: whoever shows a report sets it while a correction is open.
    """

    desk: Desk
    slug: str
    url: str
    version: int
    kind: VersionKind
    published_at: str
    modified_at: str
    claim: ReportClaim
    rating: ReportRating
    summary: str
    explanation: str
    language: str | None = None
    evidence: tuple[ReportEvidence, ...] = ()
    corrections: tuple[ReportCorrection, ...] = ()
    overrides: tuple[ReportOverride, ...] = ()
    reasons: tuple[DeclaredReason, ...] = ()
    contacts: tuple[ReportContact, ...] = ()
    links: tuple[LinkedClaim, ...] = ()
    people: tuple[ReportPerson, ...] = ()
    retraction: Retraction | None = None
    approvals: int | None = field(default=None, metadata=payload.LATER)
    status: ReportStatus | None = field(default=None, metadata=payload.LATER)

    @property
    def standing(self) -> ReportStatus:
        """How the report stands with the public."""
        return ReportStatus.RETRACTED if self.is_retracted else self.status or ReportStatus.LIVE

    @property
    def is_under_correction(self) -> bool:
        """Whether a correction of it is being prepared."""
        return self.standing is ReportStatus.UNDER_CORRECTION

    @property
    def is_retracted(self) -> bool:
        """Whether this version is the notice that the verdict was taken back."""
        return self.kind is VersionKind.RETRACTED

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Who was asked, each with whether an answer could still come."""
        published = dates.read(self.modified_at)
        return tuple(
            Reply(
                one,
                one.response is None and one.deadline is not None and not published.is_after(dates.read(one.deadline)),
            )
            for one in self.contacts
        )

    def to_payload(self) -> dict[str, Any]:
        """JSON-able; `from_payload` gives the same report."""
        return {"schema": SCHEMA, **payload.dump(self)}

    @classmethod
    def from_payload(cls, data: Mapping[str, Any]) -> "VerdictReport":
        """The report that was stored, or PayloadError naming the place."""
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            raise payload.PayloadError("/schema", f"expected {SCHEMA}")
        return payload.load(cls, {key: value for key, value in data.items() if key != "schema"})

    def canonical_bytes(self) -> bytes:
        """The payload's one canonical spelling: what `sha256` is taken over."""
        return canonical.dumps(self.to_payload()).encode("utf-8")

    def sha256(self) -> str:
        """Hex SHA-256 of `canonical_bytes()`."""
        return canonical.digest(self.to_payload())


def withheld(evidence: ReportEvidence, *, title: str, reason: str) -> ReportEvidence:
    """The source as a confidential one: a public description and the reason."""
    return replace(
        evidence,
        title=title,
        url=None,
        publisher=None,
        excerpt=None,
        locator=None,
        archived_url=None,
        archived_at=None,
        archived_sha256=None,
        independence_group=None,
        confidential=True,
        confidential_reason=reason,
    )
