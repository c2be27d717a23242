"""What publishing, correcting and retracting a report refuse."""

from factcheck.clock import db_now
from reviews.models import RatingScale, Verdict
from tests import factories
from tests.lifting import lifted
from tests.reviews.refusals.cases import Case, on, person


def wrong_state():
    review = factories.review()
    return Case("invalid_transition", 409, f"/reviews/{review.pk}/publish", {}, person(), **on(review, "publish"))


def not_conforming():
    ready = factories.approved()
    with lifted():
        verdict = Verdict.objects.get(pk=ready.verdict_id)
        Verdict.objects.filter(pk=verdict.pk).update(
            claim_snapshot=verdict.claim_snapshot.replace('"said_at":"2026-05-02"', '"said_at":"2096-05-02"')
        )
    return Case(
        "not_conforming",
        422,
        f"/reviews/{ready.pk}/publish",
        {},
        person(),
        **on(ready, "publish"),
        places=("/itemReviewed/datePublished",),
    )


def approvals_missing():
    ready = factories.approved()
    RatingScale.objects.update(required_approvals=3)
    return Case("approvals_missing", 409, f"/reviews/{ready.pk}/publish", {}, person(), **on(ready, "publish"))


def correction_without_a_reason():
    report = factories.published()
    body = {"type": "update", "reason": " "}
    return Case(
        "reason_missing",
        422,
        f"/reviews/{report.review_id}/correct",
        body,
        person(),
        **on(report.review, "correct", **body),
        places=("/reason",),
        ids=("correct-reason",),
    )


def retraction_without_a_reason():
    report = factories.published()
    return Case(
        "reason_missing",
        422,
        f"/reviews/{report.review_id}/retract",
        {"reason": ""},
        person(),
        **on(report.review, "retract", reason=""),
        places=("/reason",),
        ids=("retract-reason",),
    )


def withdrawn_article():
    ready = factories.approved()
    type(ready.claim.article).objects.filter(pk=ready.claim.article_id).update(
        withdrawn_at=db_now(), withdrawn_by=factories.checker()
    )
    return Case("article_withdrawn", 409, f"/reviews/{ready.pk}/publish", {}, person(), **on(ready, "publish"))


CASES = (
    wrong_state,
    not_conforming,
    approvals_missing,
    correction_without_a_reason,
    retraction_without_a_reason,
    withdrawn_article,
)
