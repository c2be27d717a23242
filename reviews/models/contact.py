"""Right of reply: attempts to reach a party, and what they answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.audit.models import PersonalDetail
from factcheck.immutable import append_only
from reviews.enums import Channel
from reviews.models.review import Review

ERASED = "[erased]"
"""What stands in place of words that were erased."""


def _kept_apart(name: str) -> "models.OneToOneField[PersonalDetail | None, PersonalDetail | None]":
    """A link to words that can be erased."""
    return models.OneToOneField(PersonalDetail, on_delete=models.PROTECT, null=True, blank=True, related_name=name)


def _words(detail: PersonalDetail | None, before: str) -> str:
    """The words kept apart, or those of a row from before they were."""
    if detail is None:
        return before
    return ERASED if detail.value is None else detail.value


@append_only()
class ContactAttempt(models.Model):
    """One question to one party: how the report names them, what was asked, and
    in `person` who exactly and where. All of it can be erased, so it stands
    apart; `party` and `question` are filled only in rows of before. `is_claimant`:
    the party is the claimant or speaks for them."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="contacts")
    party = models.CharField(max_length=200)
    party_detail = _kept_apart("party_of")
    person = models.OneToOneField(PersonalDetail, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_claimant = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    question = models.TextField()
    question_detail = _kept_apart("question_of")
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~Q(party="") | Q(party_detail__isnull=False))
                & (~Q(question="") | Q(question_detail__isnull=False)),
                name="an_attempt_names_party_and_question",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gt=models.F("asked_at")),
                name="a_deadline_for_a_reply_lies_after_the_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk} for review {self.review_id}"

    @property
    def party_shown(self) -> str:
        """How the report names them, or that it was erased."""
        return _words(self.party_detail, self.party)

    @property
    def question_shown(self) -> str:
        """What was asked, or that it was erased."""
        return _words(self.question_detail, self.question)


@append_only()
class ContactResponse(models.Model):
    """What a party answered, quoted; `text` is filled only in rows of before."""

    attempt = models.ForeignKey(ContactAttempt, on_delete=models.PROTECT, related_name="responses")
    text = models.TextField()
    text_detail = _kept_apart("answer_of")
    responded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(text_detail__isnull=False), name="a_response_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"Answer to question {self.attempt_id}"

    @property
    def text_shown(self) -> str:
        """What they answered, or that it was erased."""
        return _words(self.text_detail, self.text)
