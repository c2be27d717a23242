"""The deadline policy and saved views over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.serializers import StrictSerializer, Text, Whole
from factcheck.api.views import DeskView, validated
from factcheck.errors import Invalid
from reviews import deadlines
from reviews.api.base import READ_WRITE, ReviewView
from reviews.api.shapes import Shape
from reviews.models import SavedView
from reviews.policies import Permission, may
from reviews.services import deadlines as policy
from reviews.services import views
from reviews.services.moves import permit


class DueRuleBody(StrictSerializer):
    """From this priority on, a review is due so many hours after it was opened."""

    least_priority = Whole(min_value=-100, max_value=100)
    hours = Whole(min_value=1, max_value=policy.MOST_HOURS)


class DuePolicyBody(StrictSerializer):
    """Every rule; of several that fit, the highest priority counts."""

    rules = DueRuleBody(many=True)


class ViewIn(StrictSerializer):
    """A name, and the query of the queue's address."""

    name = Text(max_length=200, allow_blank=True)
    query = Text(max_length=2000, allow_blank=True)


class ViewOut(Shape):
    """A saved view."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    query = serializers.CharField()
    url = serializers.CharField()
    made_by = serializers.CharField()


class ViewsOut(Shape):
    """Every saved view."""

    data = ViewOut(many=True)  # type: ignore[assignment] # a member, not DRF's own attribute


class DuePolicy(DeskView):
    """How soon reviews are due."""

    scopes: ClassVar = {"GET": "reviews:read", "PUT": "admin"}

    def _shown(self) -> Response:
        rules = deadlines.rules()
        return Response({"rules": [{"least_priority": p, "hours": rules[p]} for p in sorted(rules, reverse=True)]})

    @extend_schema(responses=DuePolicyBody)
    def get(self, request: Request) -> Response:
        """The rules in force."""
        if not may(self.actor.roles, Permission.MANAGE_SETTINGS):
            permit(self.actor, Permission.READ_DESK)
        return self._shown()

    @extend_schema(request=DuePolicyBody, responses=DuePolicyBody)
    def put(self, request: Request) -> Response:
        """Replace them."""
        given = [(one["least_priority"], one["hours"]) for one in validated(DuePolicyBody, request)["rules"]]
        if len(dict(given)) < len(given):
            raise Invalid.at("/rules", "rules_invalid", "Two rules begin at the same priority")
        policy.set_rules(rules=dict(given), actor=self.actor)
        return self._shown()


class ViewList(ReviewView):
    """Saved views of the queue."""

    @extend_schema(responses=ViewsOut)
    def get(self, request: Request) -> Response:
        """Every view, by name."""
        return Response({"data": [_view(one) for one in SavedView.objects.select_related("made_by")]})

    @extend_schema(request=ViewIn, responses={201: ViewOut})
    def post(self, request: Request) -> Response:
        """Save one."""
        made = views.save(**validated(ViewIn, request), actor=self.actor)
        return Response(_view(made), status=201, headers={"Location": f"/api/v1/views/{made.pk}"})


class ViewDetail(ReviewView):
    """One saved view."""

    scopes: ClassVar = READ_WRITE

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Forget it."""
        views.remove(view_id=pk, actor=self.actor)
        return Response(status=204)


def _view(one: SavedView) -> dict[str, Any]:
    address = f"/admin/queue/?{one.query}"
    return {"id": one.pk, "name": one.name, "query": one.query, "url": address, "made_by": one.made_by.username}
