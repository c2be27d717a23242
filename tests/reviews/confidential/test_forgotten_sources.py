"""A source can be forgotten whole, or released, and history goes on to stand."""

from dataclasses import replace

import pytest
from django.db import connection

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import export_heads, verify
from factcheck.errors import Conflict, Forbidden, Invalid
from factcheck.events.models import Event
from factcheck.net.fetching import Fetched
from reviews import notices, selectors, tasks
from reviews.enums import CorrectionType, Stance
from reviews.models import Snapshot, Source, VerdictDraft
from reviews.services import archiving, corrections, drafts, erasing, leases, sources, verdicts
from reviews.services import notices as telling
from reviews.submissions import EvidenceItem, submission_of
from tests import factories

pytestmark = pytest.mark.django_db

HIDDEN = EvidenceItem(
    stance=Stance.REFUTES,
    title="Talk with Jane Doexample",
    publisher="Doexample and Sons",
    excerpt="Doexample saw the memo",
    locator="Doexample's kitchen",
    confidential=True,
    confidential_reason="protects a person",
    public_title="Somebody who saw the memo",
)
NAME = "Doexample"


@pytest.fixture
def admin(person):
    return person("ada", Role.ADMINISTRATOR)


def cite(*items, by=None):
    by = by or factories.checker()
    held = factories.taken(by)
    return verdicts.submit(
        review_id=held.pk, submission=factories.submission(evidence=(*factories.EVIDENCE, *items)), actor=by
    ).verdict


def hidden_source():
    return Source.objects.get(title=HIDDEN.title)


