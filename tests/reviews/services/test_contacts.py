"""Right of reply: question, deadline, reminder, answer, and the report."""

from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit import personal
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Forbidden, Invalid, NotFound
from factcheck.events.models import Event
from factcheck.jobs.models import Job
from reviews import tasks
from reviews.enums import Channel, DropReason
from reviews.models import ContactAttempt, RatingScale, Review, Verdict
from reviews.services import approvals, contacts, publication, queue, report_building, scales, verdicts
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(review, by=None, **changes):
    words = {
        "party": "The council's press office",
        "channel": Channel.EMAIL,
        "text": "Which days was it closed?",
        "person": "Bo Lind, bo@council.example",
        "deadline": db_now() + DAY,
        **changes,
    }
    return contacts.ask(review_id=review.pk, question=contacts.Question(**words), actor=by or factories.checker())


def test_a_question_is_told_without_the_persons_name():
    review = factories.review()
    attempt = asked(review)
    event = AuditEvent.objects.get(action="review.contacted")
    assert event.data["comment"] == "Which days was it closed?"
    assert "Lind" not in event.body
    assert attempt.person.value.startswith("Bo Lind")
    assert Review.objects.get(pk=review.pk).version == review.version
    assert verify() == []


def test_the_persons_name_is_erased_and_history_stands():
    review = factories.review()
    attempt = asked(review)
    personal.erase(detail_id=attempt.person_id, reason="on request", actor=factories.user(Role.ADMINISTRATOR))
    assert ContactAttempt.objects.get().person.value is None
    told = AuditEvent.objects.filter(subject_type="reviews.Review", subject_id=str(review.pk)).values_list("action")
    assert ("personal.erased",) in told
    assert verify() == []


@pytest.mark.parametrize(
    ("words", "pointer"),
    [
        ({"party": " "}, "/party"),
        ({"text": ""}, "/question"),
        ({"deadline": -DAY}, "/deadline"),
        ({"deadline": 400 * DAY}, "/deadline"),
        ({"asked_at": DAY}, "/asked_at"),
        ({"asked_at": -400 * DAY}, "/asked_at"),
    ],
)
def test_a_question_that_lacks_something_names_it(words, pointer):
    moments = {name: db_now() + value if isinstance(value, timedelta) else value for name, value in words.items()}
    with pytest.raises(Invalid) as caught:
        asked(factories.review(), **moments)
    assert caught.value.errors[0].pointer == pointer
    assert not ContactAttempt.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CHECKER])
def test_only_checkers_record_contacts(role):
    review = factories.review()
    with pytest.raises(Forbidden):
        asked(review, by=factories.user(role))


def remind(attempt):
    """Run the reminder's job; then deliver it again."""
    job = Job.objects.get(kind=contacts.REMINDER, target=str(attempt.pk))
    assert not tasks.remind_of_reply(job.pk)
    with clock.shifted(2 * DAY):
        assert tasks.remind_of_reply(job.pk)
        assert not tasks.remind_of_reply(job.pk)


def test_the_desk_is_reminded_once_when_the_deadline_passes():
    attempt = asked(factories.review())
    remind(attempt)
    assert AuditEvent.objects.get(action="review.reply_overdue").actor is None
    assert Event.objects.get(type="review.reply_overdue").payload["contact"] == attempt.pk


def test_an_answer_or_an_end_of_the_review_saves_the_reminder():
    answered, ended = asked(factories.review()), asked(factories.review())
    contacts.answer(contact_id=answered.pk, text="On 14 days.", actor=factories.checker())
    queue.drop(review_id=ended.review_id, reason=DropReason.OTHER, actor=factories.approver())
    for attempt in (answered, ended):
        remind(attempt)
    assert not AuditEvent.objects.filter(action="review.reply_overdue").exists()


def test_without_a_deadline_nothing_is_scheduled():
    asked(factories.review(), deadline=None)
    assert not Job.objects.filter(kind=contacts.REMINDER).exists()


def test_an_answer_needs_words_a_question_and_a_time_between():
    by = factories.checker()
    attempt = asked(factories.review(), by=by)
    with pytest.raises(Invalid):
        contacts.answer(contact_id=attempt.pk, text="...", actor=by)
    with pytest.raises(Invalid):
        contacts.answer(contact_id=attempt.pk, text="Yes.", responded_at=db_now() - DAY, actor=by)
    with pytest.raises(NotFound):
        contacts.answer(contact_id=10**9, text="Yes.", actor=by)
    assert contacts.answer(contact_id=attempt.pk, text="Yes.", actor=by).pk


def published_with_contacts():
    by = factories.checker()
    review = factories.taken(by)
    attempt = asked(review, by=by)
    contacts.answer(contact_id=attempt.pk, text="It was 14 days.", actor=by)
    asked(review, by=by, party="The port", person="")
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by).verdict
    late = asked(review, by=by, party="Somebody asked after submission", person="")
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    return publication.publish(review_id=review.pk, actor=factories.publisher()), late


def test_the_report_shows_what_was_on_record_at_submission_and_no_name(client):
    done, late = published_with_contacts()
    report = report_building.read(done.version)
    assert [(one.party, one.response) for one in report.contacts] == [
        ("The council's press office", "It was 14 days."),
        ("The port", None),
    ]
    assert "Lind" not in done.version.payload
    page = client.get(f"/reports/{done.report.slug}").content.decode()
    assert "They answered: It was 14 days." in page
    assert late.party not in page


def test_the_gate_asks_for_a_question_or_a_reason():
    scale = RatingScale.objects.get(default_since__isnull=False)
    administrator = factories.user(Role.ADMINISTRATOR)
    scales.set_policy(
        scale_id=scale.pk, required_approvals=None, gate_rules=["claimant_contacted"], actor=administrator
    )
    by = factories.checker()
    review = factories.taken(by)
    with pytest.raises(Invalid) as caught:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert [error.code for error in caught.value.errors] == ["claimant_contacted"]
    with_reason = factories.submission(reasons={"claimant_contacted": "no address known"})
    verdicts.submit(review_id=review.pk, submission=with_reason, actor=by)
    verdicts.withdraw(review_id=review.pk, actor=by)
    asked(review, by=by)
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert Verdict.objects.filter(review=review).count() == 2
