"""Reading reviews: querysets, and dictionaries in the shapes of the API.

Nothing here asks for permission: whoever calls has asked. Every list takes a
constant number of statements.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from claims.selectors import CLAIM_JOINS, MAX_ID, claim_shown
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.clock import db_now_plus
from factcheck.errors import NotFound
from reviews import gate, policies
from reviews.enums import Decision
from reviews.gate import GatePolicy, Override
from reviews.models import Approval, Evidence, Rating, RatingScale, Review, Verdict, VerdictDraft
from reviews.submissions import KeptCopy, submission_of


def report_url(slug: str) -> str:
    """The report's public address."""
    return f"{settings.BASE_URL}/reports/{slug}"


def ratings_in_force() -> QuerySet[Rating]:
    """The ratings a new verdict can choose from, in their order."""
    return Rating.objects.filter(scale__default_since__isnull=False).select_related("scale").order_by("position")


def rules_in_force() -> QuerySet[RatingScale, Any]:
    """The codes of the opt-in rules of the scale in force: one row, one column."""
    return RatingScale.objects.filter(default_since__isnull=False).values_list("gate_rules", flat=True)


def policy_over(ratings: Sequence[Rating]) -> GatePolicy:
    """The gate of the scale in force, from its ratings as they were read."""
    return gate_policy([one.slug for one in ratings], rules=ratings[0].scale.gate_rules if ratings else ())


def required_approvals(scale_asks: int | None) -> int:
    """How many approvals a verdict needs; the desk's own number is the floor."""
    return max(settings.REQUIRED_APPROVALS, scale_asks or 0)


def gate_policy(ratings: Sequence[str] | None = None, *, rules: Collection[str] = ()) -> GatePolicy:
    """What the standards gate asks for: `ratings` None: any; `rules` are the
    opt-in rules of the scale."""
    return GatePolicy(
        minimum_sources=settings.MIN_INDEPENDENT_SOURCES,
        opt_in=frozenset(rules) & frozenset(gate.CHOOSABLE),
        ratings=tuple(ratings) if ratings is not None else None,
    )


def reviews() -> QuerySet[Any]:
    """All reviews with what `review_shown` needs, and the time of reading."""
    return (
        Review.objects.select_related(
            *[f"claim__{join}" for join in CLAIM_JOINS], "lease_holder", "assignee", "open_correction", "report"
        )
        .defer("claim__anchor__revision__text")
        .annotate(read_at=db_now_plus())
    )


def review(pk: int) -> Any:
    """One review, or NotFound."""
    found = reviews().filter(pk=pk).first() if pk < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no review {pk}")
    return found


def matching(filters: Mapping[str, Any], *, reader: User) -> QuerySet[Any]:
    """Reviews by claim, article, claimant, outlet, status, report_status,
    assignee, holder (`me`, `none` or a user name), `due_before`, `q`."""
    rows = reviews()
    plain = {
        "claim": "claim",
        "article": "claim__article",
        "claimant": "claim__claimant",
        "outlet": "claim__article__outlet",
        "status": "status",
        "report_status": "report_status",
        "due_before": "due_at__lt",
        "q": "claim__statement__icontains",
    }
    rows = rows.filter(**{lookup: filters[name] for name, lookup in plain.items() if name in filters})
    for name, column in (("assignee", "assignee"), ("holder", "lease_holder")):
        if name in filters:
            rows = rows.filter(_person(column, filters[name], reader))
    return rows


def _person(column: str, name: str, reader: User) -> Q:
    if name == "none":
        return Q(**{f"{column}__isnull": True})
    return Q(**{column: reader.pk}) if name == "me" else Q(**{f"{column}__username": name})


