"""Reading claims: querysets, and dictionaries in the shapes of the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from claims.enums import RowState
from claims.models import Article, ArticleRevision, BulkFile, BulkFileRow, Claim, ExtractionRun, Feed, Sentence
from claims.policies import Right, may
from factcheck.accounts.models import User
from factcheck.errors import NotFound

MAX_ID = 2**62
CLAIM_JOINS = ("anchor", "anchor__revision", "claimant", "article", "article__outlet")
"""What `claim_shown` needs joined; the revision's text is left out by `standing`."""


def articles_for(user: User) -> QuerySet[Article]:
    """Articles the user may see: the whole desk's, or their own submissions."""
    articles = Article.objects.filter(withdrawn_at__isnull=True).select_related("outlet")
    return articles if may(user.roles, Right.READ_DESK) else articles.filter(submitted_by=user)


def article_for(user: User, pk: int) -> Article:
    """One visible article, or NotFound."""
    article = articles_for(user).filter(pk=pk).first() if pk < MAX_ID else None
    if article is None:
        raise NotFound(f"There is no article {pk} that you may see")
    return article


def newest_revision(article: Article) -> ArticleRevision | None:
    """The newest text; None as long as it is being fetched, or when that failed."""
    return article.revisions.order_by("-number").first()


def latest_revision(article: Article) -> ArticleRevision:
    """The newest text, or NotFound as long as there is none."""
    newest = newest_revision(article)
    if newest is None:
        raise NotFound("This article has no text yet")
    return newest


def current_run(article: Article) -> ExtractionRun | None:
    """The current run of the newest extracted revision."""
    runs = ExtractionRun.objects.filter(revision__article=article, superseded_at__isnull=True)
    return runs.select_related("revision").order_by("-revision__number").first()


def sentences_of(article: Article) -> QuerySet[Sentence]:
    """The ledger of the newest extracted revision, in order."""
    run = current_run(article)
    return Sentence.objects.filter(run=run).order_by("ordinal") if run else Sentence.objects.none()


