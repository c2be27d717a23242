"""Accounts application: the role groups come from post_migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_role_groups(sender: AppConfig, using: str = "default", **_: object) -> None:
    """Create the group of every role that has none yet."""
    from django.contrib.auth.models import Group

    from factcheck.accounts.roles import Role

    Group.objects.using(using).bulk_create([Group(name=role.value) for role in Role], ignore_conflicts=True)


class AccountsConfig(AppConfig):
    """People, roles, tokens."""

    name = "factcheck.accounts"
    label = "accounts"

    def ready(self) -> None:
        post_migrate.connect(make_role_groups, sender=self, dispatch_uid="accounts.roles")
