"""Reviews over REST: shapes, preconditions, refusals, history."""

from datetime import timedelta

import pytest

from factcheck import clock
from factcheck.accounts.roles import Role
from reviews.models import Review
from tests import factories
from tests.reviews.api.requests import URL, VERDICT, match, problem

pytestmark = pytest.mark.django_db


def test_a_review_has_the_shape_of_the_contract(checker):
    review = factories.review()
    answer = checker.get(f"{URL}/{review.pk}")
    assert answer["ETag"] == '"v1"'
    shown = answer.json()
    claim = shown.pop("claim")
    assert (claim["id"], claim["quote"]) == (review.claim_id, factories.SENTENCES[0])
    assert shown.pop("opened_at").endswith("Z")
    assert shown == {
        "id": review.pk,
        "status": "queued",
        "report_status": "none",
        "version": 1,
        "round": 1,
        "lease": None,
        "left_by": None,
        "assignee": None,
        "priority": 0,
        "reach": 0,
        "check_worthiness": 0.0,
        "due_at": None,
        "verdict": None,
        "revisions": 0,
        "open_correction": None,
        "report": None,
        "dropped": None,
        "actions": ["take"],
    }


def test_lease_is_taken_renewed_and_released(checker, olena):
    review = factories.review()
    taken = checker.put(f"{URL}/{review.pk}/lease", {}, format="json", headers=match(1))
    assert taken.status_code == 200
    assert taken.json()["review"]["lease"]["holder"] == "olena"
    with clock.shifted(timedelta(minutes=5)):
        renewed = checker.put(f"{URL}/{review.pk}/lease", {}, format="json").json()["review"]
    assert renewed["version"] == 2
    assert renewed["lease"]["expires_at"] > taken.json()["review"]["lease"]["expires_at"]
    with clock.shifted(timedelta(minutes=40)):
        lapsed = checker.get(f"{URL}/{review.pk}").json()
    assert (lapsed["lease"], lapsed["left_by"]) == (None, "olena")
    released = checker.delete(f"{URL}/{review.pk}/lease")
    assert (released.status_code, released.json()["review"]["status"]) == (200, "queued")


def test_taken_by_another_is_a_409_with_holder_and_end(checker):
    review = factories.taken(factories.checker("hanna"))
    body = problem(checker.put(f"{URL}/{review.pk}/lease", {}, format="json"), 409, "leased_by_other")
    assert body["holder"] == "hanna"
    assert body["expires_at"] == review.lease_expires_at.isoformat()


def test_takeover(client_of, person):
    former = factories.checker()
    review = factories.taken(former)
    both = client_of(person("ida", Role.CHECKER, Role.APPROVER))
    answer = both.post(f"{URL}/{review.pk}/takeover", {"reason": "on leave"}, format="json").json()
    assert answer["review"]["lease"]["holder"] == "ida"


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("post", "verdicts", VERDICT),
        ("post", "withdraw", {}),
        ("post", "revise", {}),
        ("post", "drop", {"reason": "other"}),
        ("post", "reopen", {}),
        ("post", "assign", {"assignee": None}),
        ("post", "publish", {}),
        ("post", "correct", {"type": "update", "reason": "x"}),
        ("post", "abandon_correction", {}),
        ("post", "retract", {"reason": "x"}),
        ("patch", "", {"priority": 1}),
    ],
)
def test_actions_want_the_version_seen(client_of, person, verb, path, body):
    everybody = client_of(person("all", Role.CHECKER, Role.APPROVER, Role.PUBLISHER))
    review = factories.review()
    address = f"{URL}/{review.pk}/{path}".rstrip("/")
    problem(getattr(everybody, verb)(address, body, format="json"), 428, "precondition_required")
    stale = getattr(everybody, verb)(address, body, format="json", headers=match(7))
    told = problem(stale, 412, "stale")
    assert (told["current_version"], told["status"]) == (1, 412)
    assert Review.objects.get(pk=review.pk).version == 1


def test_invalid_transition_names_what_is_possible(publisher):
    review = factories.review()
    body = problem(
        publisher.post(f"{URL}/{review.pk}/publish", {}, format="json", headers=match(1)), 409, "invalid_transition"
    )
    assert body["allowed"] == ["take", "drop", "assign"]


