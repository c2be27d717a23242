"""What is refused to those who decide on a verdict, and to who takes it back."""

from claims.models import Claim
from claims.services import editing
from reviews.models import RatingScale
from reviews.services import approvals
from tests import factories
from tests.reviews.refusals.cases import Case, on, person


def not_the_author():
    verdict = factories.submitted(factories.checker())
    return Case(
        "not_the_author", 403, f"/reviews/{verdict.review_id}/withdraw", {}, person(), **on(verdict.review, "withdraw")
    )


def deciding(verdict, decision, **more):
    return {
        "path": f"/verdicts/{verdict.pk}/approvals",
        "body": {"decision": decision, "revision": verdict.revision, **more},
    }


def self_approval():
    by = person()
    verdict = factories.submitted(by)
    return Case(
        "self_approval",
        403,
        **deciding(verdict, "approve"),
        who=by,
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


def changes_without_a_comment():
    verdict = factories.submitted(factories.checker())
    sent = deciding(verdict, "request_changes", comment=" ")
    return Case(
        "comment_missing",
        422,
        **sent,
        who=person(),
        **on(verdict.review, "request_changes", comment=" ", verdict=verdict.pk, revision=1),
        places=("/comment",),
        ids=("request_changes-comment",),
    )


def decided_twice():
    ask_for_approvals(2)
    verdict, by = factories.submitted(factories.checker()), person()
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=by)
    return Case(
        "already_decided",
        409,
        **deciding(verdict, "approve"),
        who=by,
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


def ask_for_approvals(required):
    RatingScale.objects.filter(default_since__isnull=False).update(required_approvals=required)


def outdated_revision():
    verdict = factories.submitted(factories.checker())
    sent = {"decision": "approve", "revision": 7}
    return Case(
        "revision_outdated",
        409,
        f"/verdicts/{verdict.pk}/approvals",
        sent,
        person(),
        **on(verdict.review, "approve", verdict=verdict.pk, revision=7),
    )


def claim_changed():
    verdict = factories.submitted(factories.checker())
    claim = Claim.objects.get(pk=verdict.review.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=factories.checker(), expected_version=claim.version)
    return Case(
        "claim_changed",
        409,
        **deciding(verdict, "approve"),
        who=person(),
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


CASES = (
    not_the_author,
    self_approval,
    changes_without_a_comment,
    decided_twice,
    outdated_revision,
    claim_changed,
)
