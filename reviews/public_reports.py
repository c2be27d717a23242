"""Reading what is public: reports that stand, notices, roll-ups.

Everything shown comes from the frozen payload of a report's newest version;
the other columns only find and order it. Links to other reports are made anew,
so that none shows a rating that was taken back.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from claims.enums import Kind
from claims.models import Claim
from claims.selectors import MAX_ID
from factcheck.errors import NotFound
from reviews import kept_words
from reviews.enums import LinkRelation, ReportStatus
from reviews.models import Report, ReportVersion
from reviews.reports import payload_json
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
        return self.report.is_under_correction


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
    """The row with its payload read, marked while a correction is open."""
    version = row.current
    if version is None:
        raise NotFound("There is no report at this address")
    public = frozen(row, version)
    is_open = row.review.report_status == ReportStatus.UNDER_CORRECTION.value
    return replace(public, report=replace(public.report, status=ReportStatus.UNDER_CORRECTION)) if is_open else public


def worded(publics: Sequence[PublicReport]) -> list[PublicReport]:
    """The same with the words that are kept apart from what was frozen; those
    erased since read `[erased]`. One statement for any number."""
    reports = kept_words.filled([public.report for public in publics])
    return [replace(public, report=report) for public, report in zip(publics, reports, strict=True)]


def frozen(row: Report, version: ReportVersion) -> PublicReport:
    """The row as one of its versions froze it."""
    return PublicReport(row, version, VerdictReport.from_payload(json.loads(version.payload)))


def links_of(public: PublicReport) -> tuple[LinkedClaim, ...]:
    """What the report links to as it stands now: the other half of a quotation
    with its present rating. What was frozen names it; a report that came later
    is added, and one that was retracted gives no rating any more."""
    return as_they_stand([public])[0].links


def as_they_stand(publics: Sequence[PublicReport]) -> list[VerdictReport]:
    """The reports with the links that they have now and the words kept apart;
    three statements for any number."""
    publics = worded(publics)
    claims = [public.row.review.claim_id for public in publics]
    pairs: dict[int, list[int]] = {}
    halves = Claim.objects.filter(Q(pk__in=claims, pair__isnull=False) | Q(pair__in=claims))
    for one, other in halves.values_list("pk", "pair"):
        if other is not None:
            pairs.setdefault(one, []).append(other)
            pairs.setdefault(other, []).append(one)
    if not pairs:
        return [replace(public.report, links=_links(public.report, [])) for public in publics]
    found = standing().filter(review__claim__in=pairs).select_related("review__claim").order_by("pk")
    links = {row.review.claim_id: _link(row) for row in found}
    return [
        replace(public.report, links=_links(public.report, [links[pk] for pk in pairs.get(claim, ()) if pk in links]))
        for public, claim in zip(publics, claims, strict=True)
    ]


def _link(row: Report) -> LinkedClaim:
    shown = opened(row).report
    return LinkedClaim(_relation(row), shown.claim.statement, shown.url, shown.rating.label)


def _links(report: VerdictReport, now: Sequence[LinkedClaim]) -> tuple[LinkedClaim, ...]:
    """Those that stand, then those that were frozen and have no report now."""
    urls = {link.report_url for link in now}
    statements = {link.statement for link in now}
    frozen_only = (
        replace(link, report_url=None, rating_label=None)
        for link in report.links
        if link.report_url not in urls and link.statement not in statements
    )
    return (*now, *frozen_only)


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
    """Reports as they stand one at a time, oldest first, for streaming."""
    found = rows.order_by("pk").iterator(chunk_size=EXPORT_CHUNK)
    while chunk := [opened(row) for row in islice(found, EXPORT_CHUNK)]:
        yield from as_they_stand(chunk)


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
    """A report whole, as the API shows it; a retracted one is its notice. The
    payload says what was frozen, the status stands beside it."""
    public = opened(row)
    [report] = as_they_stand([public])
    return {
        **shown(row),
        "sha256": public.version.sha256,
        "payload": payload_json.document(replace(report, status=None)),
    }
