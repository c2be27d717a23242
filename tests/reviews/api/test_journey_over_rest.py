"""The journey of api.md over REST, each answer in its promised shape."""

import pytest

from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from tests import factories

pytestmark = pytest.mark.django_db

EVIDENCE = [
    {"url": "https://port.example/log", "title": "Port log", "publisher": "Port", "stance": "refutes", "primary": True},
    {"url": "https://daily.example/a", "title": "Detours", "stance": "context", "excerpt": "two weeks"},
]
VERDICT = {"rating": "unproven", "summary": "No log shows it.", "explanation": "We **asked**.", "evidence": EVIDENCE}


def match(version):
    return {"If-Match": f'"v{version}"'}


@pytest.fixture
def olena(person, client_of):
    return client_of(person("olena", Role.CHECKER, Role.APPROVER))


@pytest.fixture
def marko(person, client_of):
    return client_of(person("marko", Role.APPROVER, Role.PUBLISHER))


def test_the_journey_from_next_to_report(olena, marko):
    [review] = factories.opened()
    found = olena.post("/api/v1/reviews/next", {"filters": {"article": review.claim.article_id}}, format="json")
    assert found.status_code == 200
    taken = found.json()["review"]
    assert (taken["id"], taken["status"], taken["version"]) == (review.pk, "in_review", 2)
    assert taken["lease"]["holder"] == "olena"
    assert taken["claim"]["statement"] == factories.SENTENCES[0]
    assert found["ETag"] == '"v2"'

    path = f"/api/v1/reviews/{review.pk}"
    done = olena.post(f"{path}/verdicts", VERDICT, format="json", headers=match(2))
    assert done.status_code == 201, done.json()
    verdict = done.json()
    assert verdict["revision"] == 1
    assert verdict["review"] == {"id": review.pk, "status": "in_approval", "version": 3}
    assert [one["title"] for one in verdict["evidence"]] == ["Port log", "Detours"]
    assert done["Location"] == f"/api/v1/verdicts/{verdict['id']}"
    again = olena.get(done["Location"]).json()
    assert again == {**verdict, "approvals": []}

    decision = {"decision": "approve", "revision": 1}
    refused = olena.post(f"/api/v1/verdicts/{verdict['id']}/approvals", decision, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "self_approval")
    approved = marko.post(f"/api/v1/verdicts/{verdict['id']}/approvals", decision, format="json")
    assert approved.status_code == 201
    assert approved.json()["review"] == {"id": review.pk, "status": "approved", "version": 4}

    published = marko.post(f"{path}/publish", {}, format="json", headers=match(4))
    assert published.status_code == 200, published.json()
    report = published.json()["report"]
    assert report["slug"] == f"{review.pk}-the-harbour-bridge-was-closed"
    assert report["url"].endswith(f"/reports/{report['slug']}")
    listed = olena.get("/api/v1/reports?rating=unproven").json()["data"]
    assert [one["slug"] for one in listed] == [report["slug"]]
    assert olena.get("/api/v1/reports?rating=false").json()["data"] == []
    assert verify() == []


def test_a_report_is_corrected_and_retracted_over_rest(olena, marko):
    report = factories.published()
    path = f"/api/v1/reviews/{report.review_id}"
    version = marko.get(path).json()["version"]
    opened = marko.post(
        f"{path}/correct", {"type": "rating_changed", "reason": "Misread."}, format="json", headers=match(version)
    )
    assert opened.status_code == 200, opened.json()
    review = opened.json()["review"]
    assert (review["status"], review["report_status"], review["lease"]) == ("in_review", "under_correction", None)
    held = olena.put(f"{path}/lease", {}, format="json", headers=match(review["version"])).json()["review"]
    verdict = olena.post(
        f"{path}/verdicts", {**VERDICT, "rating": "false"}, format="json", headers=match(held["version"])
    ).json()
    decision = {"decision": "approve", "revision": 2}
    marko.post(f"/api/v1/verdicts/{verdict['id']}/approvals", decision, format="json")
    version = marko.get(path).json()["version"]
    published = marko.post(f"{path}/publish", {}, format="json", headers=match(version)).json()
    assert published["report"] == {**published["report"], "slug": report.slug, "version": 2}
    version = published["review"]["version"]
    done = marko.post(f"{path}/retract", {"reason": "Wrong statement."}, format="json", headers=match(version))
    assert done.json()["review"]["status"] == "retracted"
    shown = olena.get(f"/api/v1/reports/{report.slug}").json()
    assert (shown["kind"], shown["rating"], shown["version"]) == ("retracted", None, 3)
    assert verify() == []
