"""Every action of the workflow as a form: its fields, and the service it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from django.http import QueryDict

from factcheck.accounts.models import User
from factcheck.errors import FieldError, Invalid
from reviews.desk import words
from reviews.desk.fields import lines, require_lengths, whole
from reviews.desk.words import hundredths
from reviews.enums import Action, CorrectionType, DropReason
from reviews.models import Review
from reviews.policies import Permission
from reviews.services import approvals, corrections, leases, publication, queue, verdicts

PRIORITISE = "prioritise"
LEASING = frozenset({Action.TAKE.value, Action.RENEW.value, Action.TAKEOVER.value})
"""Actions after which the page shows until when the lease runs."""
END_OF_DAY = time(23, 59, tzinfo=UTC)
LIMITS = {"reason": 2000, "comment": 10_000, "note": 500}


@dataclass(frozen=True, slots=True)
class Sent:
    """An action as somebody sent it; doing it may add to `warnings`, to be shown
    beside its success."""

    review_id: int
    actor: User
    version: int | None
    typed: QueryDict
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text of the form, no longer than the desk keeps."""
        value = lines(self.typed.get(name, ""))
        require_lengths([(f"/{name}", value, LIMITS[name])])
        return value

    def number(self, name: str) -> int:
        """A whole number of the form."""
        return whole(self.typed.get(name, ""), pointer=f"/{name}", least=1, most=2**31)


def _take(sent: Sent) -> str:
    leases.take(review_id=sent.review_id, actor=sent.actor)
    return "You have it now. The lease is renewed whenever you save."


def _renew(sent: Sent) -> str:
    leases.renew(review_id=sent.review_id, actor=sent.actor)
    return "Your lease is renewed."


def _release(sent: Sent) -> str:
    leases.release(review_id=sent.review_id, actor=sent.actor, expected_version=sent.version)
    return "Released into the queue. Your draft is kept."


def _takeover(sent: Sent) -> str:
    review = leases.takeover(
        review_id=sent.review_id, actor=sent.actor, reason=sent.text("reason"), expected_version=sent.version
    )
    if review.lease_holder_id is None:
        return "Freed: it waits in the queue for a checker. Every draft is kept."
    return "Taken over. Both drafts are kept."


def _withdraw(sent: Sent) -> str:
    verdicts.withdraw(
        review_id=sent.review_id, actor=sent.actor, reason=sent.text("reason"), expected_version=sent.version
    )
    return "Withdrawn: the text is yours to change again."


def _revise(sent: Sent) -> str:
    verdicts.revise(
        review_id=sent.review_id, actor=sent.actor, reason=sent.text("reason"), expected_version=sent.version
    )
    return "The text is open again; its approvals no longer count."


def _approve(sent: Sent) -> str:
    done = approvals.approve(
        verdict_id=sent.number("verdict"),
        revision=sent.number("revision"),
        comment=sent.text("comment"),
        actor=sent.actor,
        expected_version=sent.version,
    )
    return "Approved." if done.review.status == "approved" else "Your approval is noted; more are needed."


def _request_changes(sent: Sent) -> str:
    approvals.request_changes(
        verdict_id=sent.number("verdict"),
        revision=sent.number("revision"),
        comment=sent.text("comment"),
        actor=sent.actor,
        expected_version=sent.version,
    )
    return "Sent back to its author with your comment."


def _publish(sent: Sent) -> str:
    done = publication.publish(review_id=sent.review_id, actor=sent.actor, expected_version=sent.version)
    sent.warnings.extend(f"Please look at this: {one.detail}." for one in done.warnings)
    return f"Published: version {done.version.number} of the report is public now."


def _correct(sent: Sent) -> str:
    kind = sent.typed.get("type", "")
    if kind not in set(CorrectionType):
        raise Invalid.at("/type", "correction_type_missing", "Say what kind of correction it is")
    review = corrections.correct(
        review_id=sent.review_id,
        type=CorrectionType(kind),
        reason=sent.text("reason"),
        actor=sent.actor,
        expected_version=sent.version,
    )
    who = "you have the text" if review.lease_holder_id == sent.actor.pk else "a checker can take it now"
    return f"The correction is open and the report says so; {who}."


def _abandon(sent: Sent) -> str:
    corrections.abandon(
        review_id=sent.review_id, actor=sent.actor, reason=sent.text("reason"), expected_version=sent.version
    )
    return "The correction is abandoned; the report stands as it was."


def _retract(sent: Sent) -> str:
    publication.retract(
        review_id=sent.review_id, reason=sent.text("reason"), actor=sent.actor, expected_version=sent.version
    )
    return "Retracted: a notice with your reason stands at the report's address."