def test_patch_changes_place_and_assignee(approver, olena):
    review = factories.review()
    body = {
        "check_worthiness": 0.25,
        "priority": 20,
        "reach": 5,
        "due_at": "2026-12-24T10:00:00+01:00",
        "assignee": "olena",
    }
    answer = approver.patch(f"{URL}/{review.pk}", body, format="json", headers=match(1))
    assert answer.status_code == 200, answer.json()
    shown = answer.json()
    assert {name: shown[name] for name in body} == {**body, "due_at": "2026-12-24T09:00:00Z"}
    assert answer["ETag"] == f'"v{shown["version"]}"'
    cleared = approver.patch(
        f"{URL}/{review.pk}", {"due_at": None, "assignee": None}, format="json", headers=match(shown["version"])
    ).json()
    assert (cleared["due_at"], cleared["assignee"]) == (None, None)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"priority": 101}, "/priority"),
        ({"reach": -1}, "/reach"),
        ({"check_worthiness": 1.01}, "/check_worthiness"),
        ({"check_worthiness": "NaN"}, "/check_worthiness"),
        ({"check_worthiness": True}, "/check_worthiness"),
        ({"due_at": "soon"}, "/due_at"),
        ({"due_at": "0001-01-01T00:00:00Z"}, "/due_at"),
        ({"due_at": "9999-12-31T23:59:59-12:00"}, "/due_at"),
        ({"assignee": "nobody-here"}, "/assignee"),
        ({"assignee": "anna"}, "/assignee"),
        ({"status": "approved"}, "/status"),
    ],
)
def test_patch_refuses_what_cannot_be(approver, body, pointer):
    review = factories.review()
    answer = approver.patch(f"{URL}/{review.pk}", body, format="json", headers=match(1))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert Review.objects.get(pk=review.pk).version == 1


def test_history_tells_every_step_newest_first(checker, olena):
    verdict = factories.submitted(olena)
    answer = checker.get(f"{URL}/{verdict.review_id}/history?limit=2").json()
    assert [(one["action"], one["by"]) for one in answer["data"]] == [
        ("review.submitted", "olena"),
        ("review.taken", "olena"),
    ]
    rest = checker.get(f"{URL}/{verdict.review_id}/history?cursor={answer['next']}").json()["data"]
    assert [(one["action"], one["by"]) for one in rest] == [("review.queued", None)]
    assert answer["data"][0]["details"]["to"] == "in_approval"


def test_drop_reopen_and_assign(approver, olena):
    review = factories.review()
    dropped = approver.post(
        f"{URL}/{review.pk}/drop", {"reason": "no_capacity", "note": "summer"}, format="json", headers=match(1)
    ).json()["review"]
    assert (dropped["status"], dropped["dropped"]["reason"], dropped["dropped"]["note"]) == (
        "dropped",
        "no_capacity",
        "summer",
    )
    back = approver.post(f"{URL}/{review.pk}/reopen", {}, format="json", headers=match(2)).json()["review"]
    assert (back["status"], back["dropped"]) == ("queued", None)
    given = approver.post(f"{URL}/{review.pk}/assign", {"assignee": "olena"}, format="json", headers=match(3))
    assert given.json()["review"]["assignee"] == "olena"
    bad = approver.post(f"{URL}/{review.pk}/drop", {"reason": "bored"}, format="json", headers=match(4))
    assert bad.status_code == 422


def test_withdraw_revise_and_abandon(checker, publisher, olena):
    verdict = factories.submitted(olena)
    path = f"{URL}/{verdict.review_id}"
    body = checker.post(f"{path}/withdraw", {"reason": "typo"}, format="json", headers=match(3)).json()["review"]
    assert (body["status"], body["lease"]["holder"]) == ("in_review", "olena")
    ready = factories.approved()
    revised = checker.post(f"{URL}/{ready.pk}/revise", {}, format="json", headers=match(ready.version)).json()
    assert revised["review"]["status"] == "in_review"
    correcting = factories.under_correction()
    address = f"{URL}/{correcting.pk}/abandon_correction"
    done = publisher.post(address, {}, format="json", headers=match(correcting.version)).json()["review"]
    assert (done["status"], done["report_status"], done["open_correction"]) == ("published", "live", None)


READING = ["", "/{pk}", "/{pk}/draft", "/{pk}/history", "/{pk}/verdicts"]


@pytest.mark.parametrize("path", READING)
def test_the_desk_is_read_by_those_who_may(client_of, person, path):
    review = factories.review()
    address = URL + path.format(pk=review.pk)
    for role in (Role.CHECKER, Role.APPROVER, Role.PUBLISHER, Role.AUDITOR):
        assert client_of(person(f"r-{role}", role)).get(address).status_code == 200
    for role in (Role.SUBMITTER, Role.ADMINISTRATOR):
        problem(client_of(person(f"r-{role}", role)).get(address), 403, "role_missing")


def test_nobody_signed_in_reads_no_review(client):
    assert client.get(URL).status_code == 401
    assert client.post(f"{URL}/next", {}, content_type="application/json").status_code == 401


def test_a_token_needs_the_scope(client_of, olena):
    review = factories.review()
    reader = client_of(olena, "reviews:read")
    assert reader.get(URL).status_code == 200
    problem(reader.put(f"{URL}/{review.pk}/lease", {}, format="json"), 403, "scope_missing")
    writer = client_of(olena, "reviews:read", "reviews:write")
    problem(writer.post(f"{URL}/{review.pk}/publish", {}, format="json", headers=match(1)), 403, "scope_missing")


@pytest.mark.parametrize("pk", [999_999, 2**70])
def test_unknown_review_is_a_404(checker, pk):
    for path in READING[1:]:
        problem(checker.get(URL + path.format(pk=pk)), 404, "not_found")
    problem(checker.put(f"{URL}/{pk}/lease", {}, format="json"), 404, "not_found")
    problem(checker.get(f"/api/v1/verdicts/{pk}"), 404, "not_found")
