"""Writing events and waking those who subscribed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from factcheck.clock import db_now
from factcheck.events.models import Event
from factcheck.jobs import outbox
from factcheck.rows import insert


@dataclass(frozen=True, slots=True)
class Happening:
    """One event to be written."""

    type: str
    subject: models.Model
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Subscription:
    kind: str
    target_key: str
    only_if: Callable[[Mapping[str, Any]], bool] | None = None


ITSELF = ""
"""As a `target_key`: the job's target is the event's own id."""

_subscriptions: dict[str, list[_Subscription]] = defaultdict(list)


def subscribe(
    event_type: str, *, job: str, target_key: str, only_if: Callable[[Mapping[str, Any]], bool] | None = None
) -> None:
    """Enqueue job kind `job` for every event of this type.

    The job's target is `payload[target_key]`, or with ITSELF the event's id;
    many events with one target in one go make one job. With `only_if`, only
    events whose payload it accepts make one.
    """
    subscription = _Subscription(job, target_key, only_if)
    if subscription not in _subscriptions[event_type]:
        _subscriptions[event_type].append(subscription)


def emit_all(happenings: Iterable[Happening], *, at: datetime | None = None) -> list[Event]:
    """Write the events; must run in the transaction of what they tell of."""
    listed = list(happenings)
    if not listed:
        return []
    moment = at or db_now()
    events = [event_of(happening, at=moment) for happening in listed]
    if len(events) == 1:
        insert(events[0])
    else:
        Event.objects.bulk_create(events)
    wake_subscribers(events, at=moment)
    return events


def event_of(happening: Happening, *, at: datetime) -> Event:
    """The row of an event, yet to be written; then it is for `wake_subscribers`."""
    return Event(
        type=happening.type,
        subject_type=happening.subject._meta.label,
        subject_id=str(happening.subject.pk),
        payload=dict(happening.payload),
        at=at,
    )


def wake_subscribers(events: Iterable[Event], *, at: datetime) -> None:
    """Enqueue the jobs of those who subscribed to events just written."""
    wanted = dict.fromkeys(
        (subscription.kind, str(event.payload[subscription.target_key] if subscription.target_key else event.pk))
        for event in events
        for subscription in _subscriptions[event.type]
        if subscription.only_if is None or subscription.only_if(event.payload)
    )
    for kind, target in wanted:
        outbox.enqueue(kind, target, dedupe_key=f"{kind}:{target}", at=at)


def emit(
    type_: str, subject: models.Model, payload: Mapping[str, Any] | None = None, *, at: datetime | None = None
) -> Event:
    """Write one event; see `emit_all`."""
    return emit_all([Happening(type_, subject, payload or {})], at=at)[0]
