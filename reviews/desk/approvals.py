"""The approvals page: every verdict that waits for another person's decision."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse

from factcheck.api.pages import Order, page
from reviews import policies, selectors
from reviews.desk import reading
from reviews.desk.fields import Refusal
from reviews.desk.offers import OWN_WORK
from reviews.desk.screen import Screen
from reviews.enums import Action

QUEUE = Order("queue", ("queue_key", "id"), descending=False)


class Approvals(Screen):
    """What waits for a decision, with the verdict's text and its context."""

    template = "desk/approvals.html"
    section = "approvals"
    LIMIT: ClassVar[int] = 20

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        waiting = reading.with_context(reading.for_decision(self.actor))
        found = page(waiting, order=QUEUE, limit=self.LIMIT, cursor=self.request.GET.get("cursor"))
        verdicts = {one.pk: one for one in _verdicts(found.rows)}
        may_decide = policies.may(self.actor.roles, Action.APPROVE)
        context = {
            "title": "Approvals",
            "rows": [self._row(row, verdicts[row.verdict_id], may_decide) for row in found.rows],
            "may_decide": may_decide,
            "next": f"?{urlencode({'cursor': found.next})}" if found.next else "",
            "prev": f"?{urlencode({'cursor': found.prev})}" if found.prev else "",
        }
        return self.shown(context, refusal)

    def _row(self, row: Any, verdict: Any, may_decide: bool) -> dict[str, Any]:
        row.verdict = verdict
        row.before, row.after = _whole_words(row.before or "", row.after or "")
        return {
            "review": row,
            "claim": row.claim,
            "verdict": verdict,
            "quorum": selectors.quorum(verdict),
            "correction": row.open_correction,
            "why_not": why_no_decision(row) if may_decide else "",
            "is_changed": verdict.claim_version != row.claim.version,
        }


def _whole_words(before: str, after: str) -> tuple[str, str]:
    """The context without the word that the cut went through."""
    if len(before) == reading.CONTEXT:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == reading.CONTEXT:
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def _verdicts(rows: list[Any]) -> QuerySet[Any]:
    return selectors.all_verdicts().filter(pk__in=[row.verdict_id for row in rows])


def why_no_decision(row: Any) -> str:
    """Why the reader cannot decide on this verdict; empty when they can."""
    if reading.is_contributor(row):
        return OWN_WORK
    return "You have decided on this verdict already." if row.decided else ""
