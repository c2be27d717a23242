"""Said versus true: two claims, reviewed apart, linked on both reports."""

import json

import pytest

from claims.models import Claim
from claims.services import pairs
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden
from reviews import public_reports
from reviews.models import Review
from reviews.reports import payload_json
from reviews.services import approvals, leases, publication, verdicts
from tests import factories

pytestmark = pytest.mark.django_db


def publish(claim, rating):
    review = Review.objects.get(claim=claim)
    by = factories.checker()
    leases.take(review_id=review.pk, actor=by)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(rating=rating), actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    return publication.publish(review_id=review.pk, actor=factories.publisher()).report


def paired():
    article = factories.article()
    content = factories.claim(of=article)
    said = pairs.ask_whether_said(claim=content, actor=factories.checker())
    factories.open_reviews(article)
    return content, said


def test_pair_is_about_the_same_words_and_the_article_answers_for_it():
    content, said = paired()
    said.refresh_from_db()
    assert (said.kind, said.pair_id, said.triage) == ("attribution", content.pk, "selected")
    assert (said.anchor.start, said.anchor.end, said.anchor.quote) == (
        content.anchor.start,
        content.anchor.end,
        content.anchor.quote,
    )
    assert said.statement == f"Ana Ruiz said on 2026-05-02 (council meeting): {content.statement}"
    assert said.claimant.name == "A. Writer"
    content.refresh_from_db()
    assert content.version == 1
    assert AuditEvent.objects.get(action="claim.paired").data == {"claim": said.pk, "pair": content.pk}
    assert Review.objects.filter(claim__in=[content, said]).count() == 2
    assert verify() == []


@pytest.mark.parametrize(("words", "is_cut"), [(9, False), (400, True)])
def test_pair_of_a_long_claim_says_that_its_words_are_cut(words, is_cut):
    content = factories.claim(of=factories.article())
    Claim.objects.filter(pk=content.pk).update(statement=" ".join(["four"] * words))
    said = pairs.ask_whether_said(claim=content, actor=factories.checker())
    assert said.statement.endswith(" four […]") is is_cut
    assert said.statement.startswith("Ana Ruiz said on ")
    assert len(said.statement) <= pairs.MAX_STATEMENT


def test_pair_can_be_asked_for_while_the_claim_is_reviewed():
    content = factories.taken(factories.checker()).claim
    assert pairs.ask_whether_said(claim=content, actor=factories.checker()).pair_id == content.pk


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"speech": "author"}, "not_quoted"),
        ({"claimant": None}, "claimant_missing"),
        ({"kind": "attribution"}, "claim_is_attribution"),
    ],
)
def test_what_is_no_quotation_is_not_paired(fields, code):
    with pytest.raises(Conflict) as refused:
        pairs.ask_whether_said(claim=factories.claim(**fields), actor=factories.checker())
    assert refused.value.code == code


def test_pair_is_made_once_and_by_who_triages():
    content, _ = paired()
    with pytest.raises(Conflict) as refused:
        pairs.ask_whether_said(claim=content, actor=factories.checker())
    assert refused.value.code == "already_paired"
    with pytest.raises(Forbidden):
        pairs.ask_whether_said(claim=factories.claim(), actor=factories.user(Role.AUDITOR))


def test_both_reports_link_each_other_with_the_rating_that_stands(client):
    content, said = paired()
    first = publish(content, "false")
    page = client.get(f"/reports/{first.slug}").content.decode()
    assert "Whether it was said:" in page  # named when it was frozen, without an address or a rating
    second = publish(said, "true")
    page = client.get(f"/reports/{first.slug}").content.decode()
    assert f"/reports/{second.slug}" in page
    assert "– True" in page
    other = client.get(f"/reports/{second.slug}").content.decode()
    assert "Whether it is so:" in other
    assert f"/reports/{first.slug}" in other
    assert "– False" in other
    link = json.loads(client.get(f"/reports/{second.slug}.json").content)["links"][0]
    assert (link["relation"], link["rating_label"]) == ("content", "False")


def test_retracted_half_gives_no_rating_any_more(client):
    content, said = paired()
    first, second = publish(content, "false"), None
    second = publish(said, "true")
    publication.retract(review_id=first.review_id, reason="Forged.", actor=factories.publisher())
    other = client.get(f"/reports/{second.slug}").content.decode()
    assert "Whether it is so:" in other
    assert f"/reports/{first.slug}" not in other
    assert "– False" not in other
    exported = json.loads(b"".join(payload_json.render_array(public_reports.exported(public_reports.standing()))))
    for data in (
        json.loads(client.get(f"/reports/{second.slug}.json").content),
        client.get(f"/api/v1/reports/{second.slug}").json()["payload"],
        json.loads(client.get(f"/reports/{second.slug}/versions/1.json").content),
        *exported,
    ):
        [link] = data["links"]
        assert (link["relation"], link["report_url"], link["rating_label"]) == ("content", None, None)


def test_half_that_was_published_later_is_linked_in_the_data_of_the_first(client):
    content, said = paired()
    first, second = publish(content, "false"), publish(said, "true")
    [link] = json.loads(client.get(f"/reports/{first.slug}.json").content)["links"]
    assert (link["relation"], link["rating_label"]) == ("attribution", "True")
    assert link["report_url"].endswith(second.slug)


def test_pair_over_rest_and_from_the_claims_page(client_of, client):
    by = factories.checker()
    content = factories.claim()
    made = client_of(by).post(f"/api/v1/claims/{content.pk}/pair", {}, format="json")
    assert (made.status_code, made.json()["pair"], made.json()["kind"]) == (201, content.pk, "attribution")
    again = client_of(by).post(f"/api/v1/claims/{content.pk}/pair", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "already_paired")
    other = factories.claim()
    client.force_login(by)
    assert "Check also whether it was said" in client.get(f"/admin/claim/{other.pk}/").content.decode()
    sent = client.post(f"/admin/claim/{other.pk}/pair/", {})
    said = Claim.objects.get(pair=other)
    assert sent["Location"].endswith(f"#claim-{said.pk}")
    assert said.statement[:40] in client.get(f"/admin/claim/{other.pk}/").content.decode()
    refused = client.post(f"/admin/claim/{other.pk}/pair/", {})
    assert (refused.status_code, "a claim of its own already" in refused.content.decode()) == (409, True)
