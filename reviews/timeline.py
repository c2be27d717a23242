"""One timeline of an article: what was done to it, its claims and its reviews."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from claims.models import Article
from factcheck.audit.models import AuditEvent
from reviews.models import Review


def of_article(article_id: int) -> QuerySet[AuditEvent]:
    """Every action on the article and on the reviews of its claims."""
    reviews = Review.objects.filter(claim__article=article_id).annotate(name=Cast("pk", CharField())).values("name")
    own = Q(subject_type=Article._meta.label, subject_id=str(article_id))
    theirs = Q(subject_type=Review._meta.label, subject_id__in=reviews)
    return AuditEvent.objects.filter(own | theirs).select_related("actor")
