"""Feeds: polled on a schedule, each new entry an article.

The scheduler queues what is due; a job fetches with the feed's own ETag and
date, and takes the entries it has not seen. A feed that fails is asked less
and less often, and says why.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from claims import addresses
from claims.models import Article, Feed, FeedEntry
from claims.models.feed import LEAST_MINUTES, MOST_MINUTES
from claims.pipeline.ingest import Feed as FeedContent
from claims.pipeline.ingest import FeedEntry as Entry
from claims.pipeline.ingest import IngestError, from_feed
from claims.policies import Right, require
from claims.services import intake, pages
from claims.services.intake import Submission, outlet_named
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, DomainError, FieldError, Invalid
from factcheck.jobs import outbox
from factcheck.jobs.runner import Running
from factcheck.net.fetching import NOT_MODIFIED, Fetched, Limits, fetch
from factcheck.net.refusals import FetchError, StatusRefused

POLL = "claims.poll_feed"
LIMITS = Limits(max_bytes=4 * 1_048_576, seconds=25.0)
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
DUE_AT_ONCE = 50
NEW_AT_ONCE = 50
"""Entries one poll takes; the rest is taken a minute later."""

APART = timedelta(seconds=2)
"""Between the pages of one feed: its site is not asked for all at once."""

GONE = 410
MOST_PAUSE = timedelta(days=1)
MAX_ERROR = 500


def add(*, url: str, actor: User, outlet: str = "", every_minutes: int = 15) -> Feed:
    """Read a feed from now on."""
    require(actor.roles, Right.MANAGE_FEEDS)
    _check_minutes(every_minutes)
    cleaned = addresses.clean(url, pointer="/url")
    at = db_now()
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                url=cleaned,
                canonical_url=addresses.canonical(cleaned),
                outlet=outlet_named(outlet.strip()),
                every_minutes=every_minutes,
                next_poll_at=at + timedelta(minutes=every_minutes),
                added_by=actor,
                created_at=at,
            )
            history.record(subject=feed, action="feed.added", actor=actor, data={"url": cleaned}, is_first=True, at=at)
            _enqueue(feed, at)
    except IntegrityError:
        detail = "This feed is on the desk already"
        raise Conflict(detail, errors=[FieldError("/url", "feed_known", detail)], code="feed_known") from None
    return feed


@transaction.atomic
def edit(
    *, feed: Feed, actor: User, outlet: str | None = None, every_minutes: int | None = None, stopped: bool | None = None
) -> Feed:
    """Change how a feed is read, stop reading it, or go on."""
    require(actor.roles, Right.MANAGE_FEEDS)
    at = db_now()
    locked = Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    data: dict[str, object] = {}
    if outlet is not None:
        locked.outlet = outlet_named(outlet.strip())
        data["outlet"] = outlet.strip()
    if every_minutes is not None:
        _check_minutes(every_minutes)
        locked.every_minutes = data["every_minutes"] = every_minutes
    if stopped is not None:
        locked.stopped_at, locked.stopped_by = (at, actor) if stopped else (None, None)
        data["stopped"] = stopped
        if not stopped:
            locked.next_poll_at, locked.failures = at, 0
    locked.save()
    history.record(subject=locked, action="feed.edited", actor=actor, data=data, at=at)
    return locked


@transaction.atomic
def poll_now(*, feed: Feed, actor: User) -> None:
    """Have it read at once."""
    require(actor.roles, Right.MANAGE_FEEDS)
    if feed.stopped_at is not None:
        raise Conflict("The feed is stopped: go on with it first", code="feed_stopped")
    at = db_now()
    _enqueue(feed, at)
    history.record(subject=feed, action="feed.poll_requested", actor=actor, at=at)


def _check_minutes(minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        detail = f"A feed is read every {LEAST_MINUTES} to {MOST_MINUTES} minutes"
        raise Invalid.at("/every_minutes", "minutes_invalid", detail)


def _enqueue(feed: Feed, at: datetime) -> None:
    outbox.enqueue(POLL, feed.pk, dedupe_key=f"feed:{feed.pk}", created_by=feed.added_by_id, at=at)


def enqueue_due() -> int:
    """Queue a job for every feed that is due; how many. For the scheduler."""
    at = db_now()
    due = Feed.objects.filter(stopped_at__isnull=True, next_poll_at__lte=at).order_by("next_poll_at")[:DUE_AT_ONCE]
    queued = 0
    for feed in due:
        with transaction.atomic():
            after = at + timedelta(minutes=feed.every_minutes)
            if Feed.objects.filter(pk=feed.pk, next_poll_at=feed.next_poll_at).update(next_poll_at=after):
                _enqueue(feed, at)
                queued += 1
    return queued


def run(running: Running) -> None:
    """Read the feed named by the job's target and take its new entries."""
    feed = Feed.objects.select_related("outlet", "added_by").get(pk=int(running.target))
    if feed.stopped_at is not None:
        return
    try:
        intake.require_submitter(feed.added_by)
        fetched = fetch(feed.url, headers=_condition(feed), limits=LIMITS)
        content = None if fetched.status == NOT_MODIFIED else from_feed(fetched.body)
    except (FetchError, IngestError, DomainError) as error:
        with running.finishing():
            _note_failure(feed, error.detail, is_gone=isinstance(error, StatusRefused) and error.status == GONE)
        return
    with running.finishing():
        _note_success(feed, fetched, content)


