"""What the screens read, in a number of statements that no row count changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest, Substr
from django.urls import reverse

from claims.models import ArticleRevision, Claim
from claims.selectors import MAX_ID
from factcheck.accounts.models import User
from factcheck.errors import NotFound
from reviews import policies, selectors
from reviews.contacts import claimant_was_asked, somebody_was_asked
from reviews.contributions import contributed
from reviews.desk.highlights import Mark
from reviews.enums import STILL_OPEN, Action, ReviewStatus
from reviews.models import Approval, Review, Suggestion

CONTEXT = 400
"""Code points of the article shown before and after a claim in a list."""

SOON = timedelta(minutes=5)


def seen_by(reader: User) -> QuerySet[Any]:
    """Reviews with what the reader did for their present text."""
    rows: QuerySet[Any] = selectors.reviews().annotate(
        contributed=contributed(reader, review="pk"),
        decided=Exists(Approval.objects.filter(verdict=OuterRef("verdict"), approver=reader)),
    )
    return rows


def workspace(pk: int, reader: User) -> Any:
    """One review as `seen_by` reads it, or NotFound; `asked`: a question to the
    claimant is on record; `suggested`: other words were suggested."""
    suggested = Exists(Suggestion.objects.filter(verdict__review=OuterRef("pk")))
    asked = {"asked": somebody_was_asked(), "asked_claimant": claimant_was_asked()}
    rows = seen_by(reader).annotate(**asked, suggested=suggested)
    found = rows.filter(pk=pk).first() if pk < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no review {pk}")
    return found


def for_decision(reader: User) -> QuerySet[Any]:
    """Reviews whose verdict waits for approval, as `seen_by` reads them."""
    return seen_by(reader).filter(status=ReviewStatus.IN_APPROVAL.value)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on a review now; `left_by` had a lease that ran out."""

    holder: str
    is_mine: bool
    is_live: bool
    ends_at: datetime
    minutes: int

    @property
    def is_ending(self) -> bool:
        """Whether it ends within five minutes."""
        return self.is_live and self.minutes < SOON.seconds // 60


def lease_of(review: Any, reader: User) -> Lease | None:
    """The lease of a review, also one that has run out; None when nobody took it."""
    if review.lease_holder is None or review.lease_expires_at is None:
        return None
    left = review.lease_expires_at - review.read_at
    return Lease(
        holder=review.lease_holder.username,
        is_mine=review.lease_holder_id == reader.pk,
        is_live=left > timedelta(0),
        ends_at=review.lease_expires_at,
        minutes=max(0, int(left.total_seconds() // 60)),
    )


def text_of(revision_id: int) -> ArticleRevision:
    """A revision with its text, and the number of the article's newest one."""
    newest = ArticleRevision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    return ArticleRevision.objects.annotate(newest=newest).get(pk=revision_id)


def claims_in(revision_id: int) -> QuerySet[Claim]:
    """Claims that stand in a revision, in the text's order, with their review."""
    return (
        Claim.objects.filter(superseded_at__isnull=True, anchor__revision=revision_id)
        .select_related("anchor", "claimant", "review")
        .order_by("anchor__start", "anchor__end", "pk")
    )


def address_of(claim: Claim) -> str:
    """Where a claim is worked on: its review, else its place on the article's page."""
    review = getattr(claim, "review", None)
    if review is not None:
        return f"{reverse('desk:review', args=[review.pk])}#text-{claim.pk}"
    return f"{reverse('desk:article', args=[claim.article_id])}#claim-{claim.pk}"


def marks_of(
    claims: Sequence[Claim], *, current: int | None = None, addresses: dict[int, str] | None = None
) -> list[Mark]:
    """The claims as marks of the text, numbered in order."""
    marks = []
    for number, claim in enumerate(claims, start=1):
        anchor = claim.anchor
        if anchor is None:
            continue
        who = claim.claimant.name if claim.claimant else "claimant not known"
        marks.append(
            Mark(
                start=anchor.start,
                end=anchor.end,
                claim=claim.pk,
                number=number,
                address=(addresses or {}).get(claim.pk) or address_of(claim),
                title=f"Claim {number}, {claim.triage} ({who})",
                triage=claim.triage,
                is_current=claim.pk == current,
            )
        )
    return marks


def with_context(reviews: QuerySet[Any]) -> QuerySet[Any]:
    """Reviews with the words around their claims, cut out by the database."""
    text = "claim__anchor__revision__text"
    first = Greatest(F("claim__anchor__start") + Value(1 - CONTEXT), Value(1))
    rows: QuerySet[Any] = reviews.annotate(
        before=Substr(text, first, F("claim__anchor__start") + Value(1) - first),
        after=Substr(text, F("claim__anchor__end") + Value(1), CONTEXT),
    )
    return rows


def people_who_check() -> list[User]:
    """Accounts that may work on reviews."""
    able = [role.value for role in policies.roles_for(Action.TAKE)]
    return list(User.objects.filter(is_active=True, groups__name__in=able).distinct().order_by("username"))


def mine(reader: User) -> Q:
    """Reviews that wait for this person: taken, assigned, or submitted by them."""
    return Q(lease_holder=reader) | Q(assignee=reader) | Q(verdict__author=reader)


def is_contributor(review: Any) -> bool:
    """Whether the reader of `workspace` contributed to the text."""
    return bool(review.contributed)


def open_reviews() -> QuerySet[Review]:
    """Reviews that still need somebody's work."""
    return Review.objects.filter(status__in=STILL_OPEN)
