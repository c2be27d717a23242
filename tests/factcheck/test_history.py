"""History: chained, and every way of tampering with it is named."""

import json
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from factcheck import canonical, rows
from factcheck.audit import digests, history, verification
from factcheck.audit.models import AuditEvent, AuditHead
from factcheck.clock import db_now
from reviews.models import Approval, Review, Verdict
from reviews.services import approvals
from tests import factories
from tests.lifting import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_events() -> list[AuditEvent]:
    return [
        history.record(subject=("desk", "1"), action=f"step.{n}", actor=None, data={"n": n, "words": "a “b” ü"})
        for n in range(3)
    ]


def sql(statement: str, *params: object) -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def found() -> str:
    return "\n".join(f"{fault.where}: {fault.what}" for fault in verification.verify())


def test_untouched_history_stands(three_events):
    history.record(subject=("desk", "2"), action="other", actor=None)
    assert found() == ""
    assert [event.seq for event in three_events] == [1, 2, 3]


@pytest.mark.parametrize("column", ["action", "body", "hash", "at"])
def test_an_altered_column_is_named(three_events, column):
    value = "2001-01-01 00:00:00+00:00" if column == "at" else "forged"
    sql(f"UPDATE audit_auditevent SET {column} = %s WHERE id = %s", value, three_events[1].pk)
    assert "desk:1 event 2" in found()


def test_an_altered_body_with_its_own_hash_breaks_the_next(three_events):
    event = three_events[1]
    body = event.body.replace('"n":1', '"n":7')
    sql(
        "UPDATE audit_auditevent SET body = %s, hash = %s WHERE id = %s",
        body,
        history.chain(three_events[0].hash, body),
        event.pk,
    )
    assert "desk:1 event 3" in found()


def test_a_deleted_event_is_named(three_events):
    sql("DELETE FROM audit_auditevent WHERE id = %s", three_events[1].pk)
    assert "desk:1 event 3: expected event 2" in found()


def test_a_deleted_last_event_is_named(three_events):
    sql("DELETE FROM audit_auditevent WHERE id = %s", three_events[2].pk)
    assert "history ends at event 2, its head says 3" in found()


def test_reordered_events_are_named(three_events):
    first, second = three_events[0].pk, three_events[1].pk
    sql("UPDATE audit_auditevent SET seq = 99 WHERE id = %s", first)
    sql("UPDATE audit_auditevent SET seq = 1 WHERE id = %s", second)
    sql("UPDATE audit_auditevent SET seq = 2 WHERE id = %s", first)
    assert "desk:1 event 1" in found()


def test_a_history_deleted_whole_is_named_by_its_head(three_events):
    sql("DELETE FROM audit_auditevent")
    assert "desk:1: its whole history is missing" in found()


def test_a_deleted_head_is_named(three_events):
    AuditHead.objects.filter(subject_type="desk").delete()
    assert "desk:1: its head is missing" in found()


def test_a_shortened_chain_with_its_head_shows_against_exported_heads(three_events):
    heads = verification.export_heads()
    sql("DELETE FROM audit_auditevent WHERE id = %s", three_events[2].pk)
    AuditHead.objects.filter(subject_type="desk").update(seq=2, hash=three_events[1].hash)
    assert found() == ""
    assert [fault.where for fault in verification.verify(heads)] == ["desk:1"]


def test_a_chain_hashed_anew_shows_against_exported_heads(three_events):
    heads = verification.export_heads()
    previous = history.GENESIS
    for event in three_events:
        body = event.body.replace("step", "leap")
        previous = history.chain(previous, body)
        action = event.action.replace("step", "leap")
        sql(
            "UPDATE audit_auditevent SET body = %s, hash = %s, action = %s WHERE id = %s",
            body,
            previous,
            action,
            event.pk,
        )
    AuditHead.objects.filter(subject_type="desk").update(hash=previous)
    assert found() == ""
    assert "history was rewritten" in verification.verify(heads)[0].what


