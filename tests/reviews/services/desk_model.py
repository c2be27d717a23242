"""One review as a picture of its own: what the rules say must happen.

Written from the description of the workflow and importing nothing of it, so
that the state machine test compares two independent accounts. Time is in
minutes. `do` answers whether the step is allowed and, if so, takes it.
"""

from dataclasses import dataclass, field

LEASE = 30
ABLE = {
    "take": {"checker"},
    "renew": {"checker"},
    "release": {"checker"},
    "draft": {"checker"},
    "submit": {"checker"},
    "withdraw": {"checker"},
    "revise": {"checker"},
    "edit_claim": {"checker"},
    "triage": {"checker"},
    "approve": {"approver"},
    "request_changes": {"approver"},
    "takeover": {"approver", "publisher"},
    "assign": {"approver", "publisher"},
    "drop": {"approver", "publisher"},
    "reopen": {"approver", "publisher"},
    "prioritise": {"approver", "publisher"},
    "comment": {"checker", "approver", "publisher"},
    "contact": {"checker"},
    "suggest": {"approver"},
    "accept": {"checker"},
    "override": {"publisher"},
    "publish": {"publisher"},
    "correct": {"publisher"},
    "abandon_correction": {"publisher"},
    "retract": {"publisher"},
}
PEOPLE = {
    "cara": {"checker"},
    "carl": {"checker"},
    "anna": {"approver"},
    "abel": {"approver"},
    "pia": {"publisher"},
    "olga": {"checker", "approver", "publisher"},
    "otto": {"checker", "approver", "publisher"},
    "audra": {"auditor"},
    "adam": {"administrator"},
    "sam": {"submitter"},
}
SUMMARY = "It was closed for 14 days."
"""The summary of every submitted verdict."""
OPEN = ("queued", "in_review", "in_approval", "approved")


@dataclass
class Text:
    """A submitted revision: who wrote it and who decided on it."""

    author: str
    rating: str
    claim_version: int
    revision: int
    approvers: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)


