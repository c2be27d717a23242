"""Sources cited by their number, released, and named while a draft is typed."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.errors import Forbidden, Invalid
from reviews.desk import verdict_form
from reviews.enums import CorrectionType, Stance
from reviews.models import Source
from reviews.services import corrections, drafts, erasing, sources, verdicts
from reviews.submissions import EvidenceItem
from tests import factories
from tests.reviews.confidential.test_forgotten_sources import HIDDEN, NAME, cite, everything_kept, hidden_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(person):
    return person("ada", Role.ADMINISTRATOR)


def test_a_source_released_by_a_publisher_is_cited_openly_again(client_of):
    cite(HIDDEN)
    source = hidden_source()
    api = client_of(factories.publisher())
    assert api.post(f"/api/v1/sources/{source.pk}/release", {"reason": ""}, format="json").status_code == 422
    answer = api.post(f"/api/v1/sources/{source.pk}/release", {"reason": "the wrong box"}, format="json")
    assert (answer.status_code, answer.json()["confidential_since"], answer.json()["confidential_in"]) == (200, None, 1)
    cite(EvidenceItem(stance=Stance.REFUTES, source=source.pk))
    again = api.post(f"/api/v1/sources/{source.pk}/release", {"reason": "the wrong box"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "source_not_confidential")
    told = AuditEvent.objects.get(action="source.released")
    assert told.data == {"reason": "the wrong box"}
    cite(HIDDEN)
    with pytest.raises(Invalid):
        cite(EvidenceItem(stance=Stance.REFUTES, source=source.pk))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLISHER])
def test_only_publishers_release(role, person):
    cite(HIDDEN)
    with pytest.raises(Forbidden):
        sources.release(source_id=hidden_source().pk, reason="x", actor=person("ben", role))


def test_live_checklist_names_a_source_that_must_stay_confidential(client_of, client):
    cite(HIDDEN)
    by = factories.checker()
    held = factories.taken(by)
    named = [
        {"source": hidden_source().pk, "stance": "refutes"},
        {"title": HIDDEN.title, "publisher": HIDDEN.publisher},
    ]
    drafts.save(review_id=held.pk, content={"evidence": named}, actor=by)
    listed = client_of(by).get(f"/api/v1/reviews/{held.pk}/draft").json()["checklist"]
    found = {one["pointer"] for item in listed for one in item["findings"]}
    assert {"/evidence/0/confidential", "/evidence/1/confidential"} <= found
    client.force_login(by)
    assert "This source is confidential in a verdict" in client.get(f"/admin/review/{held.pk}/").content.decode()


def test_pages_release_and_forget_after_a_reason(client, person):
    cite(HIDDEN)
    at = f"/admin/source/{hidden_source().pk}/"
    boss = person("boss", *Role)
    client.force_login(boss)
    assert "Forget this source" in client.get(at).content.decode()
    for form in ("release", "erase"):
        refused = client.post(at, {"form": form, "do": form, "owner": boss.pk, "reason": " "})
        assert refused.status_code == 422
        assert f'id="{form}-reason"' in refused.content.decode()
        assert 'aria-invalid="true"' in refused.content.decode()
        done = client.post(at, {"form": form, "do": form, "owner": boss.pk, "reason": "a reason"}, follow=True)
        assert done.status_code == 200
    assert "Erased for ever" in done.content.decode()
    assert NAME not in everything_kept()


def test_a_number_cites_that_source_whatever_is_said_of_it_and_counts_once():
    cite(EvidenceItem(stance=Stance.REFUTES, title="Talk with the harbour master", publisher="Port"))
    pk = Source.objects.get(title="Talk with the harbour master").pk
    named = EvidenceItem(stance=Stance.REFUTES, source=pk, title="His words", publisher="P2")
    assert cite(named).evidence.get(number=3).source_id == pk
    by = factories.checker()
    held = factories.taken(by)
    twice = factories.submission(evidence=(named, replace(named, publisher="P1")))
    with pytest.raises(Invalid, match="source 2 is the same as source 1"):
        verdicts.submit(review_id=held.pk, submission=twice, actor=by)


def test_another_address_beside_a_number_is_another_source():
    cite()
    pk = Source.objects.get(title="Port log").pk
    item = EvidenceItem(stance=Stance.REFUTES, source=pk, url="https://other.example/log", title="Another log")
    assert cite(item).evidence.get(number=3).source_id != pk


def test_a_correction_by_form_that_hides_a_source_protects_the_versions_before(client, person):
    report = factories.published(
        evidence=(*factories.EVIDENCE, replace(HIDDEN, confidential=False, confidential_reason="", public_title=""))
    )
    boss = person("boss", *Role)
    review = corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="Told better.", actor=boss
    )
    client.force_login(boss)
    page = client.get(f"/admin/review/{review.pk}/").content.decode()
    shown = dict(re.findall(r'name="(evidence-2-(?:source|was_url|was_title))" value="([^"]*)"', page))
    number = hidden_source().pk
    assert shown == {"evidence-2-source": str(number), "evidence-2-was_url": "", "evidence-2-was_title": HIDDEN.title}
    typed = {
        "form": "verdict",
        "do": "draft",
        "rating": "mostly_false",
        "explanation": "So.",
        "owner": boss.pk,
        **shown,
        "evidence-2-url": "",
        "evidence-2-title": "A talk",
        "evidence-2-stance": "refutes",
        "evidence-2-confidential": "1",
        "evidence-2-confidential_reason": "r",
        "evidence-2-public_title": "One",
    }
    assert verdict_form.content_of(QueryDict(urlencode(typed)))["evidence"][0]["source"] == number
    open_again = {name: value for name, value in typed.items() if not name.startswith("evidence-2-confidential")}
    assert "source" not in verdict_form.content_of(QueryDict(urlencode(open_again)))["evidence"][0]


def test_page_of_a_source_tells_its_history_with_the_words_while_they_stand(admin, client):
    by = factories.checker("olena")
    source, _ = sources.add(title="Talk with a porter", actor=by)
    sources.edit(source_id=source.pk, title="Talk with the porter", actor=by)
    client.force_login(by)
    page = client.get(f"/admin/source/{source.pk}/").content.decode()
    assert "title: Talk with a porter → Talk with the porter" in page
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    page = client.get(f"/admin/source/{source.pk}/").content.decode()
    assert "porter" not in page
    assert page.count("[erased]") == 2
    assert "erased what it was" in page
