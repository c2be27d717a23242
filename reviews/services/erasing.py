"""Forgetting a source: what it was is taken away wherever the desk keeps it.

What remains is that somebody was cited: numbers, the stance, the reason for
confidence and the description for the public, under salted digests with which
history goes on to stand. A source that a public report names was told to
everybody and cannot be forgotten here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from factcheck import canonical
from factcheck.accounts.models import User
from factcheck.audit import digests, erasures, history, personal
from factcheck.audit.erasures import Again, Erasure
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.clock import db_now
from factcheck.errors import Conflict, NotFound
from factcheck.events.emitting import emit
from reviews.enums import AWAITED
from reviews.models import Evidence, Report, Review, Snapshot, Source, SourceState, VerdictDraft
from reviews.models.contact import ERASED
from reviews.models.verdict import WORDS
from reviews.services.moves import payload_of, settle
from reviews.services.sources import erased_key, key_of
from reviews.submissions import item_of

KIND = "source"
ERASED_IN_REVIEW = "review.source_erased"
TOLD = ("url", "title", "publisher", "excerpt", "locator", "accessed_at", "independence_group")
"""Members of an item of evidence that can tell who it is."""


def erase_source(*, source_id: int, reason: str, actor: User) -> Source:
    """Take away for ever what a source was; administrators only, with a reason.

    Refused (409): when it is erased already, when a report names or named it
    openly, when a verdict that names it openly waits for approval or
    publication, when a copy of its page is kept, and when history tells its
    words from before they stood apart.
    """
    words = personal.allowed(reason, actor)
    return settle(lambda: _take_away(source_id, words, actor))


def _take_away(source_id: int, reason: str, actor: User | None) -> Source:
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}")
    uses = list(Evidence.objects.filter(source=source, erased_at__isnull=True).order_by("pk"))
    reviews = _locked_reviews(source)
    _require_erasable(source)
    at = db_now()
    cited: list[Source | Evidence] = [source, *uses]
    keys = {source.key, *(key_of(url=one.url, title=one.title, publisher=one.publisher) for one in cited)}
    _blank_row(source, at)
    Evidence.objects.filter(pk__in=[use.pk for use in uses]).update(**dict.fromkeys(WORDS, ""), erased_at=at)
    SourceState.objects.filter(source=source).delete()
    for detail in _details(source):
        personal.take_away(detail_id=detail.pk, reason=reason, actor=actor)
    drafts = _blank_drafts(source.pk, keys)
    told = {"reason": reason, "erased": [digests.label(use) for use in uses], "drafts": drafts}
    history.record(subject=source, action="source.erased", actor=actor, data=told, at=at)
    _tell(source, reviews, reason, actor, at)
    transaction.on_commit(erasures.finish, robust=True)
    return source


def _locked_reviews(source: Source) -> list[Review]:
    """The reviews whose verdicts cite it, so that none of them moves meanwhile."""
    cited = Evidence.objects.filter(source=source).values("verdict__review")
    locked = Review.objects.select_for_update(of=("self",)).select_related("claim")
    return list(locked.filter(pk__in=cited).order_by("pk"))


def _tell(source: Source, reviews: Sequence[Review], reason: str, actor: User | None, at: datetime) -> None:
    """In the timeline of each review, to whoever follows it, and to its people."""
    told = {"source": source.pk, "reason": reason}
    history.record_all([history.Entry(one, ERASED_IN_REVIEW, told) for one in reviews], actor=actor, at=at)
    for one in reviews:
        emit(ERASED_IN_REVIEW, one, {**payload_of(one, one.claim.article_id), "source": source.pk}, at=at)


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
    waits = Q(verdict__review__verdict=F("verdict"), verdict__review__status__in=AWAITED)
    if waiting := list(uses.filter(waits, confidential=False).values_list("verdict__review", flat=True)[:10]):
        raise Conflict(
            f"Verdicts that name this source openly wait for approval or publication: reviews "
            f"{', '.join(map(str, waiting))}. Open them again first and leave it out",
            code="source_awaited",
            extra={"reviews": waiting},
        )
    if Snapshot.objects.filter(source=source).exists():
        raise Conflict("A copy of this source's page is kept, and copies are immutable", code="source_copied")
    if uses.filter(words_digest="").exists() or _is_told_in_history(source):
        raise Conflict(
            "History tells the words of this source itself, from before they stood apart", code="source_in_history"
        )


def _is_told_in_history(source: Source) -> bool:
    events = AuditEvent.objects.filter(subject_type=Source._meta.label, subject_id=str(source.pk))
    kinds = events.filter(action__in=["source.added", "source.edited"])
    return any({"url", "title", "before"} & set(event.data) for event in kinds.iterator())


def _blank_row(source: Source, at: datetime) -> None:
    source.key = erased_key(source.pk)
    source.url = source.title = source.publisher = source.independence_group = ""
    source.version += 1
    source.erased_at = at
    source.save(update_fields=["key", "url", "title", "publisher", "independence_group", "version", "erased_at"])


def _details(source: Source) -> Iterator[PersonalDetail]:
    its = PersonalDetail.objects.filter(subject_type=Source._meta.label, subject_id=str(source.pk))
    return its.filter(erased_at__isnull=True).order_by("pk").iterator()


def _blank_drafts(source_id: int, keys: Collection[str]) -> int:
    """Erase the source from unfinished work, replaced texts among it; in how many
    drafts. A window that still shows it is asked to choose before it saves again."""
    found = VerdictDraft.objects.order_by("pk").iterator(chunk_size=200)
    chosen = [draft.pk for draft in found if _blanked_draft(draft, source_id, keys)]
    for draft in VerdictDraft.objects.select_for_update().filter(pk__in=chosen).order_by("pk"):
        changes = _blanked_draft(draft, source_id, keys)  # of the draft as it is by now: a save may have come between
        VerdictDraft.objects.filter(pk=draft.pk).update(**changes, version=draft.version + 1, page="")
    return len(chosen)


def _blanked_draft(draft: VerdictDraft, source_id: int, keys: Collection[str]) -> dict[str, Any]:
    """The columns of a draft without the source; nothing when it is not in it."""
    content = _blanked(draft.content, source_id, keys)
    former = [{**one, "content": _blanked(one["content"], source_id, keys)} for one in draft.set_aside]
    is_in_it = content != draft.content or former != draft.set_aside
    return {"content": content, "set_aside": former} if is_in_it else {}


def _blanked(content: Mapping[str, Any], source_id: int, keys: Collection[str]) -> dict[str, Any]:
    items = content.get("evidence") or []
    return {**content, "evidence": [_forgotten(one, source_id, keys) for one in items]} if items else dict(content)


def _forgotten(item: Mapping[str, Any], source_id: int, keys: Collection[str]) -> dict[str, Any]:
    given = item_of(item)
    its = given.source == source_id or key_of(url=given.url, title=given.title, publisher=given.publisher) in keys
    if not its:
        return dict(item)
    return {**{name: value for name, value in item.items() if name not in TOLD}, "source": source_id, "title": ERASED}


def listed() -> Iterator[Erasure]:
    """Every source that was erased, for the list beside the backups: told by
    its number and when it was added, never by what it was."""
    for source in Source.objects.filter(erased_at__isnull=False).order_by("erased_at", "pk").iterator():
        if source.erased_at is not None:
            yield Erasure(digests.label(source), KIND, _digest(source), source.erased_at.isoformat())


def erase_again(known: Collection[Erasure]) -> Again:
    """Erase the sources of a list that a restored backup brought back, each for
    itself: one that something stands against does not keep the others."""
    wanted = {one.digest for one in known if one.kind == KIND}
    standing = Source.objects.filter(erased_at__isnull=True).order_by("pk") if wanted else Source.objects.none()
    chosen = [source.pk for source in standing.iterator() if _digest(source) in wanted]
    refused = []
    for pk in chosen:
        try:
            settle(partial(_take_away, pk, personal.ERASED_BEFORE, None))
        except Conflict as error:
            refused.append(f"Source {pk}: {error.detail}")
    return Again(len(chosen) - len(refused), tuple(refused))


def _digest(source: Source) -> str:
    return canonical.digest([Source._meta.label, source.pk, source.created_at, source.created_by_id])
