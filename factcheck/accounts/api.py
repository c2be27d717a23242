"""Who am I, over REST."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.accounts.models import ApiToken
from factcheck.api.views import DeskView


class MeOut(serializers.Serializer[dict[str, object]]):
    """The caller."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    scopes = serializers.ListField(child=serializers.CharField())


class Me(DeskView):
    """The signed-in account, its roles, and the token's scopes."""

    scopes: ClassVar = {}

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who the desk takes the caller for."""
        if not request.user.is_authenticated:
            self.permission_denied(request)
        scopes = request.auth.scopes if isinstance(request.auth, ApiToken) else ["all"]
        return Response(
            {
                "id": self.actor.pk,
                "username": self.actor.username,
                "roles": sorted(role.value for role in self.actor.roles),
                "scopes": scopes,
            }
        )
