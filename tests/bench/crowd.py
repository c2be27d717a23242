"""Claims and reviews in great number, copied by the database from one of each."""

from django.db import connection

from claims.models import Claim
from reviews.models import Review
from tests import factories


def _copy(table: str, template: int, source: str, **changed: str) -> None:
    """INSERT INTO table SELECT template's columns, `changed` replaced, FROM source."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        columns = sorted(row[0] for row in cursor.fetchall() if row[0] != "id")
        values = [changed.get(column, f't."{column}"') for column in columns]
        names = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} t, {source} WHERE t.id = %s",
            [template],
        )


def grow(*, claims: int, reviews: int) -> None:
    """At least so many standing claims, and so many queued reviews of them.

    The triggers are off while the rows are copied: they would compare a
    million quotes with one text.
    """
    template = Claim.objects.filter(review__isnull=False).order_by("pk").first()
    if template is None:
        template = factories.opened()[0].claim
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        more = claims - Claim.objects.count()
        if more > 0:
            _copy("claims_claim", template.pk, f"generate_series(1, {more}) g", score="random()", anchor_id="NULL")
            cursor.execute("SELECT min(id) FROM claims_claim WHERE anchor_id IS NULL")
            first = cursor.fetchone()[0]
            _copy(
                "claims_claimanchor",
                template.anchor_id,
                f"(SELECT id AS cid FROM claims_claim WHERE id >= {first}) c",
                claim_id="c.cid",
            )
            cursor.execute(
                "UPDATE claims_claim c SET anchor_id = a.id FROM claims_claimanchor a "
                "WHERE a.claim_id = c.id AND c.anchor_id IS NULL"
            )
        more = reviews - Review.objects.filter(status="queued").count()
        if more > 0:
            source = (
                "(SELECT id AS cid FROM claims_claim c WHERE NOT EXISTS "
                f"(SELECT 1 FROM reviews_review r WHERE r.claim_id = c.id) LIMIT {more}) c"
            )
            review = Review.objects.filter(status="queued").order_by("pk").first() or factories.opened()[0]
            _copy("reviews_review", review.pk, source, claim_id="c.cid", queue_key="random() * 1000")
            cursor.execute(
                "INSERT INTO audit_audithead (subject_type, subject_id, seq, hash) SELECT 'reviews.Review', r.id, 1, "
                "repeat('0', 64) FROM reviews_review r WHERE NOT EXISTS (SELECT 1 FROM audit_audithead h "
                "WHERE h.subject_type = 'reviews.Review' AND h.subject_id = r.id::text)"
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
