"""Reading what is public: reports that stand, notices, roll-ups.

Everything shown comes from the frozen payload of a report's newest version;
the other columns only find and order it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from claims.enums import Kind
from claims.selectors import MAX_ID
from factcheck.errors import NotFound
from reviews.enums import LinkRelation
from reviews.models import Report, ReportVersion
from reviews.reports.verdict_report import LinkedClaim, VerdictReport

EXPORT_CHUNK = 500


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A report row with the version it shows, read from the payload."""

    row: Report
    version: ReportVersion
    report: VerdictReport

    @property
    def is_under_correction(self) -> bool:
        """Whether a correction is open now."""
        return self.row.review.report_status == "under_correction"


def all_reports() -> QuerySet[Report]:
    """Published reports, retracted ones too, with their newest version."""
    return Report.objects.filter(current__isnull=False).select_related("current", "review")


def standing(filters: Mapping[str, Any] | None = None) -> QuerySet[Report]:
    """Reports that are not retracted, by rating slug, article or claimant."""
    lookups = {"rating": "rating__slug", "article": "review__claim__article", "claimant": "review__claim__claimant"}
    given = {lookup: filters[name] for name, lookup in lookups.items() if name in filters} if filters else {}
    return all_reports().filter(retracted_at__isnull=True, **given)


def named(slug: str) -> Report:
    """The report at that address, or NotFound."""
    found = all_reports().filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no report at this address")
    return found


def opened(row: Report) -> PublicReport:
    """The row with its payload read."""
    version = row.current
    if version is None:
        raise NotFound("There is no report at this address")
    return frozen(row, version)


def frozen(row: Report, version: ReportVersion) -> PublicReport:
    """The row as one of its versions froze it."""
    return PublicReport(row, version, VerdictReport.from_payload(json.loads(version.payload)))


def links_of(public: PublicReport) -> tuple[LinkedClaim, ...]:
    """What the report links to as it stands now: the other half of a quotation
    with its present rating. What was frozen names it; a report that came later
    is added, and one that was retracted gives no rating any more."""
    claim = public.row.review.claim_id
    pairs = Q(review__claim__pair=claim) | Q(review__claim__paired_by=claim)
    now = {
        row.slug: LinkedClaim(_relation(row), shown.claim.statement, shown.url, shown.rating.label)
        for row in standing().filter(pairs).select_related("review__claim")
        for shown in (opened(row).report,)
    }
    standing_urls = {link.report_url for link in now.values()}
    statements = {link.statement for link in now.values()}
    frozen_only = (
        replace(link, report_url=None, rating_label=None)
        for link in public.report.links
        if link.report_url not in standing_urls and link.statement not in statements
    )
    return (*now.values(), *frozen_only)


def _relation(row: Report) -> LinkRelation:
    is_attribution = row.review.claim.kind == Kind.ATTRIBUTION.value
    return LinkRelation.ATTRIBUTION if is_attribution else LinkRelation.CONTENT


def versions_of(row: Report) -> list[ReportVersion]:
    """Every version, newest first."""
    return list(ReportVersion.objects.filter(report=row).order_by("-number"))


def corrected() -> QuerySet[ReportVersion]:
    """Versions that corrected or retracted a report, with the report."""
    return ReportVersion.objects.exclude(kind="published").select_related("report")


def roll_up(article_id: int) -> list[PublicReport]:
    """The reports of one article, oldest claim first; NotFound before one stands."""
    rows = standing({"article": article_id}).order_by("pk") if article_id < MAX_ID else Report.objects.none()
    reports = [opened(row) for row in rows]
    if not reports:
        raise NotFound("There is no report on this article")
    return reports


def exported(rows: QuerySet[Report]) -> Iterator[VerdictReport]:
    """Frozen reports one at a time, oldest first, for streaming."""
    for row in rows.order_by("pk").iterator(chunk_size=EXPORT_CHUNK):
        yield opened(row).report


def shown(row: Report) -> dict[str, Any]:
    """A report in short, as the API shows it."""
    public = opened(row)
    report = public.report
    return {
        "slug": report.slug,
        "url": report.url,
        "kind": report.kind.value,
        "version": report.version,
        "status": row.review.report_status,
        "claim": report.claim.statement,
        "claimant": report.claim.claimant.name if report.claim.claimant else None,
        "rating": (
            None
            if report.is_retracted
            else {"slug": report.rating.slug, "label": report.rating.label, "number": report.rating.value}
        ),
        "summary": None if report.is_retracted else report.summary,
        "published_at": report.published_at,
        "modified_at": report.modified_at,
        "corrections": len(report.corrections),
    }


def shown_whole(row: Report) -> dict[str, Any]:
    """A report whole, as the API shows it."""
    public = opened(row)
    return {**shown(row), "sha256": public.version.sha256, "payload": json.loads(public.version.payload)}
