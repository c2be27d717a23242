"""A source that one verdict keeps confidential is named by no other one."""

from dataclasses import replace

import pytest

from factcheck.accounts.roles import Role
from factcheck.errors import Invalid
from reviews.enums import Stance
from reviews.models import Source, Verdict
from reviews.services import verdicts
from reviews.submissions import EvidenceItem
from tests import factories

pytestmark = pytest.mark.django_db

HIDDEN = EvidenceItem(
    stance=Stance.REFUTES,
    url="https://leak.example/memo",
    title="Memo by J. Doe",
    publisher="The ministry",
    confidential=True,
    confidential_reason="protects a person",
    public_title="A document seen by the desk",
)
TALK = replace(HIDDEN, url="", title="Talk with J. Doe")


def submit(*evidence):
    by = factories.checker()
    held = factories.taken(by)
    given = factories.submission(evidence=(*factories.EVIDENCE, *evidence))
    return verdicts.submit(review_id=held.pk, submission=given, actor=by).verdict


@pytest.mark.parametrize("hidden", [HIDDEN, TALK], ids=["page", "person"])
def test_confidential_source_is_not_cited_openly_by_id(hidden):
    submit(hidden)
    source = Source.objects.get(title=hidden.title)
    for words in ({}, {"title": "Somebody's words"}):
        with pytest.raises(Invalid) as refused:
            submit(EvidenceItem(stance=Stance.REFUTES, source=source.pk, **words))
        [error] = refused.value.errors
        assert (error.pointer, error.code) == ("/evidence/2/confidential", "source_confidential")
        assert "cite it as confidential" in error.detail
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("spelling", ["https://leak.example/memo", "http://www.leak.example/memo/#p2"])
def test_confidential_source_is_not_cited_openly_by_address(spelling):
    submit(HIDDEN)
    with pytest.raises(Invalid) as refused:
        submit(EvidenceItem(stance=Stance.REFUTES, url=spelling, title="The memo"))
    assert [error.pointer for error in refused.value.errors] == ["/evidence/2/confidential"]


def test_source_is_not_both_open_and_confidential_in_one_verdict():
    with pytest.raises(Invalid) as refused:
        submit(EvidenceItem(stance=Stance.CONTEXT, url=HIDDEN.url, title="The memo"), HIDDEN)
    assert [error.pointer for error in refused.value.errors] == ["/evidence/2/confidential"]
    assert not Source.objects.exists()


def test_confidential_source_is_cited_again_as_confidential():
    submit(HIDDEN)
    verdict = submit(replace(HIDDEN, source=Source.objects.get(url=HIDDEN.url).pk))
    assert verdict.evidence.filter(confidential=True).count() == 1


def test_source_cited_openly_before_is_marked_once_it_is_confidential():
    submit(replace(HIDDEN, confidential=False, confidential_reason="", public_title=""))
    assert Source.objects.get(url=HIDDEN.url).confidential_since is None
    verdict = submit(HIDDEN)
    assert Source.objects.get(url=HIDDEN.url).confidential_since == verdict.submitted_at


def test_lists_of_sources_say_in_how_many_verdicts_one_is_confidential(client, client_of, person):
    submit(HIDDEN)
    submit(HIDDEN)
    api = client_of(person("aud", Role.AUDITOR))
    told = {one["url"]: one["confidential_in"] for one in api.get("/api/v1/sources").json()["data"]}
    assert told[HIDDEN.url] == 2
    assert told["https://port.example/log"] == 0
    source = Source.objects.get(url=HIDDEN.url)
    assert api.get(f"/api/v1/sources/{source.pk}").json()["confidential_in"] == 2
    client.force_login(factories.checker())
    assert client.get("/admin/sources/").content.decode().count("Confidential in 2 verdicts") == 1
    assert "Confidential in 2 verdicts" in client.get(f"/admin/source/{source.pk}/").content.decode()