@dataclass
class Desk:
    """The review, its claim, and everything that history must tell."""

    required: int = 1
    now: int = 0
    status: str = "queued"
    report: str = "none"
    version: int = 1
    round: int = 1
    holder: str | None = None
    ends: int = 0
    text: Text | None = None
    public: Text | None = None
    correction: str | None = None
    assignee: str | None = None
    priority: int = 0
    revisions: int = 0
    report_versions: int = 0
    claim_version: int = 1
    is_selected: bool = True
    dropped_by_desk: bool = False
    contributors: set[str] = field(default_factory=set)
    drafts: dict[str, tuple[int, str]] = field(default_factory=dict)
    told_of: dict[str, bool] = field(default_factory=dict)
    """Of each draft saved since the newest verdict: whether it has an explanation."""
    suggested: list[str] = field(default_factory=list)
    """Whose suggestion is not taken over, the newest last; an accepted one is ""."""
    is_lifted: bool = False
    history: list[str] = field(default_factory=lambda: ["review.queued"])

    @property
    def is_leased(self) -> bool:
        return self.holder is not None and self.ends > self.now

    @property
    def is_claim_held(self) -> bool:
        if self.status == "in_review" or self.report == "live":
            return True
        return self.report == "under_correction" and self.status != "queued"

    def may(self, action: str, who: str) -> bool:
        return bool(ABLE[action] & PEOPLE[who])

    def allows(self, action: str, who: str, arg: str = "") -> bool:
        """Whether the rules let `who` do it now."""
        may = self.may(action, who) or (action == "release" and self.holder == who)
        return may and getattr(self, f"_can_{action}")(who, arg)

    def do(self, action: str, who: str, arg: str = "") -> bool:
        """Take the step if the rules allow it; whether they did."""
        if not self.allows(action, who, arg):
            return False
        getattr(self, f"_do_{action}")(who, arg)
        return True

    def _told(self, event: str, *, bumps: bool = True) -> None:
        self.history.append(f"review.{event}" if "." not in event else event)
        self.version += int(bumps)

    def _lease(self, who: str | None) -> None:
        self.holder, self.ends = who, self.now + LEASE

    # Taking and leaving

    def _can_take(self, who: str, arg: str) -> bool:
        free = not self.is_leased or self.holder == who
        return self.status in ("queued", "in_review") and free

    def _do_take(self, who: str, arg: str) -> None:
        if self.holder == who:
            self._do_renew(who, arg)
            return
        self.status = "in_review"
        self._lease(who)
        self._told("taken")

    def _can_renew(self, who: str, arg: str) -> bool:
        return self.status == "in_review" and self.holder == who

    def _do_renew(self, who: str, arg: str) -> None:
        if self.ends < self.now + LEASE:
            self._lease(who)
            self._told("renewed", bumps=False)

    _can_release = _can_renew

    def _do_release(self, who: str, arg: str) -> None:
        self.status, self.holder = "queued", None
        self._told("released")

    def _can_takeover(self, who: str, arg: str) -> bool:
        return self.status == "in_review"

    def _do_takeover(self, who: str, arg: str) -> None:
        if self.may("take", who):
            self._lease(who)
        else:
            self.status, self.holder = "queued", None
        self._told("taken_over")

    # Writing

    def _can_draft(self, who: str, arg: str) -> bool:
        return self.status in ("queued", "in_review")

    def _do_draft(self, who: str, arg: str) -> None:
        self._keep_draft(who, arg, explained=False)

    def _keep_draft(self, who: str, summary: str, *, explained: bool) -> None:
        self.drafts[who] = (self.round, summary)
        self.told_of[who] = explained
        self.contributors.add(who)
        if (self.round, who) not in self._drafted:
            self._drafted.add((self.round, who))
            self._told("drafted", bumps=False)

    _drafted: set[tuple[int, str]] = field(default_factory=set)

    def _can_submit(self, who: str, arg: str) -> bool:
        if self.status != "in_review" or self.holder != who or not self.is_leased:
            return False
        if self.correction is None:
            return True
        changed = self.public.rating != arg
        return changed == (self.correction == "rating_changed")

    def _do_submit(self, who: str, arg: str) -> None:
        self.revisions += 1
        self.status, self.holder = "in_approval", None
        self.text = Text(who, arg, self.claim_version, self.revisions)
        self.told_of = {}
        self.contributors.add(who)
        self._told("submitted")

    def _open_again(self, who: str, event: str) -> None:
        self.status, self.text = "in_review", None
        self._lease(who)
        self._told(event)

    def _can_withdraw(self, who: str, arg: str) -> bool:
        return self.status == "in_approval" and self.text.author == who

    def _do_withdraw(self, who: str, arg: str) -> None:
        self._open_again(who, "withdrawn")

    def _can_revise(self, who: str, arg: str) -> bool:
        return self.status == "approved"

    def _do_revise(self, who: str, arg: str) -> None:
        self._open_again(who, "revised")

    # Talking

    def _can_comment(self, who: str, arg: str) -> bool:
        return True

    def _do_comment(self, who: str, arg: str) -> None:
        self._told("commented", bumps=False)

    _can_contact = _can_comment

    def _do_contact(self, who: str, arg: str) -> None:
        self._told("contacted", bumps=False)

    def _can_override(self, who: str, arg: str) -> bool:
        return self.status in ("queued", "in_review") and not self.is_lifted

    def _do_override(self, who: str, arg: str) -> None:
        self.is_lifted = True
        self._told("rule_set_aside", bumps=False)

    def _can_suggest(self, who: str, arg: str) -> bool:
        return self.status == "in_approval" and self.text.author != who

    def _do_suggest(self, who: str, arg: str) -> None:
        self.suggested.append(who)
        self._told("suggested", bumps=False)

    def _goes_on(self, who: str) -> bool:
        """Whether that person's draft goes on from the newest verdict."""
        return who in self.told_of and self.drafts[who][0] == self.round

    def _can_accept(self, who: str, arg: str) -> bool:
        if not self.suggested or not self.suggested[-1]:
            return False
        if self.status == "in_approval":
            return self.text.author == who
        if self.status != "in_review" or self.holder != who or not self.is_leased:
            return False
        return self.told_of[who] if self._goes_on(who) else True

    def _do_accept(self, who: str, arg: str) -> None:
        summary = self.drafts[who][1] if self.status == "in_review" and self._goes_on(who) else SUMMARY
        if self.status == "in_approval":
            self._do_withdraw(who, arg)
        self._keep_draft(who, summary, explained=True)
        self.contributors.add(self.suggested[-1])
        self._drafted.add((self.round, self.suggested[-1]))
        self.suggested[-1] = ""
        self._told("suggestion_accepted", bumps=False)

    # Deciding

    def _can_request_changes(self, who: str, arg: str) -> bool:
        return self.status == "in_approval" and who not in self.contributors | self.text.decided

    def _do_request_changes(self, who: str, arg: str) -> None:
        self._open_again(self.text.author, "changes_requested")

    def _can_approve(self, who: str, arg: str) -> bool:
        return self._can_request_changes(who, arg) and self.text.claim_version == self.claim_version

    def _do_approve(self, who: str, arg: str) -> None:
        self.text.approvers.add(who)
        self.text.decided.add(who)
        if len(self.text.approvers) >= self.required:
            self.status = "approved"
        self._told("approved")

    # The public report

    def _can_publish(self, who: str, arg: str) -> bool:
        return self.status == "approved" and self.text.claim_version == self.claim_version

    def _do_publish(self, who: str, arg: str) -> None:
        self._told("report.corrected" if self.correction else "report.published")
        self.status, self.report, self.correction = "published", "live", None
        self.public = self.text
        self.is_lifted = False
        self.contributors = set()
        self.report_versions += 1

    def _can_correct(self, who: str, arg: str) -> bool:
        return self.status == "published"

    def _do_correct(self, who: str, arg: str) -> None:
        self.status, self.report, self.correction = "in_review", "under_correction", arg
        self.text = None
        self.round += 1
        self._lease(who if self.may("take", who) else None)
        self._told("correction_opened")

    def _can_abandon_correction(self, who: str, arg: str) -> bool:
        return self.report == "under_correction" and self.status in ("in_review", "in_approval", "approved")

    def _do_abandon_correction(self, who: str, arg: str) -> None:
        self.status, self.report, self.correction = "published", "live", None
        self.holder, self.text = None, self.public
        self._told("correction_abandoned")

    def _can_retract(self, who: str, arg: str) -> bool:
        return self.report in ("live", "under_correction")

    def _do_retract(self, who: str, arg: str) -> None:
        self.status = self.report = "retracted"
        self.holder, self.text, self.correction = None, self.public, None
        self.report_versions += 1
        self._told("report.retracted")

    # The queue

    def _can_drop(self, who: str, arg: str) -> bool:
        return self.status in OPEN and self.report == "none"

    def _do_drop(self, who: str, arg: str) -> None:
        self.status, self.holder, self.text = "dropped", None, None
        self.dropped_by_desk = who == ""
        self._told("dropped")

    def _can_reopen(self, who: str, arg: str) -> bool:
        return self.status == "dropped" and self.is_selected

    def _do_reopen(self, who: str, arg: str) -> None:
        self.status = "queued"
        self.round += 1
        self.dropped_by_desk = False
        self._told("reopened")

    def _can_assign(self, who: str, arg: str) -> bool:
        return self.status in (*OPEN, "dropped") and self.may("take", arg)

    def _do_assign(self, who: str, arg: str) -> None:
        self.assignee = arg
        self._told("assigned")

    def _can_prioritise(self, who: str, arg: str) -> bool:
        return True

    def _do_prioritise(self, who: str, arg: str) -> None:
        self.priority = int(arg)
        self._told("prioritised")

    # The claim

    def _can_edit_claim(self, who: str, arg: str) -> bool:
        return not self.is_claim_held

    def _do_edit_claim(self, who: str, arg: str) -> None:
        self.claim_version += 1

    _can_triage = _can_edit_claim

    def _do_triage(self, who: str, arg: str) -> None:
        self.is_selected = not self.is_selected
        self.claim_version += 1

    def job_runs(self) -> None:
        """The job that opens reviews: it follows the triage, and only its own drops."""
        if not self.is_selected and self.status == "queued" and self.report == "none":
            self._do_drop("", "")
        elif self.is_selected and self.status == "dropped" and self.dropped_by_desk:
            self._do_reopen("", "")
