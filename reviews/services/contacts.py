"""Right of reply: questions to those concerned, their answers, the reminder."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from claims.selectors import MAX_ID
from factcheck.accounts.models import User
from factcheck.audit import history, personal
from factcheck.audit.models import PersonalDetail
from factcheck.errors import Invalid, NotFound
from factcheck.events.emitting import emit
from factcheck.jobs import outbox
from reviews.enums import STILL_OPEN, Channel
from reviews.gate import says_something
from reviews.models import ContactAttempt, ContactResponse
from reviews.policies import Permission
from reviews.services.moves import Seen, payload_of, permit, see

REMINDER = "reviews.remind_of_reply"
SUBJECT = "reviews.Review"
LONGEST = timedelta(days=366)
AT_NEXT_SWEEP = timedelta(seconds=1)
"""How soon the desk is reminded of a deadline that had passed when it was recorded."""
PERSON, PARTY, QUESTION, RESPONSE = "contact", "contact_party", "contact_question", "contact_response"
"""Kinds of personal details."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom, `is_claimant`: of the claimant. `party` and `text` are shown to the public, `person`
    is a name and address for the desk. All are kept apart to be erasable."""

    party: str
    channel: Channel
    text: str
    person: str = ""
    asked_at: datetime | None = None
    deadline: datetime | None = None
    is_claimant: bool = False


@transaction.atomic
def ask(*, review_id: int, question: Question, actor: User) -> ContactAttempt:
    """Record that a party was asked. With a deadline, the desk is reminded
    when it passes unanswered."""
    permit(actor, Permission.RECORD_CONTACT)
    seen = see(review_id)
    asked_at = question.asked_at or seen.at
    _require_whole(question, asked_at, seen.at)
    party = _keep(seen, PARTY, question.party.strip())
    person = _keep(seen, PERSON, question.person.strip()) if says_something(question.person) else None
    words = _keep(seen, QUESTION, question.text)
    attempt = ContactAttempt.objects.create(
        review=seen.review,
        party_detail=party,
        person=person,
        is_claimant=question.is_claimant,
        channel=question.channel.value,
        question_detail=words,
        asked_at=asked_at,
        deadline=question.deadline,
        recorded_by=actor,
        at=seen.at,
    )
    told = {"contact": attempt.pk, "channel": attempt.channel, "is_claimant": attempt.is_claimant}
    rows = [attempt, party, words, *([person] if person is not None else [])]
    history.record(subject=seen.review, action="review.contacted", actor=actor, data=told, rows=rows, at=seen.at)
    _emit("review.contacted", seen, attempt)
    if question.deadline is not None:
        outbox.enqueue(REMINDER, attempt.pk, delay=max(question.deadline - seen.at, AT_NEXT_SWEEP), at=seen.at)
    return attempt


def _keep(seen: Seen, kind: str, value: str) -> PersonalDetail:
    """Words of a question or an answer, apart from what is immutable."""
    return personal.keep(subject_type=SUBJECT, subject_id=seen.review.pk, kind=kind, value=value, at=seen.at)


def _require_whole(question: Question, asked_at: datetime, now: datetime) -> None:
    """Invalid naming the member that is missing or cannot be."""
    if not says_something(question.party):
        raise Invalid.at("/party", "party_missing", "Say how the report shall name whom you asked")
    if not says_something(question.text):
        raise Invalid.at("/question", "question_missing", "Write what you asked")
    if not now - LONGEST <= asked_at <= now:
        raise Invalid.at("/asked_at", "asked_at_invalid", "It was asked in the past year, not in the future")
    if question.deadline is not None and not asked_at < question.deadline <= now + LONGEST:
        raise Invalid.at("/deadline", "deadline_invalid", "The deadline must lie after the question and within a year")


@transaction.atomic
def answer(*, contact_id: int, text: str, actor: User, responded_at: datetime | None = None) -> ContactResponse:
    """Record what the party answered, in their words."""
    permit(actor, Permission.RECORD_CONTACT)
    attempt = ContactAttempt.objects.filter(pk=contact_id).first() if 0 < contact_id < MAX_ID else None
    if attempt is None:
        raise NotFound(f"There is no contact {contact_id}")
    if not says_something(text):
        raise Invalid.at("/response", "response_missing", "Quote what they answered")
    seen = see(attempt.review_id)
    moment = responded_at or seen.at
    if not attempt.asked_at <= moment <= seen.at:
        raise Invalid.at("/responded_at", "responded_at_invalid", "They answered after the question and before now")
    words = _keep(seen, RESPONSE, text)
    response = ContactResponse.objects.create(
        attempt=attempt, text_detail=words, responded_at=moment, recorded_by=actor, at=seen.at
    )
    told = {"contact": attempt.pk, "response": response.pk}
    rows = [response, words]
    history.record(subject=seen.review, action="review.replied", actor=actor, data=told, rows=rows, at=seen.at)
    _emit("review.replied", seen, attempt)
    return response


def remind(*, contact_id: int) -> bool:
    """Tell the desk that the deadline passed without an answer; whether there
    was something to tell. Must run in a transaction, the job's."""
    attempt = ContactAttempt.objects.get(pk=contact_id)
    seen = see(attempt.review_id)
    if attempt.responses.exists() or seen.review.status not in STILL_OPEN:
        return False
    told = {"contact": attempt.pk}
    history.record(subject=seen.review, action="review.reply_overdue", actor=None, data=told, at=seen.at)
    _emit("review.reply_overdue", seen, attempt)
    return True


def _emit(event: str, seen: Seen, attempt: ContactAttempt) -> None:
    emit(event, seen.review, {**payload_of(seen.review, seen.article_id), "contact": attempt.pk}, at=seen.at)
