"""API tokens: made once, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, F

from factcheck.accounts.models import ApiToken, User, roles_named
from factcheck.accounts.scopes import SCOPES
from factcheck.audit import history
from factcheck.clock import db_now_plus
from factcheck.errors import Invalid, NotFound
from factcheck.prepared import Prepared, ReadingTime, Slot, columns, made_from

PREFIX = "fct_"
_LAST_USED_EVERY = timedelta(minutes=5)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create(
    *, user: User, name: str, scopes: Collection[str], actor: User | None, expires_at: datetime | None = None
) -> str:
    """A new token's text, which nobody can read again later.

    `scopes` are names of `SCOPES`, or `all`: everything the user's roles
    allow, also when they change.
    """
    unknown = sorted(set(scopes) - {*SCOPES, "all"})
    if unknown or not scopes:
        known = ", ".join(["all", *SCOPES])
        detail = f"Unknown scope {unknown[0]!r}; known are {known}" if unknown else f"Name a scope: {known}"
        raise Invalid.at("/scopes", "scope_unknown", detail)
    text = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=text[:10],
        digest=_digest(text),
        scopes=sorted(scopes),
        expires_at=expires_at,
    )
    history.record(subject=user, action="token.created", actor=actor, data={"token": row.pk, "scopes": row.scopes})
    return text


def find(text: str) -> ApiToken | None:
    """The live token with this text, its user and roles read along, or None;
    its use is noted."""
    if not text.startswith(PREFIX) or len(text) > 100:
        return None
    found = _WITH_USER.rows(digest=_digest(text))
    if not found:
        return None
    token: ApiToken = made_from(ApiToken, found[0])
    user: User = made_from(User, found[0], prefix="user__")
    read_at = found[0]["read_at"]
    if token.revoked_at is not None or not user.is_active or (token.expires_at and token.expires_at <= read_at):
        return None
    user.roles = roles_named(row["group"] for row in found)
    token.user = user
    _note_use(token, read_at)
    return token


_WITH_USER = Prepared(
    lambda: (
        ApiToken.objects.order_by()
        .filter(digest=Slot("digest", CharField()))
        .values(
            *columns(ApiToken), *columns(User, prefix="user__"), group=F("user__groups__name"), read_at=ReadingTime()
        )
    )
)
"""The token with its user, a row for each role."""


def _note_use(token: ApiToken, now: datetime) -> None:
    """Keep when the token was last used, to within five minutes."""
    if token.last_used_at is None or now - token.last_used_at > _LAST_USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


@transaction.atomic
def revoke(*, token: ApiToken, actor: User | None) -> None:
    """The token stops working at once; its row stays."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=db_now_plus()):
        raise NotFound("This token was revoked before", code="token_revoked")
    history.record(subject=token.user, action="token.revoked", actor=actor, data={"token": token.pk})
