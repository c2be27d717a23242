"""Copies of sources and checks of their links, in the background.

Nothing waits for them: a source that cannot be had says why and the verdict
goes on. Sources that are confidential anywhere are never asked for, since
asking would tell; nor is one that no submitted verdict cites, unless somebody
asks for its copy, for it may be confidential yet. Bytes are written under their digest before the row that
names them, so a row always has its file.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Length

from claims.pipeline.ingest import IngestError, from_html, from_plain
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, NotFound
from factcheck.events.emitting import emit
from factcheck.jobs import outbox
from factcheck.jobs.models import Job
from factcheck.jobs.runner import MAX_ATTEMPTS, Running
from factcheck.net import fetching
from factcheck.net.fetching import Fetched, Limits
from factcheck.net.refusals import BodyTooLarge, FetchError, StatusRefused
from reviews import archives
from reviews.enums import LinkHealth
from reviews.models import Evidence, Snapshot, Source, SourceState, VerdictDraft
from reviews.policies import Permission
from reviews.services.moves import permit
from reviews.services.sources import key_of
from reviews.submissions import EvidenceItem, KeptCopy, submission_of

ARCHIVE = "reviews.archive_source"
CHECK = "reviews.check_link"
HAND_OFF = "reviews.hand_to_archive"
AT_ONCE = 20
CHECK_EVERY = timedelta(days=7)
CHECK_BROKEN_EVERY = timedelta(days=1)
LOOK_AGAIN = timedelta(hours=6)
"""How long after a fault that proves nothing (no answer, no name) the link is
asked again; one that still fails then is broken."""
COPY_AGAIN = timedelta(days=30)
"""How old the last look for a copy may be when a source is cited anew."""
NEWEST_USES = 500
"""Uses of sources, the newest, that are looked through for those cited anew."""
MOST_TEXT = 200_000
MAX_FAULT = 300
KEPT_HEADERS = ("content-type", "content-length", "date", "last-modified", "etag", "content-language")
GONE = frozenset({404, 410, 451})
NOT_FOR_US = frozenset({401, 403, 405, 429, 999})
"""Answers that say something of us and nothing of the page."""


@dataclass(frozen=True, slots=True)
class _Read:
    title: str = ""
    text: str = ""


def _open() -> QuerySet[Source]:
    """Sources with an address that are not kept confidential, nor called so in a draft."""
    hidden = _hidden_in_drafts()
    keys = {key_of(url=one.url, title=one.title, publisher=one.publisher) for one in hidden if one.source is None}
    known = {one.source for one in hidden if one.source is not None}
    return Source.objects.filter(~Q(url=""), confidential_since__isnull=True).exclude(Q(key__in=keys) | Q(pk__in=known))


def _cited() -> QuerySet[Source]:
    """Those that a submitted verdict cites, and so for all to see."""
    return _open().filter(Exists(Evidence.objects.filter(source=OuterRef("pk"))))


def _hidden_in_drafts() -> list[EvidenceItem]:
    """What drafts cite as confidential, texts that were replaced among them; those
    without the word are not read."""
    mark = '"confidential": true'
    drafts = VerdictDraft.objects.annotate(words=Cast("content", TextField()), former=Cast("set_aside", TextField()))
    rows = drafts.filter(Q(words__contains=mark) | Q(former__contains=mark)).values_list("content", "set_aside")
    texts = (text for content, former in rows for text in (content, *(one["content"] for one in former)))
    return [item for text in texts for item in submission_of(text).evidence if item.confidential]


def look() -> int:
    """Queue copies of sources that are cited for the first time, or anew after
    COPY_AGAIN, and checks of links that are due, a few at a time; how many.
    Nothing when the desk keeps no copies."""
    if not settings.ARCHIVE_SOURCES:
        return 0
    at = db_now()
    with transaction.atomic():
        cited = _cited()
        fresh = list(cited.filter(state__isnull=True).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        SourceState.objects.bulk_create([SourceState(source_id=pk, asked_at=at) for pk in fresh], ignore_conflicts=True)
        again = _cited_anew(cited)
        SourceState.objects.filter(source__in=again).update(asked_at=at)
        stale = SourceState.objects.filter(_due(at), source__in=cited)
        old = list(stale.order_by("checked_at", "pk").values_list("source", flat=True)[:AT_ONCE])
        for kind, pks in ((ARCHIVE, [*fresh, *again]), (CHECK, old)):
            for pk in pks:
                outbox.enqueue(kind, pk, dedupe_key=f"{kind}:{pk}", at=at)
    return len(fresh) + len(again) + len(old)


def _cited_anew(cited: QuerySet[Source]) -> list[int]:
    """Sources whose newest citation came COPY_AGAIN or later after a copy was
    last looked for: the page may say something else by now."""
    uses = Evidence.objects.order_by("-pk").values_list("source", "verdict__submitted_at")[:NEWEST_USES]
    newest: dict[int, datetime] = {}
    for pk, at in uses:
        newest.setdefault(pk, at)
    states = SourceState.objects.filter(source__in=newest).filter(source__in=cited).order_by("asked_at", "pk")
    asked = states.values_list("source", "asked_at")
    return [pk for pk, at in asked if newest[pk] - at >= COPY_AGAIN][:AT_ONCE]


def _due(at: datetime) -> Q:
    """States whose link is to be asked again: weekly, a broken one daily, one
    that failed hours ago, and one of which nothing was ever heard."""
    return (
        Q(checked_at__lt=at - CHECK_EVERY)
        | Q(checked_at__lt=at - CHECK_BROKEN_EVERY, broken_since__isnull=False)
        | Q(checked_at__lt=at - LOOK_AGAIN, failing_since__isnull=False, broken_since__isnull=True)
        | Q(checked_at__isnull=True, asked_at__lt=at - CHECK_BROKEN_EVERY)
    )


def copies_of(items: Sequence[EvidenceItem]) -> dict[int, KeptCopy]:
    """The copies kept of what the items cite, by place; one statement, none
    when no item has an address."""
    keys = {
        place: key_of(url=item.url, title=item.title, publisher=item.publisher)
        for place, item in enumerate(items)
        if item.url
    }
    if not keys:
        return {}
    rows = SourceState.objects.filter(source__key__in=set(keys.values()), snapshot__isnull=False)
    lengths = rows.annotate(length=Length("snapshot__text"))
    found = {
        key: KeptCopy(length or None, media_type)
        for key, length, media_type in lengths.values_list("source__key", "length", "snapshot__content_type")
    }
    return {place: found[key] for place, key in keys.items() if key in found}


@transaction.atomic
def ask(*, source_id: int, actor: User) -> Job:
    """Keep a copy of the source now, or another one."""
    permit(actor, Permission.EDIT_SOURCE)
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise NotFound(f"There is no source {source_id}")
    if not _open().filter(pk=source_id).exists():
        raise Conflict(
            "This source has no address, or is confidential: the desk does not ask for it", code="not_archivable"
        )
    at = db_now()
    SourceState.objects.update_or_create(source=source, defaults={"asked_at": at})
    job = outbox.enqueue(ARCHIVE, source_id, dedupe_key=f"{ARCHIVE}:{source_id}", created_by=actor.pk, at=at)
    history.record(subject=source, action="source.copy_asked", actor=actor, data={"job": job.pk}, at=at)
    return job


def archive(running: Running) -> None:
    """The job: fetch, keep, note. A fault that may pass is tried again."""
    source = _open().filter(pk=int(running.target)).first()
    if source is None:
        return
    try:
        fetched = fetching.fetch(source.url)
    except FetchError as error:
        if error.is_temporary and running.attempt < MAX_ATTEMPTS:
            raise
        with running.finishing():
            _note_fault(source, error)
        return
    sha256 = _keep(fetched.body)
    read = _read(fetched)
    with running.finishing():
        if not _is_still_open(source):
            _forget(sha256)
            return
        _note_copy(source, fetched, sha256, read)
        if settings.WEB_ARCHIVE_URL and _cited().filter(pk=source.pk).exists():
            outbox.enqueue(HAND_OFF, source.pk, dedupe_key=f"{HAND_OFF}:{source.pk}")


def _is_still_open(source: Source) -> bool:
    """Whether the source may still be copied: not erased, nor made confidential
    while it was fetched. It stays so until the end of the transaction."""
    Source.objects.select_for_update().filter(pk=source.pk).first()
    return _open().filter(pk=source.pk, url=source.url).exists()


def _forget(sha256: str) -> None:
    """Delete bytes that no copy names."""
    if not Snapshot.objects.filter(sha256=sha256).exists():
        archives.path_of(sha256).unlink(missing_ok=True)


def _keep(body: bytes) -> str:
    """Write the bytes under their digest, whole or not at all."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = archives.path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{sha256}.{secrets.token_hex(4)}.part")
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return sha256