def everything_kept():
    """Every text of every table, as one."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_nothing_the_desk_keeps_tells_who_it_was(admin, client_of):
    cite(HIDDEN)
    source = hidden_source()
    sources.edit(source_id=source.pk, publisher="Doexample Ltd", actor=factories.checker())
    other, held = factories.checker(), factories.review()
    content = {
        "evidence": [{"title": HIDDEN.title, "publisher": "Doexample Ltd"}, {"source": source.pk, "title": NAME}]
    }
    drafts.save(review_id=held.pk, content=content, actor=other)
    drafts.save(review_id=held.pk, content={"summary": "s"}, actor=other, base=1, replaces=True)
    client = client_of(factories.checker())
    answer = client.post("/api/v1/sources", {"title": HIDDEN.title, "publisher": "Doexample Ltd"}, format="json")
    assert answer.status_code == 201
    second = Source.objects.get(pk=answer.json()["id"])
    heads = export_heads()
    assert NAME in everything_kept()
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    erasing.erase_source(source_id=second.pk, reason="asked for it", actor=admin)
    assert NAME not in everything_kept()
    assert verify(heads) == []
    told = AuditEvent.objects.filter(action="source.erased").order_by("pk").first()
    assert (told.actor, told.data["reason"], told.data["drafts"]) == (admin, "asked for it", 1)
    assert VerdictDraft.objects.get(author=other).version == 3


def test_what_remains_is_the_number_and_the_public_description(admin, client_of, client):
    verdict = cite(HIDDEN)
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    api = client_of(factories.approver())
    shown = api.get(f"/api/v1/verdicts/{verdict.pk}").json()["evidence"][2]
    assert (shown["title"], shown["url"], shown["publisher"], shown["excerpt"]) == ("[erased]", None, None, None)
    assert (shown["public_title"], shown["stance"]) == ("Somebody who saw the memo", "refutes")
    assert shown["erased_at"]
    source = api.get(f"/api/v1/sources/{shown['source']}").json()
    assert (source["title"], source["erased_at"]) == (None, shown["erased_at"])
    client.force_login(factories.checker())
    page = client.get(f"/admin/source/{shown['source']}/").content.decode()
    assert "nobody can read any more" in page
    assert "Change</button>" not in page


def test_a_replayed_submission_shows_the_source_as_it_is_now(admin, client_of):
    by = factories.checker()
    held = factories.taken(by)
    client = client_of(by)
    item = {"title": HIDDEN.title, "stance": "refutes", "confidential": True, "confidential_reason": "r"}
    body = {
        "rating": "false",
        "explanation": "Because.",
        "evidence": [
            {"url": "https://a.example/1", "title": "A", "stance": "refutes"},
            {"url": "https://b.example/1", "title": "B", "stance": "refutes"},
            {**item, "public_title": "Somebody"},
        ],
    }

    def send():
        headers = {"If-Match": f'"v{held.version}"', "Idempotency-Key": "k1"}
        return client.post(f"/api/v1/reviews/{held.pk}/verdicts", body, format="json", headers=headers)

    first, again = send(), send()
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    replayed = send()
    assert (replayed.status_code, replayed.headers["Idempotency-Replayed"]) == (201, "true")
    assert replayed.json()["evidence"][2]["title"] == "[erased]"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_forget_a_source(role, person, client_of):
    cite(HIDDEN)
    by = person("ben", role)
    with pytest.raises(Forbidden):
        erasing.erase_source(source_id=hidden_source().pk, reason="x", actor=by)
    answer = client_of(by).post(f"/api/v1/sources/{hidden_source().pk}/erase", {"reason": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "role_missing")
    assert NAME in everything_kept()


def test_an_administrator_who_reads_no_desk_forgets_over_the_api(admin, client_of):
    cite(HIDDEN)
    pk, client = hidden_source().pk, client_of(admin)
    refused = client.post(f"/api/v1/sources/{pk}/erase", {"reason": " "}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
    answer = client.post(f"/api/v1/sources/{pk}/erase", {"reason": "asked for it"}, format="json")
    assert (answer.status_code, set(answer.json())) == (200, {"id", "erased_at"})
    again = client.post(f"/api/v1/sources/{pk}/erase", {"reason": "asked for it"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "source_erased")
    assert client.get(f"/api/v1/sources/{pk}").status_code == 403


def test_a_source_that_a_report_names_is_not_forgotten(admin):
    report = factories.published()
    source = Source.objects.get(title="Port log")
    with pytest.raises(Conflict) as refused:
        erasing.erase_source(source_id=source.pk, reason="x", actor=admin)
    assert (refused.value.code, refused.value.extra) == ("source_public", {"reports": [report.slug]})
    assert report.slug in refused.value.detail


def test_an_open_source_of_an_unpublished_verdict_is_forgotten(admin):
    by = factories.checker()
    verdict = cite(replace(HIDDEN, confidential=False, confidential_reason="", public_title=""), by=by)
    with pytest.raises(Conflict) as refused:
        erasing.erase_source(source_id=hidden_source().pk, reason="named by mistake", actor=admin)
    assert (refused.value.code, refused.value.extra) == ("source_awaited", {"reviews": [verdict.review_id]})
    verdicts.withdraw(review_id=verdict.review_id, actor=by)
    erasing.erase_source(source_id=hidden_source().pk, reason="named by mistake", actor=admin)
    assert NAME not in everything_kept()
    assert [one.title_shown for one in verdict.evidence.order_by("number")][2] == "[erased]"
    assert verify() == []


def test_a_report_is_published_and_corrected_over_a_forgotten_source(admin):
    report = factories.published(evidence=(*factories.EVIDENCE, HIDDEN))
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    by = factories.checker()
    review = corrections.correct(
        review_id=report.review_id, type=CorrectionType.UPDATE, reason="Told better.", actor=factories.publisher()
    )
    leases.take(review_id=review.pk, actor=by)
    content = selectors.content_of_verdict(selectors.verdict(report.current.verdict_id))
    assert content["evidence"][2]["title"] == "[erased]"
    verdict = verdicts.submit(review_id=review.pk, submission=submission_of(content), actor=by).verdict
    row = verdict.evidence.get(number=3)
    assert (row.source, row.independence_group) == (
        Source.objects.get(erased_at__isnull=False),
        "",
    )
    assert verify() == []


def test_a_rating_approved_before_stays_approved_after(admin):
    review = factories.approved(evidence=(*factories.EVIDENCE, HIDDEN))
    before = (review.verdict.content_hash, review.status)
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    review.refresh_from_db()
    assert (review.verdict.content_hash, review.status) == before


def test_an_erased_source_counts_for_nothing_and_takes_no_new_words(admin):
    cite(HIDDEN)
    pk = hidden_source().pk
    erasing.erase_source(source_id=pk, reason="asked for it", actor=admin)
    gone = EvidenceItem(
        stance=Stance.REFUTES, source=pk, confidential=True, confidential_reason="at risk", public_title="Somebody"
    )
    by = factories.checker()
    held = factories.taken(by)
    given = factories.submission(evidence=(factories.EVIDENCE[0], gone))
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=held.pk, submission=given, actor=by)
    assert "1 of 2 independent sources" in str(refused.value.errors)
    with pytest.raises(Invalid) as refused:
        cite(replace(gone, publisher="Doexample", excerpt="I saw it"))
    places = {(one.pointer, one.code) for one in refused.value.errors}
    assert places == {("/evidence/2/publisher", "source_erased"), ("/evidence/2/excerpt", "source_erased")}
    assert cite(gone).evidence.get(number=3).source_id == pk


def test_nobody_makes_a_standing_source_unforgettable(admin):
    cite(HIDDEN)
    source = hidden_source()
    cite(replace(HIDDEN, source=source.pk, title="[erased]", publisher="", excerpt="", locator=""))
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    assert NAME not in everything_kept()


def test_a_review_tells_that_a_source_was_erased_and_its_people_hear_of_it(admin):
    by = factories.checker()
    verdict = cite(HIDDEN, by=by)
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    event = AuditEvent.objects.get(action="review.source_erased")
    assert (event.subject_id, event.data["reason"]) == (str(verdict.review_id), "asked for it")
    row = Event.objects.get(type="review.source_erased")
    telling.tell(event_id=row.pk)
    assert [one.event for one in notices.of(by)] == [row]


def test_a_copy_that_arrives_after_the_erasure_is_not_kept(admin, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    source, _ = sources.add(url="https://doexample.example/a", title=NAME, actor=factories.checker())

    def fetch(url):
        erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
        body = b"Doexample's page"
        return Fetched(url=url, status=200, headers={}, content_type="text/plain", charset="utf-8", body=body)

    monkeypatch.setattr(archiving.fetching, "fetch", fetch)
    job = archiving.ask(source_id=source.pk, actor=factories.checker())
    assert tasks.archive_source(job.pk)
    assert not Snapshot.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
