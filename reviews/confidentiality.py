"""Reading which sources verdicts cite as confidential, and how many do."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reviews.models import Evidence, Source


def counted(rows: QuerySet[Source]) -> QuerySet[Source]:
    """The sources with `confidential_in`: the verdicts that cite each as confidential."""
    uses = Evidence.objects.filter(source=OuterRef("pk"), confidential=True).order_by().values("source")
    number = uses.annotate(verdicts=Count("verdict", distinct=True)).values("verdicts")
    return rows.annotate(confidential_in=Coalesce(Subquery(number, output_field=IntegerField()), 0))
