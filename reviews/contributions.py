"""Whose words may be in a text: asked in one place by services and screens."""

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from factcheck.accounts.models import User
from reviews.models import Contributor, Review, Verdict


def contributed(person: User, *, review: str = "review", round: str = "round") -> Q:
    """Whether `person` wrote for the text of a row since its last publication.

    `review` and `round` are columns of the row. A reopening or an abandoned
    correction starts a round, but the words written before may be taken up
    again, so every round after the last published one counts. The trigger on
    Approval holds the same rule (`reviews.models.verdict.contributed`).
    """
    earlier = Verdict.objects.filter(
        review=OuterRef(OuterRef(review)), round__lt=OuterRef(OuterRef(round)), report_versions__isnull=False
    )
    published = Coalesce(Subquery(earlier.order_by("-round").values("round")[:1]), Value(0))
    text = {"review": OuterRef(review), "round__gt": published, "round__lte": OuterRef(round)}
    drafted = Contributor.objects.filter(**text, user=person)
    return Q(Exists(drafted)) | Q(Exists(Verdict.objects.filter(**text, author=person)))


def contributors(review: Review) -> set[int | None]:
    """Everybody of whom `contributed` is true for the text of a review as it is now."""
    published = Verdict.objects.filter(review=review, report_versions__isnull=False).order_by("-round")
    after = published.values_list("round", flat=True).first() or 0
    drafted = Contributor.objects.filter(review=review, round__gt=after).values_list("user", flat=True)
    return {*drafted, *Verdict.objects.filter(review=review, round__gt=after).values_list("author", flat=True)}
