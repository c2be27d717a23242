"""What the queue, its leases and its deadlines refuse."""

from claims.models import Claim
from claims.services import triage
from factcheck.accounts.roles import Role
from reviews.services import queue
from tests import factories
from tests.reviews.refusals.cases import Case, on, person


def role_missing():
    review = factories.review()
    return Case(
        "role_missing",
        403,
        f"/reviews/{review.pk}/drop",
        {"reason": "other"},
        person(Role.CHECKER),
        **on(review, "drop", reason="other"),
    )


def leased_by_other():
    held = factories.taken(factories.checker())
    return Case("leased_by_other", 409, f"/reviews/{held.pk}/lease", {}, person(), "put", **on(held, "take"))


def assignee_cannot():
    review, auditor = factories.review(), factories.user(Role.AUDITOR)
    body = {"assignee": auditor.username}
    return Case(
        "assignee_cannot_take",
        422,
        f"/reviews/{review.pk}/assign",
        body,
        person(),
        **on(review, "assign", **body),
        places=("/assignee",),
        ids=("assign-assignee",),
    )


def deadline_beyond_the_calendar():
    review = factories.review()
    return Case(
        "deadline_invalid",
        422,
        f"/reviews/{review.pk}",
        {"due_at": "1850-01-01T00:00:00Z"},
        person(),
        "patch",
        **on(review, "prioritise", priority="0", reach="0", due_at="1850-01-01"),
        places=("/due_at",),
        ids=("prioritise-due_at",),
    )


def reopened_without_its_claim():
    review = factories.review()
    queue.drop(review_id=review.pk, reason=queue.DropReason.OTHER, actor=person())
    triage.dismiss(claim=Claim.objects.get(pk=review.claim_id), reason="x", actor=factories.checker())
    return Case("claim_not_selected", 409, f"/reviews/{review.pk}/reopen", {}, person(), **on(review, "reopen"))


def stale_version():
    review, by = factories.review(), person()
    return Case(
        "stale",
        412,
        f"/reviews/{review.pk}/drop",
        {"reason": "other"},
        by,
        **on(review, "drop", reason="other", version=99),
    )


def due_rules():
    rules = {"rules": [{"least_priority": 0, "hours": 5}] * 2}
    return Case(
        "rules_invalid", 422, "/due-policy", rules, person(Role.ADMINISTRATOR, Role.CHECKER), "put", places=("/rules",)
    )


def notices_unnamed():
    return Case("notices_unnamed", 422, "/notices/read", {}, person(), places=("/up_to",))


CASES = (
    role_missing,
    leased_by_other,
    assignee_cannot,
    deadline_beyond_the_calendar,
    reopened_without_its_claim,
    stale_version,
    due_rules,
    notices_unnamed,
)
