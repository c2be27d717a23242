"""Articles over REST: what is taken, what is refused and how, what is read."""

import json

import pytest

from claims.models import Article, ArticleRevision
from factcheck.accounts.roles import Role
from factcheck.api.models import IdempotencyRecord
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.jobs.models import Job

pytestmark = pytest.mark.django_db
URL = "/api/v1/articles"
TEXT = 'The minister said: "Prices fell by 3% in May."\r\nNothing else 🎈 happened.'


@pytest.fixture
def client(person, client_of):
    return client_of(person("client", Role.SUBMITTER))


def post(client, body, **headers):
    return client.post(URL, body, format="json", headers=headers)


def nothing_written() -> bool:
    return not (Article.objects.exists() or ArticleRevision.objects.exists() or Job.objects.exists())


def test_post_keeps_the_text_as_it_came_but_for_crlf(client):
    answer = post(client, {"text": "  " + TEXT + " \n"})
    assert answer.status_code == 201
    assert answer["Location"] == f"{URL}/{answer.json()['id']}"
    revision = ArticleRevision.objects.get()
    assert revision.text == "  " + TEXT.replace("\r\n", "\n") + " \n"
    assert Job.objects.get().kind == "claims.extract_article"
    assert AuditEvent.objects.get(action="article.received").actor.username == "client"
    assert verify() == []


def test_post_answers_the_shape_of_the_contract(client):
    body = {"text": TEXT, "title": "T", "url": "https://news.example/a", "outlet": "Example News"}
    shown = post(client, {**body, "published_at": "2025-03-14"}).json()
    assert shown.pop("id")
    assert shown.pop("created_at").endswith("Z")
    assert shown == {
        "status": "received",
        "version": 1,
        "revision": 1,
        "title": "T",
        "url": "https://news.example/a",
        "outlet": "Example News",
        "author": None,
        "published_at": "2025-03-14",
        "language": None,
        "external_id": None,
        "counts": {"sentences": 0, "claims": 0, "selected": 0},
        "coverage": 0.0,
        "fetch": None,
        "warnings": [],
    }


REFUSED = [
    ("empty", {"text": ""}, 422, "text_empty", "/text"),
    ("blank", {"text": " \n\t "}, 422, "text_empty", "/text"),
    ("no text at all", {"title": "T"}, 422, "text_missing", "/text"),
    ("too large", {"text": "a " * 600_000}, 413, "too_large", "/text"),
    ("binary", {"text": "\x01\x02\x03\x04" * 50 + "a"}, 422, "binary_text", "/text"),
    ("number as text", {"text": 7}, 422, "invalid", "/text"),
    ("list as text", {"text": ["a"]}, 422, "invalid", "/text"),
    ("null text", {"text": None}, 422, "invalid", "/text"),
    ("unknown member", {"text": TEXT, "titel": "T"}, 422, "invalid", "/titel"),
    ("future date", {"text": TEXT, "published_at": "2999-01-01"}, 422, "date_in_future", "/published_at"),
    ("no date", {"text": TEXT, "published_at": "last Friday"}, 422, "date_invalid", "/published_at"),
    ("no such day", {"text": TEXT, "published_at": "2025-02-30"}, 422, "date_invalid", "/published_at"),
    ("naive time", {"text": TEXT, "published_at": "2025-02-03T10:00:00"}, 422, "date_invalid", "/published_at"),
    ("script address", {"text": TEXT, "url": "javascript:alert(1)"}, 422, "url_invalid", "/url"),
    ("address with password", {"text": TEXT, "url": "https://a:b@news.example/"}, 422, "url_has_password", "/url"),
    ("long title", {"text": TEXT, "title": "t" * 501}, 422, "invalid", "/title"),
    ("text and html", {"text": TEXT, "html": "<p>a</p>"}, 422, "text_twice", "/html"),
]


@pytest.mark.parametrize(("case", "body", "status", "code", "pointer"), REFUSED, ids=[c[0] for c in REFUSED])
def test_post_refuses_with_a_problem_that_names_the_place(client, case, body, status, code, pointer):
    answer = post(client, body)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert problem["detail"]
    assert problem["request_id"] == answer["X-Request-ID"]
    assert nothing_written()
    assert client.get(URL).json()["data"] == []


