"""The one table of what may happen to a review, as data.

A pair (status, report status) is a *state*. `TRANSITIONS` says which action
leads from which states where; the roles are in `reviews.policies`; the guards
named here are checked by the services, which hold the rows. docs/workflow.md
is generated from this module. No database, no Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from factcheck.errors import Conflict
from reviews.enums import Action, ReportStatus, ReviewStatus

NONE = ReportStatus.NONE
LIVE = ReportStatus.LIVE
CORRECTING = ReportStatus.UNDER_CORRECTION

State = tuple[ReviewStatus, ReportStatus]

GUARDS: Mapping[str, str] = {
    "compare_and_swap": "one conditional UPDATE takes the row as it was read; it sets the lease",
    "holder": "the actor holds the lease",
    "lease_live": "the lease has not run out",
    "lease_expired": "nobody holds a live lease",
    "gate": "the standards gate passes, or a publisher has overridden the rule with a reason",
    "author": "the actor submitted the verdict",
    "not_contributor": "the actor has written nothing for the review since its last publication",
    "revision_current": "the decision names the verdict revision that is up for approval",
    "comment": "a comment says what to change",
    "conforms": "the report satisfies every ClaimReview rule",
    "typed_correction": "the correction has a type and a reason",
    "open_correction": "a correction of the published report is open",
    "reason": "a reason is given",
}
"""A guard refuses the action when it does not hold."""

OUTCOMES: Mapping[str, str] = {
    "quorum": "the approvals of this revision have reached the required number",
    "able": "the actor's roles let them work on reviews themselves",
}
"""An outcome never refuses; it decides between `target` and `otherwise`."""

EFFECTS: Mapping[str, str] = {
    "lease_set": "the actor holds the lease from now on",
    "lease_passed": "the former holder's lease ends; the actor holds it from now on, if able, else nobody",
    "drafts_kept": "the drafts of both people stay",
    "approvals_void": "approvals given so far no longer count",
    "version_added": "a new report version is frozen",
    "notice_kept": "a public notice stays at the report's address",
}
"""What a service must also do in the same transaction."""

STATES: Mapping[ReviewStatus, tuple[ReportStatus, ...]] = {
    ReviewStatus.QUEUED: (NONE, CORRECTING),
    ReviewStatus.IN_REVIEW: (NONE, CORRECTING),
    ReviewStatus.IN_APPROVAL: (NONE, CORRECTING),
    ReviewStatus.APPROVED: (NONE, CORRECTING),
    ReviewStatus.PUBLISHED: (LIVE,),
    ReviewStatus.RETRACTED: (ReportStatus.RETRACTED,),
    ReviewStatus.DROPPED: (NONE,),
}
"""The states a review can be in; in any other pair nothing is possible."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    `target` and `report_target` None: that half of the state stays as it is.
    With an `outcome`, `target` is reached when it is met, else `otherwise`.
    """

    sources: tuple[ReviewStatus, ...]
    action: Action
    target: ReviewStatus | None
    guards: tuple[str, ...] = ()
    report_sources: tuple[ReportStatus, ...] = (NONE, CORRECTING)
    report_target: ReportStatus | None = None
    outcome: str | None = None
    otherwise: ReviewStatus | None = None
    effects: tuple[str, ...] = ()

    def starts_from(self, status: ReviewStatus, report_status: ReportStatus) -> bool:
        """Whether this row applies in that state."""
        return status in self.sources and report_status in self.report_sources and report_status in STATES[status]

    def leads_to(self, status: ReviewStatus, report_status: ReportStatus, *, met: bool = True) -> State:
        """The state after the action; `met` says whether the outcome is met."""
        target = self.target if met or self.outcome is None else self.otherwise
        return target or status, self.report_target or report_status


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        (ReviewStatus.QUEUED,),
        Action.TAKE,
        ReviewStatus.IN_REVIEW,
        guards=("compare_and_swap",),
        effects=("lease_set",),
    ),
    Transition(
        (ReviewStatus.IN_REVIEW,),
        Action.TAKE,
        ReviewStatus.IN_REVIEW,
        guards=("lease_expired", "compare_and_swap"),
        effects=("lease_set", "drafts_kept"),
    ),
    Transition((ReviewStatus.IN_REVIEW,), Action.RENEW, ReviewStatus.IN_REVIEW, guards=("holder",)),
    Transition((ReviewStatus.IN_REVIEW,), Action.RELEASE, ReviewStatus.QUEUED, guards=("holder",)),
    Transition(
        (ReviewStatus.IN_REVIEW,),
        Action.TAKEOVER,
        ReviewStatus.IN_REVIEW,
        outcome="able",
        otherwise=ReviewStatus.QUEUED,
        effects=("lease_passed", "drafts_kept"),
    ),
    Transition(
        (ReviewStatus.IN_REVIEW,),
        Action.SUBMIT,
        ReviewStatus.IN_APPROVAL,
        guards=("holder", "lease_live", "gate"),
    ),
    Transition((ReviewStatus.IN_APPROVAL,), Action.WITHDRAW, ReviewStatus.IN_REVIEW, guards=("author",)),
    Transition(
        (ReviewStatus.IN_APPROVAL,),
        Action.REQUEST_CHANGES,
        ReviewStatus.IN_REVIEW,
        guards=("comment", "not_contributor"),
    ),
    Transition(
        (ReviewStatus.IN_APPROVAL,),
        Action.APPROVE,
        ReviewStatus.APPROVED,
        guards=("not_contributor", "revision_current"),
        outcome="quorum",
        otherwise=ReviewStatus.IN_APPROVAL,
    ),
    Transition((ReviewStatus.APPROVED,), Action.REVISE, ReviewStatus.IN_REVIEW, effects=("approvals_void",)),
    Transition(
        (ReviewStatus.APPROVED,),
        Action.PUBLISH,
        ReviewStatus.PUBLISHED,
        guards=("conforms",),
        report_target=LIVE,
        effects=("version_added",),
    ),
    Transition(
        (ReviewStatus.PUBLISHED,),
        Action.CORRECT,
        ReviewStatus.IN_REVIEW,
        guards=("typed_correction",),
        report_sources=(LIVE,),
        report_target=CORRECTING,
    ),
    Transition(
        (ReviewStatus.IN_REVIEW, ReviewStatus.IN_APPROVAL, ReviewStatus.APPROVED),
        Action.ABANDON_CORRECTION,
        ReviewStatus.PUBLISHED,
        guards=("open_correction",),
        report_sources=(CORRECTING,),
        report_target=LIVE,
    ),
    Transition(
        tuple(ReviewStatus),
        Action.RETRACT,
        ReviewStatus.RETRACTED,
        guards=("reason",),
        report_sources=(LIVE, CORRECTING),
        report_target=ReportStatus.RETRACTED,
        effects=("notice_kept",),
    ),
    Transition(
        (ReviewStatus.QUEUED, ReviewStatus.IN_REVIEW, ReviewStatus.IN_APPROVAL, ReviewStatus.APPROVED),
        Action.DROP,
        ReviewStatus.DROPPED,
        guards=("reason",),
        report_sources=(NONE,),
    ),
    Transition((ReviewStatus.DROPPED,), Action.REOPEN, ReviewStatus.QUEUED, report_sources=(NONE,)),
    Transition(
        (
            ReviewStatus.QUEUED,
            ReviewStatus.IN_REVIEW,
            ReviewStatus.IN_APPROVAL,
            ReviewStatus.APPROVED,
            ReviewStatus.DROPPED,
        ),
        Action.ASSIGN,
        None,
    ),
)


class InvalidTransition(Conflict):
    """The action is not possible in this state; the text names what is."""

    code = "invalid_transition"
    title = "Not possible in this state"
    PARTICIPLES: ClassVar[Mapping[Action, str]] = {
        Action.TAKE: "taken",
        Action.RENEW: "renewed",
        Action.RELEASE: "released",
        Action.TAKEOVER: "taken over",
        Action.SUBMIT: "submitted",
        Action.WITHDRAW: "withdrawn",
        Action.REQUEST_CHANGES: "sent back for changes",
        Action.APPROVE: "approved",
        Action.REVISE: "revised",
        Action.PUBLISH: "published",
        Action.CORRECT: "corrected",
        Action.ABANDON_CORRECTION: "taken out of correction",
        Action.RETRACT: "retracted",
        Action.DROP: "dropped",
        Action.REOPEN: "reopened",
        Action.ASSIGN: "assigned",
    }

    def __init__(self, status: ReviewStatus, report_status: ReportStatus, action: Action) -> None:
        possible = allowed_actions(status, report_status)
        now = ", ".join(possible) if possible else "nothing"
        super().__init__(
            f"A review that is {describe(status, report_status)} cannot be {self.PARTICIPLES[action]}. "
            f"Possible now: {now}.",
            extra={
                "action": action.value,
                "review_status": status.value,
                "report_status": report_status.value,
                "allowed": [one.value for one in possible],
            },
        )


def describe(status: ReviewStatus, report_status: ReportStatus) -> str:
    """The state in words: `in_review (report under_correction)`."""
    return status.value if report_status is NONE else f"{status.value} (report {report_status.value})"


def find(status: ReviewStatus, report_status: ReportStatus, action: Action) -> Transition:
    """The row for `action` in this state, or InvalidTransition."""
    for transition in TRANSITIONS:
        if transition.action is action and transition.starts_from(status, report_status):
            return transition
    raise InvalidTransition(status, report_status, action)


def allowed_actions(status: ReviewStatus, report_status: ReportStatus) -> tuple[Action, ...]:
    """Every action with a row for this state, in order; guards not considered."""
    possible = {row.action for row in TRANSITIONS if row.starts_from(status, report_status)}
    return tuple(action for action in Action if action in possible)
