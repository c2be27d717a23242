"""Right of reply over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.serializers import ListQuery, StrictSerializer, Text
from factcheck.api.views import validated
from reviews import contacts as reading
from reviews import selectors
from reviews.api.base import ReviewView
from reviews.api.serializers import Words, choices
from reviews.api.shapes import Shape
from reviews.enums import Channel
from reviews.services import contacts

NEWEST = Order("newest", ("id",))
MAX_WORDS = 10_000


class ContactIn(StrictSerializer):
    """A question; `party` is shown to the public, `person` never is."""

    party = Text(max_length=200, allow_blank=True)
    person = Words(max_length=500)
    channel = serializers.ChoiceField(choices=choices(Channel))
    is_claimant = serializers.BooleanField(default=False)
    question = Text(max_length=MAX_WORDS, allow_blank=True)
    asked_at = serializers.DateTimeField(required=False, allow_null=True)
    deadline = serializers.DateTimeField(required=False, allow_null=True)


class ResponseIn(StrictSerializer):
    """An answer in the party's words."""

    response = Text(max_length=MAX_WORDS, allow_blank=True)
    responded_at = serializers.DateTimeField(required=False, allow_null=True)


class ContactResponseOut(Shape):
    """An answer; `detail` is the number under which an administrator erases it."""

    id = serializers.IntegerField()
    detail = serializers.IntegerField(allow_null=True)
    response = serializers.CharField()
    responded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField()


class ContactDetailsOut(Shape):
    """Under which numbers an administrator erases what; null: there is nothing."""

    party = serializers.IntegerField(allow_null=True)
    person = serializers.IntegerField(allow_null=True)
    question = serializers.IntegerField(allow_null=True)


class ContactOut(Shape):
    """A question with its answers; `person` null: not given, or erased. Other
    words that were erased read `[erased]`."""

    id = serializers.IntegerField()
    party = serializers.CharField()
    person = serializers.CharField(allow_null=True)
    person_erased_at = serializers.DateTimeField(allow_null=True)
    is_claimant = serializers.BooleanField()
    channel = serializers.ChoiceField(choices=choices(Channel))
    question = serializers.CharField()
    asked_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField(allow_null=True)
    recorded_by = serializers.CharField()
    details = ContactDetailsOut()
    responses = ContactResponseOut(many=True)


class ReviewContacts(ReviewView):
    """Who was asked for a reply."""

    query: ClassVar = ListQuery
    shows_again: ClassVar = staticmethod(reading.contact_again)

    @extend_schema(responses=ContactOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every question with its answers, newest first."""
        selectors.review(pk)
        rows = reading.contacts_of(pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [reading.contact_shown(row) for row in found.rows])

    @extend_schema(request=ContactIn, responses={201: ContactOut})
    def post(self, request: Request, pk: int) -> Response:
        """Record a question; the desk is reminded at its deadline."""
        fields = validated(ContactIn, request)
        question = contacts.Question(
            party=fields["party"],
            channel=Channel(fields["channel"]),
            text=fields["question"],
            person=fields.get("person") or "",
            asked_at=fields.get("asked_at"),
            deadline=fields.get("deadline"),
            is_claimant=fields["is_claimant"],
        )
        made = contacts.ask(review_id=pk, question=question, actor=self.actor)
        return Response(reading.contact_shown(made), status=201)


class ContactResponses(ReviewView):
    """What a party answered."""

    shows_again: ClassVar = staticmethod(reading.response_again)

    @extend_schema(request=ResponseIn, responses={201: ContactResponseOut})
    def post(self, request: Request, pk: int) -> Response:
        """Record the answer, quoted."""
        fields = validated(ResponseIn, request)
        made = contacts.answer(
            contact_id=pk, text=fields["response"], responded_at=fields.get("responded_at"), actor=self.actor
        )
        return Response(reading.response_shown(made), status=201)
