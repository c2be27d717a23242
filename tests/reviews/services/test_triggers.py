"""What the database itself refuses, whoever asks: the ORM, a shell, SQL."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from factcheck import immutable
from factcheck.clock import db_now
from reviews import workflow
from reviews.enums import CorrectionType, Decision, DropReason, ReportStatus, ReviewStatus, VersionKind
from reviews.models import Approval, Contributor, Report, ReportVersion, Review, Verdict
from reviews.services import approvals, corrections, drafts, leases, publication, queue, verdicts
from tests import factories

pytestmark = pytest.mark.django_db


def insert_approval(verdict, by, decision=Decision.APPROVE):
    with transaction.atomic():
        return Approval.objects.create(verdict=verdict, approver=by, decision=decision.value, comment="so", at=db_now())


def test_all_triggers_of_reviews_stand():
    assert immutable.missing(connection) == []


def test_author_cannot_approve_through_the_orm():
    by = factories.user(factories.Role.CHECKER, factories.Role.APPROVER)
    verdict = factories.submitted(by)
    for decision in Decision:
        with pytest.raises(IntegrityError, match="contributed to this text"):
            insert_approval(verdict, by, decision)
    assert not Approval.objects.exists()


def test_drafter_cannot_approve_through_the_orm():
    drafter = factories.user(factories.Role.CHECKER, factories.Role.APPROVER)
    author = factories.checker()
    review = factories.taken(author)
    drafts.save(review_id=review.pk, content={"summary": "mine"}, actor=drafter)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=author).verdict
    with pytest.raises(IntegrityError, match="contributed to this text"):
        insert_approval(verdict, drafter)


def test_author_of_an_earlier_revision_of_the_round_cannot_approve():
    first, second = (factories.user(factories.Role.CHECKER, factories.Role.APPROVER) for _ in range(2))
    verdict = factories.submitted(first)
    verdicts.withdraw(review_id=verdict.review_id, actor=first)
    leases.release(review_id=verdict.review_id, actor=first)
    leases.take(review_id=verdict.review_id, actor=second)
    later = verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=second).verdict
    with pytest.raises(IntegrityError, match="contributed to this text"):
        insert_approval(later, first)
    insert_approval(later, factories.approver())


def test_author_before_a_reopening_cannot_approve_through_the_orm():
    first, second = factories.user(factories.Role.CHECKER, factories.Role.APPROVER), factories.checker()
    verdict = factories.submitted(first)
    queue.drop(review_id=verdict.review_id, reason=DropReason.OTHER, actor=factories.approver())
    queue.reopen(review_id=verdict.review_id, actor=factories.approver())
    leases.take(review_id=verdict.review_id, actor=second)
    later = verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=second).verdict
    with pytest.raises(IntegrityError, match="contributed to this text"):
        insert_approval(later, first)


def test_a_report_goes_though_its_approver_works_on_the_correction():
    by = factories.user(factories.Role.CHECKER, factories.Role.APPROVER)
    review = Review.objects.get(pk=factories.published(approver_=by).review_id)
    held = corrections.correct(
        review_id=review.pk, type=CorrectionType.UPDATE, reason="New figures.", actor=factories.publisher()
    )
    drafts.save(review_id=held.pk, content={"summary": "a word"}, actor=by)
    gone = publication.retract(review_id=held.pk, reason="The log was forged.", actor=factories.publisher())
    assert gone.version.kind == "retracted"


def test_only_the_current_verdict_can_be_approved():
    by = factories.checker()
    verdict = factories.submitted(by)
    verdicts.withdraw(review_id=verdict.review_id, actor=by)
    with pytest.raises(IntegrityError, match="not up for approval"):
        insert_approval(verdict, factories.approver())


def test_a_person_decides_once():
    verdict = factories.submitted(factories.checker())
    by = factories.approver()
    insert_approval(verdict, by)
    with pytest.raises(IntegrityError):
        insert_approval(verdict, by, Decision.REQUEST_CHANGES)


def version_of(report, verdict, by):
    return ReportVersion(
        report=report,
        number=9,
        kind=VersionKind.PUBLISHED.value,
        verdict=verdict,
        payload="{}",
        sha256="0" * 64,
        published_by=by,
        published_at=db_now(),
    )


def report_of(verdict):
    at = db_now()
    return Report.objects.create(
        review=verdict.review, slug=f"{verdict.review_id}-x", rating=verdict.rating, published_at=at, modified_at=at
    )


def test_no_version_without_an_approval():
    verdict = factories.submitted(factories.checker())
    report = report_of(verdict)
    with pytest.raises(IntegrityError, match="nobody else has approved"), transaction.atomic():
        version_of(report, verdict, factories.publisher()).save(force_insert=True)


def test_no_version_on_a_request_for_changes():
    verdict = factories.submitted(factories.checker())
    insert_approval(verdict, factories.approver(), Decision.REQUEST_CHANGES)
    with pytest.raises(IntegrityError, match="nobody else has approved"), transaction.atomic():
        version_of(report_of(verdict), verdict, factories.publisher()).save(force_insert=True)


def test_no_version_on_another_reviews_approval():
    approved = factories.approved()
    other = factories.submitted(factories.checker())
    with pytest.raises(IntegrityError, match="nobody else has approved"), transaction.atomic():
        version_of(report_of(other), approved.verdict, factories.publisher()).save(force_insert=True)


def test_no_version_when_the_only_approver_turns_out_to_have_contributed():
    by = factories.approver()
    review = factories.approved(approver_=by)
    Contributor.objects.create(review=review, round=review.round, user=by, what="late", at=db_now())
    with pytest.raises(IntegrityError, match="nobody else has approved"), transaction.atomic():
        version_of(report_of(review.verdict), review.verdict, factories.publisher()).save(force_insert=True)


def test_self_approval_that_slips_past_the_service_is_refused_in_its_words(monkeypatch):
    """The service's own check is taken away; the trigger still answers 403."""
    by = factories.user(factories.Role.CHECKER, factories.Role.APPROVER)
    verdict = factories.submitted(by)
    read = approvals._read

    def blind(verdict_id, revision, actor, *rest):
        return read(verdict_id, revision, factories.approver(), *rest)

    monkeypatch.setattr(approvals, "_read", blind)
    with pytest.raises(approvals.SelfApproval) as caught:
        approvals.approve(verdict_id=verdict.pk, revision=1, actor=by)
    assert (caught.value.code, caught.value.status) == ("self_approval", 403)


