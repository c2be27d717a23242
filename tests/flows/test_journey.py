"""The whole journey over HTTP, against a really running web server and worker."""

import csv
import io
import json
import time

import pytest

from tests.harness.desks import running_desk
from tests.harness.product import Product

pytestmark = [pytest.mark.flow]

TROOPS = "AT THIS VERY MOMENT, THOUSANDS OF UKRAINIAN TROOPS ARE COMPLETELY SURROUNDED BY THE RUSSIAN MILITARY"
EVIDENCE = [
    {
        "url": "https://www.understandingwar.example/2025/03/14/assessment",
        "title": "Campaign assessment, 14 March 2025",
        "publisher": "Institute for the Study of War",
        "stance": "refutes",
        "excerpt": "No geolocated evidence indicates that a significant number of troops is encircled.",
        "primary": True,
    },
    {
        "url": "https://generalstaff.example/statement",
        "title": "Statement on the Kursk direction",
        "publisher": "General Staff",
        "stance": "refutes",
        "excerpt": "There is no threat of encirclement of our units.",
    },
]


class Desk:
    """The HTTP client of one account."""

    def __init__(self, product: Product, token: str) -> None:
        self.product = product
        self.token = token

    def call(self, method: str, path: str, body=None, *, expect: int, **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        status, answer, sent = self.product.request(method, path, body, token=self.token, headers=named)
        assert status == expect, f"{method} {path}: {status} {answer}"
        self.headers = sent
        return answer


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    with running_desk(tmp_path_factory.mktemp("journey")) as running:
        yield running


def wait_until(check, seconds: float = 20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def verdict(**changes) -> dict:
    return {
        "rating": "unproven",
        "summary": "No evidence supports an encirclement of thousands of troops on 14 March 2025.",
        "explanation": "Analysts and both general staffs were asked; **no** geolocated evidence shows it.",
        "evidence": EVIDENCE,
        **changes,
    }


def claim_review(product: Product, slug: str) -> dict:
    status, page, _ = product.request("GET", f"/reports/{slug}")
    assert status == 200
    block = page.split('<script type="application/ld+json">', 1)[1].split("</script>", 1)[0]
    status, served, _ = product.request("GET", f"/reports/{slug}.jsonld")
    assert status == 200
    document = served if isinstance(served, dict) else json.loads(served)
    assert json.loads(block) == document
    return document


def check_claim_review(document: dict, product: Product, slug: str) -> None:
    """The rules of ClaimReview, written here again independently of the code."""
    assert document["@type"] == "ClaimReview"
    assert document["url"] == f"{product.url}/reports/{slug}"
    assert document["@id"].startswith(document["url"])
    assert len(document["claimReviewed"]) > 0
    rating = document["reviewRating"]
    assert rating["alternateName"] == "Unproven"
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()
    reviewed = document["itemReviewed"]
    assert TROOPS in reviewed["text"] or "surrounded" in reviewed["text"]
    assert (reviewed["author"]["@type"], reviewed["author"]["name"]) == ("Person", "Donald Trump")
    assert reviewed["datePublished"] == "2025-03-14"
    assert document["author"]["url"].startswith(product.url)
    appearances = [a["url"] for a in reviewed.get("appearance", [])]
    assert "https://news.example/kursk" in appearances
    assert reviewed.get("firstAppearance", {}).get("url") not in appearances
    assert document["datePublished"] >= "2026"


def test_the_whole_journey(product, kursk_text):
    client = Desk(product, product.person("client", "submitter"))
    olena = Desk(product, product.person("olena", "checker,approver"))
    marko = Desk(product, product.person("marko", "approver,publisher"))

    sent = {
        "text": kursk_text,
        "title": "Putin calls on Ukrainian troops in Kursk to surrender",
        "url": "https://news.example/kursk",
        "outlet": "Example News",
        "published_at": "2025-03-14",
    }
    article = client.call("POST", "/api/v1/articles", sent, expect=201)
    assert article["status"] == "received"
    path = client.headers["Location"]
    ready = wait_until(lambda: (a := client.call("GET", path, expect=200))["status"] == "ready" and a)
    assert ready["coverage"] == 1.0
    assert client.call("POST", "/api/v1/articles", sent, expect=200)["id"] == article["id"]

    [revision] = client.call("GET", f"{path}/revisions", expect=200)["data"]
    assert revision["text"] == kursk_text
    claims = client.call("GET", f"{path}/claims", expect=200)["data"]
    for claim in claims:
        assert kursk_text[claim["start"] : claim["end"]] == claim["quote"]
    [troops] = [claim for claim in claims if claim["quote"] == TROOPS]
    assert troops["claimant"]["name"] == "Donald Trump"
    assert (troops["venue"], troops["said_at"]) == ("Truth Social", "2025-03-14")
    assert troops["triage"] == "selected"
    sentences = client.call("GET", f"{path}/sentences?limit=200", expect=200)["data"]
    assert {s["disposition"] for s in sentences} <= {"claim", "not_a_claim", "boilerplate"}

    client.call("GET", "/api/v1/reviews", expect=403)
    [review] = wait_until(lambda: olena.call("GET", f"/api/v1/reviews?claim={troops['id']}", expect=200)["data"])
    assert review["status"] == "queued"
    rid = review["id"]
    taken = olena.call("PUT", f"/api/v1/reviews/{rid}/lease", {}, expect=200, If_Match=f'"v{review["version"]}"')
    version = (taken.get("review") or taken)["version"]

    bare = olena.call(
        "POST", f"/api/v1/reviews/{rid}/verdicts", verdict(evidence=[]), expect=422, If_Match=f'"v{version}"'
    )
    assert any(e["pointer"] == "/evidence" for e in bare["errors"]), bare
    submitted = olena.call("POST", f"/api/v1/reviews/{rid}/verdicts", verdict(), expect=201, If_Match=f'"v{version}"')
    assert submitted["revision"] == 1
    assert submitted["review"]["status"] == "in_approval"

    approval = {"decision": "approve", "revision": 1}
    refused = olena.call("POST", f"/api/v1/verdicts/{submitted['id']}/approvals", approval, expect=403)
    assert refused["code"] == "self_approval"
    marko.call("POST", f"/api/v1/verdicts/{submitted['id']}/approvals", approval, expect=201)
    approved = marko.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    assert approved["status"] == "approved"
    published = marko.call(
        "POST", f"/api/v1/reviews/{rid}/publish", {}, expect=200, If_Match=f'"v{approved["version"]}"'
    )
    slug = published["report"]["slug"]
    check_claim_review(claim_review(product, slug), product, slug)
    [row] = csv.DictReader(io.StringIO(product.request("GET", f"/reports/{slug}.csv")[1]))
    assert row["claimant"] == "Donald Trump"
    assert row["rating"] == "Unproven"

    correct_and_retract(product, olena, marko, rid, slug)
    assert product.manage("verify_audit", "--json").strip() == "[]"


def correct_and_retract(product: Product, olena: Desk, marko: Desk, rid: int, slug: str) -> None:
    live = marko.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    marko.call(
        "POST",
        f"/api/v1/reviews/{rid}/correct",
        {"type": "rating_changed", "reason": "A later assessment settles the question."},
        expect=200,
        If_Match=f'"v{live["version"]}"',
    )
    assert "correction" in product.request("GET", f"/reports/{slug}")[1].lower()
    open_ = olena.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    if open_["lease"] is None or open_["lease"]["holder"] != "olena":
        holder = open_["lease"] and open_["lease"]["holder"]
        if holder:
            marko.call("DELETE", f"/api/v1/reviews/{rid}/lease", expect=200, If_Match=f'"v{open_["version"]}"')
            open_ = olena.call("GET", f"/api/v1/reviews/{rid}", expect=200)
        olena.call("PUT", f"/api/v1/reviews/{rid}/lease", {}, expect=200, If_Match=f'"v{open_["version"]}"')
        open_ = olena.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    second = olena.call(
        "POST",
        f"/api/v1/reviews/{rid}/verdicts",
        verdict(rating="false", summary="The troops were not surrounded."),
        expect=201,
        If_Match=f'"v{open_["version"]}"',
    )
    assert second["revision"] == 2
    marko.call("POST", f"/api/v1/verdicts/{second['id']}/approvals", {"decision": "approve", "revision": 2}, expect=201)
    approved = marko.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    again = marko.call("POST", f"/api/v1/reviews/{rid}/publish", {}, expect=200, If_Match=f'"v{approved["version"]}"')
    assert again["report"]["slug"] == slug
    document = claim_review(product, slug)
    assert document["reviewRating"]["alternateName"] == "False"
    assert document["reviewRating"]["ratingValue"] is not None
    assert str(document["version"]) == "2"
    assert document["dateModified"] > document["datePublished"]
    assert document["correction"]

    live = marko.call("GET", f"/api/v1/reviews/{rid}", expect=200)
    marko.call(
        "POST",
        f"/api/v1/reviews/{rid}/retract",
        {"reason": "The desk rated the wrong statement."},
        expect=200,
        If_Match=f'"v{live["version"]}"',
    )
    status, page, _ = product.request("GET", f"/reports/{slug}")
    assert status == 200
    assert "retracted" in page.lower()
    assert "The desk rated the wrong statement." in page
    assert "application/ld+json" not in page
