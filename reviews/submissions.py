"""What a checker hands in, and how a draft becomes it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from reviews.enums import Stance
from reviews.gate import EvidenceInput, Override, VerdictInput

TEXTS = ("rating", "summary", "explanation", "headline")


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """The archived copy of a source: characters that can be read in it (None:
    it is no text) and its media type."""

    text_length: int | None
    media_type: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One source as somebody cites it: by address, by its words, or as the
    known source with the id `source`."""

    stance: Stance | None = None
    source: int | None = None
    url: str = ""
    title: str = ""
    publisher: str = ""
    excerpt: str = ""
    locator: str = ""
    accessed_at: str | None = None
    primary: bool = False
    independence_group: str = ""
    confidential: bool = False
    confidential_reason: str = ""
    public_title: str = ""

    def for_gate(self, copy: KeptCopy | None = None, *, is_secret: bool = False) -> EvidenceInput:
        """The item as the standards gate looks at it."""
        return EvidenceInput(
            url=self.url,
            title=self.title,
            publisher=self.publisher,
            locator=self.locator,
            stance=self.stance,
            independence_group=self.independence_group,
            primary=self.primary,
            confidential=self.confidential,
            confidential_reason=self.confidential_reason,
            public_title=self.public_title,
            source=self.source,
            is_secret=is_secret,
            archived=copy is not None,
            text_length=copy.text_length if copy is not None else None,
            media_type=copy.media_type if copy is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Submission:
    """What a checker hands in. `rating` is a slug of the scale in force;
    `claimant_contacted`, `copies` and `secret` (by place in `evidence`) are what
    the desk's records say, never what is sent."""

    rating: str = ""
    summary: str = ""
    explanation: str = ""
    headline: str = ""
    evidence: tuple[EvidenceItem, ...] = ()
    overrides: tuple[Override, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    claimant_contacted: bool = False
    copies: Mapping[int, KeptCopy] = field(default_factory=dict)
    secret: Collection[int] = ()

    def for_gate(self) -> VerdictInput:
        """The submission as the standards gate looks at it."""
        return VerdictInput(
            rating=self.rating,
            summary=self.summary,
            explanation=self.explanation,
            evidence=tuple(
                item.for_gate(self.copies.get(place), is_secret=place in self.secret)
                for place, item in enumerate(self.evidence)
            ),
            reasons=self.reasons,
            claimant_contacted=self.claimant_contacted,
        )


def submission_of(content: Mapping[str, Any]) -> Submission:
    """What a draft would submit as it stands; what it lacks is empty."""
    texts = {name: str(content.get(name) or "") for name in TEXTS}
    return Submission(
        rating=texts["rating"],
        summary=texts["summary"],
        explanation=texts["explanation"],
        headline=texts["headline"],
        evidence=tuple(item_of(item) for item in content.get("evidence") or ()),
        overrides=tuple(
            Override(str(one.get("rule") or ""), str(one.get("reason") or "")) for one in content.get("overrides") or ()
        ),
        reasons={str(rule): str(reason) for rule, reason in (content.get("reasons") or {}).items()},
    )


def item_of(content: Mapping[str, Any]) -> EvidenceItem:
    """One source of a draft or a submission; null counts as absent."""
    given = {name: value for name, value in content.items() if value is not None}
    stance = given.pop("stance", "")
    known = {field.name for field in fields(EvidenceItem)}
    return EvidenceItem(
        stance=Stance(stance) if stance in set(Stance) else None,
        **{name: value for name, value in given.items() if name in known},
    )
