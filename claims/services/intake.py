"""Intake: an article comes in, its text kept for ever as it came."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from claims import addresses
from claims.enums import ArticleStatus
from claims.models import Article, ArticleRevision, Outlet
from claims.pipeline.ingest import IngestError, check_text
from claims.policies import Right, may, require
from factcheck import canonical, partial_dates
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, DomainError, FieldError, Forbidden, Invalid, TooLarge
from factcheck.events.emitting import emit
from factcheck.jobs import outbox
from factcheck.rows import insert

EXTRACT = "claims.extract_article"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client says of an article. Dates keep their precision; `warnings`
    are sentences of whatever read its text."""

    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    published_at: str | None = None
    language: str = ""
    external_id: str = ""
    format: str = "text"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a submission: a new article, a new revision, or neither.
    `revision` is None as long as the article's text is still being fetched."""

    article: Article
    revision: ArticleRevision | None
    created: bool
    revised: bool


def refusal_of(error: IngestError, pointer: str) -> DomainError:
    """What a reader found wrong, as the refusal of the place it came from."""
    if error.code in {"text_too_large", "file_too_large"}:
        return TooLarge(error.detail, errors=[FieldError(pointer, error.code, error.detail)])
    return Invalid.at(pointer, error.code, error.detail)


def clean_text(text: str) -> str:
    """The text with CRLF as LF and nothing else changed; Invalid or TooLarge
    when it is empty, too large, or no text."""
    try:
        return check_text(text, settings.MAX_ARTICLE_BYTES)
    except IngestError as error:
        raise refusal_of(error, "/text") from None


def clean_facts(submission: Submission, *, at: datetime) -> Submission:
    """The submission with everything but its text checked."""
    return replace(
        submission,
        title=submission.title.strip(),
        outlet=submission.outlet.strip(),
        author=submission.author.strip(),
        url=addresses.clean(submission.url, pointer="/url") if submission.url else "",
        published_at=partial_dates.clean(submission.published_at, pointer="/published_at", today=at.date()),
    )


def sure_date(told: str | None, *, at: datetime) -> str | None:
    """A date that a page or feed tells, or None when it cannot be one."""
    try:
        return partial_dates.clean(told, pointer="/published_at", today=at.date())
    except Invalid:
        return None


def require_submitter(actor: User) -> None:
    """Forbidden unless the account is in use and its roles may send articles.
    Feeds and bulk files go on by themselves, so they ask of everybody anew."""
    if not actor.is_active:
        raise Forbidden("The account that sends this is no longer active", code="account_inactive")
    require(actor.roles, Right.SUBMIT_ARTICLE)


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


def row_of(submission: Submission, actor: User, at: datetime) -> Article:
    """A new article's row, not yet written."""
    return Article(
        outlet=outlet_named(submission.outlet),
        url=submission.url,
        canonical_url=addresses.canonical(submission.url) if submission.url else None,
        title=submission.title,
        author=submission.author,
        published_at=submission.published_at,
        language=submission.language,
        external_id=submission.external_id,
        warnings=list(submission.warnings),
        submitted_by=actor,
        created_at=at,
        version=1,
        status=ArticleStatus.RECEIVED.value,
    )


def _create(submission: Submission, actor: User, at: datetime) -> Received:
    article = row_of(submission, actor, at)
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


def revise(article: Article, submission: Submission, actor: User, at: datetime) -> Received:
    """Another text of a locked article; nothing when it is the same text."""
    latest = article.revisions.order_by("-number").first()
    if latest is None:
        return _first_text(article, submission, actor, at)
    if latest.sha256 == canonical.sha256(submission.text):
        return Received(article, latest, created=False, revised=False)
    revision = _add_revision(article, latest.number + 1, submission, actor, at)
    article.version += 1
    article.status = ArticleStatus.RECEIVED.value
    article.warnings = list(submission.warnings)
    article.save(update_fields=["version", "status", "warnings"])
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


def _first_text(article: Article, submission: Submission, actor: User, at: datetime) -> Received:
    """The text of an article that was to be fetched: fetched, or sent by hand
    meanwhile. What was said of the article before stays."""
    revision = _add_revision(article, 1, submission, actor, at)
    for name in ("title", "author", "published_at", "language", "external_id"):
        if not getattr(article, name):
            setattr(article, name, getattr(submission, name))
    article.outlet = article.outlet or outlet_named(submission.outlet)
    article.version += 1
    article.status = ArticleStatus.RECEIVED.value
    article.fetch_state = article.fetch_error = ""
    article.warnings = list(submission.warnings)
    article.save()
    history.record(
        subject=article,
        action="article.received",
        actor=actor,
        data={"sha256": revision.sha256, "url": article.url, "format": submission.format},
        rows=[revision],
        at=at,
    )
    outbox.enqueue(EXTRACT, article.pk, created_by=actor.pk, at=at)
    return Received(article, revision, created=False, revised=True)


def known_by(url: str, actor: User) -> Article | None:
    """The article of that address, locked; Conflict when it is another's and
    the actor does not read the desk."""
    article = (
        Article.objects.select_for_update(of=("self",))
        .filter(canonical_url=addresses.canonical(url), withdrawn_at__isnull=True)
        .first()
    )
    if article is not None and article.submitted_by_id != actor.pk and not may(actor.roles, Right.READ_DESK):
        detail = "An article with this address is on the desk already; an editor can add your text to it"
        raise Conflict(detail, errors=[FieldError("/url", "url_taken", detail)], code="url_taken")
    return article


def once_more(act: Callable[[], Received]) -> Received:
    """Another request made the same address or outlet in the same moment:
    now it is there, and the second try finds it."""
    try:
        return act()
    except IntegrityError:
        return act()


def submit(*, submission: Submission, actor: User) -> Received:
    """Take an article. The same canonical address with the same text is the
    same article; with another text, a new revision of it."""
    require_submitter(actor)
    at = db_now()
    cleaned = clean_facts(replace(submission, text=clean_text(submission.text)), at=at)

    def act() -> Received:
        with transaction.atomic():
            known = known_by(cleaned.url, actor) if cleaned.url else None
            if known is not None:
                return revise(known, cleaned, actor, at)
            return _create(cleaned, actor, at)

    return once_more(act)


def add_revision(*, article: Article, text: str, actor: User) -> Received:
    """Another text of an article that is already here."""
    require(actor.roles, Right.SUBMIT_ARTICLE)
    at = db_now()
    cleaned = clean_text(text)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if locked.withdrawn_at is not None:
            raise Conflict("The article is withdrawn", code="article_withdrawn")
        return revise(locked, Submission(text=cleaned), actor, at)