def test_history_outside_a_transaction_is_refused(monkeypatch):
    monkeypatch.setattr(connection, "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        history.record(subject=("desk", "1"), action="loose", actor=None)


def test_entries_of_several_subjects_keep_their_order():
    entries = [history.Entry(("desk", str(n % 2)), f"step.{n}") for n in range(6)]
    events = history.record_all(entries, actor=None)
    assert [(event.subject_id, event.seq) for event in events] == [
        ("0", 1), ("1", 1), ("0", 2), ("1", 2), ("0", 3), ("1", 3),
    ]  # fmt: skip
    assert found() == ""


@contextmanager
def later_version_with_another_column():
    """Approval gets the column `weight`, as a later version would add it."""
    column = models.PositiveIntegerField(default=1)
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_approval ADD COLUMN weight integer NOT NULL DEFAULT 1")
    column.contribute_to_class(Approval, "weight")
    digests.columns_of.cache_clear()
    digests.present.cache_clear()
    try:
        yield
    finally:
        Approval._meta.local_fields.remove(column)
        del Approval.weight
        Approval._meta._expire_cache()
        digests.columns_of.cache_clear()
        digests.present.cache_clear()


def unname_columns():
    """Approvals in events as they were written before those named the columns."""
    previous = {}
    for event in AuditEvent.objects.order_by("subject_type", "subject_id", "seq"):
        told = json.loads(event.body)
        told.get("columns", {}).pop(Approval._meta.label, None)
        key = (event.subject_type, event.subject_id)
        body = canonical.dumps(told)
        previous[key] = history.chain(previous.get(key, history.GENESIS), body)
        sql("UPDATE audit_auditevent SET body = %s, hash = %s WHERE id = %s", body, previous[key], event.pk)
        AuditHead.objects.filter(subject_type=key[0], subject_id=key[1]).update(hash=previous[key])


@pytest.mark.parametrize("named", [True, False])
def test_a_column_added_later_breaks_no_older_digest(named):
    verdict = factories.submitted(factories.checker())
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    if not named:
        unname_columns()
    with later_version_with_another_column():
        assert found() == ""
        sql("UPDATE reviews_approval SET comment = 'forged'")
        assert "its content is not what history says" in found()


def test_a_column_added_later_is_covered_by_later_digests():
    verdict = factories.submitted(factories.checker())
    with later_version_with_another_column():
        approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
        assert found() == ""
        sql("UPDATE reviews_approval SET weight = 9")
        assert "its content is not what history says" in found()


def test_a_column_that_is_gone_is_named(monkeypatch):
    factories.submitted(factories.checker())
    present = digests.present
    monkeypatch.setattr(digests, "present", lambda model: present(model) - {"explanation"})
    assert "history covers a column that the table has no longer: explanation" in found()


def test_events_name_the_columns_of_each_table_once():
    factories.submitted(factories.checker())
    told = json.loads(AuditEvent.objects.get(action="review.submitted").body)
    assert set(told["columns"]) == {"reviews.Verdict", "reviews.Evidence"}
    assert told["columns"]["reviews.Verdict"] == list(digests.columns_of(Verdict))


def test_the_command_names_faults_and_fails(three_events, capsys):
    call_command("verify_audit")
    sql("UPDATE audit_auditevent SET action = 'forged' WHERE id = %s", three_events[0].pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "desk:1 event 1: a column differs" in capsys.readouterr().out


def _of_the_desk():
    return AuditEvent.objects.filter(subject_type="desk", subject_id="1").order_by("seq")


def test_a_head_that_was_read_is_moved_only_if_nobody_else_moved_it(three_events):
    read = AuditHead.objects.get(subject_type="desk", subject_id="1")
    first, second = (
        history.appending(history.Entry(("desk", "1"), action), read, actor=None, at=db_now()) for action in ("a", "b")
    )
    rows.send(*first)
    with pytest.raises((rows.Unmet, IntegrityError)), transaction.atomic():
        rows.send(*second)
    assert list(_of_the_desk().values_list("seq", "action"))[3:] == [(4, "a")]
    assert found() == ""


def test_a_head_that_was_set_back_is_not_appended_to(three_events):
    read = AuditHead.objects.get(subject_type="desk", subject_id="1")
    sql("UPDATE audit_audithead SET hash = 'forged' WHERE id = %s", read.pk)
    with pytest.raises(rows.Unmet), transaction.atomic():
        rows.send(*history.appending(history.Entry(("desk", "1"), "a"), read, actor=None, at=db_now()))
    assert _of_the_desk().count() == 3


def test_a_head_read_along_with_its_row_is_the_head():
    review = factories.opened(claims=1)[0]
    kept = AuditHead.objects.get(subject_type="reviews.Review", subject_id=str(review.pk))
    row = Review.objects.annotate(head=history.head_of(Review)).get(pk=review.pk)
    assert (history.read_head(row.head).pk, history.read_head(row.head).hash) == (kept.pk, kept.hash)
    assert history.read_head(None) is None
