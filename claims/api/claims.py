"""Claims over REST."""

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import selectors
from claims.api import serializers as shapes
from claims.models import Claim
from claims.services import editing, triage
from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import etag, expected_version
from factcheck.api.views import DeskView, validated

ORDERS = {"newest": Order("newest", ("id",)), "score": Order("score", ("score", "id"))}
READ_WRITE: dict[str, str] = {"GET": "claims:read", "POST": "claims:write", "PATCH": "claims:write"}


class ClaimList(DeskView):
    """All claims one may see."""

    scopes: ClassVar = READ_WRITE
    query: ClassVar = shapes.ClaimQuery

    @extend_schema(responses=shapes.ClaimOut(many=True))
    def get(self, request: Request) -> Response:
        """Claims, newest or most check-worthy first."""
        rows = selectors.claims_for(self.actor)
        for name, lookup in (("triage", "triage"), ("claimant", "claimant"), ("q", "statement__icontains")):
            if name in self.params:
                rows = rows.filter(**{lookup: self.params[name]})
        order = ORDERS[self.params["order"]]
        found = page(selectors.rows(rows), order=order, limit=self.params["limit"], cursor=self.params.get("cursor"))
        return page_response(request, found, [selectors.row_shown(row) for row in found.rows])


class ClaimView(DeskView):
    """Base of the views of one claim."""

    scopes: ClassVar = READ_WRITE

    def answer(self, pk: int, status: int = 200) -> Response:
        """The claim as it is now."""
        claim = selectors.claim_for(self.actor, pk)
        return Response(selectors.claim_shown(claim), status=status, headers={"ETag": etag(claim.version)})


class ClaimDetail(ClaimView):
    """One claim."""

    conditional = ("PATCH",)

    @extend_schema(responses=shapes.ClaimOut)
    def get(self, request: Request, pk: int) -> Response:
        """The claim with its exact words."""
        return self.answer(pk)

    @extend_schema(request=shapes.ClaimFields, responses=shapes.ClaimOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change what is said of the claim; its words stay."""
        claim = selectors.claim_for(self.actor, pk)
        fields = validated(shapes.ClaimFields, request, partial=True)
        editing.edit(claim=claim, fields=fields, actor=self.actor, expected_version=expected_version(request))
        return self.answer(pk)


class _Step(ClaimView):
    """POST that does one triage step on one claim."""

    step: ClassVar[Callable[..., Claim]]

    @extend_schema(request=None, responses=shapes.ClaimOut)
    def post(self, request: Request, pk: int) -> Response:
        """Do the step."""
        type(self).step(claim=selectors.claim_for(self.actor, pk), actor=self.actor)
        return self.answer(pk)


class ClaimSelect(_Step):
    """Send a claim to review."""

    step = staticmethod(triage.select)


class ClaimUnselect(_Step):
    """Back to suggested."""

    step = staticmethod(triage.unselect)


class ClaimDismiss(ClaimView):
    """Dismiss with a reason."""

    @extend_schema(request=shapes.ReasonIn, responses=shapes.ClaimOut)
    def post(self, request: Request, pk: int) -> Response:
        """Not to be checked."""
        fields = validated(shapes.ReasonIn, request)
        triage.dismiss(claim=selectors.claim_for(self.actor, pk), reason=fields["reason"], actor=self.actor)
        return self.answer(pk)


class ClaimAdjust(ClaimView):
    """Other words for the same claim; also confirms or mends a place after a revision."""

    conditional = ("POST",)

    @extend_schema(request=shapes.AdjustIn, responses=shapes.ClaimOut)
    def post(self, request: Request, pk: int) -> Response:
        """Move the claim to other words of the newest revision."""
        claim = selectors.claim_for(self.actor, pk)
        span = editing.Span(**validated(shapes.AdjustIn, request))
        editing.adjust(
            claim=claim,
            revision=selectors.latest_revision(claim.article),
            span=span,
            actor=self.actor,
            expected_version=expected_version(request),
        )
        return self.answer(pk)


class ClaimSplit(ClaimView):
    """Split into several."""

    conditional = ("POST",)

    @extend_schema(request=shapes.SplitIn, responses={201: shapes.ClaimOut(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        """Two or more claims in place of one."""
        claim = selectors.claim_for(self.actor, pk)
        fields = validated(shapes.SplitIn, request)
        spans = [editing.Span(**span) for span in fields["spans"]]
        parts = editing.split(
            claim=claim,
            revision=selectors.latest_revision(claim.article),
            spans=spans,
            actor=self.actor,
            expected_version=expected_version(request),
        )
        made = selectors.standing(Claim.objects.filter(pk__in=[part.pk for part in parts])).order_by("pk")
        data: dict[str, Any] = {"data": [selectors.claim_shown(part) for part in made]}
        return Response(data, status=201)


class ClaimMerge(ClaimView):
    """Merge claims that say the same."""

    @extend_schema(request=shapes.MergeIn, responses=shapes.ClaimOut)
    def post(self, request: Request) -> Response:
        """The others become duplicates of the root."""
        fields = validated(shapes.MergeIn, request)
        root = selectors.claim_for(self.actor, fields["root"])
        others = [selectors.claim_for(self.actor, pk) for pk in dict.fromkeys(fields["claims"])]
        triage.merge(root=root, others=others, actor=self.actor)
        return self.answer(root.pk)
