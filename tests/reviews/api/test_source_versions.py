"""Sources have a history from their first citation, and are edited by version."""

import json
from dataclasses import replace

import pytest

from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.audit.verification import verify
from reviews.models import Source
from reviews.services import sources
from tests import factories
from tests.reviews.confidential.test_confidential_sources import HIDDEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    made, _ = sources.add(url="https://port.example/log", title="Port log", actor=factories.checker())
    return f"/api/v1/sources/{made.pk}"


def history_of(source):
    return AuditEvent.objects.filter(subject_type="reviews.Source", subject_id=str(source.pk)).order_by("seq")


def test_source_made_by_citing_it_has_a_history_from_then_on():
    by = factories.checker()
    verdict = factories.submitted(by)
    factories.submitted(factories.checker())
    source = Source.objects.get(title="Port log")
    [event] = history_of(source)
    assert (event.action, event.actor, event.at) == ("source.added", by, verdict.submitted_at)
    assert event.data == {"cited": True}
    sources.edit(source_id=source.pk, title="The port's log", actor=by)
    added, edited = history_of(source)
    assert (added.action, edited.action) == ("source.added", "source.edited")
    words = PersonalDetail.objects.get(pk=edited.data["words"])
    assert edited.data == {"version": 2, "changed": ["title"], "words": words.pk}
    assert json.loads(words.value) == {"before": {"title": "Port log"}, "after": {"title": "The port's log"}}
    assert verify() == []


def test_history_says_when_a_source_became_confidential():
    by = factories.checker()
    factories.submitted(by, evidence=(replace(HIDDEN, confidential=False), *factories.EVIDENCE))
    factories.submitted(by, evidence=(HIDDEN, *factories.EVIDENCE))
    factories.submitted(by, evidence=(HIDDEN, *factories.EVIDENCE))
    actions = [one.action for one in history_of(Source.objects.get(url=HIDDEN.url))]
    assert actions == ["source.added", "source.made_confidential"]
    assert verify() == []


def test_source_is_changed_only_by_who_names_its_version(checker, address):
    read = checker.get(address)
    assert (read.json()["version"], read.headers["ETag"]) == (1, '"v1"')
    refused = checker.patch(address, {"title": "Harbour log"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (428, "precondition_required")
    done = checker.patch(address, {"title": "Harbour log"}, format="json", headers={"If-Match": '"v1"'})
    assert (done.status_code, done.headers["ETag"], done.json()["version"]) == (200, '"v2"', 2)


def test_edit_of_an_outdated_source_is_refused_with_what_changed(checker, address):
    checker.patch(address, {"title": "Harbour log"}, format="json", headers={"If-Match": '"v1"'})
    late = checker.patch(address, {"publisher": "Port"}, format="json", headers={"If-Match": '"v1"'})
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    assert (late.json()["current_version"], late.json()["changed"]) == (2, ["title"])
    assert Source.objects.get().publisher == ""


def test_page_of_a_source_refuses_an_outdated_edit(client, address):
    client.force_login(factories.checker())
    source = Source.objects.get()
    page = f"/admin/source/{source.pk}/"
    assert 'name="version" value="1"' in client.get(page).content.decode()
    words = {"do": "edit", "version": "1", "publisher": "", "group": ""}
    assert client.post(page, {**words, "title": "Harbour log"}).status_code == 302
    assert client.post(page, {**words, "title": "Somebody else's"}).status_code == 412
    assert Source.objects.get().title == "Harbour log"
