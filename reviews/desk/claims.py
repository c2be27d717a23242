"""One claim: its facts, to be read and mended."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims import selectors
from claims.models import Claim
from claims.policies import Right
from claims.policies import may as may_with_claims
from claims.services import changes, pairs
from factcheck.errors import Conflict
from reviews.desk import claim_forms
from reviews.desk.fields import Refusal, typed_in
from reviews.desk.screen import Screen


class ClaimPage(Screen):
    """The facts of a claim as a form; why it cannot be changed, when it cannot."""

    template = "desk/claim.html"
    section = "articles"
    rights: ClassVar = (Right.TRIAGE,)

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        claim = selectors.claim_for(self.actor, self.kwargs["pk"])
        why_not = ""
        try:
            changes.refuse_when_held(claim)
        except Conflict as held:
            why_not = held.detail
        context = {
            "title": f"Claim {claim.pk}",
            "claim": claim,
            "fields": claim_forms.facts(claim, typed_in(refusal, claim_forms.FACTS), refusal),
            "why_not": why_not,
            "pairs": _pairs(claim),
            "may_triage": may_with_claims(self.actor.roles, Right.TRIAGE),
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Change what differs."""
        claim = selectors.claim_for(self.actor, pk)
        claim_forms.edit(claim, request.POST, self.actor, self.version())
        messages.success(request, "The claim is changed.")
        return redirect(f"{reverse('desk:article', args=[claim.article_id])}#claim-{pk}")


def _pairs(claim: Claim) -> list[Claim]:
    """The other half of a quotation, if it is a claim already."""
    return list(Claim.objects.filter(Q(pair=claim) | Q(paired_by=claim)).select_related("review").order_by("pk"))


class PairAsked(ClaimPage):
    """POST: whether it was said becomes a claim of its own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(reverse("desk:claim", args=[self.kwargs["pk"]]))

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Ask for it."""
        made = pairs.ask_whether_said(claim=selectors.claim_for(self.actor, pk), actor=self.actor)
        messages.success(request, "Whether it was said is a claim of its own now, selected for review.")
        return redirect(f"{reverse('desk:article', args=[made.article_id])}#claim-{made.pk}")
