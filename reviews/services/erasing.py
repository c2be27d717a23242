"""Forgetting a source: what it was is taken away wherever the desk keeps it.

What remains is that somebody was cited: numbers, the stance, the reason for
confidence and the description for the public, under salted digests with which
history goes on to stand. A source that a public report names was told to
everybody and cannot be forgotten here.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from factcheck import canonical
from factcheck.accounts.models import User
from factcheck.audit import digests, erasures, history, personal
from factcheck.audit.erasures import Erasure
from factcheck.audit.models import PersonalDetail
from factcheck.clock import db_now
from factcheck.errors import Conflict, NotFound
from reviews.models import Evidence, Report, Snapshot, Source, VerdictDraft
from reviews.models.contact import ERASED
from reviews.models.verdict import WORDS
from reviews.services.sources import erased_key, key_of
from reviews.submissions import item_of

KIND = "source"
TOLD = ("url", "title", "publisher", "excerpt", "locator", "accessed_at", "independence_group")
"""Members of an item of evidence that can tell who it is."""


def erase_source(*, source_id: int, reason: str, actor: User) -> Source:
    """Take away for ever what a source was; administrators only, with a reason.

    Refused (409): when it is erased already, when a report names or named it
    openly, when a copy of its page is kept, and when a verdict cites it from
    before words had digests of their own.
    """
    return _take_away(source_id, personal.allowed(reason, actor), actor)


@transaction.atomic
def _take_away(source_id: int, reason: str, actor: User | None) -> Source:
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}")
    _require_erasable(source)
    at = db_now()
    uses = list(Evidence.objects.filter(source=source, erased_at__isnull=True).order_by("pk"))
    former = source.key
    _blank_row(source, at)
    Evidence.objects.filter(pk__in=[use.pk for use in uses]).update(**dict.fromkeys(WORDS, ""), erased_at=at)
    for detail in _details(source):
        personal.take_away(detail_id=detail.pk, reason=reason, actor=actor)
    drafts = _blank_drafts(source.pk, former)
    told = {"reason": reason, "erased": [digests.label(use) for use in uses], "drafts": drafts}
    history.record(subject=source, action="source.erased", actor=actor, data=told, at=at)
    transaction.on_commit(erasures.write, robust=True)
    return source


def _require_erasable(source: Source) -> None:
    """Conflict that says what stands against it."""
    if source.erased_at is not None:
        raise Conflict("This source was erased already", code="source_erased")
    uses = Evidence.objects.filter(source=source)
    named = uses.filter(confidential=False, verdict__report_versions__isnull=False)
    reports = Report.objects.filter(versions__verdict__evidence__in=named).distinct().order_by("pk")
    if slugs := list(reports.values_list("slug", flat=True)[:10]):
        raise Conflict(
            f"Published reports name this source openly: {', '.join(slugs)}. What was public cannot be taken back",
            code="source_public",
            extra={"reports": slugs},
        )
    if Snapshot.objects.filter(source=source).exists():
        raise Conflict("A copy of this source's page is kept, and copies are immutable", code="source_copied")
    if before := list(uses.filter(words_digest="").values_list("verdict", flat=True)[:10]):
        raise Conflict(
            f"History vouches word for word for this source in verdicts {', '.join(map(str, before))}",
            code="source_in_history",
        )


def _blank_row(source: Source, at: datetime) -> None:
    source.key = source.independence_group = erased_key(source.pk)
    source.url = source.title = source.publisher = ""
    source.version += 1
    source.erased_at = at
    source.save(update_fields=["key", "url", "title", "publisher", "independence_group", "version", "erased_at"])


def _details(source: Source) -> Iterator[PersonalDetail]:
    its = PersonalDetail.objects.filter(subject_type=Source._meta.label, subject_id=str(source.pk))
    return its.filter(erased_at__isnull=True).order_by("pk").iterator()


def _blank_drafts(source_id: int, key: str) -> int:
    """Erase the source from unfinished work, replaced texts among it; in how many
    drafts. A window that still shows it is asked to choose before it saves again."""
    count = 0
    for draft in VerdictDraft.objects.order_by("pk").iterator(chunk_size=200):
        content = _blanked(draft.content, source_id, key)
        former = [{**one, "content": _blanked(one["content"], source_id, key)} for one in draft.set_aside]
        if content != draft.content or former != draft.set_aside:
            changes = {"content": content, "set_aside": former, "version": draft.version + 1, "page": ""}
            count += VerdictDraft.objects.filter(pk=draft.pk).update(**changes)
    return count


def _blanked(content: Mapping[str, Any], source_id: int, key: str) -> dict[str, Any]:
    items = content.get("evidence") or []
    return {**content, "evidence": [_forgotten(one, source_id, key) for one in items]} if items else dict(content)


def _forgotten(item: Mapping[str, Any], source_id: int, key: str) -> dict[str, Any]:
    given = item_of(item)
    its = given.source == source_id or key_of(url=given.url, title=given.title, publisher=given.publisher) == key
    if not its:
        return dict(item)
    return {**{name: value for name, value in item.items() if name not in TOLD}, "source": source_id, "title": ERASED}


def listed() -> Iterator[Erasure]:
    """Every source that was erased, for the list beside the backups: told by
    its number and when it was added, never by what it was."""
    for source in Source.objects.filter(erased_at__isnull=False).order_by("erased_at", "pk").iterator():
        if source.erased_at is not None:
            yield Erasure(digests.label(source), KIND, _digest(source), source.erased_at.isoformat())


def erase_again(known: Collection[Erasure]) -> int:
    """Erase the sources of a list that a restored backup brought back; how many."""
    wanted = {one.digest for one in known if one.kind == KIND}
    standing = Source.objects.filter(erased_at__isnull=True).order_by("pk") if wanted else Source.objects.none()
    chosen = [source.pk for source in standing.iterator() if _digest(source) in wanted]
    for pk in chosen:
        _take_away(pk, personal.ERASED_BEFORE, None)
    return len(chosen)


def _digest(source: Source) -> str:
    return canonical.digest([Source._meta.label, source.pk, source.created_at, source.created_by_id])
