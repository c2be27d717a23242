"""Publication: an approved verdict becomes a report, or a report is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from claims.services import holds
from factcheck.accounts.models import User
from factcheck.errors import Conflict, FieldError, Invalid
from reviews import workflow
from reviews.contacts import answers_since
from reviews.enums import Action, VersionKind
from reviews.gate import says_something
from reviews.models import Correction, Report, ReportVersion, Review, Verdict
from reviews.models.report import NOT_APPROVED
from reviews.reports import conformance
from reviews.reports.findings import Finding, warning
from reviews.reports.verdict_report import VerdictReport
from reviews.selectors import report_url
from reviews.services import leases, report_building
from reviews.services.approvals import SelfApproval, require_quorum, require_unchanged_claim
from reviews.services.moves import Seen, Step, move, permit, reading, see, settle

_WITH_WITHDRAWAL = reading(lambda: {"article_withdrawn_at": F("claim__article__withdrawn_at")})


@dataclass(frozen=True, slots=True)
class Published:
    """A report with its newest version, its review, and warnings to be shown."""

    report: Report
    version: ReportVersion
    review: Review
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What would be published now, and what is to be said about it."""

    report: VerdictReport
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    seen: Seen
    verdict: Verdict
    known: Report | None
    correction: Correction | None
    examined: Examined


def examine(*, review_id: int) -> Examined | None:
    """The report as publishing would make it now, for the screens; None while
    no verdict is submitted. Writes nothing."""
    seen = see(review_id)
    return _prepare(seen).examined if seen.review.verdict_id is not None else None


def publish(*, review_id: int, actor: User, expected_version: int | None = None) -> Published:
    """Freeze the approved verdict as the report's next version and show it.

    Refused: 422 `not_conforming` with every breach of the ClaimReview rules,
    409 `claim_changed`, 409 `approvals_missing` when the desk has come to ask for
    more of them, and by the database without another person's approval.
    """
    permit(actor, Action.PUBLISH)

    def act() -> Published:
        claim_id = Review.objects.filter(pk=review_id).values_list("claim", flat=True).first()
        if claim_id is not None:
            holds.lock([claim_id])
        seen = see(review_id, expected_version=expected_version, by=_WITH_WITHDRAWAL)
        workflow.find(*seen.review.state, Action.PUBLISH)
        prepared = _prepare(seen)
        require_unchanged_claim(seen, prepared.verdict)
        require_quorum(prepared.verdict)
        if seen.along["article_withdrawn_at"] is not None:
            raise Conflict("The article of this claim was withdrawn", code="article_withdrawn")
        _require_conforming(prepared.examined.findings)
        report = prepared.known or _new_report(prepared)
        version = _freeze(report, prepared.examined.report, prepared.verdict, prepared.correction, actor, seen.at)
        event = "report.corrected" if prepared.correction else "report.published"
        step = Step(
            event,
            columns={"open_correction": None},
            tells=_told(report, version, prepared.correction),
            rows=[version],
        )
        review = move(seen, Action.PUBLISH, step, actor=actor)
        return Published(report, version, review, prepared.examined.findings)

    return settle(act)


def retract(*, review_id: int, reason: str, actor: User, expected_version: int | None = None) -> Published:
    """Take the report back: a notice with the reason stays at its address, the
    ClaimReview goes. An open correction ends with it."""
    permit(actor, Action.RETRACT)
    if not says_something(reason):
        raise Invalid.at("/reason", "reason_missing", "Say why the report is taken back: the notice shows it")

    def act() -> Published:
        seen = see(review_id, expected_version=expected_version)
        workflow.find(*seen.review.state, Action.RETRACT)
        report = Report.objects.select_related("current__verdict").get(review=seen.review)
        current = _current(report)
        previous = report_building.read(current)
        notice = report_building.retracted(previous, reason=reason, at=seen.at)
        _require_conforming(_findings(notice, previous=previous, known=report, at=seen.at))
        version = _freeze(report, notice, current.verdict, None, actor, seen.at)
        step = Step(
            "report.retracted",
            columns={
                **leases.columns_of(None, seen.at),
                "verdict": current.verdict,
                "open_correction": None,
            },
            tells={**_told(report, version, None), "reason": reason, "former_holder": leases.live_holder(seen)},
            rows=[version],
        )
        return Published(report, version, move(seen, Action.RETRACT, step, actor=actor), ())

    return settle(act)


