"""What an administrator does to accounts is history."""

import pytest
from django.test import Client

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_setting_somebodys_password_is_history(person):
    person("ada", Role.ADMINISTRATOR)
    victim = person("marko", Role.APPROVER)
    client = Client()
    assert client.login(username="ada", password=PASSWORD)
    fields = {"password1": "another-long-word-7", "password2": "another-long-word-7", "usable_password": "true"}
    answer = client.post(f"/admin/accounts/user/{victim.pk}/password/", fields)
    assert answer.status_code == 302
    event = AuditEvent.objects.get(action="account.password_set")
    assert (event.subject_id, event.actor.username) == (str(victim.pk), "ada")


def test_only_administrators_reach_accounts(person):
    person("olena", Role.CHECKER, Role.APPROVER, Role.PUBLISHER)
    client = Client()
    assert client.login(username="olena", password=PASSWORD)
    assert client.get("/admin/accounts/user/").status_code == 403
