"""What colleagues say about a verdict: comments, and suggested wordings."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.immutable import append_only
from reviews.enums import CommentPlace, SuggestedPart
from reviews.models.review import Review
from reviews.models.verdict import Verdict


@append_only()
class Comment(models.Model):
    """One remark on a review, on a place of the verdict that was read then.

    `place` says where it belongs; `exact` quotes the words meant, and `source`
    is the number of the source in that verdict.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=12, choices=[(p.value, p.value) for p in CommentPlace])
    exact = models.TextField(blank=True, default="")
    source = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
            models.CheckConstraint(
                condition=Q(place=CommentPlace.SOURCE.value, source__isnull=False, verdict__isnull=False)
                | (~Q(place=CommentPlace.SOURCE.value) & Q(source__isnull=True)),
                name="a_comment_on_a_source_names_it",
            ),
            models.CheckConstraint(
                condition=Q(exact="") | Q(place=CommentPlace.EXPLANATION.value, verdict__isnull=False),
                name="a_comment_quotes_only_an_explanation",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} on review {self.review_id}"


@append_only()
class Suggestion(models.Model):
    """Another wording for one part of a verdict: `before` becomes `after`."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="suggestions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=[(p.value, p.value) for p in SuggestedPart])
    before = models.TextField()
    after = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(before="") & ~Q(before=models.F("after")), name="a_suggestion_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk} on verdict {self.verdict_id}"


@append_only()
class Acceptance(models.Model):
    """A suggestion was taken over into the text, once; `round` is that text's."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="acceptance")
    round = models.PositiveIntegerField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Acceptance of suggestion {self.suggestion_id}"
