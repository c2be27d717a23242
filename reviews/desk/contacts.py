"""Questions and answers as they are sent from the review page."""

from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from factcheck.errors import Invalid
from reviews.desk.discussion import FormSent
from reviews.desk.replies import LIMITS
from reviews.enums import Channel
from reviews.services import contacts


def _end_of(day: str) -> datetime | None:
    """The last minute of a day in UTC; None for an empty field."""
    try:
        return datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time(23, 59), UTC) if day else None  # noqa: DTZ007 # only its date is used
    except ValueError:
        raise Invalid.at("/deadline", "date_invalid", "Write the day as 2026-05-31, or leave it empty") from None


class ContactSent(FormSent):
    """A question to a party."""

    limits = LIMITS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record it."""
        channel = request.POST.get("channel", "")
        if channel not in set(Channel):
            raise Invalid.at("/channel", "channel_unknown", "Choose how they were asked")
        question = contacts.Question(
            party=self.text("party"),
            person=self.text("person"),
            is_claimant=bool(request.POST.get("is_claimant")),
            channel=Channel(channel),
            text=self.text("question"),
            deadline=_end_of(request.POST.get("deadline", "").strip()),
        )
        contacts.ask(review_id=pk, question=question, actor=self.actor)
        messages.success(request, "The question is on record.")
        return redirect(f"{self.back()}#reply")


class ReplySent(FormSent):
    """An answer."""

    limits = LIMITS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record it."""
        number = request.POST.get("contact", "")
        known = number.isascii() and number.isdigit() and len(number) < 18
        contacts.answer(contact_id=int(number) if known else 0, text=self.text("response"), actor=self.actor)
        messages.success(request, "The answer is on record.")
        return redirect(f"{self.back()}#reply")
