"""Comments and suggestions over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import etag
from factcheck.api.serializers import ListQuery, StrictSerializer, Text, Whole
from factcheck.api.views import validated
from reviews import discussion, selectors
from reviews.api.base import ReviewView, seen_version
from reviews.api.serializers import Words, choices
from reviews.api.shapes import ReviewNamed, Shape
from reviews.enums import CommentPlace, SuggestedPart
from reviews.services import comments, suggestions

NEWEST = Order("newest", ("id",))
MAX_WORDS = 10_000


class CommentIn(StrictSerializer):
    """A comment; `exact` quotes the explanation, `source` numbers a source."""

    text = Text(max_length=MAX_WORDS, allow_blank=True)
    place = serializers.ChoiceField(choices=choices(CommentPlace), default=CommentPlace.REVIEW.value)
    exact = Words(max_length=MAX_WORDS)
    source = Whole(required=False, allow_null=True, min_value=1)  # type: ignore[assignment] # a member, not DRF's own attribute


class CommentOut(Shape):
    """A comment; `revision` is that of the verdict it was made on."""

    id = serializers.IntegerField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    revision = serializers.IntegerField(allow_null=True)
    place = serializers.ChoiceField(choices=choices(CommentPlace))
    exact = serializers.CharField(allow_null=True)
    source = serializers.IntegerField(allow_null=True)  # type: ignore[assignment] # a member, not DRF's own attribute
    text = serializers.CharField()


class SuggestionIn(StrictSerializer):
    """Other words for some that stand exactly once in a part of the verdict."""

    part = serializers.ChoiceField(choices=choices(SuggestedPart))
    before = Text(max_length=MAX_WORDS)
    after = Text(max_length=MAX_WORDS, allow_blank=True)
    reason = Words(max_length=500)


class AcceptedOut(Shape):
    """Who took a suggestion over, and when."""

    by = serializers.CharField()
    at = serializers.DateTimeField()


class SuggestionOut(Shape):
    """A suggestion and what became of it."""

    id = serializers.IntegerField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    verdict = serializers.IntegerField()
    revision = serializers.IntegerField()
    part = serializers.ChoiceField(choices=choices(SuggestedPart))
    before = serializers.CharField(trim_whitespace=False)
    after = serializers.CharField(trim_whitespace=False)
    reason = serializers.CharField(allow_null=True)
    accepted = AcceptedOut(allow_null=True)


class AcceptedAnswer(Shape):
    """The suggestion is in the draft now; the review as it stands."""

    suggestion = serializers.IntegerField()
    draft = serializers.DictField()
    review = ReviewNamed()


class ReviewComments(ReviewView):
    """What was said about a review."""

    query: ClassVar = ListQuery

    @extend_schema(responses=CommentOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every comment, newest first."""
        selectors.review(pk)
        rows = discussion.comments_of(pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [discussion.comment_shown(row) for row in found.rows])

    @extend_schema(request=CommentIn, responses={201: CommentOut})
    def post(self, request: Request, pk: int) -> Response:
        """Comment on the review; its version stays."""
        fields = validated(CommentIn, request)
        made = comments.add(
            review_id=pk,
            text=fields["text"],
            place=CommentPlace(fields["place"]),
            exact=fields.get("exact") or "",
            source=fields.get("source"),
            actor=self.actor,
        )
        return Response(discussion.comment_shown(made), status=201)


class ReviewSuggestions(ReviewView):
    """What was suggested for a review's verdicts."""

    query: ClassVar = ListQuery

    @extend_schema(responses=SuggestionOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every suggestion, newest first."""
        selectors.review(pk)
        rows = discussion.suggestions_of(pk)
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [discussion.suggestion_shown(row) for row in found.rows])


class VerdictSuggestions(ReviewView):
    """Another wording for a verdict that waits for approval."""

    @extend_schema(request=SuggestionIn, responses={201: SuggestionOut})
    def post(self, request: Request, pk: int) -> Response:
        """Suggest it; the author takes it over with one action."""
        fields = validated(SuggestionIn, request)
        made = suggestions.suggest(
            verdict_id=pk,
            part=SuggestedPart(fields["part"]),
            before=fields["before"],
            after=fields["after"],
            reason=fields.get("reason") or "",
            actor=self.actor,
        )
        return Response(discussion.suggestion_shown(made), status=201)


class SuggestionAccept(ReviewView):
    """The author's one action."""

    shows_again: ClassVar = staticmethod(discussion.accepted_again)
    answer_named_by: ClassVar = "suggestion"

    @extend_schema(request=None, responses=AcceptedAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Take the words over into the own draft; a waiting verdict is withdrawn."""
        done = suggestions.accept(suggestion_id=pk, actor=self.actor, expected_version=seen_version(request))
        answer = discussion.accepted_shown(pk, done.draft, done.review)
        return Response(answer, headers={"ETag": etag(done.review.version)})
