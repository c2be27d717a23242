"""Queries that are compiled once: the same rows as Django's own, at every run."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, F
from django.test.utils import CaptureQueriesContext

from factcheck import clock, rows
from factcheck.accounts.models import ApiToken, User
from factcheck.clock import db_now
from factcheck.prepared import Prepared, ReadingTime, Slot, columns, instance, made_from
from tests import factories

pytestmark = pytest.mark.django_db


def by_name() -> Prepared:
    return Prepared(
        lambda: (
            User.objects.order_by("pk")
            .filter(username=Slot("name", CharField()))
            .values(*columns(User), group=F("groups__name"), read_at=ReadingTime())
        )
    )


def test_each_run_takes_its_own_values():
    names = by_name()
    people = [factories.checker() for _ in range(3)]
    for person in people:
        [row] = names.rows(name=person.username)
        assert made_from(User, row) == person
        assert row["group"] == "checker"
    assert names.rows(name="nobody") == []


def test_a_row_is_converted_as_django_converts_it():
    user = factories.checker()
    token = ApiToken.objects.create(user=user, name="x", prefix="p", digest="d", scopes=["all"], expires_at=db_now())
    token.refresh_from_db()
    prepared = Prepared(lambda: ApiToken.objects.filter(pk=Slot("pk", BigIntegerField())).values(*columns(ApiToken)))
    [row] = prepared.rows(pk=token.pk)
    assert row == ApiToken.objects.filter(pk=token.pk).values(*columns(ApiToken)).get()
    assert made_from(ApiToken, row).expires_at == token.expires_at
    with connection.cursor() as cursor:
        names = ", ".join(f'"{field.column}"' for field in ApiToken._meta.concrete_fields)
        cursor.execute(f"SELECT {names} FROM accounts_apitoken WHERE id = %s", [token.pk])
        read = instance(ApiToken, cursor.fetchone())
    assert (read.scopes, read.expires_at) == (["all"], token.expires_at)


def test_the_time_of_reading_is_that_of_the_run():
    names = by_name()
    name = factories.checker().username
    first = names.rows(name=name)[0]["read_at"]
    second = names.rows(name=name)[0]["read_at"]
    with clock.shifted(timedelta(hours=3)):
        shifted = names.rows(name=name)[0]["read_at"]
    assert timedelta(0) <= second - first < timedelta(minutes=1)
    assert timedelta(hours=3) <= shifted - second < timedelta(hours=3, minutes=1)


def test_a_run_is_one_statement():
    names = by_name()
    with CaptureQueriesContext(connection) as captured:
        names.rows(name="a")
        names.rows(name="b")
    assert len(captured) == 2


def test_an_update_changes_only_what_is_as_expected():
    user = factories.checker()
    assert rows.update(User, {"first_name": "Olena"}, where={"id": user.pk, "first_name": ""}) == 1
    assert rows.update(User, {"first_name": "Marko"}, where={"id": user.pk, "first_name": ""}) == 0
    user.refresh_from_db()
    assert user.first_name == "Olena"


def test_an_update_knows_relations_by_either_name():
    before, after = factories.checker(), factories.checker()
    token = ApiToken.objects.create(user=before, name="x", prefix="p", digest="d", scopes=[])
    assert rows.update(ApiToken, {"user": after, "scopes": ["all"]}, where={"user_id": before.pk}) == 1
    token.refresh_from_db()
    assert (token.user, token.scopes) == (after, ["all"])


def kept_statements() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%accounts_user%'")
        return cursor.fetchone()[0]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize(("threshold", "kept"), [(0, 1), (None, 0)])
def test_postgresql_keeps_the_plan_unless_connections_are_pooled(threshold, kept):
    names, name = by_name(), factories.checker().username
    before = connection.connection.prepare_threshold
    connection.connection.prepare_threshold = threshold
    try:
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        connection.connection._prepared.clear()
        for _ in range(3):
            assert names.rows(name=name)[0]["username"] == name
        assert kept_statements() == kept
    finally:
        connection.connection.prepare_threshold = before


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_made_anew():
    names, name = by_name(), factories.checker().username
    with psycopg.connect(**connection.connection.info.get_parameters(), password=None, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    connection.health_check_enabled, connection.health_check_done = True, False
    assert names.rows(name=name)[0]["username"] == name
