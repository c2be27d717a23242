"""People, their tokens, and the sign-ins that failed."""

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now

from factcheck.accounts.roles import Role


def roles_named(names: Iterable[str | None]) -> frozenset[Role]:
    """The roles among group names."""
    return frozenset(_ROLES[name] for name in names if name in _ROLES)


_ROLES: dict[str | None, Role] = {role.value: role for role in Role}


class User(AbstractUser):
    """A person or a machine that signs in; roles are its groups."""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's roles; read once per request."""
        return roles_named(self.groups.values_list("name", flat=True))


class ApiToken(models.Model):
    """A bearer token; only the SHA-256 of its 256 random bits is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"


class SignInFailure(models.Model):
    """One failed sign-in; `key` is a digest of who tried from where."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "at"], name="signinfailure_key_at")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"
