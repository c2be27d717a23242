"""Personal values that may have to be erased, apart from everything immutable.

History and immutable rows hold only a salted digest. Erasing takes value and
salt away, so that nobody can find the value again by trying; the digest, and
with it the chain, stays.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from factcheck import canonical
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit import digests, erasures, history
from factcheck.audit.erasures import Again, Erasure
from factcheck.audit.models import PersonalDetail
from factcheck.clock import db_now
from factcheck.errors import Conflict, Forbidden, Invalid

MAX_REASON = 300
Naming = Callable[[Collection[PersonalDetail]], Mapping[int, str]]
_namings: list[Naming] = []
ERASED_BEFORE = "erased before; the list of erasures was applied"


def keep(*, subject_type: str, subject_id: object, kind: str, value: str, at: datetime) -> PersonalDetail:
    """A detail of that subject. The caller puts the row into the history of
    the same subject, in the same transaction; its data must not tell the value."""
    salt = secrets.token_hex(16)
    return PersonalDetail.objects.create(
        subject_type=subject_type,
        subject_id=str(subject_id),
        kind=kind,
        salt=salt,
        value=value,
        digest=canonical.digest([salt, value]),
        created_at=at,
    )


def named_by(naming: Naming) -> None:
    """Let `naming` say what details are and whose, without their values; it
    leaves out those it does not know."""
    if naming not in _namings:
        _namings.append(naming)


def names_of(details: Collection[PersonalDetail]) -> dict[int, str]:
    """What each detail is and whose, in words, by its number."""
    names = {detail.pk: str(detail) for detail in details}
    for naming in _namings:
        names.update(naming(details))
    return names


def erase(*, detail_id: int, reason: str, actor: User) -> PersonalDetail:
    """Take a value away for ever; the history of its subject says that it was
    done, by whom and why. Administrators only; 409 when it is gone already."""
    return take_away(detail_id=detail_id, reason=allowed(reason, actor), actor=actor)


def allowed(reason: str, actor: User) -> str:
    """The reason of an erasure, trimmed; Forbidden for anybody but an
    administrator, Invalid without a reason."""
    if Role.ADMINISTRATOR not in actor.roles:
        raise Forbidden("This takes the role administrator", code="role_missing", extra={"roles": ["administrator"]})
    if not reason.strip() or len(reason) > MAX_REASON:
        raise Invalid.at("/reason", "reason_missing", f"Say why, in 1 to {MAX_REASON} characters, naming nobody")
    return reason.strip()


@transaction.atomic
def take_away(*, detail_id: int, reason: str, actor: User | None) -> PersonalDetail:
    """Erase without asking who may; `actor` None is the desk itself. The list
    of erasures is written anew once that is committed."""
    at = db_now()
    erased = PersonalDetail.objects.filter(pk=detail_id, erased_at__isnull=True).update(
        value=None, salt=None, erased_at=at
    )
    if not erased:
        raise Conflict("There is no such detail, or it was erased already", code="detail_gone")
    detail = PersonalDetail.objects.get(pk=detail_id)
    history.record(
        subject=(detail.subject_type, detail.subject_id),
        action="personal.erased",
        actor=actor,
        data={"detail": detail.pk, "kind": detail.kind, "reason": reason, "erased": [digests.label(detail)]},
        at=at,
    )
    transaction.on_commit(erasures.finish, robust=True)
    return detail


@transaction.atomic
def erase_again(listed: Iterable[Erasure]) -> Again:
    """Erase whatever of the list has its value, as after restoring an older
    backup. Doing it twice changes nothing."""
    known = list(listed)
    wanted = {one.digest for one in known}
    standing = PersonalDetail.objects.filter(erased_at__isnull=True).order_by("pk").values_list("pk", "digest")
    chosen = [pk for pk, digest in standing if digest in wanted]
    for pk in chosen:
        take_away(detail_id=pk, reason=ERASED_BEFORE, actor=None)
    others = [kind.erase_again(known) for kind in erasures.kinds()]
    refused = tuple(words for one in others for words in one.refused)
    return Again(len(chosen) + sum(one.count for one in others), refused)
