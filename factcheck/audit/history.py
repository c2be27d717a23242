"""Writing history. An action, its audit event and what it changed share one
transaction; heads are locked in sorted order, so writers of different
subjects never wait for each other and never deadlock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject

from factcheck import canonical
from factcheck.audit import digests
from factcheck.audit.models import AuditEvent, AuditHead
from factcheck.clock import db_now
from factcheck.rows import Statement, insert, insert_few, inserting, send, updating

GENESIS = "0" * 64
HEADS_AT_ONCE = 100
"""New heads written in one statement."""
Subject = models.Model | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event to be written. `rows` are immutable rows it vouches for;
    `is_first` promises that the subject was made in this transaction, which
    saves asking for its head."""

    subject: Subject
    action: str
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Iterable[models.Model] = ()
    is_first: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Type and id of the subject."""
        if isinstance(self.subject, tuple):
            return self.subject
        return self.subject._meta.label, str(self.subject.pk)


def body_of(
    *,
    key: tuple[str, str],
    seq: int,
    action: str,
    actor_id: int | None,
    at: datetime,
    data: object,
    rows: Collection[models.Model],
) -> str:
    """The canonical text that is hashed. Digests of rows come with the columns
    that they cover, once for each table."""
    told = {
        "subject": f"{key[0]}:{key[1]}",
        "seq": seq,
        "action": action,
        "actor": actor_id,
        "at": at,
        "data": data,
        "rows": {digests.label(row): digests.of(row) for row in rows},
    }
    if rows:
        told["columns"] = digests.columns_by_table(rows)
    return canonical.dumps(told)


def chain(previous: str, body: str) -> str:
    """Hash of an event: its predecessor's hash and its own body."""
    return canonical.sha256(f"{previous}\n{body}")


_FIND_HEAD = "SELECT id, seq, hash FROM audit_audithead WHERE subject_type = %s AND subject_id = %s"


def _locked(subject_type: str, subject_id: str) -> AuditHead | None:
    """The head, locked until the transaction ends (SQLite has one writer anyway)."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_HEAD + lock, [subject_type, subject_id])
        row = cursor.fetchone()
    if row is None:
        return None
    return AuditHead(pk=row[0], subject_type=subject_type, subject_id=subject_id, seq=row[1], hash=row[2])


def _lock_heads(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], AuditHead]:
    heads: dict[tuple[str, str], AuditHead] = {}
    for subject_type, subject_id in sorted(keys):
        head = _locked(subject_type, subject_id)
        if head is None:
            AuditHead.objects.bulk_create(
                [AuditHead(subject_type=subject_type, subject_id=subject_id, seq=0, hash=GENESIS)],
                ignore_conflicts=True,
            )
            head = _locked(subject_type, subject_id)
        if head is None:
            raise RuntimeError(f"the head of {subject_type}:{subject_id} cannot be read")
        heads[subject_type, subject_id] = head
    return heads


def record_all(
    entries: Iterable[Entry], *, actor: AbstractBaseUser | None, at: datetime | None = None
) -> list[AuditEvent]:
    """Append the entries, in order, to their subjects' histories.

    Must run inside a transaction. `actor` None is the system itself.
    """
    listed = list(entries)
    if not listed:
        return []
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("history is written inside the transaction of the action it tells of")
    moment = at or db_now()
    fresh = {entry.key for entry in listed if entry.is_first}
    heads = _lock_heads({entry.key for entry in listed} - fresh)
    for subject_type, subject_id in fresh:
        heads[subject_type, subject_id] = AuditHead(
            subject_type=subject_type, subject_id=subject_id, seq=0, hash=GENESIS
        )
    events = [_next(entry, heads[entry.key], actor, moment) for entry in listed]
    if len(events) == 1:
        insert(events[0])
    else:
        AuditEvent.objects.bulk_create(events)
    _save_heads(heads.values())
    return events


def _next(entry: Entry, head: AuditHead, actor: AbstractBaseUser | None, at: datetime) -> AuditEvent:
    """The event after `head`, which moves on to it."""
    actor_id = actor.pk if actor is not None else None
    body = body_of(
        key=entry.key,
        seq=head.seq + 1,
        action=entry.action,
        actor_id=actor_id,
        at=at,
        data=entry.data,
        rows=list(entry.rows),
    )
    head.seq += 1
    head.hash = chain(head.hash, body)
    return AuditEvent(
        subject_type=entry.key[0],
        subject_id=entry.key[1],
        seq=head.seq,
        action=entry.action,
        actor_id=actor_id,
        at=at,
        body=body,
        hash=head.hash,
    )


def appending(entry: Entry, read: AuditHead, *, actor: AbstractBaseUser | None, at: datetime) -> tuple[Statement, ...]:
    """The statements that append to a head as it was read a moment ago.

    When it has moved on meanwhile they fail: Unmet, or IntegrityError because
    there is an event at that place.
    """
    head = AuditHead(pk=read.pk, seq=read.seq, hash=read.hash)
    event = _next(entry, head, actor, at)
    as_read = {"id": read.pk, "seq": read.seq, "hash": read.hash}
    move = updating(AuditHead, {"seq": head.seq, "hash": head.hash}, where=as_read)
    return replace(move, meets=1), inserting([event])


def head_of(model: type[models.Model]) -> Subquery:
    """The head of a row's history, to be read along with the row; see `read_head`."""
    its = AuditHead.objects.order_by().filter(
        subject_type=model._meta.label, subject_id=Cast(OuterRef("pk"), CharField())
    )
    return Subquery(its.values_list(JSONObject(id="pk", seq="seq", hash="hash"))[:1])


def read_head(found: Mapping[str, Any] | None) -> AuditHead | None:
    """What `head_of` has read, for `appending`."""
    return AuditHead(**found) if found else None


def _save_heads(heads: Iterable[AuditHead]) -> None:
    new = [head for head in heads if head.pk is None]
    old = [head for head in heads if head.pk is not None]
    for start in range(0, len(new), HEADS_AT_ONCE):
        insert_few(new[start : start + HEADS_AT_ONCE])
    send(*(updating(AuditHead, {"seq": head.seq, "hash": head.hash}, where={"id": head.pk}) for head in old))


def record(
    *,
    subject: Subject,
    action: str,
    actor: AbstractBaseUser | None,
    data: Mapping[str, Any] | None = None,
    rows: Iterable[models.Model] = (),
    is_first: bool = False,
    at: datetime | None = None,
) -> AuditEvent:
    """Append one event to one subject's history; see `record_all`."""
    return record_all([Entry(subject, action, data or {}, rows, is_first)], actor=actor, at=at)[0]
