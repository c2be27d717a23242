"""Reading the right of reply: questions, answers, whether anybody was asked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from factcheck.audit.models import PersonalDetail
from reviews.models import ContactAttempt, ContactResponse

_JOINED = ("person", "party_detail", "question_detail", "recorded_by")


def contacts_of(review_id: int, *, until: datetime | None = None) -> QuerySet[ContactAttempt]:
    """Questions with their answers in order; `until`: as recorded by then."""
    answers = ContactResponse.objects.select_related("recorded_by", "text_detail").order_by("responded_at", "pk")
    rows = ContactAttempt.objects.filter(review=review_id).select_related(*_JOINED)
    if until is not None:
        rows, answers = rows.filter(at__lte=until), answers.filter(at__lte=until)
    return rows.prefetch_related(Prefetch("responses", answers))


def answers_since(review_id: int, at: datetime) -> int:
    """How many answers were recorded after that moment, such as a submission."""
    return ContactResponse.objects.filter(attempt__review=review_id, at__gt=at).count()


def somebody_was_asked() -> Exists:
    """Whether a review, the outer query's, has a question on record."""
    return Exists(ContactAttempt.objects.filter(review=OuterRef("pk")))


def claimant_was_asked() -> Exists:
    """Whether a review, the outer query's, has a question to the claimant on
    record: what the standards gate wants to know."""
    return Exists(ContactAttempt.objects.filter(review=OuterRef("pk"), is_claimant=True))


def was_claimant_asked(review_id: int) -> bool:
    """The same of one review."""
    return ContactAttempt.objects.filter(review=review_id, is_claimant=True).exists()


def contact_shown(row: ContactAttempt) -> dict[str, Any]:
    """A question as the API shows it; `person` null: not given, or erased.
    `details` are the numbers under which an administrator erases."""
    person = row.person
    return {
        "id": row.pk,
        "party": row.party_shown,
        "person": person.value if person else None,
        "person_erased_at": person.erased_at if person else None,
        "is_claimant": row.is_claimant,
        "channel": row.channel,
        "question": row.question_shown,
        "asked_at": row.asked_at,
        "deadline": row.deadline,
        "recorded_by": row.recorded_by.username,
        "details": {"party": row.party_detail_id, "person": row.person_id, "question": row.question_detail_id},
        "responses": [response_shown(one) for one in row.responses.all()],
    }


def response_shown(row: ContactResponse) -> dict[str, Any]:
    """An answer as the API shows it."""
    return {
        "id": row.pk,
        "response": row.text_shown,
        "detail": row.text_detail_id,
        "responded_at": row.responded_at,
        "recorded_by": row.recorded_by.username,
    }


def contact_again(pk: int) -> dict[str, Any]:
    """What `contact_shown` made of a question just recorded, as it is now."""
    row = ContactAttempt.objects.select_related(*_JOINED).get(pk=pk)
    return {**contact_shown(row), "responses": []}


def response_again(pk: int) -> dict[str, Any]:
    """An answer by its id, as it is now."""
    return response_shown(ContactResponse.objects.select_related("recorded_by", "text_detail").get(pk=pk))


def names_of(details: Collection[PersonalDetail]) -> dict[int, str]:
    """What details of questions and answers are, in words and without the
    person's: two statements for any number."""
    wanted = [detail.pk for detail in details]
    asked = ContactAttempt.objects.select_related("party_detail").filter(
        Q(party_detail__in=wanted) | Q(person__in=wanted) | Q(question_detail__in=wanted)
    )
    names = {}
    for row in asked:
        place = f"question {row.pk} to {row.party_shown} (review {row.review_id})"
        names[row.party_detail_id] = f"Whom the report names in {place}"
        names[row.person_id] = f"Name and address behind {place}"
        names[row.question_detail_id] = f"Words of {place}"
    answers = ContactResponse.objects.select_related("attempt__party_detail").filter(text_detail__in=wanted)
    for reply in answers:
        row = reply.attempt
        names[reply.text_detail_id] = (
            f"Answer {reply.pk} by {row.party_shown} to question {row.pk} (review {row.review_id})"
        )
    return {pk: name for pk, name in names.items() if pk in wanted}
