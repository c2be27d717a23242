"""The baselines: as little as a framework can do for the same request.

They are written down here once and never slowed; docs/performance.md says
what each leaves out.
"""

import hashlib
import json
import secrets

from django.db import connection, transaction
from django.urls import path
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.models import Article, ArticleRevision, Claim
from factcheck.accounts.models import ApiToken
from factcheck.audit.models import AuditEvent
from factcheck.clock import db_now
from factcheck.jobs.models import Job


class BareInsert(APIView):
    """One insert, nothing else: no sign-in, no validation, no history."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """Insert and answer the id."""
        article = Article.objects.create(title=request.data["title"], submitted_by_id=request.data["user"])
        return Response({"id": article.pk}, status=201)


class SafeBareInsert(APIView):
    """Token look-up, article with text, audit row and job row in one transaction."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """The least that keeps an acknowledged article, its history and its job."""
        text = request.headers["Authorization"].split()[1]
        token = ApiToken.objects.select_related("user").get(digest=hashlib.sha256(text.encode()).hexdigest())
        words = request.data["text"]
        with transaction.atomic():
            now = db_now()
            article = Article.objects.create(title=request.data["title"], submitted_by=token.user)
            digest = hashlib.sha256(words.encode()).hexdigest()
            ArticleRevision.objects.create(
                article=article, number=1, text=words, sha256=digest, submitted_by=token.user, created_at=now
            )
            AuditEvent.objects.create(
                subject_type="bare", subject_id=str(article.pk), seq=1, action="x", at=now, body="{}", hash=digest
            )
            Job.objects.create(kind="bare.nothing", target=str(article.pk), next_run_at=now, state="done")
        return Response({"id": article.pk, "status": "received"}, status=201)


class BareList(APIView):
    """Fifty joined rows after a key, as dictionaries."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        """Rows by descending id below `after`."""
        after = int(request.query_params.get("after", 2**60))
        rows = (
            Claim.objects.filter(pk__lt=after)
            .order_by("-pk")
            .values("pk", "statement", "score", "triage", "claimant__name", "anchor__quote", "article__title")[:50]
        )
        return Response({"data": list(rows)})


def bare_take(holder: int) -> int:
    """SKIP LOCKED take of the first queued review plus one history row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_review SET lease_holder_id = %s, lease_expires_at = now() + interval '30 minutes', "
            "status = 'in_review', version = version + 1 WHERE id = (SELECT id FROM reviews_review "
            "WHERE status = 'queued' ORDER BY queue_key DESC, id DESC LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id",
            [holder],
        )
        taken: int = cursor.fetchone()[0]
        AuditEvent.objects.create(
            subject_type="bare-take",
            subject_id=f"{taken}:{secrets.token_hex(4)}",
            seq=1,
            action="x",
            at=db_now(),
            body=json.dumps({"id": taken}),
            hash="0" * 64,
        )
    return taken


urlpatterns = [
    path("bare/insert", BareInsert.as_view()),
    path("bare/safe", SafeBareInsert.as_view()),
    path("bare/list", BareList.as_view()),
]
