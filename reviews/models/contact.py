"""Right of reply: attempts to reach a party, and what they answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.audit.models import PersonalDetail
from factcheck.immutable import append_only
from reviews.enums import Channel
from reviews.models.review import Review


@append_only()
class ContactAttempt(models.Model):
    """One question to one party. `party` is how the report names them; who
    exactly was asked, and where, is personal and stands apart in `person`."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="contacts")
    party = models.CharField(max_length=200)
    person = models.OneToOneField(PersonalDetail, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    question = models.TextField()
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(party="") & ~Q(question=""), name="an_attempt_names_party_and_question"
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gt=models.F("asked_at")),
                name="a_deadline_for_a_reply_lies_after_the_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Question to {self.party} for review {self.review_id}"


@append_only()
class ContactResponse(models.Model):
    """What a party answered, quoted."""

    attempt = models.ForeignKey(ContactAttempt, on_delete=models.PROTECT, related_name="responses")
    text = models.TextField()
    responded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="a_response_says_something")]

    def __str__(self) -> str:
        return f"Answer to question {self.attempt_id}"
