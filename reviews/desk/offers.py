"""What a person can do with a review now, and why not what they cannot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.accounts.models import User
from reviews import policies, workflow
from reviews.desk import words
from reviews.desk.actions import DOINGS, LIMITS, PRIORITISE, Doing
from reviews.desk.fields import Field, Refusal, choices, id_of
from reviews.desk.reading import Lease, is_contributor
from reviews.enums import STILL_OPEN, Action

Vocabulary = tuple[str, Mapping[str, str]]
"""The label of "none of them", and the values with their words."""

OWN_WORK = "Own work: you contributed to this verdict, so somebody else must decide on it."


@dataclass(frozen=True, slots=True)
class Offer:
    """One action: a button that works, or one that says why it does not.
    `is_direct`: nothing has to be filled in first."""

    name: str
    label: str
    tone: str
    fields: tuple[Field, ...] = ()
    why_not: str = ""
    is_open: bool = False
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """`now` works, `withheld` is shown disabled with the reason, `later` does
    not fit the state."""

    now: tuple[Offer, ...]
    withheld: tuple[Offer, ...]
    later: tuple[Offer, ...]


def offers_of(review: Any, actor: User, lease: Lease | None, people: Sequence[User], refusal: Refusal) -> Offers:
    """Every action that the actor's roles grant, sorted."""
    allowed = workflow.allowed_actions(*review.state)
    sorted_: tuple[list[Offer], list[Offer], list[Offer]] = ([], [], [])
    for doing in DOINGS.values():
        lets_go = doing.right is Action.RELEASE and lease is not None and lease.is_mine
        if not policies.may(actor.roles, doing.right) and not lets_go:
            continue
        fits = doing.right in allowed if isinstance(doing.right, Action) else review.status in STILL_OPEN
        if not fits:
            sorted_[2].append(Offer(doing.name, doing.label, doing.tone, why_not=_when(doing)))
            continue
        why_not, place = _guard(doing, review, actor, lease)
        fields = () if why_not else _fields(doing, review, people, refusal)
        is_refused = refusal.form == doing.name and bool(refusal.title)
        is_direct = all(ask.endswith("?") for ask in doing.asks)
        offer = Offer(doing.name, doing.label, doing.tone, fields, why_not, is_refused, is_direct)
        sorted_[place if why_not else 0].append(offer)
    return Offers(*(tuple(offers) for offers in sorted_))


def _when(doing: Doing) -> str:
    """In which states the action is possible."""
    if doing.name == PRIORITISE:
        return "Only while the review is open."
    states = {s for row in workflow.TRANSITIONS if row.action is doing.right for s in row.sources}
    if len(states) == len(words.STATUS):
        return "Only with a public report."
    named = [label.lower() for status, label in words.STATUS.items() if status in states]
    return f"Only when the review is {' or '.join(named)}."


def _guard(doing: Doing, review: Any, actor: User, lease: Lease | None) -> tuple[str, int]:
    """Why the action is refused to this person now, and where that is shown
    (1 prominently, 2 among the others); an empty text when it is not."""
    action = doing.right
    holds = lease is not None and lease.is_mine
    if action is Action.TAKE and lease is not None and lease.is_live:
        if holds:
            return "You have it.", 2
        return f"{lease.holder} works on it until {lease.ends_at:%H:%M} UTC.", 1
    if action in {Action.RENEW, Action.RELEASE} and not holds:
        return "Only who has taken it can do that.", 2
    if action is Action.TAKEOVER and holds:
        return "You have it.", 2
    if action is Action.WITHDRAW and review.verdict is not None and review.verdict.author_id != actor.pk:
        return "Only the author can withdraw a verdict; an approver can request changes.", 2
    if action in {Action.APPROVE, Action.REQUEST_CHANGES}:
        return _decision(action, review), 1
    if action is Action.PUBLISH and review.verdict is not None:
        return _unchanged(review), 1
    if action is Action.REOPEN and review.claim.triage != "selected":
        return "The claim is not selected for review: select it on the article's page first.", 1
    return "", 0


def _decision(action: Any, review: Any) -> str:
    if is_contributor(review):
        return OWN_WORK
    if review.decided:
        return "You have decided on this verdict already."
    return _unchanged(review) if action is Action.APPROVE else ""


def _unchanged(review: Any) -> str:
    if review.verdict is None or review.verdict.claim_version == review.claim.version:
        return ""
    return "The claim was changed after this verdict was submitted: it must be submitted again."


def _fields(doing: Doing, review: Any, people: Sequence[User], refusal: Refusal) -> tuple[Field, ...]:
    typed = refusal.typed if refusal.form == doing.name else None

    def made(name: str, label: str, value: str = "", *, offered: Vocabulary | None = None, **more: Any) -> Field:
        value = typed.get(name, value) if typed is not None else value
        if offered is not None:
            more |= {"kind": "select", "choices": choices(offered[1], value, blank=offered[0])}
        return Field(
            id=id_of(doing.name, f"/{name}"),
            name=name,
            label=label,
            value=value,
            limit=LIMITS.get(name),
            errors=refusal.at(f"/{name}") if typed is not None else (),
            **more,
        )

    return tuple(field for ask in doing.asks for field in _asked(ask, made, review, people))


def _asked(ask: str, made: Callable[..., Field], review: Any, people: Sequence[User]) -> list[Field]:
    """The fields that one entry of `Doing.asks` stands for."""
    match ask:
        case "reason":
            return [made("reason", "Reason, shown to the public", kind="area", required=True)]
        case "reason?":
            return [made("reason", "Reason (optional)", kind="area", rows=2)]
        case "comment":
            return [made("comment", "What to change", kind="area", required=True)]
        case "comment?":
            return [made("comment", "Comment (optional)", kind="area", rows=2)]
        case "type":
            return [made("type", "Kind of correction", offered=("Choose …", words.CORRECTION), required=True)]
        case "drop":
            reason = made("reason", "Reason", offered=("Choose …", words.DROP), required=True)
            return [reason, made("note", "Note (optional)")]
        case "assignee":
            name = review.assignee.username if review.assignee else ""
            names = {one.username: one.username for one in people}
            return [made("assignee", "Assigned to", name, offered=("Nobody", names))]
        case _:
            due = review.due_at.date().isoformat() if review.due_at else ""
            priority = made("priority", "Priority", str(review.priority), kind="number", hint="-100 to 100")
            reach = made("reach", "Reach", str(review.reach), kind="number", hint="0 to 100: how many it reaches")
            day = made("due_at", "Due on", due, kind="date", hint="Empty: no deadline")
            worth = str(words.hundredths(review.check_worthiness))
            worth_field = made("check_worthiness", "Worth checking", worth, kind="number", hint="0 to 100")
            return [worth_field, priority, reach, day, made("reason", "Reason (optional)", kind="area", rows=2)]
