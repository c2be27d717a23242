"""Reading the right of reply: questions, answers, whether anybody was asked."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from reviews.models import ContactAttempt, ContactResponse


def contacts_of(review_id: int, *, until: datetime | None = None) -> QuerySet[ContactAttempt]:
    """Questions with their answers in order; `until`: as recorded by then."""
    answers = ContactResponse.objects.select_related("recorded_by").order_by("responded_at", "pk")
    rows = ContactAttempt.objects.filter(review=review_id).select_related("person", "recorded_by")
    if until is not None:
        rows, answers = rows.filter(at__lte=until), answers.filter(at__lte=until)
    return rows.prefetch_related(Prefetch("responses", answers))


def somebody_was_asked() -> Exists:
    """Whether a review, the outer query's, has a question on record."""
    return Exists(ContactAttempt.objects.filter(review=OuterRef("pk")))


def was_asked(review_id: int) -> bool:
    """Whether a question is on record: what the standards gate wants to know."""
    return ContactAttempt.objects.filter(review=review_id).exists()


def contact_shown(row: ContactAttempt) -> dict[str, Any]:
    """A question as the API shows it; `person` null: not given, or erased."""
    person = row.person
    return {
        "id": row.pk,
        "party": row.party,
        "person": person.value if person else None,
        "person_erased_at": person.erased_at if person else None,
        "channel": row.channel,
        "question": row.question,
        "asked_at": row.asked_at,
        "deadline": row.deadline,
        "recorded_by": row.recorded_by.username,
        "responses": [response_shown(one) for one in row.responses.all()],
    }


def response_shown(row: ContactResponse) -> dict[str, Any]:
    """An answer as the API shows it."""
    return {
        "id": row.pk,
        "response": row.text,
        "responded_at": row.responded_at,
        "recorded_by": row.recorded_by.username,
    }


def contact_again(pk: int) -> dict[str, Any]:
    """What `contact_shown` made of a question just recorded, as it is now."""
    row = ContactAttempt.objects.select_related("person", "recorded_by").get(pk=pk)
    return {**contact_shown(row), "responses": []}


def response_again(pk: int) -> dict[str, Any]:
    """An answer by its id, as it is now."""
    return response_shown(ContactResponse.objects.select_related("recorded_by").get(pk=pk))
