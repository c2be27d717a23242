"""The forms of an article: what is handed in, what is refused, what is withdrawn."""

import pytest

from claims.models import Article
from factcheck.accounts.roles import Role
from tests import factories
from tests.reviews.desk.forms import told

pytestmark = pytest.mark.django_db


def test_an_article_is_kept_exactly_as_typed(signed_in):
    client = signed_in(factories.user(Role.SUBMITTER))
    text = "\r\n  First line.\r\n\r\nSecond 👩‍🚀 line.  \r\n"
    fields = {"form": "article", "text": text, "title": "A bridge", "outlet": "Example News", "published_at": "2026-05"}
    answer = client.post("/admin/submit/", fields)
    article = Article.objects.get()
    assert answer["Location"] == f"/admin/article/{article.pk}/"
    assert article.revisions.get().text == text.replace("\r\n", "\n")
    assert article.published_at == "2026-05"
    page = client.get(answer["Location"]).content.decode()
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "The claims are being extracted" in page


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"text": "  "}, "text", "The article has no text"),
        ({"text": "\x01" * 50 + "words"}, "text", "This is no text"),
        ({"url": "not an address"}, "url", "ddress"),
        ({"published_at": "yesterday"}, "published_at", "is not a date"),
        ({"published_at": "2999-01-01"}, "published_at", "lies in the future"),
        ({"title": "a" * 501}, "title", "At most 500 characters"),
        ({"outlet": "a" * 201}, "outlet", "At most 200 characters"),
    ],
)
def test_an_article_that_is_refused_names_the_field_and_keeps_the_rest(signed_in, changes, place, said):
    client = signed_in(factories.user(Role.SUBMITTER))
    fields = {"form": "article", "text": "The bridge was closed.", "author": "A. Writer", **changes}
    answer = client.post("/admin/submit/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="article-{place}-error"' in page
    assert 'value="A. Writer"' in page
    assert not Article.objects.exists()


def test_an_article_that_is_too_large_is_refused_in_words(signed_in, settings):
    settings.MAX_ARTICLE_BYTES = 1000
    answer = signed_in(factories.user(Role.SUBMITTER)).post("/admin/submit/", {"form": "article", "text": "a " * 600})
    assert answer.status_code == 413
    assert "the desk takes 1,000" in answer.content.decode()


def test_the_same_article_is_not_taken_twice(signed_in):
    client = signed_in(factories.user(Role.SUBMITTER))
    fields = {"form": "article", "text": "The bridge was closed.", "url": "https://news.example/1"}
    client.post("/admin/submit/", fields)
    assert "with the same text" in told(client.post("/admin/submit/", fields))[-1]
    assert "revision 2" in told(client.post("/admin/submit/", {**fields, "text": "It was open."}))[-1]
    assert Article.objects.count() == 1


def test_an_article_is_withdrawn_unless_it_is_being_reviewed(signed_in, allrounder):
    article = factories.article()
    client = signed_in(allrounder)
    assert client.post(f"/admin/article/{article.pk}/withdraw/", {"form": "withdraw"})["Location"] == "/admin/articles/"
    held = factories.taken(factories.checker())
    answer = client.post(f"/admin/article/{held.claim.article_id}/withdraw/", {"form": "withdraw"})
    assert answer.status_code == 409
    assert "Claims of this article are in review" in answer.content.decode()
