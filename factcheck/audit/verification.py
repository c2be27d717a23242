"""Proof of history: every hash, place, copy, head and digest re-computed.

What is found is named as a `Fault`; an empty list means that nothing in the
database was altered, removed or put in behind the history, as far as the
chains alone can tell. A chain shortened together with its head, or hashed
anew from end to end, shows only against an exported list of heads.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from factcheck import canonical
from factcheck.audit import digests
from factcheck.audit.history import GENESIS, chain
from factcheck.audit.models import AuditEvent, AuditHead
from factcheck.immutable import append_only_models

CHUNK = 500
ERASURES = frozenset({"personal.erased", "source.erased"})
"""Actions after which words are gone."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as history says. `where` names the row."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class _Vouched:
    """The digest that history has of a row, and the columns it covers: None
    for those that the table has now."""

    digest: str
    columns: digests.Columns | None

    def fault_of(self, row: models.Model) -> str:
        """What is wrong with the row; empty: nothing."""
        try:
            same = digests.of(row, self.columns) == self.digest
        except digests.ColumnGone as gone:
            return f"history covers a column that the table has no longer: {gone}"
        return "" if same and getattr(row, "is_genuine", True) else "its content is not what history says"


class _Chains:
    """Walks all events in order and collects faults and vouched digests."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.vouched: dict[str, dict[str, _Vouched]] = defaultdict(dict)
        self.erased: dict[str, set[str]] = defaultdict(set)
        self._columns: dict[tuple[str, ...], digests.Columns] = {}
        self.tips: dict[tuple[str, str], tuple[int, str]] = {}

    def take(self, event: AuditEvent) -> None:
        key = (event.subject_type, event.subject_id)
        seq, previous = self.tips.get(key, (0, GENESIS))
        where = f"{event.subject_type}:{event.subject_id} event {event.seq}"
        if event.seq != seq + 1:
            self.faults.append(Fault(where, f"expected event {seq + 1}: an event is missing or out of order"))
        if chain(previous, event.body) != event.hash:
            self.faults.append(Fault(where, "its hash does not follow from its content and its predecessor"))
        self.tips[key] = (event.seq, event.hash)
        self._compare(event, where)

    def _compare(self, event: AuditEvent, where: str) -> None:
        try:
            told: dict[str, Any] = json.loads(event.body)
            at = datetime.fromisoformat(told["at"])
            copies = (
                told["subject"] == f"{event.subject_type}:{event.subject_id}"
                and told["seq"] == event.seq
                and told["action"] == event.action
                and told["actor"] == event.actor_id
                and at == event.at
            )
            erased, rows, columns = list(_erased_by(told)), dict(told["rows"]), dict(told.get("columns", {}))
        except (ValueError, KeyError, TypeError):
            self.faults.append(Fault(where, "its body cannot be read"))
            return
        if not copies:
            self.faults.append(Fault(where, "a column differs from the hashed body"))
        for label in erased:
            table, _, pk = label.rpartition(":")
            self.erased[table].add(pk)
        for label, value in rows.items():
            table, _, pk = label.rpartition(":")
            self.vouched[table][pk] = _Vouched(value, self._columns_of(table, columns))

    def _columns_of(self, table: str, told: Mapping[str, list[str]]) -> digests.Columns | None:
        """The columns a digest covers; one tuple for all events that say the same."""
        if table not in told:
            return digests.columns_before_they_were_named(table)
        columns = tuple(told[table])
        return self._columns.setdefault(columns, columns)


def _erased_by(told: Mapping[str, Any]) -> Iterator[str]:
    """The rows whose words an event says were erased; earlier events name a
    personal detail by its number alone."""
    if told["action"] not in ERASURES:
        return
    data = told["data"]
    for label in data["erased"] if "erased" in data else [f"audit.PersonalDetail:{data['detail']}"]:
        if not isinstance(label, str):
            raise TypeError("a row is named by a text")
        yield label


def _check_heads(tips: Mapping[tuple[str, str], tuple[int, str]]) -> Iterator[Fault]:
    seen = set()
    for head in AuditHead.objects.order_by("pk").iterator(chunk_size=CHUNK):
        key = (head.subject_type, head.subject_id)
        seen.add(key)
        tip = tips.get(key)
        if tip is None:
            yield Fault(f"{key[0]}:{key[1]}", "its whole history is missing")
        elif tip != (head.seq, head.hash):
            yield Fault(f"{key[0]}:{key[1]}", f"history ends at event {tip[0]}, its head says {head.seq}")
    for key in tips.keys() - seen:
        yield Fault(f"{key[0]}:{key[1]}", "its head is missing")


def _check_rows(model: type[models.Model], vouched: Mapping[str, _Vouched], erased: Collection[str]) -> Iterator[Fault]:
    seen = set()
    for row in model._default_manager.order_by("pk").iterator(chunk_size=CHUNK):
        pk = str(row.pk)
        expected = vouched.get(pk)
        if expected is None:
            yield Fault(digests.label(row), "no event of history tells of this row")
        elif fault := expected.fault_of(row):
            yield Fault(digests.label(row), fault)
        elif getattr(row, "erased_at", None) is not None and pk not in erased:
            yield Fault(digests.label(row), "its words were erased and no event of history says so")
        elif pk in erased and getattr(row, "erased_at", None) is None:
            yield Fault(digests.label(row), "history says that its words were erased, and it has words again")
        seen.add(pk)
    for pk in vouched.keys() - seen:
        yield Fault(f"{model._meta.label}:{pk}", "the row is gone")


def verify(heads: Mapping[str, Any] | None = None) -> list[Fault]:
    """Every fault found; `heads` is an earlier `export_heads()` to hold against."""
    chains = _Chains()
    ordered = AuditEvent.objects.order_by("subject_type", "subject_id", "seq", "pk")
    kept = _Kept(heads)
    for event in ordered.iterator(chunk_size=CHUNK):
        chains.take(event)
        kept.take(event)
    faults = chains.faults
    faults.extend(_check_heads(chains.tips))
    immutable = {model._meta.label: model for model in append_only_models() if model is not AuditEvent}
    for label in sorted(immutable.keys() | chains.vouched.keys()):
        model = immutable.get(label) or apps.get_model(label)
        faults.extend(_check_rows(model, chains.vouched.get(label, {}), chains.erased.get(label, frozenset())))
    faults.extend(kept.faults())
    return faults


class _Kept:
    """Holds the events against a list of heads exported earlier."""

    def __init__(self, heads: Mapping[str, Any] | None) -> None:
        self._wanted: dict[str, tuple[int, str]] = {
            subject: (int(tip["seq"]), str(tip["hash"])) for subject, tip in (heads or {}).get("heads", {}).items()
        }
        self._met: dict[str, str] = {}

    def take(self, event: AuditEvent) -> None:
        subject = f"{event.subject_type}:{event.subject_id}"
        wanted = self._wanted.get(subject)
        if wanted is not None and wanted[0] == event.seq:
            self._met[subject] = event.hash

    def faults(self) -> Iterator[Fault]:
        for subject, (seq, value) in self._wanted.items():
            met = self._met.get(subject)
            if met is None:
                yield Fault(subject, f"event {seq} stood here when the heads were exported and is gone")
            elif met != value:
                yield Fault(subject, f"event {seq} was another when the heads were exported: history was rewritten")


def export_heads() -> dict[str, Any]:
    """All heads and one hash over them: keep it where the database is not."""
    heads = {
        f"{head.subject_type}:{head.subject_id}": {"seq": head.seq, "hash": head.hash}
        for head in AuditHead.objects.order_by("subject_type", "subject_id").iterator(chunk_size=CHUNK)
    }
    return {"heads": heads, "hash": canonical.digest(heads)}
