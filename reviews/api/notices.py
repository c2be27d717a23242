"""A person's notices over REST: their own only. Auditors read all in the admin."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.serializers import ListQuery, StrictSerializer, Whole
from factcheck.api.views import validated
from reviews import notices
from reviews.api.base import ReviewView
from reviews.api.shapes import Shape
from reviews.models import NoticeChoice
from reviews.services import notices as telling

NEWEST = Order("newest", ("id",))
MOST = 500


class NoticeQuery(ListQuery):
    """Which notices, newest first."""

    unread = serializers.BooleanField(default=False)


class NoticeOut(Shape):
    """One notice; `by` null is the desk itself."""

    id = serializers.IntegerField()
    type = serializers.CharField()
    review = serializers.IntegerField()
    by = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    claim = serializers.CharField()
    url = serializers.CharField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class ReadIn(StrictSerializer):
    """What was read: every notice up to one, or those named."""

    up_to = Whole(required=False, max_value=2**62)
    ids = serializers.ListField(child=Whole(max_value=2**62), required=False, max_length=MOST)


class ReadOut(Shape):
    """How many are newly read, and how many are left."""

    read = serializers.IntegerField()
    unread = serializers.IntegerField()


class ChoiceBody(StrictSerializer):
    """Whether notices come by mail too."""

    by_mail = serializers.BooleanField()


class NoticeList(ReviewView):
    """The actor's own notices."""

    query: ClassVar = NoticeQuery

    @extend_schema(responses=NoticeOut(many=True))
    def get(self, request: Request) -> Response:
        """Notices, newest first."""
        rows = notices.of(self.actor, unread=self.params["unread"])
        found = page(rows, order=NEWEST, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [notices.shown(row) for row in found.rows])


class NoticesRead(ReviewView):
    """Notices that the actor has read."""

    @extend_schema(request=ReadIn, responses=ReadOut)
    def post(self, request: Request) -> Response:
        """Note that they were read."""
        fields = validated(ReadIn, request)
        read = telling.mark_read(actor=self.actor, up_to=fields.get("up_to"), ids=fields.get("ids"))
        return Response({"read": read, "unread": notices.unread_count(self.actor)})


class NoticeChoiceDetail(ReviewView):
    """How the actor wants to be told."""

    @extend_schema(responses=ChoiceBody)
    def get(self, request: Request) -> Response:
        """The choice; without one, mail is on."""
        is_off = NoticeChoice.objects.filter(person=self.actor, by_mail=False).exists()
        return Response({"by_mail": not is_off})

    @extend_schema(request=ChoiceBody, responses=ChoiceBody)
    def put(self, request: Request) -> Response:
        """Switch mail on or off."""
        fields: dict[str, Any] = validated(ChoiceBody, request)
        choice = telling.choose(actor=self.actor, by_mail=fields["by_mail"])
        return Response({"by_mail": choice.by_mail})
