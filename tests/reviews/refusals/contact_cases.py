"""What is refused of a question to a party and of its answer."""

from reviews.enums import Channel
from reviews.services import contacts
from tests import factories
from tests.reviews.refusals.cases import Case, on, person


def contact(code, place, ids, **words):
    review = factories.review()
    body = {"party": "The council", "channel": "email", "question": "When?", **words}
    typed = {**body, "deadline": body.get("deadline", "")[:10]}
    return Case(
        code,
        422,
        f"/reviews/{review.pk}/contacts",
        body,
        person(),
        **on(review, "contact", **typed),
        places=(place,),
        ids=ids,
    )


def contact_with_nobody():
    return contact("party_missing", "/party", ("contact-party",), party=" ")


def contact_without_a_question():
    return contact("question_missing", "/question", ("contact-question",), question="")


def contact_with_a_past_deadline():
    return contact("deadline_invalid", "/deadline", ("contact-deadline",), deadline="2020-01-01T00:00:00Z")


def contact_in_the_future():
    review = factories.review()
    body = {"party": "The council", "channel": "email", "question": "When?", "asked_at": "2150-01-01T00:00:00Z"}
    return Case("asked_at_invalid", 422, f"/reviews/{review.pk}/contacts", body, person(), places=("/asked_at",))


def answered(code, place, ids, body, typed):
    review = factories.review()
    made = contacts.ask(
        review_id=review.pk,
        question=contacts.Question("The council", Channel.EMAIL, "When?"),
        actor=factories.checker(),
    )
    form = on(review, "reply", contact=made.pk, **typed) if typed is not None else {}
    return Case(code, 422, f"/contacts/{made.pk}/responses", body, person(), **form, places=(place,), ids=ids)


def empty_answer():
    return answered("response_missing", "/response", ("reply-response",), {"response": ""}, {"response": ""})


def answer_before_the_question():
    body = {"response": "In May.", "responded_at": "2020-01-01T00:00:00Z"}
    return answered("responded_at_invalid", "/responded_at", (), body, None)


CASES = (
    contact_with_nobody,
    contact_without_a_question,
    contact_with_a_past_deadline,
    contact_in_the_future,
    empty_answer,
    answer_before_the_question,
)
