"""Right of reply: question, deadline, reminder, answer, and the report."""

import hashlib
import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit import personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Forbidden, Invalid, NotFound
from factcheck.events.models import Event
from factcheck.jobs.models import Job
from reviews import kept_words, tasks
from reviews.enums import Channel, CorrectionType, DropReason
from reviews.models import ContactAttempt, ContactResponse, RatingScale, Review, Verdict
from reviews.services import (
    approvals,
    contacts,
    corrections,
    leases,
    publication,
    queue,
    report_building,
    scales,
    verdicts,
)
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


def test_history_tells_of_question_and_answer_without_a_word_of_them():
    review = factories.review()
    attempt = asked(review)
    reply = contacts.answer(contact_id=attempt.pk, text="On 14 days, says Bo Lind.", actor=factories.checker())
    asked_of, answered = AuditEvent.objects.filter(action__in=["review.contacted", "review.replied"]).order_by("pk")
    assert asked_of.data == {"contact": attempt.pk, "channel": "email", "is_claimant": False}
    assert answered.data == {"contact": attempt.pk, "response": reply.pk}
    said = "Which days", "press office", "Lind", "14 days"
    assert not [word for word in said if AuditEvent.objects.filter(body__contains=word).exists()]
    assert not [word for word in said if word in f"{attempt.party}{attempt.question}{reply.text}"]
    assert (attempt.person.value, attempt.party_shown) == ("Bo Lind, bo@council.example", "The council's press office")
    assert (attempt.question_shown, reply.text_shown) == ("Which days was it closed?", "On 14 days, says Bo Lind.")
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


def test_the_desk_is_reminded_of_a_deadline_that_had_passed_when_it_was_recorded():
    now = db_now()
    attempt = asked(factories.review(), asked_at=now - 3 * DAY, deadline=now - DAY / 24)
    job = Job.objects.get(kind=contacts.REMINDER, target=str(attempt.pk))
    with clock.shifted(timedelta(seconds=5)):
        assert tasks.remind_of_reply(job.pk)
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


def test_the_report_shows_what_is_on_record_when_it_is_made_and_no_name(client):
    done, late = published_with_contacts()
    report = report_building.read(done.version)
    assert [one.response is None for one in report.contacts] == [False, True, True]
    assert [(one.party, one.question, one.response) for one in kept_words.filled([report])[0].contacts] == [
        ("The council's press office", "Which days was it closed?", "It was 14 days."),
        ("The port", "Which days was it closed?", None),
        (late.party_shown, "Which days was it closed?", None),
    ]
    assert not [word for word in ("Lind", "press office", "Which days", "14 days.") if word in str(report.contacts)]
    page = client.get(f"/reports/{done.report.slug}").content.decode()
    assert "They answered: It was 14 days." in page
    assert late.party_shown in page


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
    asked(review, by=by, party="The weather service")
    with pytest.raises(Invalid):
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    asked(review, by=by, is_claimant=True)
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert Verdict.objects.filter(review=review).count() == 2


def erase(**which):
    for detail in PersonalDetail.objects.filter(**which):
        personal.erase(detail_id=detail.pk, reason="on request", actor=factories.user(Role.ADMINISTRATOR))


def test_words_that_are_erased_are_gone_from_every_public_form_and_the_frozen_file_stands(client):
    done, _ = published_with_contacts()
    at = f"/reports/{done.report.slug}"
    forms = at, f"{at}.json", f"/api/v1{at}", f"{at}/versions"
    said = "It was 14 days.", "Which days was it closed?", "press office"
    whole = "".join(html.unescape(client.get(address).content.decode()) for address in forms[:3])
    assert [whole.count(word) >= 3 for word in said] == [True] * 3
    frozen = client.get(f"{at}/versions/1.json").content
    erase(kind__in=[contacts.PARTY, contacts.QUESTION, contacts.RESPONSE])
    for address in forms:
        told = html.unescape(client.get(address).content.decode())
        assert [word for word in said if word in told] == [], address
        assert "[kept apart" not in told, address
    page = client.get(at).content.decode()
    assert "We asked [erased] on" in page
    assert "They answered: [erased]" in page
    assert client.get(f"{at}/versions/1.json").content == frozen
    assert hashlib.sha256(frozen).hexdigest() == done.version.sha256
    assert not [word for word in said if word.encode() in frozen]
    assert verify() == []


def test_versions_are_compared_by_their_words(client):
    done, _ = published_with_contacts()
    publisher = factories.publisher()
    corrections.correct(review_id=done.review.pk, type=CorrectionType.UPDATE, reason="A reply.", actor=publisher)
    by = factories.checker()
    leases.take(review_id=done.review.pk, actor=by)
    contacts.answer(contact_id=ContactAttempt.objects.last().pk, text="Nobody was told.", actor=by)
    verdict = verdicts.submit(review_id=done.review.pk, submission=factories.submission(), actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    publication.publish(review_id=done.review.pk, actor=publisher)
    changed = client.get(f"/api/v1/reports/{done.report.slug}/versions").json()["data"][0]["changes"]
    [replied] = [one for one in changed if one["member"].startswith("right of reply")]
    assert replied["after"] == "Somebody asked after submission\nWhich days was it closed?\nNobody was told."


def test_a_row_from_before_words_stood_apart_shows_its_own(client_of):
    by = factories.checker()
    review = factories.taken(by)
    at = db_now()
    old = {"party": "The port", "channel": "email", "question": "When?", "asked_at": at, "at": at}
    attempt = ContactAttempt.objects.create(review=review, recorded_by=by, **old)
    ContactResponse.objects.create(attempt=attempt, text="In March.", responded_at=at, recorded_by=by, at=at)
    [shown] = client_of(by).get(f"/api/v1/reviews/{review.pk}/contacts").json()["data"]
    assert (shown["party"], shown["question"], shown["responses"][0]["response"]) == ("The port", "When?", "In March.")
    assert shown["details"] == {"party": None, "person": None, "question": None}
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    done = publication.publish(review_id=review.pk, actor=factories.publisher())
    assert report_building.read(done.version).contacts[0].response == "In March."


@pytest.mark.parametrize("empty", [{"party": ""}, {"question": ""}])
def test_the_database_wants_words_or_their_detail(empty):
    by = factories.checker()
    review = factories.taken(by)
    at = db_now()
    row = {"party": "The port", "channel": "email", "question": "When?", "asked_at": at, "at": at, **empty}
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactAttempt.objects.create(review=review, recorded_by=by, **row)
