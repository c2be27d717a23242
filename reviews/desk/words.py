"""The words the screens use for what the code names: one list, no synonyms."""

from collections.abc import Mapping

from reviews.enums import Action, CorrectionType, DropReason, ReportStatus, ReviewStatus, Stance

STATUS: Mapping[str, str] = {
    ReviewStatus.QUEUED: "Queued",
    ReviewStatus.IN_REVIEW: "In review",
    ReviewStatus.IN_APPROVAL: "In approval",
    ReviewStatus.APPROVED: "Approved",
    ReviewStatus.PUBLISHED: "Published",
    ReviewStatus.RETRACTED: "Retracted",
    ReviewStatus.DROPPED: "Dropped",
}
REPORT_STATUS: Mapping[str, str] = {
    ReportStatus.NONE: "No report",
    ReportStatus.LIVE: "Report live",
    ReportStatus.UNDER_CORRECTION: "Report under correction",
    ReportStatus.RETRACTED: "Report retracted",
}
STANCE: Mapping[str, str] = {
    Stance.SUPPORTS: "Supports the claim",
    Stance.REFUTES: "Refutes the claim",
    Stance.CONTEXT: "Gives context",
}
CORRECTION: Mapping[str, str] = {
    CorrectionType.RATING_CHANGED: "The rating changes",
    CorrectionType.RATING_UNCHANGED: "The text was wrong, the rating stays",
    CorrectionType.UPDATE: "News since then; nothing was wrong",
}
DROP: Mapping[str, str] = {
    DropReason.NOT_CHECKABLE: "It cannot be checked",
    DropReason.NO_EVIDENCE: "No evidence can be had",
    DropReason.OUT_OF_SCOPE: "Not for this desk",
    DropReason.ALREADY_CHECKED: "Checked before",
    DropReason.OVERTAKEN: "Overtaken by events",
    DropReason.NO_CAPACITY: "No time for it",
    DropReason.OTHER: "Another reason",
}
ACTION: Mapping[Action, str] = {
    Action.TAKE: "Take",
    Action.RENEW: "Renew",
    Action.RELEASE: "Release",
    Action.TAKEOVER: "Take over",
    Action.SUBMIT: "Submit for approval",
    Action.WITHDRAW: "Withdraw",
    Action.REQUEST_CHANGES: "Request changes",
    Action.APPROVE: "Approve",
    Action.REVISE: "Revise",
    Action.PUBLISH: "Publish",
    Action.CORRECT: "Open a correction",
    Action.ABANDON_CORRECTION: "Abandon the correction",
    Action.RETRACT: "Retract the report",
    Action.DROP: "Drop",
    Action.REOPEN: "Reopen",
    Action.ASSIGN: "Assign",
}
EVENT: Mapping[str, str] = {
    "review.queued": "put it into the queue",
    "review.taken": "took it",
    "review.renewed": "renewed the lease",
    "review.released": "released it",
    "review.taken_over": "took it over",
    "review.drafted": "started a draft",
    "review.submitted": "submitted a verdict",
    "review.withdrawn": "withdrew the verdict",
    "review.changes_requested": "requested changes",
    "review.approved": "approved the verdict",
    "review.revised": "opened the text again",
    "report.published": "published the report",
    "report.corrected": "published the correction",
    "review.correction_opened": "opened a correction",
    "review.correction_abandoned": "abandoned the correction",
    "report.retracted": "retracted the report",
    "review.dropped": "dropped it",
    "review.reopened": "reopened it",
    "review.commented": "commented",
    "review.suggested": "suggested other words",
    "review.suggestion_accepted": "accepted a suggestion",
    "review.source_erased": "erased what a source was",
    "source.added": "added it",
    "source.edited": "changed it",
    "source.made_confidential": "cited it as confidential",
    "source.released": "released it: it may be cited openly",
    "source.erased": "erased what it was",
    "source.copy_asked": "asked for a copy",
    "source.archived": "kept a copy",
    "source.link_broken": "noted that its link is broken",
    "source.link_restored": "noted that its link works again",
    "personal.erased": "erased words of its history",
    "review.rule_set_aside": "set a rule of the standards gate aside",
    "review.contacted": "asked for a reply",
    "review.replied": "noted a reply",
    "review.reply_overdue": "noted that no reply came in time",
    "review.assigned": "changed the assignee",
    "review.prioritised": "changed its place in the queue",
    "review.lease_expired": "noted that the lease had run out",
    "review.due_soon": "noted that the deadline is near",
    "review.overdue": "noted that the deadline has passed",
}
ABOUT: Mapping[str, str] = {"explanation": "On the explanation:", "source": "On source {source}:"}
"""What a comment is about, before its words."""
TRIAGE: Mapping[str, str] = {
    "suggested": "Suggested",
    "selected": "Selected",
    "dismissed": "Dismissed",
    "duplicate": "Duplicate",
}
DISPOSITION: Mapping[str, str] = {
    "claim": "Claim",
    "not_a_claim": "Not a claim",
    "boilerplate": "Boilerplate",
    "unreviewed": "Not looked at yet",
}
SPEECH: Mapping[str, str] = {
    "direct": "in direct speech",
    "indirect": "in indirect speech",
    "mixed": "partly in direct speech",
    "author": "in the article's own voice",
}
ROW: Mapping[str, str] = {
    "waiting": "Waits",
    "created": "A new article",
    "revised": "A new text of a known article",
    "known": "Known, with the same text",
    "refused": "Refused",
}
ARTICLE: Mapping[str, str] = {
    "fetching": "Its text is being fetched",
    "received": "Received, waits for extraction",
    "extracting": "Claims are being extracted",
    "ready": "Ready",
    "failed": "Failed",
}
PLACEMENT: Mapping[str, str] = {
    "needs_confirmation": "The text changed: the place of this claim needs to be confirmed.",
    "orphaned": "The newest text of the article no longer has these words.",
}


def hundredths(share: float) -> int:
    """A check-worthiness as pages show it: 0.834 is 83 of 100."""
    return round(share * 100)


def plain(value: str) -> str:
    """A value of a vocabulary that has no better word: `related_link` as "related link"."""
    return value.replace("_", " ")
