"""Append-only tables refuse change, on whatever database the suite runs."""

import pytest
from django.db import DatabaseError, connection, transaction

from factcheck import immutable
from factcheck.audit import history
from factcheck.audit.models import AuditEvent
from tests.lifting import lifted

pytestmark = pytest.mark.django_db


def test_every_registered_trigger_stands_after_all_migrations():
    assert immutable.append_only_models()
    assert immutable.missing(connection) == []


def test_missing_names_a_dropped_trigger():
    with lifted():
        assert "audit_auditevent_no_update" in immutable.missing(connection)
    assert immutable.missing(connection) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET action = 'x'", "DELETE FROM audit_auditevent"])
def test_history_refuses_sql(statement):
    history.record(subject=("desk", "1"), action="tried", actor=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.filter(subject_type="desk").count() == 1


def test_history_refuses_replace():
    event = history.record(subject=("desk", "1"), action="tried", actor=None)
    if connection.vendor == "sqlite":
        statement = (
            "REPLACE INTO audit_auditevent (id, subject_type, subject_id, seq, action, at, body, hash)"
            f" VALUES ({event.pk}, 'desk', '1', 1, 'x', '2026-01-01', '{{}}', '')"
        )
    else:
        statement = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_auditevent"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get(subject_type="desk").action == "tried"
