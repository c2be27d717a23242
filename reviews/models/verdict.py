"""Drafts, verdicts and what they stand on; approvals of them.

`contributed` is the definition of a contributor, in SQL: whoever has a
contributor row or a verdict in a round since the last publication. Triggers
hold approvals and publications to it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck import canonical
from factcheck.immutable import Guard, append_only, guarded
from reviews.enums import Decision, Stance
from reviews.models.contact import ERASED
from reviews.models.review import Review
from reviews.models.scale import Rating
from reviews.models.source import MAX_URL, Source

SELF_APPROVAL = "reviews_approval: the approver contributed to this text"
NOT_CURRENT = "reviews_approval: this verdict is not up for approval"
NOT_ERASABLE = "reviews_evidence: history vouches for these words themselves"
WORDS = ("salt", "url", "title", "publisher", "excerpt", "locator", "independence_group")
"""The columns of Evidence that can be erased: a salt, and what tells the source."""


_LAST_PUBLISHED = (
    'COALESCE((SELECT MAX(p."round") FROM reviews_verdict p JOIN reviews_reportversion n ON n.verdict_id = p.id '
    'WHERE p.review_id = v.review_id AND p."round" < v."round"), 0)'
)
_CONTRIBUTED = (
    "(EXISTS (SELECT 1 FROM reviews_contributor k WHERE k.review_id = v.review_id "
    'AND k."round" > PUBLISHED AND k."round" <= v."round" AND k.user_id = PERSON) '
    "OR EXISTS (SELECT 1 FROM reviews_verdict w WHERE w.review_id = v.review_id "
    'AND w."round" > PUBLISHED AND w."round" <= v."round" AND w.author_id = PERSON))'
).replace("PUBLISHED", _LAST_PUBLISHED)


def contributed(person: str) -> str:
    """SQL: whether `person`, a column, wrote for the text of verdict `v`, in its
    round or in an earlier one since the last publication."""
    return _CONTRIBUTED.replace("PERSON", person)


class VerdictDraft(models.Model):
    """One person's unfinished work on a review; `content` has the members of a
    submission, none of them required.

    `version` counts its texts and `page` names the page the last one was typed
    on; `set_aside` has the texts `{content, saved_at}` that were replaced.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=32, blank=True, default="")
    set_aside = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "author"], name="one_draft_per_person_and_review")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.author_id} on review {self.review_id}"


@append_only()
class Contributor(models.Model):
    """Somebody whose words may be in the text of a round; `what` says by what.
    Who submitted a verdict is a contributor by that verdict itself."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="contributors")
    round = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "round", "user"], name="a_contributor_is_named_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in round {self.round} of review {self.review_id}"


@append_only()
class Verdict(models.Model):
    """One submitted revision of the answer, for ever.

    `claim_snapshot` is canonical JSON of the claim as it was then, and
    `content_hash` covers everything that an approval stands for.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="verdicts")
    revision = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    headline = models.CharField(max_length=150, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    explanation = models.TextField()
    overrides = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    claim_version = models.PositiveIntegerField()
    claim_snapshot = models.TextField()
    content_hash = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "revision"], name="revisions_are_numbered_per_review"),
            models.CheckConstraint(condition=~Q(explanation=""), name="a_verdict_is_explained"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["review", "round", "author"], name="verdict_authors"),
            models.Index(fields=["author", "-id"], name="verdict_author"),
        ]

    def __str__(self) -> str:
        return f"Verdict {self.pk}, revision {self.revision} of review {self.review_id}"


@append_only(erasable=WORDS, stamp="erased_at")
@guarded(
    Guard(
        name="reviews_evidence_erased_under_a_digest",
        event="UPDATE",
        refuse_when="NEW.erased_at IS NOT NULL AND OLD.words_digest = ''",
        message=NOT_ERASABLE,
    )
)
class Evidence(models.Model):
    """The use of one source in one verdict, with its words as they were then.

    The words (`WORDS`) can be erased when the source has to be forgotten, so
    history and approvals know their salted digest alone.
    """

    digest_excludes = (*WORDS, "erased_at")

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses")
    url = models.CharField(max_length=MAX_URL, blank=True, default="")
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True, default="")
    stance = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stance])
    excerpt = models.TextField(blank=True, default="")
    locator = models.CharField(max_length=200, blank=True, default="")
    accessed_at = models.CharField(max_length=40, null=True, blank=True)
    primary = models.BooleanField(default=False)
    independence_group = models.CharField(max_length=255, blank=True, default="")
    confidential = models.BooleanField(default=False)
    confidential_reason = models.CharField(max_length=500, blank=True, default="")
    public_title = models.CharField(max_length=500, blank=True, default="")
    salt = models.CharField(max_length=32, blank=True, default="")
    words_digest = models.CharField(max_length=64, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "number"], name="evidence_is_numbered_per_verdict"),
            models.CheckConstraint(
                condition=Q(confidential=False) | (~Q(confidential_reason="") & ~Q(public_title="")),
                name="a_confidential_source_has_a_reason_and_a_public_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_shown}"

    @property
    def title_shown(self) -> str:
        """Its title, or that it was erased."""
        return ERASED if self.erased_at is not None else self.title

    @property
    def is_genuine(self) -> bool:
        """Whether the words are those that the digest was made of, or all are gone;
        rows from before the digest are vouched for by history word for word."""
        if self.erased_at is not None:
            return not any(getattr(self, name) for name in WORDS)
        return not self.words_digest or self.digest_of_words() == self.words_digest

    def digest_of_words(self) -> str:
        """What stands for the words: a digest of salt and words."""
        return canonical.digest([getattr(self, name) for name in WORDS])


@append_only()
@guarded(
    Guard(
        name="reviews_approval_not_by_a_contributor",
        event="INSERT",
        refuse_when=(
            "EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.id = NEW.verdict_id AND CONTRIBUTED)".replace(
                "CONTRIBUTED", contributed("NEW.approver_id")
            )
        ),
        message=SELF_APPROVAL,
    ),
    Guard(
        name="reviews_approval_of_the_current_verdict",
        event="INSERT",
        refuse_when=(
            "NOT EXISTS (SELECT 1 FROM reviews_review r WHERE r.verdict_id = NEW.verdict_id "
            "AND r.status = 'in_approval')"
        ),
        message=NOT_CURRENT,
    ),
)
class Approval(models.Model):
    """One person's decision on one verdict revision."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16, choices=[(d.value, d.value) for d in Decision])
    comment = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "approver"], name="one_decision_per_person_and_verdict"),
            models.CheckConstraint(
                condition=Q(decision=Decision.APPROVE.value) | ~Q(comment=""),
                name="a_request_for_changes_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.approver_id}"
