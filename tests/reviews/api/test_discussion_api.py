"""Comments and suggestions over REST and through the review page."""

import pytest

from reviews.models import Comment, Suggestion, VerdictDraft
from tests import factories

pytestmark = pytest.mark.django_db


def test_comments_are_posted_and_listed(client_of):
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    at = f"/api/v1/reviews/{verdict.review_id}/comments"
    body = {"text": "Which log?", "place": "explanation", "exact": "port's log"}
    answer = client_of(approver).post(at, body, format="json")
    assert answer.status_code == 201, answer.content
    listed = client_of(author).get(at).json()["data"]
    assert [(one["by"], one["text"], one["exact"], one["revision"]) for one in listed] == [
        (approver.username, "Which log?", "port's log", 1)
    ]


def test_a_refused_comment_names_its_place(client_of):
    review = factories.review()
    client = client_of(factories.checker())
    answer = client.post(f"/api/v1/reviews/{review.pk}/comments", {"text": ""}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/text")
    assert client.get("/api/v1/reviews/99999/comments").status_code == 404


def test_lists_take_few_statements(client_of, django_assert_max_num_queries):
    verdict = factories.submitted(factories.checker())
    by = factories.approver()
    client = client_of(by)
    for number in range(4):
        client.post(f"/api/v1/reviews/{verdict.review_id}/comments", {"text": f"no. {number}"}, format="json")
        client.post(
            f"/api/v1/verdicts/{verdict.pk}/suggestions",
            {"part": "summary", "before": "14", "after": f"1{number}5"},
            format="json",
        )
    for name in ("comments", "suggestions"):
        with django_assert_max_num_queries(10):
            assert len(client.get(f"/api/v1/reviews/{verdict.review_id}/{name}").json()["data"]) == 4


def test_a_suggestion_is_accepted_over_rest(client_of):
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    body = {"part": "explanation", "before": "**14**", "after": "fourteen", "reason": "plainer"}
    made = client_of(approver).post(f"/api/v1/verdicts/{verdict.pk}/suggestions", body, format="json").json()
    answer = client_of(author).post(f"/api/v1/suggestions/{made['id']}/accept")
    assert answer.status_code == 200, answer.content
    assert answer.json()["draft"]["explanation"] == "The port's log shows fourteen days."
    assert answer.json()["review"]["status"] == "in_review"
    listed = client_of(author).get(f"/api/v1/reviews/{verdict.review_id}/suggestions").json()["data"]
    assert listed[0]["accepted"]["by"] == author.username


def test_the_page_comments_suggests_and_accepts(client):
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    at = f"/admin/review/{verdict.review_id}/"
    client.force_login(approver)
    typed = {"form": "comment", "text": "Which log?", "about": "source-1", "exact": ""}
    assert client.post(f"{at}comment/", typed).status_code == 302
    typed = {
        "form": "suggest",
        "verdict": verdict.pk,
        "part": "summary",
        "before": "14",
        "after": "fourteen",
        "reason": "",
    }
    assert client.post(f"{at}suggest/", typed).status_code == 302
    assert Comment.objects.get().source == 1
    client.force_login(author)
    page = client.get(at).content.decode()
    assert "Which log?" in page
    assert "Accept into my draft" in page
    suggestion = Suggestion.objects.get()
    assert client.post(f"{at}accept/{suggestion.pk}/", {"form": "accept"}).status_code == 302
    assert VerdictDraft.objects.get().content["summary"] == "It was closed for fourteen days."


@pytest.mark.parametrize(
    ("form", "typed", "said"),
    [
        ("comment", {"text": "", "about": ""}, "Write what you have to say"),
        ("comment", {"text": "x", "about": "source-99999999"}, "has no source"),
        ("comment", {"text": "x", "about": "roof"}, "Choose what the comment is about"),
        ("suggest", {"part": "summary", "before": "nowhere", "after": "x"}, "exactly once"),
        ("suggest", {"part": "roof", "before": "14", "after": "x"}, "Choose the part you mean"),
    ],
)
def test_a_refused_form_is_shown_again_filled_in(client, form, typed, said):
    verdict = factories.submitted(factories.checker())
    client.force_login(factories.approver())
    sent = {"form": form, "verdict": verdict.pk, **typed}
    answer = client.post(f"/admin/review/{verdict.review_id}/{form}/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
