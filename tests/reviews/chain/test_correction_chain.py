"""One correction followed through HTTP into every format, page, list and event."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from factcheck import canonical
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),  # an event is shown once its transaction is over
    pytest.mark.usefixtures("events_at_once"),
]

DATA_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
EVIDENCE = [
    {"url": "https://port.example/log", "title": "Port log", "publisher": "Port", "stance": "refutes", "primary": True},
    {"url": "https://daily.example/a", "title": "Detours", "stance": "context", "excerpt": "two weeks"},
]
FIRST = {
    "rating": "mostly_false",
    "summary": "It was closed for 14 days.",
    "explanation": "The log of the port shows **14** days.",
    "evidence": EVIDENCE,
}
SECOND = {
    **FIRST,
    "rating": "false",
    "explanation": "The log of the port shows **4** days.",
    "evidence": EVIDENCE[::-1],
}
REASON = "A 1 was read that is not there."


class Desk:
    """A checker, an approver, a publisher, a client that polls, and the public."""

    def __init__(self, person, client_of) -> None:
        self.checker = client_of(person("olena", Role.CHECKER))
        self.approver = client_of(person("marko", Role.APPROVER))
        self.publisher = client_of(person("ines", Role.PUBLISHER))
        self.client = client_of(person("agency", Role.SUBMITTER))
        self.public = Client()
        self.seen = 0

    def send(self, who, path, body, status=200, *, version=True):
        review = path.split("/")[2] if path.startswith("/reviews") else None
        headers = {}
        if version and review:
            headers = {"If-Match": who.get(f"/api/v1/reviews/{review}").headers["ETag"]}
        answer = who.post(f"/api/v1{path}", body, format="json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def decide(self, review, verdict, version):
        made = self.send(self.checker, f"/reviews/{review}/verdicts", verdict, 201)
        decision = {"decision": "approve", "revision": version}
        self.send(self.approver, f"/verdicts/{made['id']}/approvals", decision, 201)
        return made

    def page(self, path, status=200):
        answer = self.public.get(path)
        assert answer.status_code == status, answer.content[:200]
        return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()

    def news(self):
        """Types and data of the report events since the client last asked."""
        answer = self.client.get(f"/api/v1/events?after={self.seen}&type=report.").json()
        self.seen = answer["next"]
        return [(one["type"], one["data"]) for one in answer["data"]]


@pytest.fixture
def desk(person, client_of):
    return Desk(person, client_of)


def check_formats(desk, slug, *, rating, number, version):
    """Page, JSON-LD, JSON, CSV, feed, API and roll-up say one and the same."""
    page = desk.page(f"/reports/{slug}")
    [block] = DATA_BLOCK.findall(page)
    document = json.loads(block)
    assert document == json.loads(desk.page(f"/reports/{slug}.jsonld"))
    assert (document["reviewRating"]["alternateName"], document["reviewRating"]["ratingValue"]) == (rating, number)
    payload = json.loads(desk.page(f"/reports/{slug}.json"))
    assert (payload["rating"]["label"], payload["version"]) == (rating, version)
    [row] = csv.DictReader(io.StringIO(desk.page(f"/reports/{slug}.csv")))
    assert (row["rating"], row["rating_value"], row["version"]) == (rating, str(number), str(version))
    [item] = json.loads(desk.page("/reports/feed.jsonld"))["dataFeedElement"]
    assert item["item"]["reviewRating"]["alternateName"] == rating
    [news] = ElementTree.fromstring(desk.page("/reports/rss")).iter("item")
    assert f"{rating}: " in news.findtext("title")
    assert news.findtext("guid").endswith(f"/reports/{slug}#version-{version}")
    [listed] = desk.client.get("/api/v1/reports").json()["data"]
    assert (listed["rating"]["label"], listed["version"]) == (rating, version)
    whole = desk.client.get(f"/api/v1/reports/{slug}").json()
    assert canonical.digest(whole["payload"]) == whole["sha256"]
    assert f"{rating}<span" in page.replace("\n", "")
    return document, row, whole


def test_a_correction_reaches_every_format_and_event(desk):
    [review] = factories.opened()
    pk, article = review.pk, review.claim.article_id
    assert desk.news() == []
    slug, first = publish_first(desk, pk)
    open_correction(desk, pk, slug, article)
    refuse_the_same_rating(desk, pk)
    second = publish_second(desk, pk, slug)
    check_correction_is_told(desk, slug, article)
    check_difference(desk, slug, first["sha256"], second["sha256"])
    check_retraction(desk, pk, slug, article)
    assert verify() == []


def publish_first(desk, pk):
    """The report as it was at first: no correction anywhere; its slug and what the API gives."""
    desk.checker.put(f"/api/v1/reviews/{pk}/lease", {}, format="json")
    desk.decide(pk, FIRST, 1)
    slug = desk.send(desk.publisher, f"/reviews/{pk}/publish", {})["report"]["slug"]
    document, row, first = check_formats(desk, slug, rating="Mostly false", number=2, version=1)
    assert "correction" not in document
    assert row["corrections"] == "0"
    [(event, data)] = desk.news()
    assert (event, data["report"], data["report_version"]) == ("report.published", slug, 1)
    assert "What changed" not in desk.page(f"/reports/{slug}")
    return slug, first


def open_correction(desk, pk, slug, article):
    """The report stays up with its rating, marked wherever it is shown."""
    desk.send(desk.publisher, f"/reviews/{pk}/correct", {"type": "rating_changed", "reason": REASON})
    check_formats(desk, slug, rating="Mostly false", number=2, version=1)
    for path in (f"/reports/{slug}", "/reports/", f"/articles/{article}", f"/reports/{slug}/versions"):
        assert "under correction" in desk.page(path).lower(), path
    assert desk.client.get(f"/api/v1/reports/{slug}").json()["status"] == "under_correction"
    assert desk.client.get("/api/v1/reports").json()["data"][0]["status"] == "under_correction"
    assert desk.news() == []


def refuse_the_same_rating(desk, pk):
    """A correction of the rating that leaves the rating is none."""
    desk.checker.put(f"/api/v1/reviews/{pk}/lease", {}, format="json")
    refused = desk.send(desk.checker, f"/reviews/{pk}/verdicts", FIRST, 422)
    assert refused["code"] == "correction_type_mismatch"


def publish_second(desk, pk, slug):
    """Approved again and published: a second version, everywhere; what the API gives."""
    desk.decide(pk, SECOND, 2)
    assert "Mostly false" in desk.page(f"/reports/{slug}")
    assert desk.send(desk.publisher, f"/reviews/{pk}/publish", {})["report"]["version"] == 2
    document, row, second = check_formats(desk, slug, rating="False", number=1, version=2)
    assert document["version"] == 2
    assert document["dateModified"] > document["datePublished"]
    assert document["correction"][0]["text"] == REASON
    assert (row["corrections"], row["last_correction_type"], row["last_correction_reason"]) == (
        "1",
        "rating_changed",
        REASON,
    )
    assert second["payload"]["corrections"][0]["from_rating"] == "Mostly false"
    return second


def check_correction_is_told(desk, slug, article):
    """Its reason stands on every page of it, and one event tells it."""
    for path in (f"/reports/{slug}", "/corrections", f"/reports/{slug}/versions"):
        assert REASON in desk.page(path), path
    assert "under correction" not in desk.page(f"/articles/{article}").lower()
    assert "corrected" in desk.page(f"/articles/{article}")
    [(event, data)] = desk.news()
    assert (event, data["report"], data["report_version"], data["correction"]) == (
        "report.corrected",
        slug,
        2,
        "rating_changed",
    )


def check_difference(desk, slug, first, second):
    """Both versions stay; what changed is public, and only that."""
    newest, oldest = desk.client.get(f"/api/v1/reports/{slug}/versions").json()["data"]
    assert (newest["number"], newest["sha256"], newest["reason"]) == (2, second, REASON)
    assert (oldest["number"], oldest["sha256"], oldest["changes"]) == (1, first, [])
    changed = {one["member"]: one for one in newest["changes"]}
    assert set(changed) == {"rating", "explanation"}
    assert (changed["rating"]["before"], changed["rating"]["after"]) == ("Mostly false (2 of 5)", "False (1 of 5)")
    marked = [(one["mark"], one["text"]) for one in changed["explanation"]["pieces"]]
    assert marked == [
        ("same", "The log of the port shows "),
        ("removed", "**14**"),
        ("added", "**4**"),
        ("same", " days."),
    ]
    page = desk.page(f"/reports/{slug}/versions")
    assert re.search(r"<del>.*\*\*14\*\*</del>\s*<ins>.*\*\*4\*\*</ins>", page)
    old = desk.page(f"/reports/{slug}/versions/1.json")
    assert canonical.sha256(old) == first
    assert json.loads(old)["rating"]["label"] == "Mostly false"
    desk.page(f"/reports/{slug}/versions/3.json", 404)
    assert f"/reports/{slug}/versions" in desk.page("/corrections")


def check_retraction(desk, pk, slug, article):
    """The ClaimReview goes from everywhere, a notice stays, nothing is a 404."""
    forged = "The log was forged."
    desk.send(desk.publisher, f"/reviews/{pk}/retract", {"reason": forged})
    notice = desk.page(f"/reports/{slug}")
    assert forged in notice
    assert "ld+json" not in notice
    desk.page(f"/reports/{slug}.jsonld", 410)
    desk.page(f"/reports/{slug}/versions/1.json", 410)
    [item] = json.loads(desk.page("/reports/feed.jsonld"))["dataFeedElement"]
    assert "item" not in item
    assert item["dateDeleted"]
    [news] = ElementTree.fromstring(desk.page("/reports/rss")).iter("item")
    assert news.findtext("title").startswith("Retracted: ")
    assert news.findtext("description") == forged
    [row] = csv.DictReader(io.StringIO(desk.page(f"/reports/{slug}.csv")))
    assert (row["kind"], row["rating"], row["retraction_reason"]) == ("retracted", "", forged)
    versions = desk.page(f"/reports/{slug}/versions")
    assert forged in versions
    assert "<del>" not in versions
    assert [one["changes"] for one in desk.client.get(f"/api/v1/reports/{slug}/versions").json()["data"]] == [
        [],
        [],
        [],
    ]
    assert desk.client.get("/api/v1/reports").json()["data"] == []
    desk.page(f"/articles/{article}", 404)
    assert forged in desk.page("/corrections")
    [(event, data)] = desk.news()
    assert (event, data["report_version"]) == ("report.retracted", 3)