def review_shown(row: Any, *, roles: Collection[Role] = ()) -> dict[str, Any]:
    """A review as the API shows it; `actions` are what `roles` allow now."""
    is_live = row.lease_expires_at is not None and row.lease_expires_at > row.read_at
    holder = row.lease_holder.username if row.lease_holder else None
    report = getattr(row, "report", None)
    correction = row.open_correction
    return {
        "id": row.pk,
        "status": row.status,
        "report_status": row.report_status,
        "version": row.version,
        "round": row.round,
        "claim": claim_shown(row.claim),
        "lease": {"holder": holder, "expires_at": row.lease_expires_at} if is_live else None,
        "left_by": holder if not is_live else None,
        "assignee": row.assignee.username if row.assignee else None,
        "priority": row.priority,
        "reach": row.reach,
        "check_worthiness": row.check_worthiness,
        "due_at": row.due_at,
        "opened_at": row.opened_at,
        "verdict": row.verdict_id,
        "revisions": row.revisions,
        "open_correction": (
            {"id": correction.pk, "type": correction.type, "reason": correction.reason} if correction else None
        ),
        "report": {"slug": report.slug, "url": report_url(report.slug)} if report else None,
        "dropped": (
            {"at": row.dropped_at, "reason": row.drop_reason, "note": row.drop_note or None} if row.dropped_at else None
        ),
        "actions": [action.value for action in policies.actions_for(roles, *row.state)],
    }


def review_named(row: Review) -> dict[str, Any]:
    """What every response to an action embeds."""
    return {"id": row.pk, "status": row.status, "version": row.version}


def all_verdicts() -> QuerySet[Verdict]:
    """Verdicts with what `verdict_shown` needs; three statements for any number."""
    return Verdict.objects.select_related("author", "rating__scale", "review").prefetch_related(
        Prefetch("evidence", Evidence.objects.select_related("source").order_by("number")),
        Prefetch("approvals", Approval.objects.select_related("approver").order_by("pk")),
    )


def verdict(pk: int) -> Verdict:
    """One verdict, or NotFound."""
    found = all_verdicts().filter(pk=pk).first() if pk < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no verdict {pk}")
    return found


def rating_shown(rating: Rating) -> dict[str, Any]:
    """A rating of a verdict."""
    return {"slug": rating.slug, "label": rating.label, "number": rating.number}


def verdict_shown(
    row: Verdict,
    *,
    rating: Rating,
    author: User,
    review: Review,
    evidence: Iterable[Evidence],
    approvals: Iterable[Approval] = (),
) -> dict[str, Any]:
    """A verdict as the API shows it, from rows that the caller has."""
    return {
        "id": row.pk,
        "revision": row.revision,
        "round": row.round,
        "is_current": review.verdict_id == row.pk,
        "author": author.username,
        "submitted_at": row.submitted_at,
        "rating": rating_shown(rating),
        "headline": row.headline or None,
        "summary": row.summary,
        "explanation": row.explanation,
        "evidence": [evidence_shown(one) for one in evidence],
        "overrides": row.overrides,
        "reasons": row.reasons,
        "claim_version": row.claim_version,
        "content_hash": row.content_hash,
        "approvals": [approval_shown(one) for one in approvals],
        "review": review_named(review),
    }


def verdict_read(row: Verdict) -> dict[str, Any]:
    """A verdict of `all_verdicts` as the API shows it."""
    return verdict_shown(
        row,
        rating=row.rating,
        author=row.author,
        review=row.review,
        evidence=row.evidence.all(),
        approvals=row.approvals.all(),
    )


def content_of_verdict(row: Verdict) -> dict[str, Any]:
    """A verdict of `all_verdicts` as the start of a new draft. Each source goes on
    to be cited by its number, whatever becomes of its words; its group comes
    along only where somebody set it for this use of it."""
    texts = ("url", "title", "publisher", "excerpt", "locator", "accessed_at")
    names = (*texts, "confidential_reason", "public_title", "stance", "primary", "confidential")
    sources = [
        {**{name: getattr(one, name) for name in names}, "independence_group": _set_group(one)}
        | {"source": one.source_id, "title": one.title_shown}
        for one in row.evidence.all()
    ]
    return {
        "rating": row.rating.slug,
        "headline": row.headline,
        "summary": row.summary,
        "explanation": row.explanation,
        "evidence": [{name: value for name, value in one.items() if value} for one in sources],
        "overrides": row.overrides,
        "reasons": row.reasons,
    }


def _set_group(row: Evidence) -> str:
    """The group set in the verdict itself, not derived, nor the source's own."""
    own = gate.set_group(row.independence_group, url=row.url, publisher=row.publisher)
    return "" if own.casefold() == row.source.independence_group.casefold() else own


