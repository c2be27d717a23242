"""Said versus true over REST."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors
from claims.api import serializers as shapes
from claims.api.claims import ClaimView
from claims.models import Claim
from claims.services import pairs


class ClaimPair(ClaimView):
    """Whether it was said, as a claim of its own."""

    @extend_schema(request=None, responses={201: shapes.ClaimOut})
    def post(self, request: Request, pk: int) -> Response:
        """Ask for it: the two are linked and reviewed apart."""
        made = pairs.ask_whether_said(claim=selectors.claim_for(self.actor, pk), actor=self.actor)
        row = selectors.standing(Claim.objects.filter(pk=made.pk)).get()
        return Response(selectors.claim_shown(row), status=201, headers={"Location": f"/api/v1/claims/{made.pk}"})