def give_up(target: str, error: str) -> None:
    """The job was given up: the feed says so and is asked again later."""
    _note_failure(Feed.objects.get(pk=int(target)), f"The feed could not be read: {error}", is_gone=False)


def _condition(feed: Feed) -> dict[str, str]:
    condition = {"Accept": ACCEPT}
    if feed.etag:
        condition["If-None-Match"] = feed.etag
    if feed.last_modified:
        condition["If-Modified-Since"] = feed.last_modified
    return condition


def _note_failure(feed: Feed, detail: str, *, is_gone: bool) -> None:
    at = db_now()
    failures = feed.failures + 1
    pause = min(timedelta(minutes=feed.every_minutes) * 2 ** min(failures, 12), MOST_PAUSE)
    Feed.objects.filter(pk=feed.pk).update(
        failures=failures,
        error=detail.replace("\0", "")[:MAX_ERROR],
        polled_at=at,
        next_poll_at=at + pause,
        **({"stopped_at": at} if is_gone else {}),
    )


def _note_success(feed: Feed, fetched: Fetched, content: FeedContent | None) -> None:
    """Take what is new and remember where the feed stands; must run in the
    transaction that ends the job."""
    at = db_now()
    rest = _take(feed, content, at) if content is not None else 0
    pause = timedelta(minutes=1 if rest else feed.every_minutes)
    changes: dict[str, object] = {"failures": 0, "error": "", "polled_at": at, "next_poll_at": at + pause}
    if content is not None:
        changes["warnings"] = list(content.warnings)
        changes["title"] = feed.title or (content.title or "")[:500]
        changes["etag"] = "" if rest else _header(fetched, "etag", 200)
        changes["last_modified"] = "" if rest else _header(fetched, "last-modified", 100)
    Feed.objects.filter(pk=feed.pk).update(**changes)


def _header(fetched: Fetched, name: str, most: int) -> str:
    """A header to be sent back as it came; one that could not be is forgotten."""
    value = fetched.headers.get(name, "")
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""


def _take(feed: Feed, content: FeedContent, at: datetime) -> int:
    """Take at most NEW_AT_ONCE new or changed entries; how many are left."""
    entries = {_key(entry): entry for entry in reversed(content.entries)}
    seen = {row.key: row for row in FeedEntry.objects.filter(feed=feed, key__in=list(entries))}
    fresh = [
        (key, entry)
        for key, entry in reversed(entries.items())
        if key not in seen or seen[key].digest != _digest(entry)
    ]
    for number, (key, entry) in enumerate(fresh[:NEW_AT_ONCE]):
        row = seen.get(key) or FeedEntry(feed=feed, key=key)
        row.digest, row.seen_at, row.error = _digest(entry), at, ""
        try:
            with transaction.atomic():
                row.article = _article(feed, row, entry, APART * number)
        except DomainError as error:
            row.error = error.detail[:MAX_ERROR]
        row.save()
    return max(0, len(fresh) - NEW_AT_ONCE)


def _key(entry: Entry) -> str:
    return _sha256(entry.id or entry.url or f"{entry.title}\n{entry.text}")


def _digest(entry: Entry) -> str:
    return _sha256(f"{entry.url}\n{entry.title}\n{entry.text}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _article(feed: Feed, row: FeedEntry, entry: Entry, delay: timedelta) -> Article | None:
    """The article of an entry: fetched from its address, or its own words.

    An address that is known already is not fetched because another feed has
    it too; it is fetched anew when this feed's entry has changed.
    """
    submission = Submission(
        text=entry.text,
        title=(entry.title or "")[:500],
        url=entry.url or "",
        outlet=feed.outlet.name if feed.outlet else "",
        author=(entry.author or "")[:200],
        published_at=intake.sure_date(entry.published_at, at=row.seen_at),
        format="feed",
    )
    if not entry.url:
        twin = FeedEntry.objects.filter(digest=row.digest, article__isnull=False).exclude(pk=row.pk).first()
        return twin.article if twin else intake.submit(submission=submission, actor=feed.added_by).article
    if row._state.adding:
        known = Article.objects.filter(canonical_url=addresses.canonical(entry.url), withdrawn_at__isnull=True)
        if article := known.first():
            return article
    return pages.request(submission=submission, actor=feed.added_by, delay=delay).article
