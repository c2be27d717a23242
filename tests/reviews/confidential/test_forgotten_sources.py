"""A source can be forgotten whole, or released, and history goes on to stand."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from factcheck.accounts.roles import Role
from factcheck.audit import erasures, personal
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import export_heads, verify
from factcheck.errors import Conflict, Forbidden, Invalid
from reviews import selectors
from reviews.enums import CorrectionType, Stance
from reviews.models import Evidence, Source, VerdictDraft
from reviews.services import corrections, drafts, erasing, leases, sources, verdicts
from reviews.submissions import EvidenceItem, submission_of
from tests import factories
from tests.lifting import lifted

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
    told = AuditEvent.objects.filter(action="source.erased").order_by("seq").first()
    assert (told.actor, told.data["reason"], told.data["drafts"]) == (admin, "asked for it", 1)
    assert VerdictDraft.objects.get(author=other).version == 4


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
    verdict = cite(replace(HIDDEN, confidential=False, confidential_reason="", public_title=""))
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
        f"erased:{row.source_id}",
    )
    assert verify() == []


def test_a_rating_approved_before_stays_approved_after(admin):
    review = factories.approved(evidence=(*factories.EVIDENCE, HIDDEN))
    before = (review.verdict.content_hash, review.status)
    erasing.erase_source(source_id=hidden_source().pk, reason="asked for it", actor=admin)
    review.refresh_from_db()
    assert (review.verdict.content_hash, review.status) == before


def test_a_restored_backup_forgets_again(admin, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    cite(HIDDEN)
    source = hidden_source()
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    listed = tmp_path / "list.json"
    call_command("erasures", "--export", str(listed))
    told = listed.read_text()
    assert f"reviews.Source:{source.pk}" in told
    assert NAME not in told
    bring_back(source)
    assert personal.erase_again(erasures.read(listed)) == 1
    assert personal.erase_again(erasures.read(listed)) == 0
    assert NAME not in everything_kept()


def bring_back(source):
    """The source as an older backup has it."""
    with lifted():
        Source.objects.filter(pk=source.pk).update(key="k", title=HIDDEN.title, erased_at=None)
        Evidence.objects.filter(source=source).update(title=HIDDEN.title, erased_at=None)


@pytest.mark.parametrize(
    "change",
    [
        "title = 'another'",
        "title = ''",
        "erased_at = '2026-01-01'",
        "salt = '', url = '', title = '', publisher = '', excerpt = '', locator = '', independence_group = ''",
        "salt = '', url = '', title = '', publisher = '', excerpt = '', locator = '', independence_group = '', "
        "erased_at = '2026-01-01', stance = 'context'",
    ],
)
def test_the_database_allows_nothing_but_a_whole_erasure(change):
    cite(HIDDEN)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reviews_evidence SET {change}")


@pytest.mark.django_db(transaction=True)
def test_words_changed_by_a_superuser_are_named():
    cite(HIDDEN)
    with lifted():
        Evidence.objects.filter(number=3).update(excerpt="Doexample saw nothing")
    row = Evidence.objects.get(number=3)
    assert [fault.where for fault in verify()] == [f"reviews.Evidence:{row.pk}"]


def test_words_that_history_vouches_for_itself_are_not_erased(admin):
    cite(HIDDEN)
    with lifted():
        Evidence.objects.update(words_digest="")
    with pytest.raises(Conflict) as refused:
        erasing.erase_source(source_id=hidden_source().pk, reason="x", actor=admin)
    assert refused.value.code == "source_in_history"
    blank = dict.fromkeys(("salt", "url", "title", "publisher", "excerpt", "locator", "independence_group"), "")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.update(**blank, erased_at="2026-01-01T00:00:00Z")


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