def _read(fetched: Fetched) -> _Read:
    """Title and text of a page; nothing for what is no text or cannot be read."""
    try:
        if fetched.content_type in {"text/html", "application/xhtml+xml"}:
            page = from_html(fetched.body, url=fetched.url, charset=fetched.charset)
            return _Read(page.title or "", page.text)
        if fetched.content_type.startswith("text/"):
            return _Read("", from_plain(fetched.body, fetched.charset).text)
    except IngestError:
        return _Read()
    return _Read()


def _plain(words: str, most: int) -> str:
    """A foreign site's words as a database keeps them: no NUL, not too long."""
    return words.replace("\0", "")[:most]


def _note_copy(source: Source, fetched: Fetched, sha256: str, read: _Read) -> None:
    at = db_now()
    newest = Snapshot.objects.filter(source=source).order_by("-pk").first()
    if newest is None or newest.sha256 != sha256:
        newest = Snapshot.objects.create(
            source=source,
            url=source.url,
            final_url=_plain(fetched.url, 2000),
            status=fetched.status,
            content_type=_plain(fetched.content_type, 200),
            headers={name: _plain(fetched.headers[name], 500) for name in KEPT_HEADERS if name in fetched.headers},
            sha256=sha256,
            size=len(fetched.body),
            title=_plain(read.title, 500),
            text=_plain(read.text, MOST_TEXT),
            fetched_at=at,
        )
        told = {"copy": newest.pk, "sha256": sha256}
        history.record(subject=source, action="source.archived", actor=None, data=told, rows=[newest], at=at)
    _note_link(source, None)
    SourceState.objects.filter(source=source).update(snapshot=newest)


