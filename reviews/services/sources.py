"""Sources: one row for one page or document, made or met again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from claims import addresses as article_addresses
from factcheck import canonical
from factcheck.accounts.models import User
from factcheck.audit import history, personal
from factcheck.audit.models import AuditEvent, PersonalDetail
from factcheck.clock import db_now
from factcheck.errors import Conflict, FieldError, Invalid, NotFound, Stale
from factcheck.rows import insert_few
from reviews import addresses
from reviews.gate import STAYS_CONFIDENTIAL, independence_group, says_something
from reviews.models import Source
from reviews.models.contact import ERASED
from reviews.policies import Permission
from reviews.services.moves import Moved, permit
from reviews.submissions import EvidenceItem

ADDED = "source"
EDITED = "source_edit"
WORDS = ("url", "title", "publisher", "independence_group")
"""What tells a source, as its history keeps it."""


def key_of(*, url: str, title: str, publisher: str) -> str:
    """What makes two references one source: the page, tracking parameters,
    scheme, `www.`, fragment and final slash aside; else title and publisher."""
    parts = addresses.split(article_addresses.canonical(url)) if url else None
    if parts is not None:
        page = [addresses.host(parts).removeprefix("www."), parts.port, parts.path.rstrip("/"), parts.query]
        return canonical.digest(["page", *page])
    return canonical.digest(["words", *(" ".join(text.split()).casefold() for text in (title, publisher))])


def erased_key(source_id: int) -> str:
    """The key of a source that was erased: its number is all that is left."""
    return f"erased:{source_id}"


def _key_of(item: EvidenceItem) -> str:
    """The key of the words by which an item cites."""
    return key_of(url=item.url, title=item.title, publisher=item.publisher)


def completed(items: Sequence[EvidenceItem]) -> list[EvidenceItem]:
    """Items that name a known source by id, filled from it; one statement, and
    none when no item does so. Invalid names an unknown id."""
    wanted = {item.source for item in items if item.source is not None}
    if not wanted:
        return list(items)
    known = Source.objects.in_bulk(wanted)
    errors = [
        FieldError(f"/evidence/{place}/source", "source_unknown", f"There is no source {item.source}")
        for place, item in enumerate(items)
        if item.source is not None and item.source not in known
    ]
    if errors:
        raise Invalid(errors[0].detail, errors=errors, code="source_unknown")
    kept = [_unless_another(item, known) for item in items]
    _require_marks((item, known.get(item.source or 0)) for item in kept)
    _require_nothing_new(kept, known)
    return [item if item.source is None else _filled(item, known[item.source]) for item in kept]


def _unless_another(item: EvidenceItem, known: Mapping[int, Source]) -> EvidenceItem:
    """The item without its number when it gives the address of another page."""
    source = known.get(item.source or 0)
    if source is None or not item.url or key_of(url=item.url, title="", publisher="") == source.key:
        return item
    return replace(item, source=None)


def _require_nothing_new(items: Sequence[EvidenceItem], known: Mapping[int, Source]) -> None:
    """Invalid with every word about a source that was erased: it would stand for ever."""
    errors = [
        FieldError(f"/evidence/{place}/{name}", "source_erased", "This source is erased: cite its number alone")
        for place, item in enumerate(items)
        if item.source is not None and known[item.source].erased_at is not None
        for name in ("url", "title", "publisher", "excerpt", "locator", "independence_group")
        if getattr(item, name) not in {"", ERASED}
    ]
    if errors:
        raise Invalid(errors[0].detail, errors=errors, code="source_erased")


def _filled(item: EvidenceItem, source: Source) -> EvidenceItem:
    if source.erased_at is not None:
        return replace(item, title=ERASED)
    return replace(
        item,
        url=source.url,
        title=item.title or source.title,
        publisher=item.publisher or source.publisher,
        independence_group=item.independence_group or source.independence_group,
    )


def cite(items: Sequence[EvidenceItem], *, actor: User, at: datetime) -> list[tuple[EvidenceItem, Source]]:
    """Each item with its source, made or met again in one statement.

    An item with a number cites that row and no other; Moved when it was erased
    meanwhile. What an item leaves open (title, publisher, independence group)
    is taken from the source. A source that any verdict cites as confidential
    stays so: Invalid `source_confidential` for an item that would name it. Must
    run in a transaction.
    """
    rows: dict[str, Source] = {}
    keys = []
    numbers = {item.source for item in items if item.source is not None}
    kept = dict(Source.objects.filter(pk__in=numbers).values_list("pk", "key")) if numbers else {}
    for place, item in enumerate(items):
        if item.url:
            article_addresses.clean(item.url, pointer=f"/evidence/{place}/url")
        key = kept[item.source] if item.source is not None else _key_of(item)
        keys.append(key)
        rows.setdefault(key, _row(item, key, actor, at))
    ordered = [rows[key] for key in sorted(rows)]  # one order for all writers, so that none waits in a circle
    insert_few(ordered, met_by="key")
    cited = [(item, rows[key]) for item, key in zip(items, keys, strict=True)]
    if any(_is_gone(item, source) for item, source in cited):
        raise Moved("a source was erased")
    _note_new([source for source in ordered if source.created_at == at], actor, at)
    _mark(cited, actor, at)
    _require_marks(cited)
    return [(_worded(item, source), source) for item, source in cited]


def _is_gone(item: EvidenceItem, source: Source) -> bool:
    """Whether the known source that an item was filled from was erased since."""
    if item.source is None:
        return False
    return item.source != source.pk or (source.key == erased_key(source.pk) and item.title != ERASED)


def _note_new(made: Sequence[Source], actor: User, at: datetime) -> None:
    """The first row in the history of each source that was made by citing it."""
    entries = [history.Entry(one, "source.added", {"cited": True}, is_first=True) for one in made]
    history.record_all(entries, actor=actor, at=at)


def _mark(cited: Sequence[tuple[EvidenceItem, Source]], actor: User, at: datetime) -> None:
    """Mark what is cited as confidential for the first time."""
    fresh = {source.pk: source for item, source in cited if item.confidential and source.confidential_since is None}
    if not fresh:
        return
    Source.objects.filter(pk__in=fresh).update(confidential_since=at, version=F("version") + 1)
    for source in fresh.values():
        source.confidential_since = at
    entries = [history.Entry(source, "source.made_confidential") for source in fresh.values()]
    history.record_all(entries, actor=actor, at=at)


def _require_marks(cited: Iterable[tuple[EvidenceItem, Source | None]]) -> None:
    """Invalid with every item that would name a source which is kept secret."""
    errors = [
        FieldError(f"/evidence/{place}/confidential", "source_confidential", STAYS_CONFIDENTIAL)
        for place, (item, source) in enumerate(cited)
        if source is not None and source.confidential_since is not None and not item.confidential
    ]
    if errors:
        raise Invalid(errors[0].detail, errors=errors, code="source_confidential")


def secrets_among(items: Sequence[EvidenceItem]) -> frozenset[int]:
    """Places of the items that name a source which is kept secret, for the live
    checklist; one statement, and none when no item is open."""
    keys = {place: _key_of(item) for place, item in enumerate(items) if not item.confidential}
    named = {place: item.source for place, item in enumerate(items) if place in keys and item.source is not None}
    if not keys:
        return frozenset()
    wanted = Q(key__in=set(keys.values())) | Q(pk__in=set(named.values()))
    found = Source.objects.filter(wanted, confidential_since__isnull=False).values_list("key", "pk")
    secret = {one for row in found for one in row}
    return frozenset(place for place, key in keys.items() if {key, named.get(place)} & secret)


def _row(item: EvidenceItem, key: str, actor: User, at: datetime) -> Source:
    return Source(key=key, **_facts(item, actor, at))


def _facts(item: EvidenceItem, actor: User, at: datetime) -> dict[str, Any]:
    group = independence_group(replace(item.for_gate(), independence_group=None))
    return {
        "url": item.url,
        "title": item.title,
        "publisher": item.publisher,
        "independence_group": group or "",
        "created_by": actor,
        "created_at": at,
    }


def _worded(item: EvidenceItem, source: Source) -> EvidenceItem:
    parts = addresses.split(item.url)
    return replace(
        item,
        title=item.title or source.title or (addresses.host(parts) if parts else item.url),
        publisher=item.publisher or source.publisher,
        independence_group=item.independence_group or source.independence_group,
    )


@transaction.atomic
def add(*, url: str = "", title: str = "", publisher: str = "", group: str = "", actor: User) -> tuple[Source, bool]:
    """A source on its own, and whether it is new; a known one comes as it is."""
    permit(actor, Permission.EDIT_SOURCE)
    item = EvidenceItem(url=url, title=title, publisher=publisher)
    if not says_something(url) and not says_something(title):
        raise Invalid.at("/url", "source_empty", "Give the source an address or a title")
    if url:
        article_addresses.clean(url, pointer="/url")
    key = key_of(url=url, title=title, publisher=publisher)
    at = db_now()
    facts = _facts(item, actor, at)
    facts["independence_group"] = group or facts["independence_group"]
    source, is_new = Source.objects.get_or_create(key=key, defaults=facts)
    if not is_new:
        return source, False
    words = _keep(source, ADDED, {name: getattr(source, name) for name in WORDS}, at)
    told = {"words": words.pk}
    history.record(subject=source, action="source.added", actor=actor, data=told, rows=[words], at=at)
    return source, True


def _keep(source: Source, kind: str, words: Mapping[str, object], at: datetime) -> PersonalDetail:
    """Words of a source for its history, apart, so that they can be erased."""
    value = canonical.dumps(words)
    return personal.keep(subject_type=Source._meta.label, subject_id=source.pk, kind=kind, value=value, at=at)


@transaction.atomic
def edit(
    *,
    source_id: int,
    actor: User,
    title: str | None = None,
    publisher: str | None = None,
    group: str | None = None,
    expected_version: int | None = None,
) -> Source:
    """Change what later verdicts take from a source; what stands in verdicts
    stays. Stale when it is no longer at `expected_version`."""
    permit(actor, Permission.EDIT_SOURCE)
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}")
    if source.erased_at is not None:
        raise Conflict("What this source was is erased; it cannot be changed", code="source_erased")
    if expected_version is not None and source.version != expected_version:
        raise _stale(source, expected_version)
    given = {"title": title, "publisher": publisher, "independence_group": group}
    changes = {name: value for name, value in given.items() if value is not None and value != getattr(source, name)}
    if not changes:
        return source
    before = {name: getattr(source, name) for name in changes}
    for name, value in changes.items():
        setattr(source, name, value)
    source.version += 1
    source.save(update_fields=[*changes, "version"])
    at = db_now()
    words = _keep(source, EDITED, {"before": before, "after": changes}, at)
    data = {"version": source.version, "changed": sorted(changes), "words": words.pk}
    history.record(subject=source, action="source.edited", actor=actor, data=data, rows=[words], at=at)
    return source


@transaction.atomic
def release(*, source_id: int, reason: str, actor: User) -> Source:
    """Let a source be cited openly again that was marked confidential by
    mistake: publishers only, with a reason. Verdicts that cite it as
    confidential, and their reports, stay as they are until corrected."""
    permit(actor, Permission.RELEASE_SOURCE)
    if not says_something(reason):
        raise Invalid.at("/reason", "reason_missing", "Say why this source need not be confidential")
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}")
    if source.confidential_since is None or source.erased_at is not None:
        raise Conflict("This source is not kept confidential", code="source_not_confidential")
    source.confidential_since = None
    source.version += 1
    source.save(update_fields=["confidential_since", "version"])
    history.record(subject=source, action="source.released", actor=actor, data={"reason": reason})
    return source


def _stale(source: Source, seen: int) -> Stale:
    """The refusal of an outdated version, with the members changed since."""
    edits = AuditEvent.objects.filter(
        subject_type=Source._meta.label, subject_id=str(source.pk), action="source.edited"
    ).order_by("-seq")[: max(source.version - seen, 0)]
    changed = sorted({name for edit in edits for name in edit.data.get("changed") or edit.data["after"]})
    told = ", ".join(changed) or "whether it is confidential"
    return Stale(
        f"The source is at version {source.version}, you saw version {seen}; changed since: {told}",
        extra={"current_version": source.version, "changed": changed},
    )
