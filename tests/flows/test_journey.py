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

    def review(self, rid: int) -> dict:
        """The review as it is now."""
        return self.call("GET", f"/api/v1/reviews/{rid}", expect=200)

    def act(self, rid: int, action: str, body=None, *, expect: int, method: str = "POST"):
        """One action on the review, for the version it has now."""
        seen = f'"v{self.review(rid)["version"]}"'
        return self.call(method, f"/api/v1/reviews/{rid}/{action}", body, expect=expect, If_Match=seen)


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
    tokens = product.team(client="submitter", olena="checker,approver", marko="approver,publisher")
    client, olena, marko = (Desk(product, tokens[name]) for name in ("client", "olena", "marko"))

    path = submit_article(client, kursk_text)
    claim = find_claim(client, path, kursk_text)
    client.call("GET", "/api/v1/reviews", expect=403)
    rid, version = take_review(olena, claim)
    submitted = submit_verdict(olena, rid, version)
    slug = approve_and_publish(olena, marko, rid, submitted)
    check_claim_review(claim_review(product, slug), product, slug)
    [row] = csv.DictReader(io.StringIO(product.request("GET", f"/reports/{slug}.csv")[1]))
    assert row["claimant"] == "Donald Trump"
    assert row["rating"] == "Unproven"

    open_correction(marko, rid, slug)
    publish_correction(olena, marko, rid, slug)
    check_correction(claim_review(product, slug))
    retract(marko, rid)
    check_retraction(product, slug)
    assert product.manage("verify_audit", "--json").strip() == "[]"


def submit_article(client: Desk, text: str) -> str:
    """The article sent twice and read to the end; its address."""
    sent = {
        "text": text,
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
    return path


def find_claim(client: Desk, path: str, text: str) -> dict:
    """What was found in the article, word for word; the claim the journey follows."""
    [revision] = client.call("GET", f"{path}/revisions", expect=200)["data"]
    assert revision["text"] == text
    claims = client.call("GET", f"{path}/claims", expect=200)["data"]
    for claim in claims:
        assert text[claim["start"] : claim["end"]] == claim["quote"]
    [troops] = [claim for claim in claims if claim["quote"] == TROOPS]
    assert troops["claimant"]["name"] == "Donald Trump"
    assert (troops["venue"], troops["said_at"]) == ("Truth Social", "2025-03-14")
    assert troops["triage"] == "selected"
    sentences = client.call("GET", f"{path}/sentences?limit=200", expect=200)["data"]
    assert {s["disposition"] for s in sentences} <= {"claim", "not_a_claim", "boilerplate"}
    return troops


def take_review(checker: Desk, claim: dict) -> tuple[int, int]:
    """The review of the claim, once it is opened, in the checker's hands; its number and version."""
    [review] = wait_until(lambda: checker.call("GET", f"/api/v1/reviews?claim={claim['id']}", expect=200)["data"])
    assert review["status"] == "queued"
    seen = f'"v{review["version"]}"'
    taken = checker.call("PUT", f"/api/v1/reviews/{review['id']}/lease", {}, expect=200, If_Match=seen)
    return review["id"], (taken.get("review") or taken)["version"]


def submit_verdict(checker: Desk, rid: int, version: int) -> dict:
    """Without sources it is refused with the place and nothing changes; with sources it is taken."""
    path, seen = f"/api/v1/reviews/{rid}/verdicts", f'"v{version}"'
    lacking = checker.call("POST", path, verdict(evidence=[]), expect=422, If_Match=seen)
    assert any(e["pointer"] == "/evidence" for e in lacking["errors"]), lacking
    submitted = checker.call("POST", path, verdict(), expect=201, If_Match=seen)
    assert submitted["revision"] == 1
    assert submitted["review"]["status"] == "in_approval"
    return submitted


def approve_and_publish(author: Desk, editor: Desk, rid: int, submitted: dict) -> str:
    """Somebody else than the author approves; the slug of the report."""
    approval = {"decision": "approve", "revision": 1}
    refused = author.call("POST", f"/api/v1/verdicts/{submitted['id']}/approvals", approval, expect=403)
    assert refused["code"] == "self_approval"
    editor.call("POST", f"/api/v1/verdicts/{submitted['id']}/approvals", approval, expect=201)
    assert editor.review(rid)["status"] == "approved"
    return editor.act(rid, "publish", {}, expect=200)["report"]["slug"]


def open_correction(editor: Desk, rid: int, slug: str) -> None:
    reason = "A later assessment settles the question."
    editor.act(rid, "correct", {"type": "rating_changed", "reason": reason}, expect=200)
    assert "correction" in editor.product.request("GET", f"/reports/{slug}")[1].lower()


def publish_correction(checker: Desk, editor: Desk, rid: int, slug: str) -> None:
    """Taken by the checker, whoever holds it, rated anew, approved and published."""
    lease = checker.review(rid)["lease"]
    if lease is None or lease["holder"] != "olena":
        if lease:
            editor.act(rid, "lease", expect=200, method="DELETE")
        checker.act(rid, "lease", {}, expect=200, method="PUT")
    changed = verdict(rating="false", summary="The troops were not surrounded.")
    second = checker.act(rid, "verdicts", changed, expect=201)
    assert second["revision"] == 2
    approval = {"decision": "approve", "revision": 2}
    editor.call("POST", f"/api/v1/verdicts/{second['id']}/approvals", approval, expect=201)
    assert editor.act(rid, "publish", {}, expect=200)["report"]["slug"] == slug


def check_correction(document: dict) -> None:
    assert document["reviewRating"]["alternateName"] == "False"
    assert document["reviewRating"]["ratingValue"] is not None
    assert str(document["version"]) == "2"
    assert document["dateModified"] > document["datePublished"]
    assert document["correction"]


def retract(editor: Desk, rid: int) -> None:
    editor.act(rid, "retract", {"reason": "The desk rated the wrong statement."}, expect=200)


def check_retraction(product: Product, slug: str) -> None:
    """The page stays with a notice, and the markup goes."""
    status, page, _ = product.request("GET", f"/reports/{slug}")
    assert status == 200
    assert "retracted" in page.lower()
    assert "The desk rated the wrong statement." in page
    assert "application/ld+json" not in page
