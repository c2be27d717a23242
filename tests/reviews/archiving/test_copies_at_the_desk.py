"""Copies where people meet them: in the API, on the pages of sources, in the rules of the gate."""

import pytest

from factcheck.accounts.roles import Role
from factcheck.errors import Invalid
from reviews import archives
from reviews.models import RatingScale, Snapshot, Source
from reviews.services import archiving, drafts, leases, scales, sources, verdicts
from reviews.submissions import EvidenceItem
from tests import factories
from tests.reviews.archiving.internet import PAGE, WORDS, work

pytestmark = pytest.mark.django_db


def test_copies_uses_and_link_over_rest(web, client_of):
    verdict = factories.submitted(factories.checker())
    client = client_of(factories.checker())
    [log] = client.get("/api/v1/sources?q=Port log").json()["data"]
    base = f"/api/v1/sources/{log['id']}"
    assert client.get(f"{base}/state").json()["link"] == "unknown"
    web.pages[log["url"]] = b"\0<script>alert(1)</script>"
    asked = client.post(f"{base}/state", {}, format="json")
    assert (asked.status_code, asked.headers["Location"]) == (202, f"/api/v1/jobs/{asked.json()['job']}")
    work()
    shown = client.get(f"{base}/state").json()
    [copy] = client.get(f"{base}/copies").json()["data"]
    assert shown["copy"] == copy
    served = client.get(f"/api/v1/copies/{copy['id']}/bytes")
    assert served.content == b"\0<script>alert(1)</script>"
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in served.headers["Content-Disposition"]
    [use] = client.get(f"{base}/uses").json()["data"]
    assert (use["review"], use["verdict"], use["stance"]) == (verdict.review_id, verdict.pk, "refutes")
    assert use["claim"] == factories.SENTENCES[0]
    archives.path_of(copy["sha256"]).unlink()
    assert client.get(f"/api/v1/copies/{copy['id']}/bytes").status_code == 404


def test_pages_of_sources_show_uses_copies_and_rot(web, client):
    factories.submitted(factories.checker())
    client.force_login(factories.checker())
    log = Source.objects.get(title="Port log")
    web.pages[log.url] = PAGE.format(WORDS).encode()
    page = f"/admin/source/{log.pk}/"
    assert client.post(page, {"do": "archive"}).status_code == 302
    work()
    shown = client.get(page).content.decode()
    assert factories.SENTENCES[0] in shown
    assert "closed to all traffic" in shown
    copy = Snapshot.objects.get()
    assert client.get(f"/admin/copy/{copy.pk}/").content == PAGE.format(WORDS).encode()
    assert client.post(page, {"do": "edit", "title": "The port's log"}).status_code == 302
    listed = client.get("/admin/sources/?q=log").content.decode()
    assert "The port" in listed
    assert "Two weeks of detours" not in listed
    assert "No broken links." in client.get("/admin/sources/?links=broken").content.decode()
    refused = client.post("/admin/sources/", {"url": "", "title": ""})
    assert (refused.status_code, "address or a title" in refused.content.decode()) == (422, True)
    added = client.post("/admin/sources/", {"url": "https://new.example/a"})
    assert client.get(added["Location"]).status_code == 200


def test_rule_of_the_copy_is_met_by_a_copy_or_a_reason_at_submit_and_live(web, client_of):
    scale = RatingScale.objects.get(default_since__isnull=False)
    boss = factories.user(Role.ADMINISTRATOR)
    scales.set_policy(scale_id=scale.pk, required_approvals=None, gate_rules=["archived_copy"], actor=boss)
    by = factories.checker()
    review, other = factories.opened(claims=2)
    for one in (review, other):
        leases.take(review_id=one.pk, actor=by)
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert [error.pointer for error in refused.value.errors] == ["/evidence/0", "/evidence/1"]
    for one in factories.EVIDENCE:
        web.pages[one.url] = b"here"
        added, _ = sources.add(url=one.url, title=one.title, actor=by)
        archiving.ask(source_id=added.pk, actor=by)
    work()
    content = {"evidence": [{"url": one.url, "title": one.title} for one in factories.EVIDENCE]}
    drafts.save(review_id=review.pk, content=content, actor=by)
    live = client_of(by).get(f"/api/v1/reviews/{review.pk}/draft").json()["checklist"]
    assert {one["code"]: one["passed"] for one in live}["archived_copy"]
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    paper = EvidenceItem(stance=factories.EVIDENCE[0].stance, url="https://other.example/", title="Other")
    lacking = factories.submission(evidence=(*factories.EVIDENCE, paper))
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=other.pk, submission=lacking, actor=by)
    assert [error.pointer for error in refused.value.errors] == ["/evidence/2"]
    excused = factories.submission(evidence=lacking.evidence, reasons={"archived_copy": "The page forbids it"})
    verdicts.submit(review_id=other.pk, submission=excused, actor=by)


def test_long_copy_asks_for_a_locator(web):
    scale = RatingScale.objects.get(default_since__isnull=False)
    boss = factories.user(Role.ADMINISTRATOR)
    scales.set_policy(scale_id=scale.pk, required_approvals=None, gate_rules=["locator"], actor=boss)
    by = factories.checker()
    for one in factories.EVIDENCE:
        added, _ = sources.add(url=one.url, title=one.title, actor=by)
        archiving.ask(source_id=added.pk, actor=by)
    web.pages[factories.EVIDENCE[0].url] = PAGE.format(WORDS * 60).encode()
    work()
    review = factories.taken(by)
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/evidence/0/locator", "locator")]


def test_auditor_reads_sources_and_changes_none(client):
    factories.submitted(factories.checker())
    client.force_login(factories.user(Role.AUDITOR))
    source = Source.objects.first()
    page = client.get(f"/admin/source/{source.pk}/").content.decode()
    assert 'name="do"' not in page
    assert client.post(f"/admin/source/{source.pk}/", {"do": "edit", "title": "x"}).status_code == 403