RAW = [
    ("nul", b'{"text": "a\\u0000b"}', "nul_character"),
    ("lone surrogate", b'{"text": "a\\ud800b"}', "lone_surrogate"),
    ("surrogate in a name", b'{"te\\udfffxt": "a"}', "lone_surrogate"),
    ("not utf-8", b'{"text": "caf\xe9"}', "malformed"),
    ("no json", b"text=hello", "malformed"),
    ("a list", b"[1]", "malformed"),
    ("a string", b'"text"', "malformed"),
    ("5,000 deep", b"[" * 5000 + b"]" * 5000, "malformed"),
    ("5,000 deep inside", b'{"text": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", "malformed"),
    ("40 deep", b'{"text": ' + b"[" * 40 + b"]" * 40 + b"}", "malformed"),
    ("a huge number", b'{"text": ' + b"9" * 5000 + b"}", "malformed"),
    ("NaN", b'{"text": NaN}', "malformed"),
    ("infinite", b'{"text": "a", "x": 1e400}', "malformed"),
    ("a name twice", b'{"text": "a", "text": "b"}', "malformed"),
]


@pytest.mark.parametrize(("case", "raw", "code"), RAW, ids=[c[0] for c in RAW])
def test_post_refuses_unreadable_bodies(client, case, raw, code):
    answer = client.generic("POST", URL, raw, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert nothing_written()


def test_post_refuses_other_media_types(client):
    answer = client.generic("POST", URL, "<a/>", content_type="application/xml")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_post_refuses_a_body_larger_than_any_article(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = post(client, {"text": "a" * 2000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_the_same_address_with_the_same_text_is_the_same_article(client):
    body = {"text": TEXT, "url": "https://news.example/a?utm_source=x#top"}
    first = post(client, body)
    again = post(client, {**body, "url": "https://NEWS.example/a"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert ArticleRevision.objects.count() == 1


def test_the_same_address_with_another_text_is_a_new_revision(client):
    body = {"text": TEXT, "url": "https://news.example/a"}
    first = post(client, body).json()
    again = post(client, {**body, "text": TEXT + " Corrected."})
    assert again.status_code == 200
    assert (again.json()["id"], again.json()["revision"], again.json()["version"]) == (first["id"], 2, 2)
    texts = client.get(f"{URL}/{first['id']}/revisions").json()["data"]
    assert [(r["number"], r["text"][-10:]) for r in texts] == [(1, " happened."), (2, "Corrected.")]
    assert verify() == []


def test_articles_without_an_address_are_each_their_own(client):
    ids = {post(client, {"text": TEXT}).json()["id"] for _ in range(3)}
    assert len(ids) == 3


def test_an_idempotency_key_creates_once_and_replays(client):
    first = post(client, {"text": TEXT}, **{"Idempotency-Key": "k1"})
    again = post(client, {"text": TEXT}, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert Article.objects.count() == 1


def test_an_idempotency_key_with_another_body_is_refused(client):
    post(client, {"text": TEXT}, **{"Idempotency-Key": "k1"})
    answer = post(client, {"text": TEXT + "!"}, **{"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_failure_gives_the_idempotency_key_back(client):
    assert post(client, {"text": ""}, **{"Idempotency-Key": "k1"}).status_code == 422
    assert not IdempotencyRecord.objects.exists()
    assert post(client, {"text": TEXT}, **{"Idempotency-Key": "k1"}).status_code == 201


def test_an_idempotency_key_is_one_users_own(client, person, client_of):
    other = client_of(person("other", Role.SUBMITTER))
    mine = post(client, {"text": TEXT}, **{"Idempotency-Key": "k1"}).json()
    theirs = post(other, {"text": TEXT}, **{"Idempotency-Key": "k1"}).json()
    assert mine["id"] != theirs["id"]


def test_a_token_is_needed_and_its_scope(person, client_of, client):
    user = person("reader", Role.SUBMITTER)
    reader = client_of(user, "articles:read")
    assert post(reader, {"text": TEXT}).json()["code"] == "scope_missing"
    reader.credentials()
    answer = post(reader, {"text": TEXT})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    reader.credentials(HTTP_AUTHORIZATION="Bearer fct_nonsense")
    assert post(reader, {"text": TEXT}).status_code == 401


def test_an_auditor_submits_nothing(person, client_of):
    answer = post(client_of(person("aud", Role.AUDITOR)), {"text": TEXT})
    assert (answer.status_code, answer.json()["code"]) == (403, "role_missing")


def test_a_submitter_sees_only_their_own(client, person, client_of):
    pk = post(client, {"text": TEXT}).json()["id"]
    other = client_of(person("other", Role.SUBMITTER))
    assert other.get(f"{URL}/{pk}").status_code == 404
    assert other.get(URL).json()["data"] == []
    assert client_of(person("olena", Role.CHECKER)).get(f"{URL}/{pk}").status_code == 200


def test_an_unknown_parameter_is_refused_with_the_nearest_name(client):
    answer = client.get(URL, {"statsu": "ready"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")
    assert "Did you mean 'status'?" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"cursor": "!!"}, {"cursor": "W10"}, {"status": "x"}]
)
def test_unreadable_parameters_are_refused(client, query):
    assert client.get(URL, query).status_code == 400


def test_an_address_that_does_not_exist_answers_as_a_problem(client):
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("pk", [999, 2**70])
def test_an_article_that_does_not_exist_is_404(client, pk):
    assert client.get(f"{URL}/{pk}").status_code == 404


def test_a_list_pages_both_ways_without_gaps(client):
    ids = [post(client, {"text": f"{TEXT} {n}"}).json()["id"] for n in range(7)]
    seen, cursor, pages = [], None, []
    while True:
        answer = client.get(URL, {"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        pages.append(answer)
        seen += [row["id"] for row in answer["data"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    back = client.get(URL, {"limit": 3, "cursor": pages[-1]["prev"]}).json()
    assert [row["id"] for row in back["data"]] == [row["id"] for row in pages[1]["data"]]


def test_the_list_costs_the_same_for_two_and_for_twenty(client, django_assert_max_num_queries):
    for n in range(20):
        post(client, {"text": f"{TEXT} {n}"})
    with django_assert_max_num_queries(10):
        client.get(URL, {"limit": 2})
    with django_assert_max_num_queries(10):
        assert len(client.get(URL).json()["data"]) == 20


def test_post_takes_at_most_twelve_statements(client, django_assert_max_num_queries):
    post(client, {"text": TEXT, "outlet": "Example News"})
    body = {"text": TEXT, "title": "T", "url": "https://news.example/b", "outlet": "Example News"}
    with django_assert_max_num_queries(12):
        assert post(client, body).status_code == 201


def test_patch_needs_the_version_that_was_seen(person, client_of):
    checker = client_of(person("olena", Role.CHECKER))
    pk = post(checker, {"text": TEXT}).json()["id"]
    path = f"{URL}/{pk}"
    assert checker.patch(path, {"title": "New"}, format="json").status_code == 428
    changed = checker.patch(path, {"title": "New"}, format="json", headers={"If-Match": 'W/"v1"'})
    assert (changed.status_code, changed.json()["title"], changed["ETag"]) == (200, "New", '"v2"')
    stale = checker.patch(path, {"title": "Newer"}, format="json", headers={"If-Match": '"v1"'})
    assert (stale.status_code, stale.json()["current_version"], stale.json()["changed"]) == (412, 2, ["title"])
    assert checker.delete(path, headers={"If-Match": '"v1"'}).status_code in (403, 412)
    assert checker.patch(path, {"title": "x"}, format="json", headers={"If-Match": "7"}).status_code == 400


def test_a_withdrawn_article_is_hidden_and_kept(person, client_of):
    publisher = client_of(person("pia", Role.PUBLISHER))
    pk = post(publisher, {"text": TEXT, "url": "https://news.example/a"}).json()["id"]
    assert publisher.delete(f"{URL}/{pk}").status_code == 204
    assert publisher.get(f"{URL}/{pk}").status_code == 404
    assert Article.objects.get(pk=pk).withdrawn_by.username == "pia"
    assert post(publisher, {"text": TEXT, "url": "https://news.example/a"}).status_code == 201
    assert verify() == []


def test_html_is_read_and_the_address_kept(client):
    page = (
        "<html><head><title>Rain in May</title></head><body><article><h1>Rain in May</h1>"
        "<p>It rained on 21 of 31 days in May, the weather office said on Monday.</p>"
        "<p>That is twice as many as in an average May, according to the office's records.</p></article></body></html>"
    )
    answer = post(client, {"html": page, "url": "https://news.example/rain"})
    assert answer.status_code == 201, answer.content
    assert "21 of 31 days" in ArticleRevision.objects.get().text


def test_who_am_i(client):
    assert client.get("/api/v1/me").json() | {"id": 0} == {
        "id": 0,
        "username": "client",
        "roles": ["submitter"],
        "scopes": ["all"],
    }
    assert json.loads(client.get("/healthz").content) == {"status": "ok"}


def test_a_submitter_neither_reads_nor_revises_anothers_article(client, person, client_of):
    body = {"text": TEXT, "title": "Secret", "url": "https://news.example/a"}
    post(client, body)
    other = client_of(person("other", Role.SUBMITTER))
    for text in (TEXT, TEXT + " Forged."):
        answer = post(other, {**body, "text": text})
        assert (answer.status_code, answer.json()["code"]) == (409, "url_taken")
        assert "Secret" not in answer.content.decode()
    assert ArticleRevision.objects.count() == 1
    assert (
        post(client_of(person("olena", Role.CHECKER, Role.SUBMITTER)), {**body, "text": TEXT + "!"}).status_code == 200
    )
