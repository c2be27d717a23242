"""Reviews over REST: lists, taking, drafting, and every action."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.pages import Order, page, page_response
from factcheck.api.preconditions import PreconditionRequired, etag, expected_version
from factcheck.api.views import validated
from reviews import contacts, selectors
from reviews.api import serializers as given
from reviews.api import shapes
from reviews.api.base import ReviewView, person_named, seen_version
from reviews.enums import DropReason
from reviews.models import Review
from reviews.overrides import standing
from reviews.services import archiving, drafts, leases, queue, sources, verdicts
from reviews.services.queue import Nothing, QueueFilters
from reviews.submissions import submission_of

ORDERS = {
    "queue": Order("queue", ("queue_key", "id"), descending=False),
    "newest": Order("newest", ("id",)),
    "due": Order("due", ("due_at", "id"), descending=False),
}
HISTORY = Order("history", ("id",))
SEEN_DRAFT = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The ETag of your draft as last read, `"v7"`; only a first draft goes without.',
)


class ReviewList(ReviewView):
    """The desk's reviews."""

    query: ClassVar = given.ReviewQuery

    @extend_schema(responses=shapes.ReviewOut(many=True))
    def get(self, request: Request) -> Response:
        """Reviews in the queue's order, newest first, or by deadline."""
        rows = selectors.matching(self.params, reader=self.actor)
        if self.params["order"] == "due":
            rows = rows.filter(due_at__isnull=False)
        found = page(rows, order=ORDERS[self.params["order"]], limit=self.params["limit"], cursor=self.cursor)
        shown = [selectors.review_shown(row, roles=self.actor.roles) for row in found.rows]
        return page_response(request, found, shown)

    @property
    def cursor(self) -> str | None:
        """The page asked for."""
        return self.params.get("cursor")


class ReviewNext(ReviewView):
    """The next review for the actor."""

    @extend_schema(request=given.NextIn, responses=shapes.NextOut)
    def post(self, request: Request) -> Response:
        """Take the first free review, or hear why there is none."""
        filters = QueueFilters(**validated(given.NextIn, request).get("filters", {}))
        found = queue.take_next(actor=self.actor, filters=filters)
        if isinstance(found, Nothing):
            reason = {"leased": found.leased, "assigned": found.assigned, "filtered": found.filtered}
            return Response({"review": None, "empty_reason": reason})
        return self.answer(found.pk)