def _drop(sent: Sent) -> str:
    reason = sent.typed.get("reason", "")
    if reason not in set(DropReason):
        raise Invalid.at("/reason", "reason_missing", "Choose why it is dropped")
    queue.drop(
        review_id=sent.review_id,
        reason=DropReason(reason),
        note=sent.text("note"),
        actor=sent.actor,
        expected_version=sent.version,
    )
    return "Dropped. It can be reopened."


def _reopen(sent: Sent) -> str:
    queue.reopen(review_id=sent.review_id, actor=sent.actor, expected_version=sent.version)
    return "Back in the queue."


def _assign(sent: Sent) -> str:
    name = sent.typed.get("assignee", "")
    assignee = User.objects.filter(username=name).first() if name else None
    if name and assignee is None:
        raise Invalid.at("/assignee", "user_unknown", f"There is no account {name[:150]!r}")
    queue.assign(review_id=sent.review_id, assignee=assignee, actor=sent.actor, expected_version=sent.version)
    return f"Assigned to {assignee.username}." if assignee else "Assigned to nobody."


def _prioritise(sent: Sent) -> str:
    changes: dict[str, object] = {
        "priority": whole(sent.typed.get("priority", "") or "0", pointer="/priority", least=-100, most=100),
        "reach": whole(sent.typed.get("reach", "") or "0", pointer="/reach", least=0, most=100),
    }
    queue.prioritise(
        review_id=sent.review_id,
        changes={**changes, **_worth(sent), **_deadline(sent)},
        actor=sent.actor,
        reason=sent.text("reason"),
        expected_version=sent.version,
    )
    return "Its place in the queue has changed."


def _worth(sent: Sent) -> dict[str, float]:
    """The check-worthiness when it was changed; the page shows it in hundredths."""
    if "check_worthiness" not in sent.typed:
        return {}
    worth = whole(sent.typed.get("check_worthiness", "") or "0", pointer="/check_worthiness", least=0, most=100)
    was = Review.objects.filter(pk=sent.review_id).values_list("check_worthiness", flat=True).first()
    return {} if was is None or hundredths(was) == worth else {"check_worthiness": worth / 100}


def _deadline(sent: Sent) -> dict[str, datetime | None]:
    """The deadline when its day was changed, with the time of day it had; the end
    of the day (UTC) for one that had none. A deadline left alone is not sent: a
    new priority may then move it by the desk's policy."""
    was = Review.objects.filter(pk=sent.review_id).values_list("due_at", flat=True).first()
    day = sent.typed.get("due_at", "").strip()
    if "due_at" not in sent.typed or day == (was.date().isoformat() if was else ""):
        return {}
    if not day:
        return {"due_at": None}
    try:
        date = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007 # only its date is used
    except ValueError:
        raise Invalid("The deadline is no date", errors=[_BAD_DAY], code="date_invalid") from None
    return {"due_at": datetime.combine(date, was.timetz() if was else END_OF_DAY)}


_BAD_DAY = FieldError("/due_at", "date_invalid", "Write the day as 2026-05-31, or leave it empty")


@dataclass(frozen=True, slots=True)
class Doing:
    """An action, its word, the permission it takes, and what does it.

    `asks` names the fields of its form: reason, reason?, comment, comment?,
    type, drop, assignee, order; a question mark makes it optional.
    """

    name: str
    label: str
    right: Action | Permission
    act: Callable[[Sent], str]
    asks: tuple[str, ...] = ()
    tone: str = ""


def _of(action: Action, act: Callable[[Sent], str], *asks: str, tone: str = "") -> Doing:
    return Doing(action.value, words.ACTION[action], action, act, asks, tone)


DOINGS: Mapping[str, Doing] = {
    doing.name: doing
    for doing in (
        _of(Action.TAKE, _take, tone="main"),
        _of(Action.RENEW, _renew),
        _of(Action.RELEASE, _release),
        _of(Action.APPROVE, _approve, "comment?", tone="main"),
        _of(Action.REQUEST_CHANGES, _request_changes, "comment"),
        _of(Action.WITHDRAW, _withdraw, "reason?"),
        _of(Action.PUBLISH, _publish, tone="main"),
        _of(Action.REVISE, _revise, "reason?"),
        _of(Action.CORRECT, _correct, "type", "reason"),
        _of(Action.ABANDON_CORRECTION, _abandon, "reason?"),
        _of(Action.TAKEOVER, _takeover, "reason?"),
        _of(Action.ASSIGN, _assign, "assignee"),
        Doing(PRIORITISE, "Change its place in the queue", Permission.PRIORITISE, _prioritise, ("order",)),
        _of(Action.REOPEN, _reopen, tone="main"),
        _of(Action.DROP, _drop, "drop", tone="danger"),
        _of(Action.RETRACT, _retract, "reason", tone="danger"),
    )
}
"""Every action with a form of its own, in the order of the screen; submitting
belongs to the verdict form."""
