"""The right of reply as the review page shows it, with its forms."""

from datetime import datetime
from typing import Any

from factcheck.accounts.models import User
from reviews import contacts, policies
from reviews.desk.fields import Field, Refusal, choices, made, typed_text
from reviews.enums import AWAITED, Channel
from reviews.models import ContactAttempt, Verdict
from reviews.policies import Permission

ASK = "contact"
REPLY = "reply"
LIMITS = {"party": 200, "person": 500, "question": 10_000, "response": 10_000}
CHANNELS = {
    Channel.EMAIL.value: "E-mail",
    Channel.PHONE.value: "Phone",
    Channel.LETTER.value: "Letter",
    Channel.MESSAGE.value: "Message",
    Channel.WEB_FORM.value: "Web form",
    Channel.IN_PERSON.value: "In person",
    Channel.OTHER.value: "Another way",
}


def replies_to(review: Any, actor: User, refusal: Refusal) -> dict[str, Any]:
    """Who was asked and what they answered, and what the actor may record."""
    listed = contacts.contacts_of(review.pk).order_by("-pk") if review.asked else ()
    may_record = policies.may(actor.roles, Permission.RECORD_CONTACT)
    return {
        "late_answers": _late_answers(review),
        "contacts": [_told(one, review.read_at) for one in listed],
        "contact_fields": _ask_fields(refusal) if may_record else (),
        "reply_field": made(
            REPLY, refusal, "response", "Their answer, quoted", kind="area", required=True, limit=LIMITS["response"]
        )
        if may_record
        else None,
        "is_asking": refusal.form == ASK,
        "is_replying_to": refusal.typed.get("contact", "") if refusal.form == REPLY else "",
    }


def _late_answers(review: Any) -> int:
    """Answers that came after the verdict that waits for approval or publication."""
    is_waiting = review.asked and review.status in AWAITED
    submitted = Verdict.objects.filter(pk=review.verdict_id).values_list("submitted_at", flat=True)
    return contacts.answers_since(review.pk, submitted[0]) if is_waiting else 0


def _told(attempt: ContactAttempt, now: datetime) -> dict[str, Any]:
    is_late = attempt.deadline is not None and attempt.deadline <= now and not attempt.responses.all()
    return {"attempt": attempt, "channel": CHANNELS[attempt.channel], "is_overdue": is_late}


def _ask_fields(refusal: Refusal) -> tuple[Field, ...]:
    chosen = typed_text(refusal, ASK, "channel", Channel.EMAIL.value)
    return (
        made(ASK, refusal, "party", "Who was asked, as the report names them", required=True, limit=LIMITS["party"]),
        made(ASK, refusal, "is_claimant", "This is the claimant, or speaks for them", kind="check"),
        made(
            ASK,
            refusal,
            "person",
            "Name and address (optional)",
            hint="For the desk only; it can be erased.",
            limit=LIMITS["person"],
        ),
        made(ASK, refusal, "channel", "How", kind="select", choices=choices(CHANNELS, chosen)),
        made(ASK, refusal, "question", "Question", kind="area", required=True, limit=LIMITS["question"]),
        made(ASK, refusal, "deadline", "Answer asked for by (optional)", kind="date"),
    )
