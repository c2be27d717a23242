"""Who is told of what, once, in the desk and by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from factcheck import clock
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.clock import db_now
from factcheck.events.models import Event
from factcheck.jobs import runner
from factcheck.jobs.models import Job, JobState
from reviews import notices, tasks
from reviews.enums import Channel, CorrectionType, DropReason, SuggestedPart
from reviews.models import Notice, Verdict
from reviews.services import (
    approvals,
    comments,
    contacts,
    corrections,
    drafts,
    leases,
    publication,
    queue,
    suggestions,
    verdicts,
)
from reviews.services import notices as telling
from tests import factories

pytestmark = pytest.mark.django_db
WORK = {"reviews.notify": tasks.notify, "reviews.mail_notice": tasks.mail_notice}


def work() -> None:
    """Do every job about notices that is due, as a worker would."""
    while due := list(
        Job.objects.filter(state=JobState.QUEUED, kind__in=WORK).order_by("pk").values_list("kind", "pk")
    ):
        for kind, pk in due:
            assert WORK[kind](pk)


def told(person):
    work()
    return [one.event.type for one in notices.of(person).order_by("event")]


@pytest.fixture
def olena():
    return with_mail(factories.checker("olena"))


def with_mail(person):
    User.objects.filter(pk=person.pk).update(email=f"{person.username}@desk.example")
    return User.objects.get(pk=person.pk)


def test_former_holder_hears_of_a_takeover(olena):
    review = factories.taken(olena)
    marko = factories.approver("marko")
    leases.takeover(review_id=review.pk, actor=marko)
    assert told(olena) == ["review.taken_over"]
    assert told(marko) == []
    [notice] = notices.of(olena)
    assert notices.sentence(notice) == (
        f"marko took over what you were working on; your draft is kept: review {review.pk}."
    )


def test_author_hears_of_every_decision(olena):
    verdict = factories.submitted(olena)
    approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=factories.approver(), comment="Shorter.")
    second = factories.submitted(olena)
    approvals.approve(verdict_id=second.pk, revision=1, actor=factories.approver())
    assert told(olena) == ["review.changes_requested", "review.approved"]


def said_to(person):
    return [notices.sentence(one).rpartition(":")[0] for one in notices.of(person).order_by("event")]


def test_those_who_may_approve_hear_that_a_verdict_waits_and_who_wrote_for_it_does_not(olena):
    marko, closed = factories.approver("marko"), factories.approver("closed")
    both = factories.user(Role.CHECKER, Role.APPROVER, name="both")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    review = factories.taken(both)
    drafts.save(review_id=review.pk, content={"summary": "It was closed."}, actor=both)
    leases.release(review_id=review.pk, actor=both)
    leases.take(review_id=review.pk, actor=olena)
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=olena)
    assert told(marko) == ["review.submitted"]
    assert said_to(marko) == ["olena submitted a verdict; it waits for approval"]
    assert (told(olena), told(both), told(closed)) == ([], [], [])


def test_a_verdict_that_was_withdrawn_before_anybody_was_told_waits_for_nobody(olena):
    marko = factories.approver("marko")
    verdict = factories.submitted(olena)
    verdicts.withdraw(review_id=verdict.review_id, actor=olena)
    assert told(marko) == []


def test_while_more_approvals_are_wanted_the_other_approvers_hear_of_each(olena, settings):
    settings.REQUIRED_APPROVALS = 2
    marko, ines = factories.approver("marko"), factories.approver("ines")
    verdict = factories.submitted(olena)
    work()
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=marko)
    assert (told(marko), told(ines)) == (["review.submitted"], ["review.submitted", "review.approved"])
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=ines)
    assert (told(marko), told(ines)) == (["review.submitted"], ["review.submitted", "review.approved"])
    assert said_to(olena) == [
        "marko approved the verdict; it waits for another approval",
        "ines approved the verdict",
    ]


def test_author_and_approver_hear_that_an_approved_text_is_opened_again(olena):
    marko, petra = factories.approver("marko"), factories.checker("petra")
    ready = factories.approved(by=olena, approver_=marko)
    verdicts.revise(review_id=ready.pk, actor=petra)
    assert (told(olena)[-1], told(marko)[-1], told(petra)) == ("review.revised", "review.revised", [])


def test_holder_author_and_assignee_hear_that_a_review_is_dropped(olena):
    marko = factories.approver("marko")
    queue.drop(review_id=factories.taken(olena).pk, reason=DropReason.OTHER, actor=marko)
    queue.drop(review_id=factories.submitted(olena).review_id, reason=DropReason.OTHER, actor=marko)
    waiting = factories.review()
    queue.assign(review_id=waiting.pk, assignee=olena, actor=marko)
    queue.drop(review_id=waiting.pk, reason=DropReason.OTHER, actor=marko)
    assert told(olena) == ["review.dropped"] * 2 + ["review.assigned", "review.dropped"]
    assert "review.dropped" not in told(marko)


def test_who_works_on_a_correction_hears_that_the_report_is_retracted(olena):
    report, boss = factories.published(), factories.publisher()
    corrections.correct(review_id=report.review_id, type=CorrectionType.UPDATE, reason="News.", actor=boss)
    leases.take(review_id=report.review_id, actor=olena)
    publication.retract(review_id=report.review_id, reason="Forged.", actor=boss)
    assert told(olena) == ["report.retracted"]


def test_holder_and_former_assignee_hear_that_a_review_goes_to_somebody_else(olena):
    marko, petra, jan = factories.approver("marko"), factories.checker("petra"), factories.checker("jan")
    review = factories.review()
    queue.assign(review_id=review.pk, assignee=jan, actor=marko)
    leases.take(review_id=review.pk, actor=olena)
    queue.assign(review_id=review.pk, assignee=petra, actor=marko)
    work()
    assert said_to(jan) == [
        "marko assigned a review to you",
        "olena took a review assigned to you",
        "marko assigned a review that you had to somebody else",
    ]
    assert said_to(olena) == ["marko assigned a review that you had to somebody else"]
    assert said_to(petra) == ["marko assigned a review to you"]


def test_taking_makes_no_job_unless_the_review_is_assigned_to_somebody_else(olena):
    review = factories.review()
    queue.assign(review_id=review.pk, assignee=olena, actor=factories.approver())
    before = Job.objects.filter(kind="reviews.notify").count()
    leases.take(review_id=review.pk, actor=olena)
    factories.taken(olena)
    assert Job.objects.filter(kind="reviews.notify").count() == before


def test_holder_author_and_who_asked_hear_of_a_reply(olena):
    petra, jan, ivo = factories.checker("petra"), factories.checker("jan"), factories.checker("ivo")
    review = factories.taken(olena)
    contact = contacts.ask(
        review_id=review.pk, question=contacts.Question("The council", Channel.EMAIL, "When?"), actor=jan
    )
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=olena).verdict
    contacts.answer(contact_id=contact.pk, text="In March.", actor=ivo)
    assert (told(olena), told(jan), told(ivo)) == (["review.replied"], ["review.replied"], [])
    verdicts.withdraw(review_id=verdict.review_id, actor=olena)
    leases.release(review_id=review.pk, actor=olena)
    leases.take(review_id=review.pk, actor=petra)
    contacts.answer(contact_id=contact.pk, text="In April.", actor=ivo)
    assert told(petra) == ["review.replied"]
    assert said_to(petra) == ["ivo recorded a reply to what was asked"]


def test_changes_of_a_verdict_whose_author_is_gone_are_told_to_those_who_assign(olena):
    verdict = factories.submitted(olena)
    boss, approver = factories.publisher("boss"), factories.approver()
    User.objects.filter(pk=olena.pk).update(is_active=False)
    approvals.request_changes(verdict_id=verdict.pk, revision=1, comment="Cite page 4.", actor=approver)
    assert told(boss) == ["review.changes_requested"]
    assert "whose author no longer works here" in notices.sentence(notices.of(boss).get())
    assert told(olena) == []


def test_comment_reaches_author_and_earlier_speakers_but_not_its_writer(olena):
    verdict = factories.submitted(olena)
    marko, ines = factories.approver("marko"), factories.publisher("ines")
    comments.add(review_id=verdict.review_id, text="Which log?", actor=marko)
    comments.add(review_id=verdict.review_id, text="The port's.", actor=ines)
    comments.add(review_id=verdict.review_id, text="Added.", actor=olena)
    assert told(olena) == ["review.commented"] * 2
    assert told(marko) == ["review.submitted", *["review.commented"] * 2]
    assert told(ines) == ["review.commented"]


def test_those_who_answered_for_a_report_hear_of_its_correction_and_retraction(olena):
    marko = factories.approver("marko")
    report = factories.published(by=olena, approver_=marko)
    corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="News.", actor=factories.publisher()
    )
    publication.retract(review_id=report.review_id, reason="Forged.", actor=factories.publisher())
    assert told(olena)[-2:] == ["review.correction_opened", "report.retracted"]
    assert told(marko) == ["review.correction_opened", "report.retracted"]


def test_suggestion_and_its_acceptance_are_told_to_the_other_one(olena):
    verdict = factories.submitted(olena)
    marko = factories.approver("marko")
    made = suggestions.suggest(
        verdict_id=verdict.pk, part=SuggestedPart.SUMMARY, before="14 days", after="two weeks", actor=marko
    )
    suggestions.accept(suggestion_id=made.pk, actor=olena)
    assert told(olena) == ["review.suggested"]
    assert told(marko) == ["review.suggestion_accepted"]


def test_assignee_is_told_and_who_is_freed_of_it_is_not(olena):
    review = factories.review()
    queue.assign(review_id=review.pk, assignee=olena, actor=factories.approver())
    queue.assign(review_id=review.pk, assignee=None, actor=factories.approver())
    assert told(olena) == ["review.assigned"]


def test_passed_deadline_for_a_reply_is_told_to_who_asked(olena):
    review = factories.taken(olena)
    question = contacts.Question("The council", Channel.EMAIL, "When?", deadline=db_now() + timedelta(hours=1))
    contact = contacts.ask(review_id=review.pk, question=question, actor=olena)
    with clock.shifted(timedelta(hours=2)):
        with transaction.atomic():
            contacts.remind(contact_id=contact.pk)
        assert told(olena) == ["review.reply_overdue"]


def test_notice_is_written_once_however_often_the_job_runs(olena):
    review = factories.taken(olena)
    leases.takeover(review_id=review.pk, actor=factories.approver())
    work()
    event = Event.objects.get(type="review.taken_over")
    for _ in range(2):
        with transaction.atomic():
            assert telling.tell(event_id=event.pk) == 0
    work()
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError, match=r"(?i)unique|nobody_is_told"), transaction.atomic():
        Notice.objects.create(person=olena, event=event, review=review, at=event.at)


def test_mail_names_what_happened_and_no_word_of_the_claim(olena, settings):
    review = factories.taken(olena)
    leases.takeover(review_id=review.pk, actor=factories.approver("marko"))
    work()
    [letter] = mail.outbox
    assert letter.to == ["olena@desk.example"]
    assert "marko took over" in letter.subject
    assert f"{settings.BASE_URL}/admin/review/{review.pk}/" in letter.body
    assert factories.SENTENCES[0] not in letter.body + letter.subject
    assert letter.extra_headers["Message-ID"].startswith(f"<notice-{Notice.objects.get().pk}@")
    assert Notice.objects.get().mailed_at is not None


def test_no_mail_for_who_switched_it_off_or_has_no_address(olena):
    telling.choose(actor=olena, by_mail=False)
    nobody = factories.checker()
    for person in (olena, nobody):
        leases.takeover(review_id=factories.taken(person).pk, actor=factories.approver())
    assert told(olena) == told(nobody) == ["review.taken_over"]
    assert mail.outbox == []
    telling.choose(actor=olena, by_mail=True)
    leases.takeover(review_id=factories.taken(olena).pk, actor=factories.approver())
    work()
    assert len(mail.outbox) == 1


def test_mail_that_fails_is_tried_again_and_nothing_is_lost(olena, monkeypatch):
    leases.takeover(review_id=factories.taken(olena).pk, actor=factories.approver())
    monkeypatch.setattr(telling, "message_of", lambda notice: (_ for _ in ()).throw(OSError("no server")))
    work_once = Job.objects.get(kind="reviews.notify")
    assert tasks.notify(work_once.pk)
    job = Job.objects.get(kind="reviews.mail_notice")
    assert tasks.mail_notice(job.pk)
    job.refresh_from_db()
    assert (job.state, "no server" in job.error) == (JobState.QUEUED, True)
    assert Notice.objects.get().mailed_at is None
    monkeypatch.undo()
    with clock.shifted(timedelta(minutes=5)):
        assert runner.run("reviews.mail_notice", telling.mail, job.pk)
    assert len(mail.outbox) == 1


def test_account_that_may_not_read_the_desk_is_told_nothing(olena):
    verdict = factories.submitted(olena)
    olena.groups.clear()
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    assert told(olena) == []
    assert Verdict.objects.get(pk=verdict.pk).author == olena


def test_notices_over_rest_are_ones_own(olena, client_of):
    marko = factories.user(Role.CHECKER, name="marko")
    for person in (olena, marko):
        leases.takeover(review_id=factories.taken(person).pk, actor=factories.approver())
    work()
    client = client_of(olena)
    [shown] = client.get("/api/v1/notices?unread=true").json()["data"]
    assert (shown["type"], shown["read_at"]) == ("review.taken_over", None)
    assert shown["url"].endswith(f"/admin/review/{shown['review']}/")
    others = [one.pk for one in notices.of(marko)]
    refused = client.post("/api/v1/notices/read", {}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/up_to")
    assert client.post("/api/v1/notices/read", {"ids": others}, format="json").json() == {"read": 0, "unread": 1}
    up_to = {"up_to": max(shown["id"], *others)}
    assert client.post("/api/v1/notices/read", up_to, format="json").json() == {"read": 1, "unread": 0}
    assert client.get("/api/v1/notices?unread=true").json()["data"] == []
    assert notices.unread_count(marko) == 1
    assert client.put("/api/v1/notices/choice", {"by_mail": False}, format="json").json() == {"by_mail": False}
    assert client.get("/api/v1/notices/choice").json() == {"by_mail": False}
    assert client_of(factories.user(Role.SUBMITTER)).get("/api/v1/notices").status_code == 403


def test_bell_counts_and_the_page_empties_it(olena, client):
    leases.takeover(review_id=factories.taken(olena).pk, actor=factories.approver("marko"))
    work()
    client.force_login(olena)
    assert "1<span" in client.get("/admin/queue/").content.decode()
    page = client.get("/admin/notices/")
    assert "marko took over" in page.content.decode()
    newest = Notice.objects.get().pk
    assert client.post("/admin/notices/", {"do": "read", "up_to": newest}).status_code == 302
    assert notices.unread_count(olena) == 0
    client.post("/admin/notices/", {"do": "mail_off"})
    assert "They come here only." in client.get("/admin/notices/").content.decode()
    assert client.post("/admin/notices/", {"do": "dance"}).status_code == 422
