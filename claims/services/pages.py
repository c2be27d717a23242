"""Articles by their address: the row at once, the text when it was fetched.

Nothing is fetched inside a transaction or before the caller has an answer.
A fetch that fails for good leaves the article `failed` with the reason and
without a text; an article that has a text keeps it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims import addresses
from claims.enums import ArticleStatus, FetchState
from claims.models import Article, BulkFileRow, FeedEntry
from claims.pipeline.ingest import Ingested, IngestError, detect_language, from_docx, from_html, from_plain
from claims.policies import Right, require
from claims.services import files, intake
from claims.services.files import File
from claims.services.intake import Received, Submission
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import DomainError, Invalid, TooMany, Unavailable
from factcheck.events.emitting import emit
from factcheck.jobs import outbox
from factcheck.jobs.runner import Running
from factcheck.net.fetching import Fetched, Limits, fetch
from factcheck.net.refusals import FetchError
from factcheck.rows import insert

FETCH = "claims.fetch_article"
ATTEMPTS = 3
"""How often a page is asked for before its failure stands."""

MAX_WAITING = 500
"""Addresses of one person that may wait at the same time; feeds and bulk files
have brakes of their own."""

LIMITS = Limits(max_bytes=8 * 1_048_576, seconds=25.0)
PREVIEW_LIMITS = Limits(max_bytes=8 * 1_048_576, seconds=8.0)
PREVIEWS_AT_ONCE = 2
ACCEPT = {"Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_ERROR = 500
WITHOUT_PAGE = frozenset({FetchState.FETCHING.value, FetchState.FAILED.value})
_previewing = threading.BoundedSemaphore(PREVIEWS_AT_ONCE)


def request(*, submission: Submission, actor: User, delay: timedelta = timedelta(0)) -> Received:
    """Take an article by its address alone; its text is fetched by a job.

    An article of that address that is here already is fetched anew: another
    text becomes a revision, the same text changes nothing.
    """
    intake.require_submitter(actor)
    at = db_now()
    cleaned = intake.clean_facts(submission, at=at)

    def act() -> Received:
        with transaction.atomic():
            known = intake.known_by(cleaned.url, actor)
            article = known or _create(cleaned, actor, at)
            if known is not None:
                _ask_again(known, actor, at)
            outbox.enqueue(FETCH, article.pk, dedupe_key=f"fetch:{article.pk}", created_by=actor.pk, delay=delay, at=at)
            return Received(article, None, created=known is None, revised=False)

    return intake.once_more(act)


def _create(submission: Submission, actor: User, at: datetime) -> Article:
    article = intake.row_of(submission, actor, at)
    article.status = ArticleStatus.FETCHING.value
    article.fetch_state = FetchState.FETCHING.value
    insert(article)
    history.record(
        subject=article, action="article.requested", actor=actor, data={"url": article.url}, is_first=True, at=at
    )
    return article


def _ask_again(article: Article, actor: User | None, at: datetime) -> None:
    """A locked article waits for its page anew; one that waits already only waits on."""
    if article.fetch_state == FetchState.FETCHING.value:
        return
    article.fetch_state = FetchState.FETCHING.value
    article.fetch_error = ""
    if not article.revisions.exists():
        article.status = ArticleStatus.FETCHING.value
    article.save(update_fields=["fetch_state", "fetch_error", "status"])
    history.record(subject=article, action="article.requested_again", actor=actor, data={"url": article.url}, at=at)


def take(*, fields: dict[str, Any], file: File | None, actor: User) -> Received:
    """An article by whatever was sent of it: a text, a page, a file, or
    nothing but its address."""
    if _is_address_alone(fields, file):
        _refuse_flood(actor)
        given = {name: value for name, value in fields.items() if value is not None}
        return request(submission=Submission(text="", **{**given, "format": "html"}), actor=actor)
    return intake.submit(submission=files.submission_from(fields, file), actor=actor)


def _refuse_flood(actor: User) -> None:
    """One person's addresses do not make everybody else's wait; those of feeds
    and bulk files are not counted."""
    waiting = Article.objects.filter(
        ~Exists(BulkFileRow.objects.filter(article=OuterRef("pk"))),
        ~Exists(FeedEntry.objects.filter(article=OuterRef("pk"))),
        submitted_by=actor,
        status=ArticleStatus.FETCHING.value,
    )
    if waiting.order_by()[:MAX_WAITING].count() >= MAX_WAITING:
        raise TooMany(
            f"{MAX_WAITING} addresses of yours wait to be fetched: send more when some are done, or a bulk file",
            code="too_many_waiting",
        )


def _is_address_alone(fields: dict[str, Any], file: File | None) -> bool:
    return bool(fields.get("url")) and file is None and fields.get("text") is None and fields.get("html") is None


def run(running: Running) -> None:
    """Fetch the article named by the job's target and finish the job."""
    article = _in_hand(int(running.target))
    if article is None:
        return
    try:
        fetched = fetch(article.url, headers=ACCEPT, limits=LIMITS)
        found = read(fetched)
        submission = _submission(found, db_now())
    except FetchError as error:
        if error.is_temporary and running.attempt < ATTEMPTS:
            raise
        code, detail = error.code, error.detail
    except (IngestError, DomainError) as error:
        code, detail = error.code, error.detail
    else:
        with running.finishing():
            _arrived(article.pk, fetched, submission, running.created_by_id or article.submitted_by_id)
        return
    with running.finishing({"code": code}):
        _failed(article.pk, code, detail)


