"""The review page: the article, the claim, the verdict, and every action."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from claims.models import Claim
from claims.policies import Right
from claims.policies import may as may_with_claims
from factcheck.api.pages import Order, page
from factcheck.audit.models import AuditEvent
from factcheck.errors import NotFound
from reviews import gate, policies, selectors
from reviews.desk import highlights, offers, overrides, reading, remarks, replies, verdict_form, words, writing
from reviews.desk.actions import DOINGS, LEASING, Sent
from reviews.desk.fields import Refusal, typed_in
from reviews.desk.screen import Screen
from reviews.enums import BEFORE_VERDICT, STILL_OPEN, Action
from reviews.gate import CheckItem, Override
from reviews.models import Rating, Verdict
from reviews.overrides import standing
from reviews.policies import Permission
from reviews.services import archiving, drafts, sources
from reviews.submissions import submission_of

HISTORY = Order("history", ("id",))
SHOWN_EVENTS = 30
MAX_ROWS = 100


class Workspace(Screen):
    """One review. Every form of the page that is refused shows it again."""

    template = "desk/review.html"
    section = "queue"

    def back(self) -> str:
        """The page itself, also for the addresses its forms are sent to."""
        return reverse("desk:review", args=[self.kwargs["pk"]])

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        review = reading.workspace(self.kwargs["pk"], self.actor)
        lease = reading.lease_of(review, self.actor)
        listed = list(selectors.all_verdicts().filter(review=review.pk).order_by("-revision"))
        current = next((one for one in listed if one.pk == review.verdict_id), None)
        review.verdict = current
        may_assign = policies.may(self.actor.roles, Action.ASSIGN) and review.status in STILL_OPEN
        people = reading.people_who_check() if may_assign else []
        context = {
            "title": f"Review {review.pk}",
            "review": review,
            "claim": review.claim,
            "lease": lease,
            "status": words.STATUS[review.status],
            "report_status": words.REPORT_STATUS[review.report_status],
            "placement": words.PLACEMENT.get(review.claim.placement, ""),
            "speech": words.SPEECH.get(review.claim.speech, review.claim.speech),
            "score": words.hundredths(review.claim.score),
            "worth": words.hundredths(review.check_worthiness),
            "verdict": current,
            "earlier": [one for one in listed if one is not current],
            "quorum": selectors.quorum(current) if current else None,
            "stances": words.STANCE,
            "offers": offers.offers_of(review, self.actor, lease, people, refusal),
            "may_triage": may_with_claims(self.actor.roles, Right.TRIAGE),
            **self._article(review),
            **remarks.remarks_on(review, listed, self.actor, refusal),
            **overrides.overrides_on(review, self.actor, refusal),
            **replies.replies_to(review, self.actor, refusal),
            **self._history(review),
            **self._writing(review, lease, listed, refusal),
        }
        return self.shown(context, refusal)

    def _article(self, review: Any) -> dict[str, Any]:
        """The text with its claims, and the neighbours of this one."""
        anchor = review.claim.anchor
        if anchor is None:
            return {"text": "", "revision": None, "count": 0}
        revision = reading.text_of(anchor.revision_id)
        claims = list(reading.claims_in(revision.pk))
        marks = reading.marks_of(claims, current=review.claim_id)
        place = next((n for n, claim in enumerate(claims) if claim.pk == review.claim_id), 0)
        return {
            "revision": revision,
            "text": highlights.shown(revision.text, marks),
            "number": place + 1,
            "count": len(claims),
            "previous": _neighbour(claims[:place][::-1]),
            "next": _neighbour(claims[place + 1 :]),
        }

    def _history(self, review: Any) -> dict[str, Any]:
        found = page(
            selectors.history_of(review.pk),
            order=HISTORY,
            limit=SHOWN_EVENTS,
            cursor=self.request.GET.get("history"),
        )
        return {"history": [told_of(event) for event in found.rows], "older": found.next}

    def _writing(self, review: Any, lease: Any, listed: Sequence[Verdict], refusal: Refusal) -> dict[str, Any]:
        """The verdict form, for who may write; the drafts of others, to read."""
        is_open = review.status in BEFORE_VERDICT
        may_draft = policies.may(self.actor.roles, Permission.DRAFT)
        if not is_open:
            return {"is_open": False}
        kept = list(selectors.drafts_of(review.pk))
        own = next((one for one in kept if one.author_id == self.actor.pk), None)
        holds = lease is not None and lease.is_mine
        typed = typed_in(refusal, verdict_form.FORM)
        context: dict[str, Any] = {
            "is_open": True,
            "may_draft": may_draft,
            "own": own,
            "others": [writing.told_of(one) for one in kept if one is not own],
            "why_no_submit": "" if holds and lease.is_live else _why_no_submit(lease),
        }
        if may_draft and (holds or own is not None or typed is not None):
            content = verdict_form.content_of(typed) if typed is not None else writing.start(review, own, listed)
            context.update(self._form(review, content, refusal))
            context.update(writing.place_of(own, typed))
            context["earlier_words"] = writing.earlier_words(review, own, listed)
            context["outdated"] = refusal.code == drafts.DraftOutdated.code and writing.outdated(own)
        return context

    def _form(self, review: Any, content: dict[str, Any], refusal: Refusal) -> dict[str, Any]:
        ratings = list(selectors.ratings_in_force())
        items = checklist_of(content, ratings, was_asked=review.asked_claimant, set_aside=standing(review.pk))
        may_override = policies.may(self.actor.roles, Permission.OVERRIDE_GATE)
        open_items = tuple(
            item for item in items if may_override and item.findings and gate.RULES[item.code].overridable
        )
        asked = self.request.GET.get("rows", "")
        rows = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        reasoned = tuple(item for item in items if item.code in gate.REASONED)
        form = verdict_form.form_of(
            content, ratings, refusal, rows=min(rows, MAX_ROWS), overridable=open_items, reasoned=reasoned
        )
        return {"form": form, "checklist": items, "passed": sum(item.passed for item in items)}


def checklist_of(
    content: dict[str, Any], ratings: Sequence[Rating], *, was_asked: bool, set_aside: Sequence[Override] = ()
) -> tuple[CheckItem, ...]:
    """The standards gate over a draft's content; `was_asked`: a question to the
    claimant is on record; `set_aside`: rules that a publisher lifted for this review."""
    submission = submission_of(content)
    secret = sources.secrets_among(submission.evidence)
    submission = replace(submission, claimant_contacted=was_asked, secret=secret)
    policy = selectors.policy_over(ratings)
    if gate.OF_COPIES & policy.opt_in:
        submission = replace(submission, copies=archiving.copies_of(submission.evidence))
    return gate.checklist(submission.for_gate(), policy, (*submission.overrides, *set_aside))


def _why_no_submit(lease: Any) -> str:
    if lease is not None and lease.is_mine:
        return "Your lease has run out. Your draft is kept: renew the lease, then submit."
    if lease is not None and lease.is_live:
        return f"{lease.holder} has taken this review. Your draft is kept."
    return "Take the review first."


def _neighbour(claims: Sequence[Claim]) -> str:
    """The address of the first claim that has a review."""
    return next((reading.address_of(claim) for claim in claims if getattr(claim, "review", None) is not None), "")


def told_of(event: AuditEvent) -> dict[str, Any]:
    """One action of a history in words."""
    data = event.data
    said = [str(data[name]) for name in ("comment", "reason", "note") if data.get(name)]
    if event.action == "review.dropped":
        said[:1] = [words.DROP.get(data.get("reason", ""), data.get("reason", ""))]
    if event.action == "review.prioritised":
        said += [f"{name.removesuffix('_at')}: {value}" for name, value in data.get("after", {}).items()]
    if data.get("place") in words.ABOUT:
        said = [words.ABOUT[data["place"]].format(source=data.get("source")), *said]
    if data.get("exact"):
        said = [*said[:1], f"“{data['exact']}”", *said[1:]]
    return {
        "who": event.actor.username if event.actor else "The desk",
        "what": words.EVENT.get(event.action, words.plain(event.action.partition(".")[2])),
        "at": event.at,
        "said": said,
        "revision": data.get("revision"),
    }


class ActionSent(Workspace):
    """One action of the workflow as it is sent."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Do it, say so, and go back to where it was asked for."""
        doing = DOINGS.get(name)
        if doing is None:
            raise NotFound(f"There is no action {name[:40]!r}")
        sent = Sent(pk, self.actor, self.version(), request.POST)
        messages.success(request, doing.act(sent))
        for warning in sent.warnings:
            messages.warning(request, warning)
        to = request.POST.get("to", "")
        if to and url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/admin/"):
            return HttpResponseRedirect(to)
        if name in LEASING:
            return redirect(f"{self.back()}#lease")
        claim = f"#text-{request.POST['claim']}" if request.POST.get("claim", "").isdigit() else ""
        return redirect(f"{self.back()}{claim}")
