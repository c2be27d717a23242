"""Publishing, correcting, retracting: what the public sees and keeps."""

import json

import pytest

from claims.models import Article, Claim
from claims.services import articles, editing
from factcheck import canonical
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid
from factcheck.events.models import Event
from reviews import public_reports
from reviews.enums import CorrectionType, LinkRelation
from reviews.models import Report, ReportVersion, Review
from reviews.services import approvals, corrections, leases, publication, report_building, verdicts
from reviews.services.approvals import ClaimChanged
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db


def held(review):
    return Claim.objects.get(pk=review.claim_id).held_as


def test_publish_freezes_a_version():
    ready = factories.approved()
    done = publication.publish(review_id=ready.pk, actor=factories.publisher(), expected_version=ready.version)
    version = ReportVersion.objects.get()
    assert (version.number, version.kind, version.verdict_id) == (1, "published", ready.verdict_id)
    assert version.sha256 == canonical.sha256(version.payload)
    payload = json.loads(version.payload)
    assert payload["slug"] == done.report.slug == f"{ready.pk}-the-harbour-bridge-was-closed"
    assert payload["claim"]["claimant"]["name"] == "Ana Ruiz"
    assert payload["rating"]["value"] == 2
    assert (payload["rating"]["worst"], payload["rating"]["best"]) == (1, 5)
    review = Review.objects.get(pk=ready.pk)
    assert (review.status, review.report_status, review.version) == ("published", "live", ready.version + 1)
    assert held(review) == "report"
    event = Event.objects.get(type="report.published")
    assert (event.payload["report"], event.payload["report_version"]) == (done.report.slug, 1)
    assert verify() == []


def test_unordered_rating_carries_no_number():
    report = factories.published(rating="satire")
    payload = json.loads(report.current.payload)
    assert [payload["rating"][name] for name in ("value", "best", "worst")] == [None] * 3


def test_publish_takes_a_publisher():
    ready = factories.approved()
    for role in (Role.CHECKER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden):
            publication.publish(review_id=ready.pk, actor=factories.user(role))


def test_publish_needs_approval():
    verdict = factories.submitted(factories.checker())
    with pytest.raises(InvalidTransition):
        publication.publish(review_id=verdict.review_id, actor=factories.publisher())
    assert not Report.objects.exists()


def test_changed_claim_is_not_published():
    ready = factories.approved()
    claim = Claim.objects.select_related("article").get(pk=ready.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=factories.checker(), expected_version=claim.version)
    with pytest.raises(ClaimChanged):
        publication.publish(review_id=ready.pk, actor=factories.publisher())
    assert not Report.objects.exists()


def test_withdrawn_article_is_not_reported_on():
    ready = factories.approved()
    by = factories.checker()
    Article.objects.filter(pk=ready.claim.article_id).update(withdrawn_at=ready.opened_at, withdrawn_by=by)
    with pytest.raises(Conflict) as caught:
        publication.publish(review_id=ready.pk, actor=factories.publisher())
    assert caught.value.code == "article_withdrawn"


def test_what_does_not_conform_is_not_published(settings):
    ready = factories.approved()
    settings.BASE_URL = "http://desk.example.org"
    with pytest.raises(Invalid) as caught:
        publication.publish(review_id=ready.pk, actor=factories.publisher())
    error = caught.value
    assert (error.code, error.status) == ("not_conforming", 422)
    assert "/url" in {one.pointer for one in error.errors}
    assert not ReportVersion.objects.exists()
    assert Review.objects.get(pk=ready.pk).status == "approved"


def test_examine_shows_what_would_be_published():
    assert publication.examine(review_id=factories.review().pk) is None
    verdict = factories.submitted(factories.checker())
    examined = publication.examine(review_id=verdict.review_id)
    assert examined.report.rating.label == "Mostly false"
    assert not [one for one in examined.findings if one.severity == "error"]
    assert not Report.objects.exists()


def test_correction_goes_through_approval_and_adds_a_version():
    report = factories.corrected()
    first, second = ReportVersion.objects.order_by("number")
    assert (second.number, second.kind) == (2, "corrected")
    assert second.correction.verdict_before == first.verdict
    old, new = json.loads(first.payload), json.loads(second.payload)
    assert (new["published_at"], old["rating"]["slug"], new["rating"]["slug"]) == (
        old["published_at"],
        "mostly_false",
        "false",
    )
    assert new["modified_at"] > old["modified_at"]
    assert new["corrections"] == [
        {
            "type": "rating_changed",
            "reason": "The log was misread.",
            "date": new["modified_at"],
            "from_rating": "Mostly false",
            "to_rating": "False",
        }
    ]
    stored = Report.objects.get(pk=report.pk)
    assert (stored.number, stored.rating.slug, stored.slug) == (2, "false", first.report.slug)
    review = Review.objects.get(pk=report.review_id)
    assert (review.open_correction, review.report_status, review.round) == (None, "live", 2)


def test_correction_needs_a_reason_and_a_public_report():
    report = factories.published()
    with pytest.raises(Invalid) as caught:
        corrections.correct(
            review_id=report.review_id, type=CorrectionType.UPDATE, reason=" ", actor=factories.publisher()
        )
    assert caught.value.errors[0].pointer == "/reason"
    with pytest.raises(InvalidTransition):
        corrections.correct(
            review_id=factories.approved().pk, type=CorrectionType.UPDATE, reason="x", actor=factories.publisher()
        )