def _current(report: Report) -> ReportVersion:
    if report.current is None:
        raise Conflict("The report has no version yet", code="report_unpublished")
    return report.current


def _prepare(seen: Seen) -> _Prepared:
    review = seen.review
    verdict = Verdict.objects.select_related("rating__scale").get(pk=review.verdict_id or 0)
    known = Report.objects.select_related("current").filter(review=review).first()
    previous = report_building.read(known.current) if known is not None and known.current is not None else None
    correction = review.open_correction
    slug = known.slug if known is not None else report_building.slug_of(review.pk, review.claim.statement)
    report = report_building.build(verdict=verdict, slug=slug, at=seen.at, previous=previous, correction=correction)
    findings = (*_findings(report, previous=previous, known=known, at=seen.at), *_late_answers(verdict))
    return _Prepared(seen, verdict, known, correction, Examined(report, findings))


def _late_answers(verdict: Verdict) -> tuple[Finding, ...]:
    """A warning when the report quotes what its author may not have known."""
    number = answers_since(verdict.review_id, verdict.submitted_at)
    if not number:
        return ()
    told = "an answer was" if number == 1 else f"{number} answers were"
    return (
        warning(
            "right_of_reply",
            "",
            f"{told} recorded after the verdict was written; the report quotes it, so revise the text if it should "
            "say something else now",
        ),
    )


def _findings(
    report: VerdictReport, *, previous: VerdictReport | None, known: Report | None, at: datetime
) -> tuple[Finding, ...]:
    return tuple(
        conformance.check(
            report,
            today=at.date(),
            previous=previous,
            base_url=settings.BASE_URL,
            shown=report_building.public_ratings(but=known.pk if known else None),
        )
    )


def _require_conforming(findings: Sequence[Finding]) -> None:
    if conformance.blocks(findings):
        errors = [one for one in findings if one.severity == "error"]
        raise Invalid(
            f"The report cannot be published: {errors[0].detail}"
            + (f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""),
            errors=[FieldError(one.pointer, one.rule, one.detail) for one in errors],
            code="not_conforming",
        )


def _new_report(prepared: _Prepared) -> Report:
    at = prepared.seen.at
    return Report.objects.create(
        review=prepared.seen.review,
        slug=prepared.examined.report.slug,
        rating=prepared.verdict.rating,
        published_at=at,
        modified_at=at,
    )


def _freeze(
    report: Report, frozen: VerdictReport, verdict: Verdict, correction: Correction | None, actor: User, at: datetime
) -> ReportVersion:
    """Add the version and point the report at it."""
    text = frozen.canonical_bytes().decode("utf-8")
    try:
        with transaction.atomic():
            version = ReportVersion.objects.create(
                report=report,
                number=frozen.version,
                kind=frozen.kind.value,
                verdict=verdict,
                correction=correction,
                payload=text,
                sha256=frozen.sha256(),
                published_by=actor,
                published_at=at,
            )
    except IntegrityError as error:
        if NOT_APPROVED in str(error):
            raise SelfApproval("Nobody but contributors approved this verdict: somebody else must") from error
        raise
    report.current, report.number, report.modified_at = version, frozen.version, at
    report.rating_id = verdict.rating_id
    report.retracted_at = at if frozen.kind is VersionKind.RETRACTED else None
    report.save(update_fields=["current", "number", "modified_at", "rating", "retracted_at"])
    return version


def _told(report: Report, version: ReportVersion, correction: Correction | None) -> dict[str, object]:
    return {
        "report": report.slug,
        "report_version": version.number,
        "url": report_url(report.slug),
        "verdict": version.verdict_id,
        "correction": correction.type if correction else None,
    }
