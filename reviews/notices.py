"""Reading notices: whom an event concerns, the words, a person's list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from factcheck.accounts.models import User
from factcheck.audit.models import AuditEvent
from factcheck.clock import db_now
from factcheck.events.models import Event
from reviews import policies
from reviews.enums import Action
from reviews.models import Comment, ContactAttempt, Notice, NoticeChoice, Review, Suggestion, Verdict
from reviews.policies import Permission

Ids = set[int | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event that people are told of: `words` go on from who did
    it, and `whom` names the accounts it concerns."""

    words: str
    whom: Callable[[Event, Review], Ids]


def _author(event: Event, _review: Review) -> Ids:
    """Who wrote the verdict that the event is about."""
    found = Verdict.objects.filter(pk=event.payload.get("verdict") or 0)
    return set(found.values_list("author", flat=True))


def _former_holder(event: Event, _review: Review) -> Ids:
    return {event.payload.get("former_holder")}


def _responsible(_event: Event, review: Review) -> Ids:
    """Who has the review: the holder of a live lease, and the assignee; when
    nobody has who can still work, those who could give it to somebody."""
    has = {_holder(review), review.assignee_id} - {None}
    return _ids(_able(Permission.READ_DESK).filter(pk__in=has)) or _those_who_assign()


def _holder(review: Review) -> int | None:
    """Who holds a live lease now."""
    is_live = review.lease_expires_at is not None and review.lease_expires_at > db_now()
    return review.lease_holder_id if is_live else None


def _able(right: Action | Permission) -> QuerySet[User]:
    """Open accounts whose role grants it."""
    names = [role.value for role in policies.roles_for(right)]
    return User.objects.filter(is_active=True, groups__name__in=names).distinct()


def _ids(people: QuerySet[User]) -> Ids:
    return set(people.values_list("pk", flat=True))


def _those_who_assign() -> Ids:
    return _ids(_able(Action.ASSIGN))


def _everybody_on_it(event: Event, review: Review) -> Ids:
    """Whose words the event may be about: author of the newest verdict,
    holder, assignee, and who spoke before."""
    newest = Verdict.objects.filter(review=review).order_by("-revision").values_list("author", flat=True)[:1]
    spoke = Comment.objects.filter(review=review, at__lt=event.at).values_list("author", flat=True)
    return {*newest, *spoke, review.lease_holder_id, review.assignee_id}


def _asked(event: Event, review: Review) -> Ids:
    """Who recorded the question, and who has the review; when all are gone,
    those who could give it to somebody."""
    found = ContactAttempt.objects.filter(pk=event.payload.get("contact") or 0)
    those = {*found.values_list("recorded_by", flat=True), _holder(review), review.assignee_id} - {None}
    return _ids(_able(Permission.READ_DESK).filter(pk__in=those)) or _those_who_assign()


def _those_who_answered_for(_event: Event, review: Review) -> Ids:
    """Authors and approvers of the report that is to be corrected or is gone."""
    rows = Verdict.objects.filter(report_versions__report__review=review)
    return {*rows.values_list("author", flat=True), *rows.values_list("approvals__approver", flat=True)}


def _suggester(event: Event, _review: Review) -> Ids:
    return set(Suggestion.objects.filter(pk=event.payload.get("suggestion") or 0).values_list("author", flat=True))


def _assignee(event: Event, _review: Review) -> Ids:
    return {event.payload.get("assignee")}


KINDS: Mapping[str, Kind] = {
    "review.taken_over": Kind("took over what you were working on; your draft is kept", _former_holder),
    "review.lease_expired": Kind("noted that your lease has run out; your draft is kept", _former_holder),
    "review.changes_requested": Kind("requested changes of your verdict", _author),
    "review.approved": Kind("approved your verdict", _author),
    "review.overdue": Kind("noted that the deadline has passed", _responsible),
    "review.due_soon": Kind("noted that the deadline is near", _responsible),
    "review.reply_overdue": Kind("noted that no reply came by the deadline", _asked),
    "review.correction_opened": Kind("opened a correction of a report you answered for", _those_who_answered_for),
    "report.retracted": Kind("retracted a report you answered for", _those_who_answered_for),
    "review.commented": Kind("commented on your review", _everybody_on_it),
    "review.suggested": Kind("suggested other words for your verdict", _author),
    "review.suggestion_accepted": Kind("accepted your suggestion", _suggester),
    "review.assigned": Kind("assigned a review to you", _assignee),
}
"""Every event that makes notices. None of them lies on a hot path."""


def who_did(event: Event) -> int | None:
    """The account whose action the event tells of; None: the desk itself."""
    told = AuditEvent.objects.filter(
        subject_type=event.subject_type, subject_id=event.subject_id, action=event.type, at=event.at
    )
    return told.order_by("-seq").values_list("actor", flat=True).first()


def of(person: User, *, unread: bool = False) -> QuerySet[Notice]:
    """A person's notices with what `shown` needs."""
    rows = Notice.objects.filter(person=person).select_related("event", "by", "review__claim")
    return rows.filter(read_at__isnull=True) if unread else rows


def unread_count(person: User) -> int:
    """How many the person has not read."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def wants_mail(person: User) -> bool:
    """Whether mail may go to this person."""
    if not person.email or not person.is_active:
        return False
    return not NoticeChoice.objects.filter(Q(by_mail=False), person=person).exists()


def sentence(notice: Notice) -> str:
    """The notice in one sentence, without a word of the claim."""
    who = notice.by.username if notice.by else "The desk"
    return f"{who} {KINDS[notice.event.type].words}: review {notice.review_id}."


def address(notice: Notice) -> str:
    """Where to go, whole."""
    return f"{settings.BASE_URL}/admin/review/{notice.review_id}/"


def shown(notice: Notice) -> dict[str, Any]:
    """A notice as the API shows it."""
    return {
        "id": notice.pk,
        "type": notice.event.type,
        "review": notice.review_id,
        "by": notice.by.username if notice.by else None,
        "text": sentence(notice),
        "claim": notice.review.claim.statement,
        "url": address(notice),
        "at": notice.at,
        "read_at": notice.read_at,
    }