def standing(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims not superseded, with the joins of `claim_shown`."""
    return (
        claims.filter(superseded_at__isnull=True, article__withdrawn_at__isnull=True)
        .select_related(*CLAIM_JOINS)
        .defer("anchor__revision__text")
    )


def claims_for(user: User) -> QuerySet[Claim]:
    """Claims the user may see."""
    claims = standing(Claim.objects.all())
    return claims if may(user.roles, Right.READ_DESK) else claims.filter(article__submitted_by=user)


def claim_for(user: User, pk: int) -> Claim:
    """One visible claim, or NotFound."""
    claim = claims_for(user).filter(pk=pk).first() if pk < MAX_ID else None
    if claim is None:
        raise NotFound(f"There is no claim {pk} that you may see")
    return claim


def counts(articles: Iterable[Article]) -> dict[int, dict[str, Any]]:
    """Sentences, claims, selected and coverage per article id; two statements."""
    ids = [article.pk for article in articles]
    shown: dict[int, dict[str, Any]] = {pk: {"sentences": 0, "claims": 0, "selected": 0, "coverage": 0.0} for pk in ids}
    ledger = (
        Sentence.objects.filter(run__revision__article__in=ids, run__superseded_at__isnull=True)
        .values("run__revision__article")
        .annotate(total=Count("pk"), decided=Count("pk", filter=~Q(disposition="unreviewed")))
    )
    for row in ledger:
        entry = shown[row["run__revision__article"]]
        entry["sentences"] = row["total"]
        entry["coverage"] = round(row["decided"] / row["total"], 4) if row["total"] else 0.0
    totals = (
        Claim.objects.filter(article__in=ids, superseded_at__isnull=True)
        .values("article")
        .annotate(total=Count("pk"), selected=Count("pk", filter=Q(triage="selected")))
    )
    for figures in totals:
        shown[figures["article"]]["claims"] = figures["total"]
        shown[figures["article"]]["selected"] = figures["selected"]
    return shown


def article_shown(article: Article, figures: Mapping[str, Any], revision: int | None = None) -> dict[str, Any]:
    """An article as the API shows it; `figures` as `counts` returns them."""
    return {
        "id": article.pk,
        "status": article.status,
        "version": article.version,
        "revision": revision,
        "title": article.title,
        "url": article.url or None,
        "outlet": article.outlet.name if article.outlet else None,
        "author": article.author or None,
        "published_at": article.published_at,
        "language": article.language or None,
        "external_id": article.external_id or None,
        "counts": {key: figures[key] for key in ("sentences", "claims", "selected")},
        "coverage": figures["coverage"],
        "fetch": fetch_shown(article),
        "warnings": article.warnings,
        "created_at": article.created_at,
    }


def fetch_shown(article: Article) -> dict[str, Any] | None:
    """How fetching the article's text went; None when nobody asked for that."""
    if not article.fetch_state:
        return None
    return {"state": article.fetch_state, "error": article.fetch_error or None, "at": article.fetched_at}


_ROW = (
    *("id", "article_id", "statement", "kind", "speech", "claim_type", "venue", "said_at", "score", "score_model"),
    *("score_reasons", "attribution", "facts", "triage", "dismiss_reason", "duplicate_of_id", "pair_id", "held_as"),
    *("placement", "proposed_start", "proposed_end", "version", "claimant_id", "claimant__name", "claimant__type"),
    *("anchor__start", "anchor__end", "anchor__quote", "anchor__prefix", "anchor__suffix", "anchor__revision__number"),
)
"""The columns of `row_shown`, as paths from a claim."""


def rows(claims: QuerySet[Claim]) -> QuerySet[Claim, dict[str, Any]]:
    """The claims as plain rows for `row_shown`: no model instances are built."""
    plain: QuerySet[Claim, dict[str, Any]] = claims.select_related(None).defer(None).values(*_ROW)
    return plain


def row_shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `rows` as the API shows a claim."""
    has_claimant, start = row["claimant_id"] is not None, row["proposed_start"]
    return {
        "id": row["id"],
        "article": row["article_id"],
        "revision": row["anchor__revision__number"],
        "start": row["anchor__start"],
        "end": row["anchor__end"],
        "quote": row["anchor__quote"],
        "prefix": row["anchor__prefix"],
        "suffix": row["anchor__suffix"],
        "statement": row["statement"],
        "claimant": (
            {"id": row["claimant_id"], "name": row["claimant__name"], "type": row["claimant__type"]}
            if has_claimant
            else None
        ),
        "kind": row["kind"],
        "speech": row["speech"],
        "claim_type": row["claim_type"],
        "venue": row["venue"] or None,
        "said_at": row["said_at"],
        "check_worthiness": {"score": row["score"], "model": row["score_model"], "reasons": row["score_reasons"]},
        "attribution": row["attribution"],
        "facts": row["facts"],
        "triage": row["triage"],
        "dismiss_reason": row["dismiss_reason"] or None,
        "duplicate_of": row["duplicate_of_id"],
        "pair": row["pair_id"],
        "held_as": row["held_as"] or None,
        "placement": row["placement"],
        "proposed": [start, row["proposed_end"]] if start is not None else None,
        "version": row["version"],
    }


def _along(claim: Claim, path: str) -> Any:
    value: Any = claim
    for name in path.split("__"):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def claim_shown(claim: Claim) -> dict[str, Any]:
    """A claim as the API shows it; needs CLAIM_JOINS."""
    return row_shown({path: _along(claim, path) for path in _ROW})


_PASSING = frozenset({"article", "held_as", "triage", "placement", "proposed", "dismiss_reason"})


_ALONG = "of_claim_"
_ARTICLE = (
    *("article__url", "article__title", "article__outlet__name", "article__author", "article__published_at"),
    *("article__created_at", "claimant__same_as"),
)


def snapshot_columns(claim: str) -> dict[str, Any]:
    """What `claim_snapshot` needs, to be read along with a row that has a claim
    at the path `claim`."""
    met = Claim.objects.filter(duplicate_of=OuterRef(claim), superseded_at__isnull=True)
    return {
        **{_ALONG + path: F(f"{claim}__{path}") for path in (*_ROW, *_ARTICLE)},
        _ALONG + "is_met": Exists(met),
    }


def claim_snapshot(read: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen picture of a claim for a verdict, from a row with its
    `snapshot_columns`: JSON-able, complete.

    `appearances` lists the articles of claims that were found to say the same.
    """
    row = {path: read[_ALONG + path] for path in (*_ROW, *_ARTICLE, "is_met")}
    claim_id = row["id"]
    shown = row_shown(row)
    if shown["claimant"] is not None:
        shown["claimant"]["same_as"] = row["claimant__same_as"]
    same = (
        Claim.objects.filter(duplicate_of=claim_id, superseded_at__isnull=True)
        .order_by("pk")
        .values(
            "id",
            url=F("article__url"),
            title=F("article__title"),
            outlet=F("article__outlet__name"),
            published_at=F("article__published_at"),
        )
    )
    return {
        **{key: value for key, value in shown.items() if key not in _PASSING},
        "article": {
            "id": row["article_id"],
            "url": row["article__url"] or None,
            "title": row["article__title"] or None,
            "outlet": row["article__outlet__name"],
            "author": row["article__author"] or None,
            "published_at": row["article__published_at"],
            "revision": shown["revision"],
            "submitted_at": row["article__created_at"].isoformat(),
        },
        "appearances": list(same) if row["is_met"] else [],
    }


NO_FIGURES: dict[str, Any] = {"sentences": 0, "claims": 0, "selected": 0, "coverage": 0.0}
"""The figures of an article that has just been taken in."""


def latest_numbers(articles: Iterable[Article]) -> dict[int, int]:
    """Number of the newest revision per article id; one statement."""
    rows = ArticleRevision.objects.filter(article__in=[a.pk for a in articles]).values("article")
    return {row["article"]: row["newest"] for row in rows.annotate(newest=Max("number")).order_by()}


def latest_number(article: Article) -> int | None:
    """Number of the newest revision."""
    return latest_numbers([article]).get(article.pk)


def sentence_shown(sentence: Sentence) -> dict[str, Any]:
    """A ledger entry as the API shows it."""
    return {
        "ordinal": sentence.ordinal,
        "start": sentence.start,
        "end": sentence.end,
        "disposition": sentence.disposition,
        "reason": sentence.reason or None,
        "decided_at": sentence.decided_at,
    }


def bulk_files_for(user: User) -> QuerySet[BulkFile]:
    """Bulk files the user may see: the whole desk's, or their own."""
    files = BulkFile.objects.select_related("submitted_by")
    return files if may(user.roles, Right.READ_DESK) else files.filter(submitted_by=user)


def bulk_file_for(user: User, pk: int) -> BulkFile:
    """One visible bulk file, or NotFound."""
    file = bulk_files_for(user).filter(pk=pk).first() if pk < MAX_ID else None
    if file is None:
        raise NotFound(f"There is no bulk file {pk} that you may see")
    return file


def rows_by_state(files: Iterable[BulkFile]) -> dict[int, dict[str, int]]:
    """How many rows are in each state, per bulk file id; one statement."""
    shown = {file.pk: {state.value: 0 for state in RowState} for file in files}
    rows = BulkFileRow.objects.filter(file__in=list(shown)).order_by().values_list("file", "state")
    for file, state, total in rows.annotate(total=Count("pk")):
        shown[file][state] = total
    return shown


def feeds_for(user: User) -> QuerySet[Feed]:
    """Every feed for those who read the desk; for others those they added."""
    feeds = Feed.objects.select_related("outlet", "added_by")
    return feeds if may(user.roles, Right.READ_DESK) else feeds.filter(added_by=user)


def feed_for(user: User, pk: int) -> Feed:
    """One visible feed, or NotFound."""
    feed = feeds_for(user).filter(pk=pk).first() if pk < MAX_ID else None
    if feed is None:
        raise NotFound(f"There is no feed {pk} that you may see")
    return feed
