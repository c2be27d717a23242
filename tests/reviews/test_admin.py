"""Django's admin shows the rows of reviews and changes none."""

import pytest
from django.contrib import admin
from django.urls import reverse

from factcheck.accounts.roles import Role
from reviews import models
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
