"""Reviews over REST: shapes, preconditions, refusals, statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck import clock
from factcheck.accounts.roles import Role
from reviews.models import RatingScale, Review, Verdict, VerdictDraft
from reviews.services import drafts, leases, queue, scales
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/api/v1/reviews"
EVIDENCE = [
    {"url": "https://port.example/log", "title": "Port log", "stance": "refutes"},
    {"url": "https://daily.example/a", "title": "Detours", "stance": "context"},
]
VERDICT = {"rating": "false", "summary": "s", "explanation": "e", "evidence": EVIDENCE}
TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def match(version):
    return {"If-Match": f'"v{version}"'}


@pytest.fixture
def olena(person):
    return person("olena", Role.CHECKER)


@pytest.fixture
def checker(olena, client_of):
    return client_of(olena)


@pytest.fixture
def approver(person, client_of):
    return client_of(person("anna", Role.APPROVER))


@pytest.fixture
def publisher(person, client_of):
    return client_of(person("pavlo", Role.PUBLISHER))


def problem(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert answer["Content-Type"] == "application/problem+json"
    assert body["request_id"]
    return body


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


def test_list_finds_by_every_filter(checker, olena):
    first, second, third = factories.opened(claims=3)
    other = factories.review()
    leases.take(review_id=first.pk, actor=olena)
    queue.assign(review_id=second.pk, assignee=olena, actor=factories.approver())
    due = clock.db_now() + timedelta(days=2)
    queue.prioritise(review_id=third.pk, changes={"due_at": due}, actor=factories.approver())

    def found(query):
        answer = checker.get(f"{URL}?{query}")
        assert answer.status_code == 200, answer.json()
        return {one["id"] for one in answer.json()["data"]}

    article, outlet = first.claim.article_id, first.claim.article.outlet_id
    assert found(f"claim={second.claim_id}") == {second.pk}
    assert found(f"article={article}") == {first.pk, second.pk, third.pk}
    assert found(f"outlet={outlet}") == {first.pk, second.pk, third.pk, other.pk}
    assert found(f"claimant={first.claim.claimant_id}&article={article}&status=queued") == {second.pk, third.pk}
    assert found("status=in_review") == found("holder=me") == found("holder=olena") == {first.pk}
    assert found("assignee=me") == found("assignee=olena") == {second.pk}
    assert found("assignee=none") == {first.pk, third.pk, other.pk}
    assert found(f"due_before={(due + timedelta(days=1)).strftime('%Y-%m-%dT%H:%M:%SZ')}") == {third.pk}
    assert found("order=due") == {third.pk}
    assert found("q=FERRY") == set()
    assert found("q=fares") == {second.pk}
    assert found("report_status=live") == set()


@pytest.mark.parametrize(
    "query", ["claims=1", "status=open", "claim=x", "limit=0", "limit=201", "cursor=abc", "order=best", "due_before=x"]
)
def test_a_query_that_cannot_be_read_is_a_400(checker, query):
    assert checker.get(f"{URL}?{query}").status_code == 400


def test_list_pages_in_the_queues_order(checker):
    reviews = factories.opened(claims=5)
    queue.prioritise(review_id=reviews[3].pk, changes={"priority": 100}, actor=factories.approver())
    expected = [reviews[3].pk, *(reviews[n].pk for n in (0, 1, 2, 4))]
    seen, cursor = [], ""
    while True:
        page = checker.get(f"{URL}?limit=2{cursor}").json()
        seen += [one["id"] for one in page["data"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == expected
    newest = [one["id"] for one in checker.get(f"{URL}?order=newest").json()["data"]]
    assert newest == [review.pk for review in reversed(reviews)]


def test_list_takes_the_same_statements_for_any_number_of_rows(checker):
    factories.opened(claims=1)
    checker.get(URL)
    with CaptureQueriesContext(connection) as one:
        checker.get(URL)
    factories.opened(claims=5)
    factories.published()
    with CaptureQueriesContext(connection) as many:
        assert len(checker.get(URL).json()["data"]) == 7
    assert len(many) == len(one) <= 5


def test_lists_of_one_review_take_the_same_statements_for_any_number_of_rows(checker, olena):
    verdict = factories.submitted(olena)
    addresses = [
        f"{URL}/{verdict.review_id}/verdicts",
        f"{URL}/{verdict.review_id}/history",
        "/api/v1/sources",
        "/api/v1/scales",
    ]

    def counted():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert checker.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    counted()
    before = counted()
    for version in (3, 5):
        checker.post(f"{URL}/{verdict.review_id}/withdraw", {}, format="json", headers=match(version))
        body = {**VERDICT, "evidence": [*EVIDENCE, {"url": f"https://x{version}.example", "stance": "context"}]}
        address = f"{URL}/{verdict.review_id}/verdicts"
        assert checker.post(address, body, format="json", headers=match(version + 1)).status_code == 201
    assert counted() == before
    assert max(before) <= 7


def test_submission_over_rest_takes_at_most_14_statements(checker, olena):
    warm = factories.taken(olena)
    checker.post(f"{URL}/{warm.pk}/verdicts", VERDICT, format="json", headers=match(2))
    review = factories.taken(olena)
    with CaptureQueriesContext(connection) as captured:
        answer = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=match(2))
    assert answer.status_code == 201
    told = [one["sql"] for one in captured if not one["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= 14, "\n".join(told)


def test_next_takes_few_statements(olena):
    factories.opened(claims=2)
    with CaptureQueriesContext(connection) as captured:
        queue.take_next(actor=olena)
    told = [one["sql"] for one in captured if not one["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= 8, "\n".join(told)


def test_next_says_why_it_is_empty(checker):
    factories.taken(factories.checker())
    answer = checker.post(f"{URL}/next", {}, format="json").json()
    assert answer == {"review": None, "empty_reason": {"leased": 1, "assigned": 0, "filtered": 0}}
    factories.review()
    answer = checker.post(f"{URL}/next", {"filters": {"article": 10**6}}, format="json").json()
    assert answer["empty_reason"] == {"leased": 0, "assigned": 0, "filtered": 1}


def test_next_refuses_an_unknown_filter(checker):
    body = problem(checker.post(f"{URL}/next", {"filters": {"artcle": 1}}, format="json"), 422, "invalid")
    assert body["errors"][0]["pointer"] == "/filters/artcle"
    assert "'article'" in body["errors"][0]["detail"]


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


def test_missing_parts_of_a_verdict_are_named_with_their_places(checker, olena):
    review = factories.taken(olena)
    answer = checker.post(f"{URL}/{review.pk}/verdicts", {"evidence": []}, format="json", headers=match(2))
    body = problem(answer, 422, "gate")
    assert {(one["pointer"], one["code"]) for one in body["errors"]} == {
        ("/rating", "rating"),
        ("/explanation", "explanation"),
        ("/evidence", "independent_sources"),
    }
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**VERDICT, "ratng": "false"}, "/ratng"),
        ({**VERDICT, "rating": 3}, "/rating"),
        ({**VERDICT, "evidence": "none"}, "/evidence"),
        ({**VERDICT, "evidence": [{"stance": "maybe"}]}, "/evidence/0/stance"),
        ({**VERDICT, "evidence": [{"ulr": "x"}]}, "/evidence/0/ulr"),
        ({**VERDICT, "evidence": [{"source": -1}]}, "/evidence/0/source"),
        ({**VERDICT, "evidence": [{"primary": "perhaps"}]}, "/evidence/0/primary"),
        ({**VERDICT, "evidence": [3]}, "/evidence/0"),
        ({**VERDICT, "evidence": EVIDENCE * 51}, "/evidence"),
        ({**VERDICT, "summary": "x" * 1001}, "/summary"),
        ({**VERDICT, "overrides": [{"reason": "x"}]}, "/overrides/0/rule"),
        ({**VERDICT, "reasons": {"primary_source": 3}}, "/reasons/primary_source"),
    ],
)
def test_a_verdict_of_the_wrong_shape_is_a_422_with_its_place(checker, olena, body, pointer):
    review = factories.taken(olena)
    answer = checker.post(f"{URL}/{review.pk}/verdicts", body, format="json", headers=match(2))
    assert answer.status_code == 422, answer.json()
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}
    assert not Verdict.objects.exists()


def test_a_repeated_submission_with_one_key_is_one_verdict(checker, olena):
    review = factories.taken(olena)
    headers = {**match(2), "Idempotency-Key": "once"}
    first = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=headers)
    again = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Verdict.objects.count() == 1


def test_verdicts_are_listed_with_their_decisions(checker, approver, olena):
    verdict = factories.submitted(olena)
    asked = {"decision": "request_changes", "revision": 1, "comment": "Quote the log."}
    answer = approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", asked, format="json")
    assert answer.json()["review"]["status"] == "in_review"
    checker.post(f"{URL}/{verdict.review_id}/verdicts", VERDICT, format="json", headers=match(4))
    second, first = checker.get(f"{URL}/{verdict.review_id}/verdicts").json()["data"]
    assert (second["revision"], first["revision"]) == (2, 1)
    assert (second["is_current"], first["is_current"]) == (True, False)
    assert first["approvals"][0]["comment"] == "Quote the log."
    decisions = checker.get(f"/api/v1/verdicts/{verdict.pk}/approvals").json()
    assert decisions["quorum"] == {"given": 0, "required": 1}
    assert [one["by"] for one in decisions["data"]] == ["anna"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"revision": 1}, "/decision"),
        ({"decision": "approve"}, "/revision"),
        ({"decision": "agree", "revision": 1}, "/decision"),
        ({"decision": "request_changes", "revision": 1}, "/comment"),
    ],
)
def test_a_decision_that_says_too_little_is_a_422(approver, olena, body, pointer):
    verdict = factories.submitted(olena)
    answer = approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_outdated_revision_cannot_be_approved(approver, olena):
    verdict = factories.submitted(olena)
    body = {"decision": "approve", "revision": 3}
    told = problem(
        approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json"), 409, "revision_outdated"
    )
    assert told["revision"] == 1


def test_draft_is_autosaved_with_its_checklist_and_never_bumps_the_version(checker, olena):
    review = factories.taken(olena)
    empty = checker.get(f"{URL}/{review.pk}/draft").json()
    assert (empty["content"], empty["others"]) == (None, [])
    assert not any(item["passed"] for item in empty["checklist"] if item["code"] == "rating")
    body = {"rating": "false", "explanation": "half a", "evidence": [{"url": "https://por", "stance": ""}]}
    saved = checker.put(f"{URL}/{review.pk}/draft", body, format="json")
    assert saved.status_code == 200, saved.json()
    assert (saved["ETag"], saved.json()["version"]) == ('"v1"', 1)
    assert saved.json()["content"] == body
    passed = {item["code"]: item["passed"] for item in saved.json()["checklist"]}
    assert passed == {"rating": True, "explanation": True, "complete_sources": False, "independent_sources": False}
    assert checker.get(f"{URL}/{review.pk}").json()["version"] == 2
    other = factories.checker("hanna")
    drafts.save(review_id=review.pk, content={"summary": "theirs"}, actor=other)
    [theirs] = checker.get(f"{URL}/{review.pk}/draft").json()["others"]
    assert (theirs["author"], theirs["content"]) == ("hanna", {"summary": "theirs"})


def test_a_draft_is_never_overwritten_from_an_older_reading(checker, olena):
    review = factories.taken(olena)
    url = f"{URL}/{review.pk}/draft"
    checker.put(url, {"explanation": "long new text"}, format="json")
    problem(checker.put(url, {"explanation": "old tab"}, format="json"), 428, "precondition_required")
    assert checker.put(url, {"explanation": "newer"}, format="json", headers=match(1))["ETag"] == '"v2"'
    told = problem(checker.put(url, {"explanation": "old tab"}, format="json", headers=match(1)), 412, "draft_outdated")
    assert (told["kept"], told["sent"]) == ({"explanation": "newer"}, {"explanation": "old tab"})
    assert told["current_version"] == 2
    assert checker.get(url).json()["content"] == {"explanation": "newer"}


def test_draft_of_the_wrong_shape_keeps_the_old_one(checker, olena):
    review = factories.taken(olena)
    checker.put(f"{URL}/{review.pk}/draft", {"summary": "kept"}, format="json")
    assert checker.put(f"{URL}/{review.pk}/draft", {"sumary": "x"}, format="json").status_code == 422
    assert VerdictDraft.objects.get().content == {"summary": "kept"}


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


@pytest.mark.parametrize("rules", [[], ["archived_copy"]])
def test_a_source_whose_address_is_none_is_refused_by_its_place(checker, olena, rules):
    scales.set_policy(
        scale_id=RatingScale.objects.get(default_since__isnull=False).pk,
        required_approvals=None,
        gate_rules=rules,
        actor=factories.user(Role.ADMINISTRATOR),
    )
    review = factories.taken(olena)
    evidence = [{**EVIDENCE[0], "url": "http://[bad/x"}, EVIDENCE[1]]
    answer = checker.post(
        f"{URL}/{review.pk}/verdicts", {**VERDICT, "evidence": evidence}, format="json", headers=match(review.version)
    )
    assert answer.status_code == 422
    assert any(error["pointer"].startswith("/evidence") for error in answer.json()["errors"])
