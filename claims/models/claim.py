"""Claimants, claims, and where claims stand in a text."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from claims.enums import ClaimantType, ClaimType, Hold, Kind, Placement, Speech, Triage
from claims.models.article import Article, ArticleRevision
from claims.models.run import ExtractionRun
from factcheck.immutable import Guard, append_only, guarded


class Claimant(models.Model):
    """The person or organisation that made a claim. `key` folds the name so
    that one claimant has one row."""

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=12, choices=[(t.value, t.value) for t in ClaimantType])
    key = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.CharField(max_length=300, blank=True, default="")
    same_as = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "type"], name="one_row_per_claimant_name_and_type")
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One checkable statement made in an article.

    `claimant` NULL is a visible abstention. `held_as` says that a review holds
    the claim: then changing it is refused. `anchor` is the current place.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    run = models.ForeignKey(ExtractionRun, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    anchor = models.ForeignKey("ClaimAnchor", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    statement = models.TextField()
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind], default=Kind.CONTENT.value)
    speech = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Speech])
    claim_type = models.CharField(max_length=12, choices=[(t.value, t.value) for t in ClaimType])
    venue = models.CharField(max_length=200, blank=True, default="")
    said_at = models.CharField(max_length=40, null=True, blank=True)
    score = models.FloatField(default=0.0)
    score_model = models.CharField(max_length=100, blank=True, default="")
    score_reasons = models.JSONField(default=list)
    attribution = models.JSONField(default=dict)
    facts = models.JSONField(default=list)
    triage = models.CharField(
        max_length=10, choices=[(t.value, t.value) for t in Triage], default=Triage.SUGGESTED.value
    )
    dismiss_reason = models.CharField(max_length=300, blank=True, default="")
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
    pair = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="paired_by")
    held_as = models.CharField(max_length=12, choices=[(h.value, h.value) for h in Hold], blank=True, default="")
    placement = models.CharField(
        max_length=18, choices=[(p.value, p.value) for p in Placement], default=Placement.PLACED.value
    )
    proposed_start = models.PositiveIntegerField(null=True, blank=True)
    proposed_end = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    touched_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(score__gte=0.0, score__lte=1.0), name="a_score_is_a_probability"),
            models.CheckConstraint(
                condition=(Q(triage=Triage.DUPLICATE.value) & Q(duplicate_of__isnull=False))
                | (~Q(triage=Triage.DUPLICATE.value) & Q(duplicate_of__isnull=True)),
                name="a_duplicate_names_its_root",
            ),
            models.CheckConstraint(
                condition=(Q(triage=Triage.DISMISSED.value) & ~Q(dismiss_reason=""))
                | (~Q(triage=Triage.DISMISSED.value) & Q(dismiss_reason="")),
                name="a_dismissal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    placement=Placement.NEEDS_CONFIRMATION.value,
                    proposed_start__isnull=False,
                    proposed_end__gt=F("proposed_start"),
                )
                | (~Q(placement=Placement.NEEDS_CONFIRMATION.value) & Q(proposed_start__isnull=True)),
                name="a_place_to_be_confirmed_is_named",
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="no_claim_duplicates_itself"),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(touched_at__isnull=True),
                name="no_touched_claim_is_superseded",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["article", "id"], name="claim_article"),
            models.Index(fields=["-score", "-id"], name="claim_score"),
            models.Index(fields=["triage", "-id"], name="claim_triage"),
            models.Index(fields=["claimant", "-id"], name="claim_claimant"),
        ]

    def __str__(self) -> str:
        return self.statement[:80]


@append_only()
@guarded(
    Guard(
        name="claims_claimanchor_quote_is_exact",
        event="INSERT",
        refuse_when=(
            "NOT EXISTS (SELECT 1 FROM claims_articlerevision r JOIN claims_claim c ON c.article_id = r.article_id "
            "WHERE r.id = NEW.revision_id AND c.id = NEW.claim_id "
            'AND substr(r.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.quote)'
        ),
        message="claims_claimanchor: the quote is not what the revision says there",
    )
)
class ClaimAnchor(models.Model):
    """Where a claim stands in a revision: half-open, in code points."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="anchors")
    revision = models.ForeignKey(ArticleRevision, on_delete=models.PROTECT, related_name="anchors")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True, default="")
    suffix = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="an_anchor_has_a_length"),
        ]
        indexes: ClassVar = [models.Index(fields=["revision", "start"], name="claimanchor_place")]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"
