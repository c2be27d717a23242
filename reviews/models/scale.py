"""Rating scales, versioned: a change of a scale is a new version of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class RatingScale(models.Model):
    """One version of one scale; its ratings never change. The scale with a
    `default_since` is the one new verdicts are rated on.

    Its policy: `required_approvals` where it asks for more than the desk does,
    and `gate_rules`, codes of opt-in rules of the standards gate.
    """

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    default_since = models.DateTimeField(null=True, blank=True)
    required_approvals = models.PositiveSmallIntegerField(null=True, blank=True)
    gate_rules = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["slug", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "version"], name="scales_are_versioned_by_slug"),
            models.UniqueConstraint(
                models.Case(models.When(default_since__isnull=False, then=models.Value(1))),
                name="one_scale_is_the_default",
            ),
            models.CheckConstraint(
                condition=Q(required_approvals__isnull=True) | Q(required_approvals__range=(1, 20)),
                name="a_scale_asks_for_1_to_20_approvals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Rating(models.Model):
    """One word of a scale. `number` orders it; a rating without one stands
    outside the order (Unproven, Satire). `position` is the place on screens."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField(max_length=60)
    label = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    meaning = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["scale", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scale", "slug"], name="a_rating_has_its_own_slug"),
            models.UniqueConstraint(fields=["scale", "label"], name="a_rating_has_its_own_label"),
            models.UniqueConstraint(fields=["scale", "number"], name="no_two_ratings_share_a_number"),
            models.UniqueConstraint(fields=["scale", "position"], name="no_two_ratings_share_a_place"),
            models.CheckConstraint(condition=~Q(label="") & ~Q(slug=""), name="a_rating_has_a_label"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="an_ordered_rating_has_a_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.label