class ReviewDetail(ReviewView):
    """One review."""

    conditional = ("PATCH",)

    @extend_schema(responses=shapes.ReviewOut)
    def get(self, request: Request, pk: int) -> Response:
        """The review with its claim and lease."""
        review = self.shown(pk)
        return Response(review, headers={"ETag": etag(review["version"])})

    @extend_schema(request=given.ReviewPatch, responses=shapes.ReviewOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change priority, reach, deadline or assignee."""
        version = expected_version(request)
        changes = validated(given.ReviewPatch, request, partial=True)
        if "assignee" in changes:
            changes["assignee"] = person_named(changes["assignee"], "/assignee")
        queue.edit(review_id=pk, changes=changes, actor=self.actor, expected_version=version)
        return self.get(request, pk)


class ReviewLease(ReviewView):
    """Who works on a review."""

    @extend_schema(request=None, responses=shapes.ReviewAnswer)
    def put(self, request: Request, pk: int) -> Response:
        """Take the review, or renew one's lease."""
        leases.take(review_id=pk, actor=self.actor, expected_version=seen_version(request))
        return self.answer(pk)

    @extend_schema(responses=shapes.ReviewAnswer)
    def delete(self, request: Request, pk: int) -> Response:
        """Release it; the draft stays."""
        leases.release(review_id=pk, actor=self.actor, expected_version=seen_version(request))
        return self.answer(pk)


class ReviewTakeover(ReviewView):
    """Somebody else's lease."""

    @extend_schema(request=given.WhyIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Take the review over; both drafts stay."""
        reason = validated(given.WhyIn, request).get("reason") or ""
        leases.takeover(review_id=pk, actor=self.actor, reason=reason, expected_version=seen_version(request))
        return self.answer(pk)


class ReviewDraft(ReviewView):
    """The actor's own draft."""

    @extend_schema(responses=shapes.DraftOut)
    def get(self, request: Request, pk: int) -> Response:
        """The own draft, the checklist, and what others drafted."""
        selectors.review(pk)
        listed = list(selectors.drafts_of(pk))
        own = next((one for one in listed if one.author_id == self.actor.pk), None)
        others = [one for one in listed if one is not own]
        evidence = submission_of(own.content).evidence if own is not None else ()
        copies, secret = archiving.copies_of(evidence), sources.secrets_among(evidence)
        was_asked = contacts.was_claimant_asked(pk)
        shown = selectors.draft_shown(
            own, others, was_asked=was_asked, copies=copies, secret=secret, lifted=standing(pk)
        )
        return Response(shown, headers={"ETag": etag(own.version)} if own is not None else {})

    @extend_schema(request=given.DraftIn, responses=shapes.DraftOut, parameters=[SEEN_DRAFT])
    def put(self, request: Request, pk: int) -> Response:
        """Save it as it is; the review's version stays. If-Match names the draft's
        own version; only a first draft goes without."""
        base = seen_version(request)
        try:
            drafts.save(review_id=pk, content=validated(given.DraftIn, request), actor=self.actor, base=base)
        except drafts.DraftOutdated:
            if base is None:
                raise PreconditionRequired("Send If-Match with the ETag of your draft as you last read it") from None
            raise
        return self.get(request, pk)


class ReviewHistory(ReviewView):
    """Every action on a review."""

    query: ClassVar = given.HistoryQuery

    @extend_schema(responses=shapes.HistoryOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Newest first."""
        selectors.review(pk)
        found = page(
            selectors.history_of(pk), order=HISTORY, limit=self.params["limit"], cursor=self.params.get("cursor")
        )
        return page_response(request, found, [selectors.event_shown(event) for event in found.rows])


class _Step(ReviewView):
    """POST that does one action and answers with the review."""

    conditional = ("POST",)

    def done(self, review: Review) -> Response:
        """The answer after the action."""
        return self.answer(review.pk)

    def common(self, request: Request, pk: int) -> dict[str, Any]:
        """What every service takes."""
        return {"review_id": pk, "actor": self.actor, "expected_version": expected_version(request)}


class ReviewWithdraw(_Step):
    """The author takes a verdict back."""

    @extend_schema(request=given.WhyIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Withdraw the verdict and go on working."""
        reason = validated(given.WhyIn, request).get("reason") or ""
        return self.done(verdicts.withdraw(**self.common(request, pk), reason=reason))


class ReviewRevise(_Step):
    """An approved text is opened again."""

    @extend_schema(request=given.WhyIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Revise the verdict; its approvals no longer count."""
        reason = validated(given.WhyIn, request).get("reason") or ""
        return self.done(verdicts.revise(**self.common(request, pk), reason=reason))


class ReviewDrop(_Step):
    """A review is given up."""

    @extend_schema(request=given.DropIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Drop it with a reason."""
        fields = validated(given.DropIn, request)
        reason, note = DropReason(fields["reason"]), fields.get("note") or ""
        return self.done(queue.drop(**self.common(request, pk), reason=reason, note=note))


class ReviewReopen(_Step):
    """A dropped review comes back."""

    @extend_schema(request=None, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Queue it again."""
        return self.done(queue.reopen(**self.common(request, pk)))


class ReviewAssign(_Step):
    """Whose review it is."""

    @extend_schema(request=given.AssignIn, responses=shapes.ReviewAnswer)
    def post(self, request: Request, pk: int) -> Response:
        """Assign it to a person, or to nobody."""
        name = validated(given.AssignIn, request)["assignee"]
        return self.done(queue.assign(**self.common(request, pk), assignee=person_named(name, "/assignee")))