def test_corrector_who_may_work_on_it_holds_the_lease():
    report = factories.published()
    both = factories.user(Role.CHECKER, Role.PUBLISHER)
    review = corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="New figures.", actor=both
    )
    assert review.lease_holder == both
    assert factories.under_correction().lease_holder is None


def test_claim_can_be_mended_while_a_released_correction_is_open():
    review = factories.under_correction()
    by = factories.checker()
    leases.take(review_id=review.pk, actor=by)
    assert held(review) == "review"
    leases.release(review_id=review.pk, actor=by)
    assert held(review) == "correction"
    claim = Claim.objects.select_related("article").get(pk=review.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=by, expected_version=claim.version)
    with pytest.raises(Conflict, match="retract them first"):
        articles.withdraw(article=claim.article, reason="x", actor=factories.publisher())
    leases.take(review_id=review.pk, actor=by)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(rating="false"), actor=by).verdict
    assert held(review) == "report"
    approvals.approve(verdict_id=verdict.pk, revision=2, actor=factories.approver())
    report = publication.publish(review_id=review.pk, actor=factories.publisher()).report
    assert json.loads(report.current.payload)["claim"]["venue"] == "radio"


@pytest.mark.parametrize("stage", ["in_review", "in_approval", "approved"])
def test_abandoned_correction_leaves_the_report_as_it_was(stage):
    review = factories.under_correction()
    by = factories.checker()
    if stage != "in_review":
        leases.take(review_id=review.pk, actor=by)
        verdict = verdicts.submit(
            review_id=review.pk, submission=factories.submission(rating="false"), actor=by
        ).verdict
        if stage == "approved":
            approvals.approve(verdict_id=verdict.pk, revision=2, actor=factories.approver())
    abandoned = corrections.abandon(review_id=review.pk, actor=factories.publisher())
    assert (abandoned.status, abandoned.report_status, abandoned.open_correction) == ("published", "live", None)
    stored = Review.objects.select_related("report__current").get(pk=review.pk)
    assert stored.verdict_id == stored.report.current.verdict_id
    assert stored.report.number == 1
    assert verify() == []


def test_every_round_of_corrections_is_kept():
    report = factories.corrected()
    by = factories.checker()
    corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="New figures.", actor=factories.publisher()
    )
    leases.take(review_id=report.review_id, actor=by)
    verdict = verdicts.submit(
        review_id=report.review_id, submission=factories.submission(rating="false"), actor=by
    ).verdict
    approvals.approve(verdict_id=verdict.pk, revision=3, actor=factories.approver())
    third = publication.publish(review_id=report.review_id, actor=factories.publisher()).version
    told = [(one["type"], one["reason"]) for one in json.loads(third.payload)["corrections"]]
    assert told == [("rating_changed", "The log was misread."), ("update", "New figures.")]


def test_retraction_leaves_a_notice_version():
    report = factories.retracted()
    version = ReportVersion.objects.get(number=2)
    payload = json.loads(version.payload)
    assert (version.kind, payload["kind"], payload["retraction"]["reason"]) == (
        "retracted",
        "retracted",
        "The log was forged.",
    )
    stored = Report.objects.get(pk=report.pk)
    assert stored.retracted_at == stored.modified_at
    review = Review.objects.get(pk=report.review_id)
    assert (review.status, review.report_status, held(review)) == ("retracted", "retracted", "")
    for act in (
        lambda: publication.retract(review_id=review.pk, reason="again", actor=factories.publisher()),
        lambda: corrections.correct(
            review_id=review.pk, type=CorrectionType.UPDATE, reason="x", actor=factories.publisher()
        ),
    ):
        with pytest.raises(InvalidTransition):
            act()


def test_retraction_ends_an_open_correction():
    review = factories.under_correction()
    publication.retract(review_id=review.pk, reason="Wrong from the start.", actor=factories.publisher())
    stored = Review.objects.get(pk=review.pk)
    assert (stored.status, stored.open_correction, stored.lease_holder) == ("retracted", None, None)
    assert stored.verdict is not None
    assert verify() == []


@pytest.mark.parametrize("reason", ["", " ", "—"])
def test_retraction_needs_a_reason(reason):
    report = factories.published()
    with pytest.raises(Invalid):
        publication.retract(review_id=report.review_id, reason=reason, actor=factories.publisher())


def test_said_and_true_are_linked_on_each_other():
    article = factories.article()
    by = factories.checker()
    content = factories.claim(of=article, by=by)
    said = factories.claim(of=article, number=1, by=by, kind="attribution")
    Claim.objects.filter(pk=said.pk).update(pair=content)
    factories.open_reviews(article)
    slugs = []
    for claim in (content, said):
        review = Review.objects.get(claim=claim)
        writer = factories.checker()
        leases.take(review_id=review.pk, actor=writer)
        verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=writer).verdict
        approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
        slugs.append(publication.publish(review_id=review.pk, actor=factories.publisher()).report.slug)
    second = public_reports.opened(public_reports.named(slugs[1])).report
    [link] = second.links
    assert (link.relation, link.rating_label) == (LinkRelation.CONTENT, "Mostly false")
    assert link.report_url.endswith(slugs[0])


@pytest.mark.parametrize(
    ("statement", "slug"),
    [
        ("Thousands of Ukrainian troops are completely surrounded by the military", "12-thousands-of-ukrainian-troops"),
        ("Prices rose", "12-prices-rose"),
        ("Потоп", "12"),
        ("“Élan” — it’s 3%!", "12-elan-its-3"),
        ("a" * 90, "12-" + "a" * 32),
    ],
)
def test_slug_is_the_review_and_the_first_words(statement, slug):
    assert report_building.slug_of(12, statement) == slug
