"""Reading sources: what each is, where it was used, how often in confidence, and its history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.selectors import MAX_ID
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.errors import NotFound
from reviews.models import Evidence, Source


def counted(rows: QuerySet[Source]) -> QuerySet[Source]:
    """The sources with `confidential_in`: the verdicts that cite each as confidential."""
    uses = Evidence.objects.filter(source=OuterRef("pk"), confidential=True).order_by().values("source")
    number = uses.annotate(verdicts=Count("verdict", distinct=True)).values("verdicts")
    return rows.annotate(confidential_in=Coalesce(Subquery(number, output_field=IntegerField()), 0))


def source(pk: int) -> Source:
    """One source, or NotFound."""
    found = counted(Source.objects.filter(pk=pk)).first() if pk < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no source {pk}")
    return found


def sources(*, words: str = "", group: str = "") -> QuerySet[Source]:
    """Sources whose title, publisher or address has the words."""
    rows = counted(Source.objects.all())
    for word in words.split():
        found = Q(title__icontains=word) | Q(publisher__icontains=word) | Q(url__icontains=word)
        rows = rows.filter(found)
    return rows.filter(independence_group=group) if group else rows


def source_again(pk: int) -> dict[str, Any]:
    """A source by its id, as it is now."""
    return source_shown(source(pk))


def source_shown(row: Any) -> dict[str, Any]:
    """A source as `source` and `sources` read it."""
    return {
        "id": row.pk,
        "url": row.url or None,
        "title": row.title or None,
        "publisher": row.publisher or None,
        "independence_group": row.independence_group or None,
        "confidential_since": row.confidential_since,
        "confidential_in": row.confidential_in,
        "erased_at": row.erased_at,
        "version": row.version,
        "created_at": row.created_at,
    }


def uses_of(source_id: int) -> QuerySet[Evidence]:
    """Where a source was used, newest first, with verdict and claim."""
    return (
        Evidence.objects.filter(source=source_id)
        .select_related("verdict__review__claim", "verdict__rating")
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class SourceStep:
    """One action of a source's history. `before` and `after` have the words that
    it changed; `is_erased`: it had some, and they are gone."""

    event: AuditEvent
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    is_erased: bool = False


def steps_of(source_id: int, *, most: int) -> list[SourceStep]:
    """The newest actions of a source's history, the words that stand apart among
    them; two statements."""
    events = AuditEvent.objects.filter(subject_type=Source._meta.label, subject_id=str(source_id))
    listed = list(events.select_related("actor").order_by("-seq")[:most])
    details = PersonalDetail.objects.filter(subject_type=Source._meta.label, subject_id=str(source_id))
    words = dict(details.values_list("pk", "value"))
    return [_step(event, words) for event in listed]


def _step(event: AuditEvent, words: Mapping[int, str | None]) -> SourceStep:
    number = event.data.get("words")
    value = words.get(number) if number is not None else None
    if value is None:
        told = event.data.get("before", {}), event.data.get("after", {})
        return SourceStep(event, *told, is_erased=number is not None)
    kept = json.loads(value)
    return SourceStep(event, kept.get("before", {}), kept.get("after", {}))
