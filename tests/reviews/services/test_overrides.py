"""A publisher sets a rule of the gate aside; a checker's verdict then goes without it."""

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid
from reviews.enums import CorrectionType
from reviews.models import GateOverride, Review, Verdict
from reviews.services import approvals, corrections, leases, overrides, publication, verdicts
from tests import factories

pytestmark = pytest.mark.django_db
LONE = {"evidence": factories.EVIDENCE[:1]}
WHY = "Only one log exists."


def set_aside(review, rule="independent_sources", reason=WHY, actor=None):
    return overrides.set_aside(review_id=review.pk, rule=rule, reason=reason, actor=actor or factories.publisher())


def submit(review, by, **changes):
    return verdicts.submit(review_id=review.pk, submission=factories.submission(**changes), actor=by)


def test_a_checker_submits_without_what_a_publisher_set_aside():
    by, publisher = factories.checker(), factories.publisher()
    review = factories.taken(by)
    with pytest.raises(Invalid):
        submit(review, by, **LONE)
    set_aside(review, actor=publisher)
    assert Review.objects.get(pk=review.pk).version == review.version
    done = submit(review, by, **LONE)
    assert done.verdict.overrides == [{"rule": "independent_sources", "reason": WHY}]
    kept = AuditEvent.objects.get(action="review.rule_set_aside")
    assert (kept.actor, kept.data["rule"], kept.data["reason"]) == (publisher, "independent_sources", WHY)
    assert verify() == []


def test_what_is_not_needed_is_not_on_the_verdict():
    by = factories.checker()
    review = factories.taken(by)
    set_aside(review)
    assert submit(review, by).verdict.overrides == []


def test_a_rule_set_aside_counts_until_the_report_is_published():
    by = factories.checker()
    review = factories.taken(by)
    set_aside(review)
    verdict = submit(review, by, **LONE).verdict

    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    publisher = factories.publisher()
    publication.publish(review_id=review.pk, actor=publisher)
    corrections.correct(review_id=review.pk, type=CorrectionType.UPDATE, reason="The log was found.", actor=publisher)

    leases.take(review_id=review.pk, actor=by)
    with pytest.raises(Invalid) as caught:
        submit(review, by, **LONE)
    assert caught.value.code == "gate"


@pytest.mark.parametrize(
    ("rule", "reason", "pointer"),
    [("rating", WHY, "/rule"), ("no_such", WHY, "/rule"), ("independent_sources", " . ", "/reason")],
)
def test_what_cannot_be_set_aside_is_refused_with_its_place(rule, reason, pointer):
    with pytest.raises(Invalid) as caught:
        set_aside(factories.taken(factories.checker()), rule, reason)
    assert [(error.pointer, error.code) for error in caught.value.errors] == [(pointer, "override")]
    assert not GateOverride.objects.exists()


def test_only_a_publisher_sets_a_rule_aside_and_once():
    review = factories.taken(factories.checker())
    with pytest.raises(Forbidden):
        set_aside(review, actor=factories.user(Role.CHECKER, Role.APPROVER))
    set_aside(review)
    with pytest.raises(Conflict) as caught:
        set_aside(review)
    assert caught.value.code == "rule_set_aside"


def test_nothing_is_set_aside_for_a_verdict_that_is_handed_in():
    verdict = factories.submitted(factories.checker())
    with pytest.raises(Conflict) as caught:
        set_aside(verdict.review)
    assert caught.value.code == "verdict_submitted"


def test_an_override_is_kept_for_ever():
    row = set_aside(factories.taken(factories.checker()))
    with pytest.raises(IntegrityError), transaction.atomic():
        GateOverride.objects.filter(pk=row.pk).update(reason="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        GateOverride.objects.filter(pk=row.pk).delete()


def test_over_rest_and_on_the_page(client):
    publisher = factories.publisher()
    review = factories.taken(factories.checker())
    rest = APIClient()
    rest.force_authenticate(publisher)
    address = f"/api/v1/reviews/{review.pk}/overrides"
    refused = rest.post(address, {"rule": "independent_sources", "reason": ""}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
    client.force_login(publisher)
    page = client.get(f"/admin/review/{review.pk}/").content.decode()
    assert "Set a rule aside" in page
    sent = client.post(f"/admin/review/{review.pk}/override/", {"form": "override", "rule": "independent_sources"})
    assert sent.status_code == 422
    assert 'id="override-reason-error"' in sent.content.decode()
    made = client.post(
        f"/admin/review/{review.pk}/override/", {"form": "override", "rule": "independent_sources", "reason": WHY}
    )
    assert made.status_code == 302
    assert WHY in client.get(f"/admin/review/{review.pk}/").content.decode()
    assert [one["rule"] for one in rest.get(address).json()["data"]] == ["independent_sources"]
    assert not Verdict.objects.exists()
