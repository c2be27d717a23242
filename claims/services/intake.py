"""Intake: an article comes in, its text kept for ever as it came."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from claims import addresses
from claims.enums import ArticleStatus
from claims.models import Article, ArticleRevision, Outlet
from claims.pipeline.ingest import Ingested, IngestError, from_html
from claims.policies import Right, may, require
from factcheck import canonical, partial_dates
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, FieldError, Invalid, TooLarge
from factcheck.events.emitting import emit
from factcheck.jobs import outbox
from factcheck.rows import insert

EXTRACT = "claims.extract_article"
_CONTROL_SHARE = 0.01
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client says of an article. Dates keep their precision."""

    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    published_at: str | None = None
    language: str = ""
    external_id: str = ""
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a submission: a new article, a new revision, or neither."""

    article: Article
    revision: ArticleRevision
    created: bool
    revised: bool


def clean_text(text: str) -> str:
    """The text with CRLF as LF and nothing else changed; Invalid or TooLarge
    when it is empty, too large, or no text."""
    text = text.replace("\r\n", "\n")
    if not any(char.isalnum() for char in text):
        raise Invalid.at("/text", "text_empty", "The article has no text: send its words")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise Invalid.at("/text", "lone_surrogate", "The text holds half a surrogate pair") from None
    if size > settings.MAX_ARTICLE_BYTES:
        detail = f"The text has {size:,} bytes; the desk takes {settings.MAX_ARTICLE_BYTES:,} in one article"
        raise TooLarge(detail, errors=[FieldError("/text", "text_too_large", detail)])
    if "\0" in text:
        raise Invalid.at("/text", "nul_character", "The text holds a NUL character")
    controls = len(_CONTROLS.findall(text))
    if controls > max(8, len(text) * _CONTROL_SHARE):
        raise Invalid.at("/text", "binary_text", f"This is no text: {controls:,} control characters (a binary file?)")
    return text


def _clean(submission: Submission, *, at: datetime) -> Submission:
    return replace(
        submission,
        text=clean_text(submission.text),
        title=submission.title.strip(),
        outlet=submission.outlet.strip(),
        author=submission.author.strip(),
        url=addresses.clean(submission.url, pointer="/url") if submission.url else "",
        published_at=partial_dates.clean(submission.published_at, pointer="/published_at", today=at.date()),
    )


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name, made when it is new; None for no name."""
    if not name:
        return None
    return Outlet.objects.get_or_create(name=name)[0]


def _add_revision(article: Article, number: int, submission: Submission, actor: User, at: datetime) -> ArticleRevision:
    revision = ArticleRevision(
        article=article,
        number=number,
        text=submission.text,
        sha256=canonical.sha256(submission.text),
        format=submission.format,
        submitted_by=actor,
        created_at=at,
    )
    insert(revision)
    return revision


def _create(submission: Submission, actor: User, at: datetime) -> Received:
    article = Article(
        outlet=outlet_named(submission.outlet),
        url=submission.url,
        canonical_url=addresses.canonical(submission.url) if submission.url else None,
        title=submission.title,
        author=submission.author,
        published_at=submission.published_at,
        language=submission.language,
        external_id=submission.external_id,
        submitted_by=actor,
        created_at=at,
        version=1,
        status=ArticleStatus.RECEIVED.value,
    )
    insert(article)
    revision = _add_revision(article, 1, submission, actor, at)
    history.record(
        subject=article,
        action="article.received",
        actor=actor,
        data={"sha256": revision.sha256, "url": submission.url, "format": submission.format},
        rows=[revision],
        is_first=True,
        at=at,
    )
    outbox.enqueue(EXTRACT, article.pk, created_by=actor.pk, at=at)
    return Received(article, revision, created=True, revised=False)


def _revise(article: Article, submission: Submission, actor: User, at: datetime) -> Received:
    latest = article.revisions.order_by("-number")[:1].get()
    if latest.sha256 == canonical.sha256(submission.text):
        return Received(article, latest, created=False, revised=False)
    revision = _add_revision(article, latest.number + 1, submission, actor, at)
    article.version += 1
    article.status = ArticleStatus.RECEIVED.value
    article.save(update_fields=["version", "status"])
    history.record(
        subject=article,
        action="article.revised",
        actor=actor,
        data={"revision": revision.number, "sha256": revision.sha256},
        rows=[revision],
        at=at,
    )
    emit("article.revised", article, {"article": article.pk, "revision": revision.number}, at=at)
    outbox.enqueue(EXTRACT, article.pk, created_by=actor.pk, at=at)
    return Received(article, revision, created=False, revised=True)


def _refuse_anothers(article: Article, actor: User) -> None:
    """A submitter neither reads nor revises what somebody else submitted."""
    if article.submitted_by_id != actor.pk and not may(actor.roles, Right.READ_DESK):
        detail = "An article with this address is on the desk already; an editor can add your text to it"
        raise Conflict(detail, errors=[FieldError("/url", "url_taken", detail)], code="url_taken")


def _once_more(act: Callable[[], Received]) -> Received:
    """Another request made the same address or outlet in the same moment:
    now it is there, and the second try finds it."""
    try:
        return act()
    except IntegrityError:
        return act()


def submit(*, submission: Submission, actor: User) -> Received:
    """Take an article. The same canonical address with the same text is the
    same article; with another text, a new revision of it."""
    require(actor.roles, Right.SUBMIT_ARTICLE)
    at = db_now()
    cleaned = _clean(submission, at=at)

    def act() -> Received:
        with transaction.atomic():
            if cleaned.url:
                known = (
                    Article.objects.select_for_update(of=("self",))
                    .filter(canonical_url=addresses.canonical(cleaned.url), withdrawn_at__isnull=True)
                    .first()
                )
                if known is not None:
                    _refuse_anothers(known, actor)
                    return _revise(known, cleaned, actor, at)
            return _create(cleaned, actor, at)

    return _once_more(act)


def add_revision(*, article: Article, text: str, actor: User) -> Received:
    """Another text of an article that is already here."""
    require(actor.roles, Right.SUBMIT_ARTICLE)
    at = db_now()
    cleaned = clean_text(text)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if locked.withdrawn_at is not None:
            raise Conflict("The article is withdrawn", code="article_withdrawn")
        return _revise(locked, Submission(text=cleaned), actor, at)


def submission_from(fields: dict[str, str | None]) -> Submission:
    """A Submission from validated input: `text` as it is, or `html` read."""
    if fields.get("text") is None and fields.get("html") is None:
        detail = "Send the article's text (or its html)"
        raise Invalid(detail, errors=[FieldError("/text", "required", detail)], code="text_missing")
    if fields.get("text") is not None and fields.get("html") is not None:
        raise Invalid.at("/html", "text_twice", "Send text or html, not both")
    known = {name: value for name, value in fields.items() if value is not None}
    html = known.pop("html", None)
    if html is None:
        return Submission(**known)
    read = read_html(html, known.get("url", ""))
    found = {
        "title": (read.title or "")[:500],
        "author": (read.author or "")[:200],
        "published_at": read.published_at,
        "language": read.language or "",
    }
    return Submission(**{**found, **known, "text": read.text, "format": "html"})


def read_html(html: str, url: str) -> Ingested:
    """The article in a page, or Invalid naming what is wrong with the page."""
    try:
        return from_html(html, url=url or None)
    except IngestError as error:
        raise Invalid.at("/html", error.code, error.detail) from None
