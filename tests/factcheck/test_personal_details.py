"""Personal values can be erased while history goes on to stand."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from factcheck import archive
from factcheck.accounts.roles import Role
from factcheck.audit import erasures, history, personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.audit.verification import export_heads, verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, Forbidden, Invalid
from tests.lifting import lifted

pytestmark = pytest.mark.django_db


@transaction.atomic
def keep_one():
    at = db_now()
    kept = personal.keep(subject_type="desk", subject_id=1, kind="contact", value="Ana Ruiz, 555-0101", at=at)
    history.record(subject=("desk", "1"), action="kept", actor=None, rows=[kept], at=at)
    return kept


@pytest.fixture
def detail():
    return keep_one()


def test_history_stands_before_and_after_an_erasure(detail, person):
    heads = export_heads()
    assert verify(heads) == []
    personal.erase(detail_id=detail.pk, reason="asked for it", actor=person("ada", Role.ADMINISTRATOR))
    detail.refresh_from_db()
    assert (detail.value, detail.salt) == (None, None)
    assert detail.erased_at is not None
    assert verify(heads) == []
    assert verify() == []


def test_the_value_stands_nowhere_else(detail, person):
    personal.erase(detail_id=detail.pk, reason="asked for it", actor=person("ada", Role.ADMINISTRATOR))
    assert not AuditEvent.objects.filter(body__contains="Ruiz").exists()
    told = AuditEvent.objects.get(action="personal.erased").data
    assert told == {
        "detail": detail.pk,
        "kind": "contact",
        "reason": "asked for it",
        "erased": [f"audit.PersonalDetail:{detail.pk}"],
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_erase(detail, person, role):
    with pytest.raises(Forbidden):
        personal.erase(detail_id=detail.pk, reason="x", actor=person("ben", role))
    assert PersonalDetail.objects.get().value == "Ana Ruiz, 555-0101"


def test_an_erasure_has_a_reason_and_happens_once(detail, person):
    by = person("ada", Role.ADMINISTRATOR)
    with pytest.raises(Invalid):
        personal.erase(detail_id=detail.pk, reason=" ", actor=by)
    personal.erase(detail_id=detail.pk, reason="x", actor=by)
    with pytest.raises(Conflict):
        personal.erase(detail_id=detail.pk, reason="x", actor=by)


@pytest.mark.parametrize(
    "change",
    [
        "value = 'another'",
        "value = NULL",
        "value = NULL, salt = NULL",
        "erased_at = created_at",
        "value = NULL, salt = NULL, erased_at = created_at, kind = 'x'",
        "digest = 'x'",
    ],
)
def test_the_database_allows_nothing_but_a_whole_erasure(detail, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_personaldetail SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_personaldetail")


def test_an_erased_value_does_not_come_back(detail, person):
    personal.erase(detail_id=detail.pk, reason="x", actor=person("ada", Role.ADMINISTRATOR))
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonalDetail.objects.update(value="Ana Ruiz", salt="0" * 32, erased_at=None)


def test_an_erasure_behind_the_history_is_named(detail):
    PersonalDetail.objects.update(value=None, salt=None, erased_at=db_now())
    [fault] = verify()
    assert fault.where == f"audit.PersonalDetail:{detail.pk}"
    assert "no event of history says so" in fault.what


@pytest.mark.django_db(transaction=True)
def test_a_value_changed_by_a_superuser_is_named(detail):
    with lifted():
        PersonalDetail.objects.update(value="Somebody else")
    assert [fault.where for fault in verify()] == [f"audit.PersonalDetail:{detail.pk}"]


def test_an_administrator_erases_in_the_admin_after_a_question_and_with_a_reason(detail, person, client):
    client.force_login(person("ada", Role.ADMINISTRATOR))
    at = "/admin/audit/personaldetail/"
    assert "Ruiz" not in client.get(at).content.decode()
    assert "Ruiz" not in client.get(f"{at}{detail.pk}/change/").content.decode()
    chosen = {"action": "erase", "_selected_action": [detail.pk]}
    asked = client.post(at, chosen)
    assert "Erase for ever?" in asked.content.decode()
    assert "contact of desk:1" in asked.content.decode()
    for reason in ("", "  ", "x" * 301):
        refused = client.post(at, {**chosen, "confirmed": "1", "reason": reason})
        assert (refused.status_code, "Say why, in 1 to 300" in refused.content.decode()) == (422, True)
    assert PersonalDetail.objects.get().value == "Ana Ruiz, 555-0101"
    assert client.post(at, {**chosen, "confirmed": "1", "reason": "asked for it"}).status_code == 302
    assert PersonalDetail.objects.get().value is None
    assert AuditEvent.objects.get(action="personal.erased").data["reason"] == "asked for it"
    again = client.post(at, {**chosen, "confirmed": "1", "reason": "asked for it"}, follow=True)
    assert "was erased before" in again.content.decode()


def test_only_administrators_and_auditors_see_the_list_and_auditors_erase_nothing(detail, person, client):
    client.force_login(person("ben", Role.CHECKER, Role.APPROVER, Role.PUBLISHER))
    assert client.get("/admin/audit/personaldetail/").status_code == 403
    client.force_login(person("audit", Role.AUDITOR))
    assert "Ruiz" not in client.get("/admin/audit/personaldetail/").content.decode()
    client.post("/admin/audit/personaldetail/", {"action": "erase", "_selected_action": [detail.pk]})
    assert PersonalDetail.objects.get().value == "Ana Ruiz, 555-0101"


@transaction.atomic
def back_up_erase_and_lose_all(older, listed):
    kept = keep_one()
    archive.backup(older)
    personal.take_away(detail_id=kept.pk, reason="asked for it", actor=None)
    call_command("erasures", "--export", str(listed))
    raise RuntimeError("the disk is gone")


def test_an_older_backup_does_not_bring_an_erased_value_back(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "archive"
    older = tmp_path / "desk.backup"
    with pytest.raises(RuntimeError, match="the disk is gone"):
        back_up_erase_and_lose_all(older, tmp_path / "list.json")
    assert "Ruiz" not in (tmp_path / "list.json").read_text()
    call_command("restore", str(older), "--erasures", str(tmp_path / "list.json"))
    assert PersonalDetail.objects.get().value is None
    assert "1 values are erased again" in capsys.readouterr().err
    assert AuditEvent.objects.get(action="personal.erased").data["reason"] == personal.ERASED_BEFORE
    assert verify() == []


def test_restoring_without_a_list_names_the_command_that_erases_again(person, tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "archive"
    empty = tmp_path / "desk.backup"
    erasures.write(tmp_path / "before.json")
    assert erasures.read(tmp_path / "before.json") == []
    archive.backup(empty)
    call_command("restore", str(empty))
    assert "erasures --apply LIST" in capsys.readouterr().err
    personal.erase(detail_id=keep_one().pk, reason="x", actor=person("ada", Role.ADMINISTRATOR))
    call_command("erasures", "--export", str(tmp_path / "list.json"))
    call_command("erasures", "--apply", str(tmp_path / "list.json"))
    assert "0 values are erased again" in capsys.readouterr().err
    (tmp_path / "list.json").write_text('{"erasures": [{"subject": 1}]}')
    with pytest.raises(CommandError, match="no list of erasures"):
        call_command("restore", str(empty), "--erasures", str(tmp_path / "list.json"))


@pytest.mark.django_db(transaction=True)
def test_the_desk_writes_its_list_with_each_erasure(detail, person):
    personal.erase(detail_id=detail.pk, reason="x", actor=person("ada", Role.ADMINISTRATOR))
    assert [one.digest for one in erasures.read(erasures.newest_list())] == [detail.digest]