IMMUTABLE = [
    "reviews_verdict",
    "reviews_evidence",
    "reviews_approval",
    "reviews_contributor",
    "reviews_correction",
    "reviews_reportversion",
]


@pytest.mark.parametrize("table", IMMUTABLE)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_append_only_tables_refuse_sql(table, statement):
    review = Review.objects.get(pk=factories.corrected().review_id)
    Contributor.objects.create(review=review, round=1, user=factories.checker(), what="draft", at=db_now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_append_only_rows_refuse_the_orm():
    verdict = Verdict.objects.get(pk=factories.submitted(factories.checker()).pk)
    verdict.explanation = "another"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        verdict.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.delete()


def test_states_of_the_check_are_those_of_the_workflow():
    review = factories.review()
    allowed = {(status, report) for status, reports in workflow.STATES.items() for report in reports}
    constraint = next(c for c in Review._meta.constraints if c.name == "a_review_is_in_a_state_of_the_workflow")
    for status in ReviewStatus:
        for report in ReportStatus:
            holds = constraint.condition.check({"status": status.value, "report_status": report.value})
            assert holds == ((status, report) in allowed), (status, report)
    assert review.state in allowed


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "published"}, "a_review_is_in_a_state_of_the_workflow"),
        ({"lease_expires_at": "2026-01-01T00:00Z"}, "only_a_review_in_work_is_leased_and_until_when"),
        ({"status": "in_approval"}, "a_verdict_stands_once_submitted"),
        ({"report_status": "under_correction"}, "a_report_under_correction_names_it"),
        ({"assigned_at": "2026-01-01T00:00Z"}, "an_assignment_has_person_and_time"),
        ({"status": "dropped"}, "a_dropped_review_has_time_and_reason"),
        ({"version": 0}, "versions_and_rounds_start_at_one"),
    ],
)
def test_a_review_that_cannot_be_is_refused(changes, constraint):
    review = factories.review()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**changes)


def test_one_review_per_claim():
    review = factories.review()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(claim=review.claim, queue_key=0, opened_at=db_now())


def test_confidential_evidence_needs_a_public_name():
    item = replace(factories.EVIDENCE[0], confidential=True, confidential_reason="x", public_title="a log")
    verdict = factories.submitted(factories.checker(), evidence=(item, factories.EVIDENCE[1]))
    row = verdict.evidence.get(number=1)
    row.pk, row.number, row.public_title = None, 3, ""
    with pytest.raises(IntegrityError, match="a_confidential_source"), transaction.atomic():
        row.save(force_insert=True)
