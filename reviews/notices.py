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
from reviews.contributions import contributors
from reviews.enums import Action, Decision, ReviewStatus
from reviews.models import Approval, Comment, ContactAttempt, Notice, NoticeChoice, Review, Suggestion, Verdict
from reviews.policies import Permission

Ids = set[int | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event that people are told of: `words` go on from who did it,
    the same for all or made for the account that reads them; `whom` names the
    accounts it concerns; `only_if` says of a payload that it concerns anybody,
    and saves the job where it does not."""

    words: str | Callable[[Event, int], str]
    whom: Callable[[Event, Review], Ids]
    only_if: Callable[[Mapping[str, Any]], bool] | None = None


def _author(event: Event, _review: Review) -> Ids:
    """Who wrote the verdict that the event is about."""
    found = Verdict.objects.filter(pk=event.payload.get("verdict") or 0)
    return set(found.values_list("author", flat=True))


def _former_holder(event: Event, _review: Review) -> Ids:
    return {event.payload.get("former_holder")}


def _responsible(_event: Event, review: Review) -> Ids:
    """Who has the review: the holder of a live lease, and the assignee; when
    nobody has who can still work, those who could give it to somebody."""
    has = [pk for pk in (_holder(review), review.assignee_id) if pk is not None]
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
    those = (*found.values_list("recorded_by", flat=True), _holder(review), review.assignee_id)
    there = _able(Permission.READ_DESK).filter(pk__in=[pk for pk in those if pk is not None])
    return _ids(there) or _those_who_assign()


def _those_who_answered_for(_event: Event, review: Review) -> Ids:
    """Authors and approvers of the report that is to be corrected or is gone."""
    rows = Verdict.objects.filter(report_versions__report__review=review)
    return {*rows.values_list("author", flat=True), *rows.values_list("approvals__approver", flat=True)}


def _suggester(event: Event, _review: Review) -> Ids:
    return set(Suggestion.objects.filter(pk=event.payload.get("suggestion") or 0).values_list("author", flat=True))


def _assignee(event: Event, _review: Review) -> Ids:
    return {event.payload.get("assignee")}


def _assigned(event: Event, _review: Review) -> Ids:
    """To whom it was given, and from whom it was taken by that: who worked on
    it, and who was to."""
    to = event.payload.get("assignee")
    return {to, event.payload.get("holder"), event.payload.get("before")} if to is not None else set()


def _assigned_words(event: Event, reader: int) -> str:
    if event.payload.get("assignee") == reader:
        return "assigned a review to you"
    return "assigned a review that you had to somebody else"


def _is_anothers(payload: Mapping[str, Any]) -> bool:
    """Whether a review was taken that is assigned to somebody else."""
    return payload.get("assignee") not in {None, payload.get("holder")}


def _lost_it(event: Event, review: Review) -> Ids:
    """Who worked on a review that is given up, was to, or wrote for it."""
    return {event.payload.get("former_holder"), review.assignee_id} | _author(event, review)


def _approvers(event: Event, review: Review) -> Ids:
    """Who may still approve a verdict that waits: open accounts that wrote
    nothing for its text and have not decided."""
    verdict = event.payload.get("verdict")
    if review.verdict_id != verdict or review.status != ReviewStatus.IN_APPROVAL.value:
        return set()
    decided = Approval.objects.filter(verdict=verdict).values_list("approver", flat=True)
    return _ids(_able(Action.APPROVE)) - contributors(review) - set(decided)


def _after_approval(event: Event, review: Review) -> Ids:
    """The author; and while more approvals are wanted, who may still give one."""
    return _author(event, review) | (set() if event.payload.get("quorum") else _approvers(event, review))


def _approved_words(event: Event, _reader: int) -> str:
    return (
        "approved the verdict" if event.payload.get("quorum") else "approved the verdict; it waits for another approval"
    )


def _those_who_approved(event: Event, review: Review) -> Ids:
    """Author and approvers of a text that is opened again."""
    stood = {"verdict": event.payload.get("verdict") or 0, "decision": Decision.APPROVE.value}
    return _author(event, review) | set(Approval.objects.filter(**stood).values_list("approver", flat=True))


def _those_who_wait_for_a_reply(event: Event, review: Review) -> Ids:
    """Who asked, who has the review, and who wrote its newest verdict."""
    newest = Verdict.objects.filter(review=review).order_by("-revision").values_list("author", flat=True)[:1]
    return _asked(event, review) | {*newest}


def _lost_report(event: Event, review: Review) -> Ids:
    """Who answered for a report that is gone, and whose work on it ended with that."""
    return _those_who_answered_for(event, review) | {event.payload.get("former_holder")}


def _who_mends(event: Event, review: Review) -> Ids:
    """The author; when their account cannot write any more, those who could
    give the review to somebody."""
    able = _able(Permission.DRAFT).filter(pk__in=[pk for pk in _author(event, review) if pk is not None])
    return _ids(able) or _those_who_assign()


def _changes_words(event: Event, reader: int) -> str:
    if Verdict.objects.filter(pk=event.payload.get("verdict") or 0, author=reader).exists():
        return "requested changes of your verdict"
    return "requested changes of a verdict whose author no longer works here: give it to somebody"


def _who_cited(event: Event, review: Review) -> Ids:
    """Who works on the review, spoke in it, or answered for its report."""
    return _everybody_on_it(event, review) | _those_who_answered_for(event, review)


KINDS: Mapping[str, Kind] = {
    "review.taken_over": Kind("took over what you were working on; your draft is kept", _former_holder),
    "review.lease_expired": Kind("noted that your lease has run out; your draft is kept", _former_holder),
    "review.changes_requested": Kind(_changes_words, _who_mends),
    "review.submitted": Kind("submitted a verdict; it waits for approval", _approvers),
    "review.approved": Kind(_approved_words, _after_approval),
    "review.revised": Kind("opened an approved text again; its approvals no longer count", _those_who_approved),
    "review.dropped": Kind("dropped a review that you had; drafts are kept", _lost_it),
    "review.taken": Kind("took a review assigned to you", _assignee, only_if=_is_anothers),
    "review.overdue": Kind("noted that the deadline has passed", _responsible),
    "review.due_soon": Kind("noted that the deadline is near", _responsible),
    "review.replied": Kind("recorded a reply to what was asked", _those_who_wait_for_a_reply),
    "review.reply_overdue": Kind("noted that no reply came by the deadline", _asked),
    "review.correction_opened": Kind("opened a correction of a report you answered for", _those_who_answered_for),
    "report.retracted": Kind("retracted a report you answered for or worked on", _lost_report),
    "review.commented": Kind("commented on your review", _everybody_on_it),
    "review.suggested": Kind("suggested other words for your verdict", _author),
    "review.suggestion_accepted": Kind("accepted your suggestion", _suggester),
    "review.source_erased": Kind(
        "erased what a source of your verdict was; its number and description stay", _who_cited
    ),
    "review.assigned": Kind(_assigned_words, _assigned),
}
"""Every event that makes notices. Submitting lies on a hot path: there it costs
the row of one job, which finds out whom it concerns."""


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
    words = KINDS[notice.event.type].words
    said = words if isinstance(words, str) else words(notice.event, notice.person_id)
    return f"{who} {said}: review {notice.review_id}."


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
