"""Each screen for each role: what opens, what is offered, how many statements it takes."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.services import editing
from factcheck.accounts.roles import Role
from reviews.models import Review
from reviews.services import leases
from tests import factories
from tests.reviews.desk.pages import current_words, plain, words_in

pytestmark = pytest.mark.django_db
DESK = {Role.CHECKER, Role.APPROVER, Role.PUBLISHER, Role.AUDITOR}
OPENS = {
    "/admin/queue/": DESK,
    "/admin/approvals/": DESK,
    "/admin/articles/": DESK | {Role.SUBMITTER},
    "/admin/submit/": DESK - {Role.AUDITOR} | {Role.SUBMITTER},
    "/admin/settings/": DESK | {Role.ADMINISTRATOR},
}
MOST_STATEMENTS = 15


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", OPENS)
def test_a_screen_opens_for_its_roles_only(signed_in, path, role):
    answer = signed_in(factories.user(role)).get(path)
    assert answer.status_code == (200 if role in OPENS[path] else 403)
    if answer.status_code == 403:
        assert "Your roles do not open" in answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_the_shell_offers_only_what_opens(signed_in, role):
    client = signed_in(factories.user(role))
    page = client.get("/admin/", follow=True).content.decode()
    for path, roles in OPENS.items():
        assert (f'href="{path}"' in page) == (role in roles), path


def test_nobody_sees_a_screen_without_signing_in(client):
    held = factories.taken(factories.checker())
    for path in [*OPENS, "/admin/", f"/admin/review/{held.pk}/", f"/admin/article/{held.claim.article_id}/"]:
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"/admin/login/?next={path}"


def test_an_account_without_a_role_is_sent_to_the_sign_in(signed_in):
    assert signed_in(factories.user()).get("/admin/queue/").status_code == 302


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_an_auditor_reads_everything_and_is_offered_no_form(signed_in, role):
    client = signed_in(factories.user(role))
    held = factories.taken(factories.checker())
    waiting = factories.submitted(factories.checker())
    pages = [
        "/admin/queue/?tab=all",
        "/admin/approvals/",
        f"/admin/review/{held.pk}/",
        f"/admin/review/{waiting.review_id}/",
        f"/admin/review/{factories.published().review_id}/",
        f"/admin/article/{held.claim.article_id}/",
    ]
    for path in pages:
        page = client.get(path).content.decode()
        assert page.count('method="post"') == 1, path  # signing out
    assert client.get(f"/admin/claim/{held.claim_id}/").status_code == 403


def test_a_submitter_reads_their_own_article_and_no_other(signed_in):
    submitter = factories.user(Role.SUBMITTER)
    own, other = factories.article(by=submitter), factories.article()
    factories.claim(of=own)
    factories.open_reviews(own)
    client = signed_in(submitter)
    page = client.get(f"/admin/article/{own.pk}/").content.decode()
    assert factories.SENTENCES[0] in page
    assert "/admin/review/" not in page
    assert "Dismiss" not in page
    assert client.get(f"/admin/article/{other.pk}/").status_code == 404
    listed = client.get("/admin/articles/").content.decode()
    assert f"/admin/article/{own.pk}/" in listed
    assert f"/admin/article/{other.pk}/" not in listed


def _statements(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/admin/queue/", lambda: factories.opened(claims=5)),
        ("/admin/queue/?tab=all", lambda: factories.opened(claims=5)),
        ("/admin/approvals/", lambda: factories.submitted(factories.checker())),
        ("/admin/articles/", lambda: factories.opened(claims=2)),
    ],
)
def test_a_list_takes_the_same_few_statements_for_any_number_of_rows(signed_in, allrounder, path, more):
    client = signed_in(allrounder)
    more()
    few = _statements(client, path)
    more()
    more()
    assert _statements(client, path) == few
    assert few <= MOST_STATEMENTS


def _review_in(state: str, actor) -> int:
    made = {
        "queued": lambda: factories.review().pk,
        "in_review": lambda: factories.taken(actor).pk,
        "in_approval": lambda: factories.submitted(factories.checker()).review_id,
        "approved": lambda: factories.approved().pk,
        "published": lambda: factories.published().review_id,
        "under_correction": lambda: factories.under_correction().pk,
        "retracted": lambda: factories.retracted().review_id,
    }
    return made[state]()


STATES = ["queued", "in_review", "in_approval", "approved", "published", "under_correction", "retracted"]


@pytest.mark.parametrize("state", STATES)
def test_a_review_page_takes_few_statements_in_every_state(signed_in, allrounder, state):
    pk = _review_in(state, allrounder)
    assert _statements(signed_in(allrounder), f"/admin/review/{pk}/") <= MOST_STATEMENTS


def test_an_article_page_takes_the_same_statements_for_more_claims(signed_in, allrounder):
    one, many = factories.opened(claims=1)[0], factories.opened(claims=5)[0]
    client = signed_in(allrounder)
    few = _statements(client, f"/admin/article/{one.claim.article_id}/")
    assert _statements(client, f"/admin/article/{many.claim.article_id}/") == few <= MOST_STATEMENTS


OFFERED = {
    ("queued", Role.CHECKER): {"take"},
    ("queued", Role.APPROVER): {"assign", "prioritise", "drop"},
    ("queued", Role.PUBLISHER): {"assign", "prioritise", "drop", "override"},
    ("in_approval", Role.CHECKER): set(),
    ("in_approval", Role.APPROVER): {"approve", "request_changes", "assign", "prioritise", "drop"},
    ("in_approval", Role.PUBLISHER): {"assign", "prioritise", "drop"},
    ("approved", Role.CHECKER): {"revise"},
    ("approved", Role.PUBLISHER): {"publish", "assign", "prioritise", "drop"},
    ("published", Role.CHECKER): set(),
    ("published", Role.APPROVER): set(),
    ("published", Role.PUBLISHER): {"correct", "retract"},
    ("under_correction", Role.CHECKER): {"take"},
    ("under_correction", Role.PUBLISHER): {
        "takeover",
        "abandon_correction",
        "retract",
        "assign",
        "prioritise",
        "override",
    },
    ("retracted", Role.PUBLISHER): set(),
}


BESIDE_THE_WORKFLOW = ("verdict", "comment", "suggest", "accept", "contact", "reply")


@pytest.mark.parametrize(("state", "role"), OFFERED)
def test_a_review_offers_what_state_and_role_allow(signed_in, state, role):
    pk = _review_in(state, None)
    page = signed_in(factories.user(role)).get(f"/admin/review/{pk}/").content.decode()
    offered = {
        name.split("/")[0]
        for name in page.split(f'action="/admin/review/{pk}/')[1:]
        if not name.startswith(BESIDE_THE_WORKFLOW)
    }
    assert offered == OFFERED[state, role]


def test_own_work_shows_a_disabled_approve_with_the_reason(signed_in, allrounder):
    waiting = factories.submitted(allrounder)
    for path in (f"/admin/review/{waiting.review_id}/", "/admin/approvals/"):
        page = signed_in(allrounder).get(path).content.decode()
        assert "Own work: you contributed" in page
        assert f'action="/admin/review/{waiting.review_id}/approve/"' not in page


def test_a_review_taken_by_another_names_them(signed_in):
    held = factories.taken(factories.checker("olena"))
    page = signed_in(factories.checker()).get(f"/admin/review/{held.pk}/").content.decode()
    assert "olena works on it until" in page
    assert 'name="rating"' not in page


def test_the_queue_says_why_it_is_empty(signed_in, allrounder):
    client = signed_in(allrounder)
    assert "Nothing has been submitted yet." in client.get("/admin/queue/").content.decode()
    article = factories.article()
    assert "Articles that wait for extraction: 1." in client.get("/admin/queue/").content.decode()
    factories.claim(of=article)
    factories.open_reviews(article)
    hidden = client.get("/admin/queue/?q=elephant").content.decode()
    assert "1 hidden by the filters." in hidden
    assert 'href="?tab=unassigned"' in hidden
    leases.take(review_id=Review.objects.get().pk, actor=factories.checker())
    assert "1 leased: somebody works on them now." in client.get("/admin/queue/").content.decode()


def test_a_desk_without_a_worker_says_which_command_starts_one(signed_in, allrounder):
    page = signed_in(allrounder).get("/admin/queue/").content.decode()
    assert "No worker has given a sign" in page
    assert "./dev run" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "Unknown filter &#x27;colour&#x27;"),
        ("tab=later", "There is no tab &#x27;later&#x27;"),
        ("due=soon", "Unknown deadline"),
        ("article=seven", "article is a number"),
        ("cursor=%%%", "This cursor is not one of this list"),
        ("q=" + "a" * 201, "at most 200 characters"),
    ],
)
def test_a_filter_that_is_not_known_is_refused(signed_in, allrounder, query, said):
    answer = signed_in(allrounder).get(f"/admin/queue/?{query}")
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=ferry", 1), ("claimant=ruiz", 5), ("claimant=nobody", 0), ("outlet=example", 5), ("q=bridge+closed", 1)],
)
def test_filters_of_the_queue_narrow_it(signed_in, allrounder, query, found):
    factories.opened(claims=5)
    page = signed_in(allrounder).get(f"/admin/queue/?tab=all&{query}").content.decode()
    assert page.count('class="row"') == found


def test_the_queue_pages_through_every_review_once(signed_in, allrounder, monkeypatch):
    monkeypatch.setattr("reviews.desk.queue.ROWS", 2)
    reviews = factories.opened(claims=5)
    client, query, seen = signed_in(allrounder), "?tab=unassigned", []
    for _ in range(3):
        page = client.get(f"/admin/queue/{query}").content.decode()
        seen += [int(number) for number in re.findall(r'id="review-(\d+)"', page)]
        query = html.unescape(next(iter(re.findall(r'href="([^"]*)" rel="next"', page)), ""))
    assert sorted(seen) == sorted(review.pk for review in reviews)
    assert query == ""


NASTY = 'First.\n<script>alert("x")</script> 👩‍🚀 cost 5 euros & more.\nהמחיר עלה ב-7 אחוזים. Last.'
WORDS = ["<script>alert", "👩‍🚀 cost 5 euros & more", "המחיר עלה ב-7 אחוזים"]


def _nasty_review(words: str) -> Review:
    article = factories.article(text=NASTY)
    revision = article.revisions.get()
    start = NASTY.index(words)
    editing.add(
        article=article,
        revision=revision,
        span=editing.Span(start, start + len(words), words),
        fields={"statement": words},
        actor=factories.checker(),
    )
    factories.open_reviews(article)
    return Review.objects.get(claim__article=article)


@pytest.mark.parametrize("words", WORDS)
def test_article_text_is_shown_escaped_with_the_claim_marked(signed_in, allrounder, words):
    review = _nasty_review(words)
    client = signed_in(allrounder)
    page = client.get(f"/admin/review/{review.pk}/").content
    assert b"<script>alert" not in page
    assert words_in(page, 'class="article-text"') == NASTY
    assert current_words(page) == words
    article = client.get(f"/admin/article/{review.claim.article_id}/").content
    assert b"<script>alert" not in article
    assert words_in(article, 'class="article-text"') == NASTY
    assert words in plain(client.get("/admin/queue/").content.decode())


def test_approvals_show_the_words_around_the_claim(signed_in, allrounder):
    factories.submitted(factories.checker())
    page = plain(signed_in(allrounder).get("/admin/approvals/").content.decode())
    assert " ".join(factories.SENTENCES) in " ".join(page.split())
    assert "It was closed for 14 days." in page


def test_pages_keep_the_content_security_policy(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    for path in ("/admin/queue/", f"/admin/review/{held.pk}/", "/admin/submit/", "/admin/settings/"):
        answer = client.get(path)
        page = answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        for inline in (' style="', "<style", " onclick=", "javascript:", "<script>"):
            assert inline not in page, (path, inline)


@pytest.mark.parametrize("path", ["/admin/review/999999/", "/admin/article/999999/", f"/admin/review/{10**30}/"])
def test_what_does_not_exist_is_a_readable_404(signed_in, allrounder, path):
    answer = signed_in(allrounder).get(path)
    assert answer.status_code == 404
    assert "There is no" in answer.content.decode()


def test_django_pages_stand_in_the_same_shell(signed_in):
    client = signed_in(factories.user(Role.ADMINISTRATOR))
    page = client.get("/admin/accounts/user/").content.decode()
    assert 'class="shell"' in page
    assert "desk/editor.css" in page
    assert "theme.js" not in page
