"""The queue over REST: what the list finds, in which order, and the next review."""

from datetime import timedelta

import pytest

from factcheck import clock
from reviews.services import leases, queue
from tests import factories
from tests.reviews.api.requests import URL, problem

pytestmark = pytest.mark.django_db


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