def _note_fault(source: Source, error: FetchError) -> None:
    _note_link(source, error)
    SourceState.objects.filter(source=source).update(fault=_plain(f"{error.code}: {error.detail}", MAX_FAULT))


def give_up(target: str, error: str) -> None:
    """A copy or a check was given up: the source says so, and is due again
    like any other. Of the link this says nothing."""
    at = db_now()
    SourceState.objects.filter(source=int(target)).update(
        fault=_plain(f"given_up: {error}", MAX_FAULT), checked_at=at, failing_since=None
    )


def check(running: Running) -> None:
    """The job: does the link still work? One that does and was never kept, or
    never handed on, is now."""
    source = _cited().filter(pk=int(running.target)).first()
    if source is None:
        return
    error = _asked(source.url)
    with running.finishing():
        _note_link(source, error)
        if error is None:
            _make_up(source)


def _make_up(source: Source) -> None:
    """Queue what could not be done earlier; keeping a copy hands on by itself."""
    state = SourceState.objects.get(source=source)
    if state.snapshot_id is None:
        outbox.enqueue(ARCHIVE, source.pk, dedupe_key=f"{ARCHIVE}:{source.pk}")
    elif settings.WEB_ARCHIVE_URL and not state.public_copy:
        outbox.enqueue(HAND_OFF, source.pk, dedupe_key=f"{HAND_OFF}:{source.pk}")


def _asked(url: str) -> FetchError | None:
    """What is wrong with the link, if anything: HEAD, and GET where that fails,
    since some servers answer only GET as they mean it."""
    error: FetchError | None = None
    for method in ("HEAD", "GET"):
        try:
            fetching.fetch(url, method=method, limits=Limits(seconds=15.0))
        except FetchError as refused:
            error = refused
        else:
            return None
    return error


def _judged(state: SourceState, error: FetchError | None, at: datetime) -> tuple[LinkHealth, datetime | None]:
    """What the answer says of the link, and since when it has been failing.

    Only "it is gone" is believed at once. Whatever else may be the desk's own
    outage: it is unclear until it still fails `LOOK_AGAIN` later.
    """
    if error is None or isinstance(error, BodyTooLarge):
        return LinkHealth.WORKS, None
    since = state.failing_since or at
    if isinstance(error, StatusRefused):
        if error.status in GONE:
            return LinkHealth.BROKEN, since
        if error.status in NOT_FOR_US:
            return LinkHealth.UNCLEAR, None
    was_broken = state.broken_since is not None
    return LinkHealth.BROKEN if was_broken or at - since >= LOOK_AGAIN else LinkHealth.UNCLEAR, since


def _note_link(source: Source, error: FetchError | None) -> None:
    """Note the health; a link that just broke goes into history and events."""
    at = db_now()
    state, _ = SourceState.objects.get_or_create(source=source, defaults={"asked_at": at})
    health, failing = _judged(state, error, at)
    is_broken = health is LinkHealth.BROKEN
    if is_broken != (state.broken_since is not None):
        action = "source.link_broken" if is_broken else "source.link_restored"
        history.record(subject=source, action=action, actor=None, data={"link": health.value}, at=at)
        emit(action, source, {"source": source.pk}, at=at)
    since = (state.broken_since or at) if is_broken else None
    fault = "" if error is None else state.fault
    SourceState.objects.filter(pk=state.pk).update(
        link=health.value, checked_at=at, broken_since=since, failing_since=failing, fault=fault
    )


def hand_off(running: Running) -> None:
    """The job: ask a public web archive to keep a copy too, where the desk
    says which one. Best effort."""
    source = _cited().filter(pk=int(running.target)).first()
    if source is None or not settings.WEB_ARCHIVE_URL:
        return
    address = settings.WEB_ARCHIVE_URL.replace("{url}", quote(source.url, safe=":/?&=%#~+,;@"))
    answer = fetching.fetch(address, limits=Limits(seconds=35.0), any_status=True)
    with running.finishing():
        if answer.status < fetching.FIRST_ERROR and answer.url != address:
            SourceState.objects.filter(source=source).update(public_copy=answer.url[:2000])