def _in_hand(pk: int) -> Article | None:
    """The article as it waits for its text, None when it waits no longer. One
    whose fetch failed waits anew: somebody tries its job again."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
        if article.withdrawn_at is not None or article.fetch_state not in WITHOUT_PAGE:
            return None
        if article.fetch_state == FetchState.FAILED.value:
            _ask_again(article, None, db_now())
    return article


def give_up(target: str, error: str) -> None:
    """The job was given up: the article says that its text did not come."""
    _failed(int(target), "fetch_failed", f"The page could not be fetched: {error}")


def read(fetched: Fetched) -> Ingested:
    """The article in what a site sent; IngestError when there is none."""
    match fetched.content_type:
        case "text/html" | "application/xhtml+xml":
            return from_html(fetched.body, url=fetched.url, charset=fetched.charset)
        case "text/plain":
            return from_plain(fetched.body, fetched.charset)
        case "" if fetched.body.lstrip()[:1] == b"<":
            return from_html(fetched.body, url=fetched.url)
        case _ if fetched.content_type == DOCX:
            return from_docx(fetched.body)
        case "application/rss+xml" | "application/atom+xml" | "application/xml" | "text/xml":
            raise IngestError("page_is_feed", "This address is a feed or other XML, not a page: add it under Feeds")
    told = fetched.content_type[:60] or "nothing"
    raise IngestError("content_type_refused", f"The site says it is {told}: only pages, plain text and .docx are read")


def _submission(found: Ingested, at: datetime) -> Submission:
    """What the page says, without a date that cannot be one; Invalid or
    TooLarge when its text is none for the desk."""
    submission = files.submission_of(found, {})
    published = intake.sure_date(submission.published_at, at=at)
    return replace(submission, text=intake.clean_text(found.text), published_at=published)


def _arrived(pk: int, fetched: Fetched, submission: Submission, actor_id: int) -> None:
    """The text is there; must run in the transaction that ends the job."""
    at = db_now()
    actor = User.objects.get(pk=actor_id)
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.withdrawn_at is not None or article.fetch_state != FetchState.FETCHING.value:
        return
    received = intake.revise(article, submission, actor, at)
    Article.objects.filter(pk=pk).update(fetch_state=FetchState.FETCHED.value, fetch_error="", fetched_at=at)
    history.record(
        subject=article,
        action="article.fetched",
        actor=actor,
        data={
            "url": fetched.url[: addresses.MAX_LENGTH],
            "hops": len(fetched.hops),
            "revised": received.revised,
        },
        at=at,
    )


def _failed(pk: int, code: str, detail: str) -> None:
    """The reason stays with the article; without a text it is failed."""
    at = db_now()
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.fetch_state != FetchState.FETCHING.value:
        return
    article.fetch_state = FetchState.FAILED.value
    article.fetch_error = detail.replace("\0", "")[:MAX_ERROR]
    article.fetched_at = at
    has_text = article.revisions.exists()
    if not has_text:
        article.status = ArticleStatus.FAILED.value
    article.save(update_fields=["fetch_state", "fetch_error", "fetched_at", "status"])
    data = {"code": code, "error": article.fetch_error[:300]}
    history.record(subject=article, action="article.fetch_failed", actor=None, data=data, at=at)
    if not has_text:
        emit("article.failed", article, {"article": article.pk, "code": code}, at=at)


@contextmanager
def _a_place() -> Iterator[None]:
    if not _previewing.acquire(blocking=False):
        raise Unavailable("Other pages are being fetched just now: try again in a moment")
    try:
        yield
    finally:
        _previewing.release()


def preview(*, fields: dict[str, Any], file: File | None, actor: User) -> Ingested:
    """What `take` would read of the same input; nothing is kept.

    An address is fetched while the caller waits, so never inside a
    transaction; at most PREVIEWS_AT_ONCE in one process, else Unavailable.
    """
    require(actor.roles, Right.SUBMIT_ARTICLE)
    if _is_address_alone(fields, file):
        return _fetched_now(fields["url"])
    submission = files.submission_from(fields, file)
    text = intake.clean_text(submission.text)
    return Ingested(
        text=text,
        title=submission.title or None,
        author=submission.author or None,
        published_at=submission.published_at,
        language=submission.language or detect_language(text),
        format=submission.format,
        warnings=submission.warnings,
        outlet=submission.outlet or None,
        url=submission.url or None,
    )


def _fetched_now(url: str) -> Ingested:
    try:
        with _a_place():
            return read(fetch(addresses.clean(url, pointer="/url"), headers=ACCEPT, limits=PREVIEW_LIMITS))
    except FetchError as error:
        raise Invalid.at("/url", error.code, error.detail) from None
    except IngestError as error:
        raise intake.refusal_of(error, "/url") from None
