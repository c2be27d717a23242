"""Submitting, withdrawing and revising verdicts."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.services import editing
from factcheck import canonical, clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Forbidden, Invalid, Stale
from reviews.enums import CorrectionType, Stance
from reviews.gate import Override
from reviews.models import Evidence, Review, Source, Verdict
from reviews.selectors import all_verdicts, content_of_verdict
from reviews.services import corrections, leases, scales, sources, verdicts
from reviews.services.leases import NotHolder
from reviews.services.moves import LeasedByOther
from reviews.submissions import EvidenceItem, submission_of
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db


def submit(review, by, expected_version=None, **changes):
    return verdicts.submit(
        review_id=review.pk,
        submission=factories.submission(**changes),
        actor=by,
        expected_version=expected_version,
    )


def refusal(review, by, **changes):
    with pytest.raises(Invalid) as caught:
        submit(review, by, **changes)
    return caught.value


def places(error):
    return {(one.pointer, one.code) for one in error.errors}


@pytest.fixture
def by():
    return factories.checker()


@pytest.fixture
def review(by):
    return factories.taken(by)


def test_submission_freezes_the_claim_and_the_evidence(review, by):
    done = submit(review, by, expected_version=review.version)
    verdict = Verdict.objects.get()
    snapshot = json.loads(verdict.claim_snapshot)
    assert snapshot["quote"] == factories.SENTENCES[0]
    assert snapshot["claimant"]["name"] == "Ana Ruiz"
    assert verdict.claim_version == Claim.objects.get(pk=review.claim_id).version
    assert verdict.claim_snapshot == canonical.dumps(snapshot)
    assert [one.title for one in Evidence.objects.order_by("number")] == ["Port log", "Two weeks of detours"]
    stored = Review.objects.get(pk=review.pk)
    assert (stored.status, stored.version, stored.verdict, stored.revisions) == ("in_approval", 3, verdict, 1)
    assert (stored.lease_holder, Claim.objects.get(pk=review.claim_id).held_as) == (None, "")
    assert done.review.version == 3
    event = AuditEvent.objects.get(action="review.submitted")
    assert set(json.loads(event.body)["rows"]) == {
        f"reviews.Verdict:{verdict.pk}",
        *(f"reviews.Evidence:{one.pk}" for one in Evidence.objects.all()),
    }
    assert verify() == []


def test_everything_missing_is_named_at_once(review, by):
    error = refusal(review, by, rating="wrong", explanation=" ", evidence=())
    assert (error.code, error.status) == ("gate", 422)
    assert {pointer for pointer, _ in places(error)} == {"/rating", "/explanation", "/evidence"}
    assert "mostly_false" in next(one.detail for one in error.errors if one.pointer == "/rating")
    assert not Verdict.objects.exists()
    assert not Source.objects.exists()


def test_one_source_is_not_enough_and_two_pages_of_one_site_are_one(review, by):
    one = refusal(review, by, evidence=factories.EVIDENCE[:1])
    assert places(one) == {("/evidence", "independent_sources")}
    same = replace(factories.EVIDENCE[0], url="https://www.port.example/other")
    assert places(refusal(review, by, evidence=(factories.EVIDENCE[0], same))) == {("/evidence", "independent_sources")}


def test_an_editors_group_tells_two_pages_of_one_site_apart(review, by):
    same = replace(factories.EVIDENCE[0], url="https://port.example/u/2", independence_group="Harbour union")
    submit(review, by, evidence=(factories.EVIDENCE[0], same))
    assert [one.independence_group for one in Evidence.objects.order_by("number")] == ["port.example", "harbour union"]


def start_of_a_correction(by, evidence):
    """What the correction of a report with this evidence starts from."""
    report = factories.published(by=by, evidence=evidence)
    corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="New figures.", actor=factories.publisher()
    )
    held = leases.take(review_id=report.review_id, actor=by)
    return held, content_of_verdict(all_verdicts().get(review=held))


def submit_content(review, by, content):
    return verdicts.submit(review_id=review.pk, submission=submission_of(content), actor=by)


def test_a_correction_that_changes_an_address_counts_the_source_anew(by):
    held, content = start_of_a_correction(by, factories.EVIDENCE)
    content["evidence"][1]["url"] = "https://port.example/detours"
    with pytest.raises(Invalid) as caught:
        submit_content(held, by, content)
    assert places(caught.value) == {("/evidence", "independent_sources")}


def test_a_group_set_in_a_verdict_stays_when_the_address_changes(by):
    union = replace(factories.EVIDENCE[1], independence_group="Harbour union")
    held, content = start_of_a_correction(by, (factories.EVIDENCE[0], union))
    content["evidence"][1]["url"] = "https://port.example/detours"
    done = submit_content(held, by, content)
    assert [one.independence_group for one in done.evidence] == ["port.example", "harbour union"]


def test_a_group_set_on_a_source_stays_with_that_source(by):
    made, _ = sources.add(url="https://daily.example/bridge", title="Two weeks of detours", group="Harbour", actor=by)
    held, content = start_of_a_correction(by, factories.EVIDENCE)
    assert Evidence.objects.get(source=made).independence_group == "harbour"
    content["evidence"][1]["url"] = "https://port.example/detours"
    with pytest.raises(Invalid) as caught:
        submit_content(held, by, content)
    assert places(caught.value) == {("/evidence", "independent_sources")}


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"url": "ftp://port.example/x"}, ("/evidence/0/url", "complete_sources")),
        ({"url": "https://a:b@port.example/x"}, ("/evidence/0/url", "url_has_password")),
        ({"stance": None}, ("/evidence/0/stance", "complete_sources")),
        ({"url": "", "title": ""}, ("/evidence/0", "complete_sources")),
        ({"accessed_at": "yesterday"}, ("/evidence/0/accessed_at", "date_invalid")),
        ({"accessed_at": "2999-01-01"}, ("/evidence/0/accessed_at", "date_in_future")),
        ({"source": 10**9}, ("/evidence/0/source", "source_unknown")),
        ({"confidential": True, "public_title": "x"}, ("/evidence/0/confidential_reason", "complete_sources")),
        ({"confidential": True, "confidential_reason": "x"}, ("/evidence/0/public_title", "complete_sources")),
    ],
)
def test_a_source_that_cannot_be_used_is_named(review, by, item, place):
    third = EvidenceItem(stance=Stance.CONTEXT, url="https://third.example/")
    broken = (replace(factories.EVIDENCE[0], **item), factories.EVIDENCE[1], third)
    assert place in places(refusal(review, by, evidence=broken))
    assert not Verdict.objects.exists()


def test_a_known_source_is_used_again_and_lends_its_words(review, by):
    submit(review, by)
    assert Source.objects.count() == 2
    other = factories.taken(by)
    bare = EvidenceItem(stance=Stance.REFUTES, url="http://www.port.example/log/?utm_source=x#top")
    submit(other, by, evidence=(bare, factories.EVIDENCE[1]))
    assert Source.objects.count() == 2
    used = Evidence.objects.filter(verdict__review=other).order_by("number")[0]
    assert (used.title, used.publisher, used.url) == ("Port log", "Port authority", bare.url)
    assert used.source == Evidence.objects.filter(verdict__review=review).order_by("number")[0].source


def test_a_source_can_be_named_by_its_id(review, by):
    submit(review, by)
    source = Source.objects.get(title="Port log")
    other = factories.taken(by)
    item = EvidenceItem(stance=Stance.REFUTES, source=source.pk, excerpt="closed")
    submit(other, by, evidence=(item, factories.EVIDENCE[1]))
    used = Evidence.objects.filter(verdict__review=other).order_by("number")[0]
    assert (used.source, used.url, used.title) == (source, source.url, "Port log")


def test_a_source_without_address_or_title_of_its_page_is_told_by_its_host(review, by):
    bare = EvidenceItem(stance=Stance.REFUTES, url="https://port.example/log")
    submit(review, by, evidence=(bare, factories.EVIDENCE[1]))
    assert Evidence.objects.get(number=1).title == "port.example"


def test_the_same_source_twice_is_one_row(review, by):
    twice = (factories.EVIDENCE[0], *factories.EVIDENCE)
    submit(review, by, evidence=twice)
    assert Source.objects.count() == 2
    assert Evidence.objects.count() == 3


def test_only_the_holder_of_a_live_lease_submits(review, by):
    other = factories.checker()
    with pytest.raises(LeasedByOther):
        submit(review, other)
    with clock.shifted(timedelta(minutes=31)):
        with pytest.raises(NotHolder) as caught:
            submit(review, by)
        assert caught.value.code == "lease_expired"
        with pytest.raises(NotHolder) as caught:
            submit(review, other)
        assert caught.value.code == "lease_missing"
        leases.renew(review_id=review.pk, actor=by)
        submit(review, by)


def test_submitting_twice_is_impossible(review, by):
    submit(review, by)
    with pytest.raises(InvalidTransition):
        submit(review, by)


def test_stale_submission_is_refused(review, by):
    with pytest.raises(Stale):
        submit(review, by, expected_version=review.version - 1)


def test_override_takes_a_publisher_and_a_reason():
    both = factories.user(Role.CHECKER, Role.PUBLISHER)
    review = factories.taken(both)
    bare = {"evidence": factories.EVIDENCE[:1], "overrides": (Override("independent_sources", "only one log exists"),)}
    with pytest.raises(Forbidden):
        submit(factories.taken(by := factories.checker()), by, **bare)
    error = refusal(review, both, **{**bare, "overrides": (Override("independent_sources", ""),)})
    assert ("/overrides/0", "override") in places(error)
    submit(review, both, **bare)
    assert Verdict.objects.get().overrides == [{"rule": "independent_sources", "reason": "only one log exists"}]
    told = AuditEvent.objects.get(action="review.submitted").data["overrides"]
    assert told == [{"rule": "independent_sources", "reason": "only one log exists"}]


def test_withdraw_by_the_author_opens_the_text_again(review, by):
    verdict = submit(review, by).verdict
    back = verdicts.withdraw(review_id=review.pk, actor=by, reason="typo")
    assert (back.status, back.verdict, back.lease_holder) == ("in_review", None, by)
    again = submit(review, by).verdict
    assert (verdict.revision, again.revision) == (1, 2)
    assert verify() == []


def test_withdraw_by_another_is_refused(review, by):
    submit(review, by)
    with pytest.raises(Forbidden) as caught:
        verdicts.withdraw(review_id=review.pk, actor=factories.checker())
    assert caught.value.code == "not_the_author"


def test_revise_voids_the_approvals():
    approved = factories.approved()
    by = factories.checker()
    open_ = verdicts.revise(review_id=approved.pk, actor=by)
    assert (open_.status, open_.verdict, open_.lease_holder) == ("in_review", None, by)
    again = submit(open_, by).verdict
    assert again.approvals.count() == 0
    assert Review.objects.get(pk=approved.pk).status == "in_approval"


def test_correction_type_and_rating_must_agree():
    changed = factories.under_correction(CorrectionType.RATING_CHANGED)
    by = factories.checker()
    leases.take(review_id=changed.pk, actor=by)
    error = refusal(changed, by)
    assert error.code == "correction_type_mismatch"
    submit(changed, by, rating="true")
    for type_ in (CorrectionType.RATING_UNCHANGED, CorrectionType.UPDATE):
        same = factories.under_correction(type_)
        leases.take(review_id=same.pk, actor=by)
        assert refusal(same, by, rating="true").code == "correction_type_mismatch"
        submit(same, by)


def test_ratings_come_from_the_scale_in_force(review, by):
    spec = scales.ScaleSpec("two", "Two", (scales.RatingSpec("No", "no", 1), scales.RatingSpec("Yes", "yes", 2)))
    scales.load(spec=spec, actor=None, as_default=True)
    assert ("/rating", "rating") in places(refusal(review, by))
    assert submit(review, by, rating="no").verdict.rating.scale.slug == "two"


def test_content_hash_covers_every_word(by):
    hashes = set()
    for changes in (
        {},
        {"explanation": "x"},
        {"summary": "x"},
        {"headline": "x"},
        {"rating": "false"},
        {"evidence": (*factories.EVIDENCE, EvidenceItem(stance=Stance.CONTEXT, url="https://third.example/"))},
    ):
        review = factories.taken(by)
        hashes.add(submit(review, by, **changes).verdict.content_hash)
    assert len(hashes) == 6


def test_submission_takes_few_statements(review, by):
    with CaptureQueriesContext(connection) as captured:
        submit(review, by, expected_version=review.version)
    told = [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(told) <= 12 + 1, told


def test_claim_may_change_during_approval(review, by):
    submit(review, by)
    claim = Claim.objects.select_related("article").get(pk=review.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=by, expected_version=claim.version)
    assert json.loads(Verdict.objects.get().claim_snapshot)["venue"] == "council meeting"
