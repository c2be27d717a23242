"""Many clients in the same moment, over HTTP, on PostgreSQL and Redis."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.flood import texts
from tests.harness.product import Product

pytestmark = pytest.mark.fault
OPEN = """
import json
from tests import factories
from reviews.models import Review
for start in range(0, {0}, 3):
    factories.opened(claims=min(3, {0} - start))
print(json.dumps(list(Review.objects.values_list("pk", flat=True))))
"""


@pytest.fixture
def product(servers, desk) -> Product:
    postgres, redis = servers
    running = desk(postgres, redis)
    running.start("web")
    return running


def test_one_idempotency_key_makes_one_article_whatever_the_concurrency(product, size, record):
    token = product.person("client", "submitter")
    keys, times = size(100, 10), size(50, 12)
    bodies = [{"text": text, "title": f"Edition {n}"} for n, text in enumerate(texts(keys))]
    answers: list[tuple[int, int, int | None]] = []

    def post(number: int) -> None:
        headers = {"Idempotency-Key": f"key-{number % keys}"}
        while True:
            status, body, _ = product.request(
                "POST", "/api/v1/articles", bodies[number % keys], token=token, headers=headers
            )
            answers.append((number % keys, status, body.get("id")))
            if status != 409:
                return
            time.sleep(0.2)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(post, range(keys * times)))
    made = {key: {pk for k, status, pk in answers if k == key and status == 201} for key in range(keys)}
    record |= {
        "keys": keys,
        "posts": keys * times,
        "answers": {str(s): sum(1 for a in answers if a[1] == s) for s in {a[1] for a in answers}},
    }
    assert {status for _, status, _ in answers} <= {201, 409}
    assert all(len(ids) == 1 for ids in made.values())
    assert product.shell("from claims.models import Article; print(Article.objects.count())") == keys
    with ThreadPoolExecutor(20) as pool:
        plain = list(pool.map(lambda body: product.request("POST", "/api/v1/articles", body, token=token), bodies))
    assert {status for status, _, _ in plain} == {201}
    assert product.shell("from claims.models import Article; print(Article.objects.count())") == 2 * keys


def test_a_web_server_killed_after_the_commit_replays_the_same_article(product, size, record):
    token = product.person("client", "submitter")
    rounds, ids = size(20, 3), []
    for number in range(rounds):
        body, headers = {"text": texts(number + 1)[-1]}, {"Idempotency-Key": f"kill-{number}"}
        stop = threading.Event()

        def kill_when_committed(number=number, stop=stop) -> None:
            code = f"from claims.models import Article; print(Article.objects.count() > {number})"
            while not stop.is_set():
                if product.manage("shell", "--no-imports", "-c", code).strip().endswith("True"):
                    break
            product.kill("web")
            product.spawn("web")

        killer = threading.Thread(target=kill_when_committed)
        killer.start()
        first = product.request("POST", "/api/v1/articles", body, token=token, headers=headers)
        killer.join()
        stop.set()
        product.wait_ready(worker=False)
        again = product.request("POST", "/api/v1/articles", body, token=token, headers=headers)
        assert (first[0], again[0]) == (201, 201)
        assert again[2].get("Idempotency-Replayed") == "true"
        assert again[1]["id"] == first[1]["id"]
        ids.append(first[1]["id"])
    record |= {"rounds": rounds, "articles": len(set(ids))}
    assert product.shell("from claims.models import Article; print(Article.objects.count())") == rounds


def test_no_review_is_handed_out_twice(product, size, record):
    reviews, takers = size(2000, 200), 20
    ids = product.shell(OPEN.format(reviews))
    tokens = product.people([f"checker{n}" for n in range(takers)], "checker")
    taken: dict[int, list[int]] = {n: [] for n in range(takers)}

    def take_all(number: int) -> None:
        while True:
            status, body, _ = product.request("POST", "/api/v1/reviews/next", {"filters": {}}, token=tokens[number])
            assert status == 200, body
            if body["review"] is None:
                return
            assert body["review"]["lease"]["holder"] == f"checker{number}"
            taken[number].append(body["review"]["id"])

    with ThreadPoolExecutor(takers) as pool:
        list(pool.map(take_all, range(takers)))
    handed = [pk for mine in taken.values() for pk in mine]
    record |= {"reviews": reviews, "takers": takers, "handed_out": len(handed), "twice": len(handed) - len(set(handed))}
    assert sorted(handed) == sorted(ids)


def test_accepted_conditional_writes_equal_the_final_version(product, size, record):
    [pk] = product.shell(OPEN.format(1))
    editors, writes = size(50, 10), size(100, 20)
    tokens = product.people([f"editor{n}" for n in range(editors)], "approver")
    path = f"/api/v1/reviews/{pk}"
    start = product.request("GET", path, token=tokens[0])[1]["version"]
    accepted = []

    def write(number: int) -> None:
        for turn in range(writes):
            version = product.request("GET", path, token=tokens[number])[1]["version"]
            status, body, _ = product.request(
                "PATCH",
                path,
                {"priority": (number * writes + turn) % 7},
                token=tokens[number],
                headers={"If-Match": f'"v{version}"'},
            )
            assert status in {200, 412}, body
            if status == 200 and body["version"] > version:
                accepted.append(number)

    with ThreadPoolExecutor(editors) as pool:
        list(pool.map(write, range(editors)))
    final = product.request("GET", path, token=tokens[0])[1]["version"]
    record |= {"editors": editors, "tried": editors * writes, "accepted": len(accepted), "versions": final - start}
    assert final - start == len(accepted)
    assert accepted
