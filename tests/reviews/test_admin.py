"""Django's admin shows the rows of reviews and changes none."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from factcheck.accounts import tokens
from factcheck.accounts.models import ApiToken
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.errors import Conflict
from reviews import models
from reviews.services import deadlines, scales
from tests import factories

pytestmark = pytest.mark.django_db
SHOWN = [model for model in admin.site._registry if model._meta.app_label == "reviews"]


def test_every_table_but_drafts_is_shown():
    assert set(SHOWN) == {getattr(models, name) for name in models.__all__} - {models.VerdictDraft}


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_rows_are_shown_and_cannot_be_added_changed_or_deleted(client, person, model):
    factories.corrected()
    client.force_login(person("audit", Role.AUDITOR))
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
    row = model.objects.first()
    if row is not None:
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
        assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
        assert client.get(reverse(f"{name}_delete", args=[row.pk])).status_code == 403


DESK = {Role.CHECKER, Role.APPROVER, Role.PUBLISHER, Role.AUDITOR}
SETTINGS = DESK | {Role.ADMINISTRATOR}
READERS = {
    "accounts.User": {Role.AUDITOR, Role.ADMINISTRATOR},
    "accounts.ApiToken": {Role.AUDITOR, Role.ADMINISTRATOR},
    "audit.AuditEvent": SETTINGS,
    "audit.PersonalDetail": {Role.AUDITOR, Role.ADMINISTRATOR},
    "jobs.Job": SETTINGS,
    "jobs.WorkerHeartbeat": SETTINGS,
    "reviews.DueRule": SETTINGS,
    "reviews.Notice": {Role.AUDITOR},
    "reviews.NoticeChoice": {Role.AUDITOR},
    "reviews.Rating": SETTINGS,
    "reviews.RatingScale": SETTINGS,
}
"""Who reads a table in the admin; all others: who reads the desk."""


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_in_the_admin_what_the_design_gives_it_and_nothing_else(client, person, role):
    client.force_login(person("reader", role))
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        allowed = role in READERS.get(model._meta.label, DESK)
        assert client.get(address).status_code == (200 if allowed else 403), model._meta.label


def test_an_administrator_reads_no_word_of_the_desks_work_in_history(client, person):
    factories.corrected()
    client.force_login(person("ada", Role.ADMINISTRATOR))
    page = client.get("/admin/audit/auditevent/").content.decode()
    assert "account.created" in page
    assert "review." not in page
    event = AuditEvent.objects.filter(subject_type="reviews.Review").first()
    assert client.get(f"/admin/audit/auditevent/{event.pk}/change/").status_code == 302
    client.force_login(person("audit", Role.AUDITOR))
    assert client.get(f"/admin/audit/auditevent/{event.pk}/change/").status_code == 200
    assert "review.submitted" in client.get("/admin/audit/auditevent/?action=review.submitted").content.decode()


def test_an_auditor_reads_accounts_and_tokens_without_hashes_and_changes_none(client, person):
    olena = person("olena", Role.CHECKER)
    tokens.create(user=olena, name="script", scopes=["reviews:read"], actor=olena)
    token = ApiToken.objects.get()
    client.force_login(person("audit", Role.AUDITOR))
    at = f"/admin/accounts/user/{olena.pk}/"
    page = client.get(f"{at}change/").content.decode()
    assert "olena" in page
    assert not {"hash", "md5", olena.password} & {word.lower().strip(":<>") for word in page.split()}
    assert client.post(f"{at}change/", {"username": "other"}).status_code == 403
    assert client.get(f"{at}password/").status_code == 403
    assert token.digest not in client.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    client.post("/admin/accounts/apitoken/", {"action": "revoke", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert token.revoked_at is None


def _told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_refused_policy_of_a_scale_says_so_and_nothing_else(client, monkeypatch):
    def refuse(**_):
        raise Conflict("Two verdicts wait for approval by this scale")

    monkeypatch.setattr(scales, "set_policy", refuse)
    scale = models.RatingScale.objects.get(default_since__isnull=False)
    client.force_login(factories.user(Role.ADMINISTRATOR))
    at = f"/admin/reviews/ratingscale/{scale.pk}/change/"
    answer = client.post(at, {"required_approvals": "7", "gate_rules": ["summary"]}, follow=True)
    page = answer.content.decode()
    assert (_told(answer), page.count("Nothing was changed: Two verdicts wait")) == ([], 1)
    assert 'value="7"' in page
    assert re.search(r'value="summary"[^>]* checked', page)


def test_a_refused_rule_of_deadlines_says_so_and_nothing_else(client, monkeypatch):
    client.force_login(factories.user(Role.ADMINISTRATOR))
    add = "/admin/reviews/duerule/add/"
    assert len(_told(client.post(add, {"least_priority": "5", "hours": "12"}, follow=True))) == 1
    rule = models.DueRule.objects.get()

    def refuse(**_):
        raise Conflict("Not now")

    monkeypatch.setattr(deadlines, "set_rules", refuse)
    answer = client.post(add, {"least_priority": "7", "hours": "24"}, follow=True)
    assert (_told(answer), "Nothing was changed: Not now" in answer.content.decode()) == ([], True)
    answer = client.post(f"/admin/reviews/duerule/{rule.pk}/delete/", {"post": "yes"}, follow=True)
    assert _told(answer) == ["Nothing was changed: Not now"]
    assert models.DueRule.objects.get() == rule