def verdict_again(pk: int) -> dict[str, Any]:
    """A verdict by its id, as it is now."""
    return verdict_read(verdict(pk))


def evidence_shown(row: Evidence) -> dict[str, Any]:
    """One source of a verdict."""
    return {
        "number": row.number,
        "source": row.source_id,
        "url": row.url or None,
        "title": row.title_shown,
        "publisher": row.publisher or None,
        "stance": row.stance,
        "excerpt": row.excerpt or None,
        "locator": row.locator or None,
        "accessed_at": row.accessed_at,
        "primary": row.primary,
        "independence_group": row.independence_group or None,
        "confidential": row.confidential,
        "confidential_reason": row.confidential_reason or None,
        "public_title": row.public_title or None,
        "erased_at": row.erased_at,
    }


def approval_shown(row: Approval) -> dict[str, Any]:
    """One person's decision."""
    return {
        "id": row.pk,
        "decision": row.decision,
        "by": row.approver.username,
        "comment": row.comment or None,
        "at": row.at,
    }


def quorum(row: Verdict) -> dict[str, int]:
    """How many approvals a verdict has and needs."""
    given = sum(1 for one in row.approvals.all() if one.decision == Decision.APPROVE.value)
    return {"given": given, "required": required_approvals(row.rating.scale.required_approvals)}


def drafts_of(review_id: int) -> QuerySet[VerdictDraft]:
    """Everybody's drafts on a review, newest first."""
    return VerdictDraft.objects.filter(review=review_id).select_related("author").order_by("-saved_at", "-pk")


def draft_shown(
    own: VerdictDraft | None,
    others: Iterable[VerdictDraft],
    *,
    was_asked: bool = False,
    copies: Mapping[int, KeptCopy] | None = None,
    secret: Collection[int] = (),
    lifted: Sequence[Override] = (),
) -> dict[str, Any]:
    """The reader's draft, the live checklist, and what others have drafted;
    `was_asked`: a question to the claimant is on record; `copies`: those kept
    of the draft's sources, by place; `secret`: places of sources that may not be
    named; `lifted`: rules that a publisher set aside."""
    content = own.content if own is not None else {}
    policy = policy_over(list(ratings_in_force()))
    submission = replace(submission_of(content), claimant_contacted=was_asked, copies=copies or {}, secret=secret)
    checklist = gate.checklist(submission.for_gate(), policy, (*submission.overrides, *lifted))
    return {
        "content": content if own is not None else None,
        "saved_at": own.saved_at if own is not None else None,
        "round": own.round if own is not None else None,
        "version": own.version if own is not None else None,
        "set_aside": own.set_aside if own is not None else [],
        "checklist": [
            {
                "code": item.code,
                "text": item.text,
                "passed": item.passed,
                "findings": [{"pointer": one.pointer, "code": one.code, "detail": one.detail} for one in item.findings],
            }
            for item in checklist
        ],
        "others": [
            {"author": one.author.username, "round": one.round, "saved_at": one.saved_at, "content": one.content}
            for one in others
        ],
    }


def history_of(review_id: int) -> QuerySet[AuditEvent]:
    """The history of one review."""
    return AuditEvent.objects.filter(subject_type=Review._meta.label, subject_id=str(review_id)).select_related("actor")


def event_shown(event: AuditEvent) -> dict[str, Any]:
    """One action of a history; `by` null is the system itself."""
    return {
        "seq": event.seq,
        "action": event.action,
        "by": event.actor.username if event.actor else None,
        "at": event.at,
        "details": event.data,
    }


def scales() -> QuerySet[RatingScale]:
    """Every version of every scale with its ratings."""
    return RatingScale.objects.prefetch_related(Prefetch("ratings", Rating.objects.order_by("position")))


def scale_shown(row: RatingScale) -> dict[str, Any]:
    """A scale with its ratings in their order."""
    return {
        "id": row.pk,
        "slug": row.slug,
        "version": row.version,
        "name": row.name,
        "description": row.description,
        "is_default": row.default_since is not None,
        "required_approvals": required_approvals(row.required_approvals),
        "gate_rules": sorted(row.gate_rules),
        "ratings": [{**rating_shown(one), "meaning": one.meaning} for one in row.ratings.all()],
    }
