"""Articles over REST."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors
from claims.api import serializers as shapes
from claims.api.uploads import SENT, submitted
from claims.models import Article
from claims.services import articles, editing, intake, pages
from factcheck.api.pages import Order, page, page_response
from factcheck.api.parsers import StrictJSONParser
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.serializers import ListQuery
from factcheck.api.views import DeskView, validated
from factcheck.errors import Invalid, NotFound

NEWEST = Order("newest", ("id",))
BY_NUMBER = Order("number", ("number",), descending=False)
BY_ORDINAL = Order("ordinal", ("ordinal",), descending=False)
BY_ID = Order("id", ("id",), descending=False)
READ_WRITE: dict[str, str] = {
    "GET": "articles:read",
    "POST": "articles:write",
    "PATCH": "articles:write",
    "DELETE": "articles:write",
}


def shown(article: Article) -> dict[str, Any]:
    """One article with its figures."""
    revision = selectors.latest_number(article)
    return selectors.article_shown(article, selectors.counts([article])[article.pk], revision)


class ArticleList(DeskView):
    """All articles one may see, and submitting one."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = shapes.ArticleQuery
    parser_classes = (StrictJSONParser, MultiPartParser)

    def read_query(self, request: Request) -> dict[str, Any]:
        """Only GET takes filters."""
        return super().read_query(request) if request.method == "GET" else {}

    @extend_schema(responses=shapes.ArticleOut(many=True))
    def get(self, request: Request) -> Response:
        """Articles, newest first."""
        rows = selectors.articles_for(self.actor)
        for name, lookup in (("status", "status"), ("outlet", "outlet__name"), ("external_id", "external_id")):
            if name in self.params:
                rows = rows.filter(**{lookup: self.params[name]})
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        figures = selectors.counts(found.rows)
        numbers = selectors.latest_numbers(found.rows)
        data = [selectors.article_shown(row, figures[row.pk], numbers.get(row.pk)) for row in found.rows]
        return page_response(request, found, data)

    @extend_schema(request=SENT, responses={201: shapes.ArticleOut, 200: shapes.ArticleOut})
    def post(self, request: Request) -> Response:
        """Submit an article; fetching and extraction go on by themselves."""
        fields, file = submitted(request)
        received = pages.take(fields=fields, file=file, actor=self.actor)
        article = received.article
        number = received.revision.number if received.revision else None
        body = selectors.article_shown(article, selectors.NO_FIGURES, number) if received.created else shown(article)
        location = reverse("article", args=[article.pk])
        headers = {"Location": location, "ETag": etag(article.version)}
        return Response(body, status=201 if received.created else 200, headers=headers)


class ArticleDetail(DeskView):
    """One article."""

    scopes: ClassVar = READ_WRITE
    conditional = ("PATCH",)

    @extend_schema(responses=shapes.ArticleOut)
    def get(self, request: Request, pk: int) -> Response:
        """State, figures and facts of the article."""
        article = selectors.article_for(self.actor, pk)
        return Response(shown(article), headers={"ETag": etag(article.version)})

    @extend_schema(request=shapes.ArticleFields, responses=shapes.ArticleOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change facts about the article; its text changes by a revision."""
        article = selectors.article_for(self.actor, pk)
        fields = validated(shapes.ArticleFields, request, partial=True)
        changed = articles.edit(
            article=article, fields=fields, actor=self.actor, expected_version=expected_version(request)
        )
        return Response(shown(changed), headers={"ETag": etag(changed.version)})

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> HttpResponse:
        """Withdraw: hidden, and kept. With If-Match only at that version."""
        version = expected_version(request) if "If-Match" in request.headers else None
        article = selectors.article_for(self.actor, pk)
        articles.withdraw(article=article, reason="", actor=self.actor, expected_version=version)
        return Response(status=204)


class RevisionList(DeskView):
    """The texts of an article."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.RevisionOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every text, oldest first."""
        article = selectors.article_for(self.actor, pk)
        found = page(
            article.revisions.all(), order=BY_NUMBER, limit=self.params["limit"], cursor=self.params.get("cursor")
        )
        return page_response(request, found, list(shapes.RevisionOut(found.rows, many=True).data))

    @extend_schema(request=shapes.RevisionIn, responses={201: shapes.ArticleOut, 200: shapes.ArticleOut})
    def post(self, request: Request, pk: int) -> Response:
        """Add a text; the same text again changes nothing."""
        article = selectors.article_for(self.actor, pk)
        fields = validated(shapes.RevisionIn, request)
        received = intake.add_revision(article=article, text=fields["text"], actor=self.actor)
        return Response(shown(received.article), status=201 if received.revised else 200)


class SentenceList(DeskView):
    """The ledger: every sentence and what became of it."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.SentenceOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The ledger of the newest revision, in order."""
        article = selectors.article_for(self.actor, pk)
        found = page(
            selectors.sentences_of(article),
            order=BY_ORDINAL,
            limit=self.params["limit"],
            cursor=self.params.get("cursor"),
        )
        data = [selectors.sentence_shown(sentence) for sentence in found.rows]
        return page_response(request, found, data)


class SentenceDetail(DeskView):
    """One sentence of the ledger."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(request=shapes.SentenceIn, responses=shapes.SentenceOut)
    def patch(self, request: Request, pk: int, ordinal: int) -> Response:
        """Say what the sentence is. One that somebody decided takes the
        `decided_at` you saw; another one by now answers 412."""
        article = selectors.article_for(self.actor, pk)
        sentence = selectors.sentences_of(article).filter(ordinal=min(ordinal, 2**31 - 1)).first()
        if sentence is None:
            raise NotFound(f"The article has no sentence {ordinal}")
        fields = validated(shapes.SentenceIn, request)
        seen_at = fields.pop("decided_at")
        changed = articles.dispose(article=article, sentence=sentence, actor=self.actor, seen_at=seen_at, **fields)
        return Response(selectors.sentence_shown(changed))


class ArticleClaims(DeskView):
    """The claims of an article, and adding one by hand."""

    scopes: ClassVar = {"GET": "claims:read", "POST": "claims:write"}
    query: ClassVar = ListQuery

    @extend_schema(responses=shapes.ClaimOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The claims, in the order they were found."""
        article = selectors.article_for(self.actor, pk)
        found = page(
            selectors.rows(selectors.standing(article.claims.all())),
            order=BY_ID,
            limit=self.params["limit"],
            cursor=self.params.get("cursor"),
        )
        return page_response(request, found, [selectors.row_shown(row) for row in found.rows])

    @extend_schema(request=shapes.ClaimIn, responses={201: shapes.ClaimOut})
    def post(self, request: Request, pk: int) -> Response:
        """Add a claim by its exact words."""
        article = selectors.article_for(self.actor, pk)
        fields = validated(shapes.ClaimIn, request)
        span = editing.Span(fields.pop("start"), fields.pop("end"), fields.pop("exact"))
        if span.end <= span.start:
            raise Invalid.at("/end", "span_empty", "The span ends before it starts")
        claim = editing.add(
            article=article,
            revision=selectors.latest_revision(article),
            span=span,
            fields=fields,
            actor=self.actor,
        )
        shown_claim = selectors.claim_shown(selectors.claim_for(self.actor, claim.pk))
        headers = {"Location": reverse("claim", args=[claim.pk]), "ETag": etag(claim.version)}
        return Response(shown_claim, status=201, headers=headers)
