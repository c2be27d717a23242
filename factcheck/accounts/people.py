"""Accounts: creating people and giving them roles."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit import history
from factcheck.errors import Conflict, Invalid


def parse_roles(text: str) -> frozenset[Role]:
    """Roles from `checker,approver`; Invalid names the unknown one."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = {role.value for role in Role}
    for name in names:
        if name not in known:
            raise Invalid.at("/roles", "role_unknown", f"Unknown role {name!r}; known are {', '.join(sorted(known))}")
    return frozenset(Role(name) for name in names)


@transaction.atomic
def create(
    *,
    username: str,
    roles: Collection[Role],
    actor: User | None,
    password: str | None = None,
    email: str = "",
) -> User:
    """A new active account. Without a password nobody can sign in as it by form.

    Administrators reach Django's model pages (`is_staff`, `is_superuser` stays
    off: a superuser would pass every permission).
    """
    if User.objects.filter(username=username).exists():
        raise Conflict(f"There is already an account {username!r}", code="username_taken")
    user = User(username=username, email=email, is_staff=True)
    try:
        user.full_clean(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise Invalid.at("/username", "account_invalid", " ".join(error.messages)) from None
    user.set_password(password)
    user.save()
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    history.record(
        subject=user,
        action="account.created",
        actor=actor,
        data={"roles": sorted(role.value for role in roles)},
    )
    return user


@transaction.atomic
def set_roles(*, user: User, roles: Collection[Role], actor: User | None) -> None:
    """Replace the person's roles."""
    before = sorted(role.value for role in user.roles)
    after = sorted(role.value for role in roles)
    user.groups.set(Group.objects.filter(name__in=after))
    user.__dict__.pop("roles", None)
    history.record(subject=user, action="account.roles_changed", actor=actor, data={"before": before, "after": after})
