"""What a report withholds today, withheld in what is shown of its earlier versions.

A source that a correction makes confidential stands openly in the versions
before, and those are immutable. So whoever shows one of them asks here first;
rows and digests stay as they were frozen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviews.models import Evidence, Report
from reviews.reports import redaction
from reviews.reports.verdict_report import LinkedClaim, VerdictReport, withheld


@dataclass(frozen=True, slots=True)
class _Mark:
    """The newest version that withholds a source, and what it says instead."""

    version: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class _OpenUse:
    """A source as it stood openly: version, its number there, what told of it."""

    version: int
    number: int
    words: tuple[str, ...]
    mark: _Mark


def shown(row: Report, reports: Sequence[VerdictReport], *, newest: VerdictReport) -> list[VerdictReport]:
    """Versions of the report fit for the public: what a later version withholds
    is withheld, and a link gives no rating that was taken back. Two or three
    statements for any number."""
    uses = _open_uses(row)
    gone = _retracted(reports)
    return [replace(_fit(one, uses, newest), links=tuple(_link(link, gone) for link in one.links)) for one in reports]


def _open_uses(row: Report) -> list[_OpenUse]:
    """Every open use of a source that a later version of the report withholds."""
    used = Evidence.objects.filter(verdict__report_versions__report=row)
    marked = used.filter(confidential=True).order_by("verdict__report_versions__number")
    names = ("source", "verdict__report_versions__number", "public_title", "confidential_reason")
    marks = {source: _Mark(version, title, reason) for source, version, title, reason in marked.values_list(*names)}
    if not marks:
        return []
    told = ("source", "verdict__report_versions__number", "number", "url", "title", "publisher", "excerpt")
    return [
        _OpenUse(version, number, tuple(words), marks[source])
        for source, version, number, *words in used.filter(confidential=False, source__in=marks).values_list(*told)
        if version < marks[source].version
    ]


def _fit(report: VerdictReport, uses: Sequence[_OpenUse], newest: VerdictReport) -> VerdictReport:
    later = [use for use in uses if report.version < use.mark.version]
    if not later:
        return report
    marks = {use.number: use.mark for use in later if use.version == report.version}
    evidence = tuple(
        withheld(one, title=marks[one.number].title, reason=marks[one.number].reason) if one.number in marks else one
        for one in report.evidence
    )
    words = redaction.telling((word for use in later for word in use.words), said=newest)
    return redaction.without(replace(report, evidence=evidence), words)


def _retracted(reports: Sequence[VerdictReport]) -> frozenset[str]:
    """Slugs of the reports that these link to and that were retracted."""
    slugs = {_slug(link) for report in reports for link in report.links if link.report_url}
    if not slugs:
        return frozenset()
    return frozenset(Report.objects.filter(slug__in=slugs, retracted_at__isnull=False).values_list("slug", flat=True))


def _slug(link: LinkedClaim) -> str:
    return (link.report_url or "").rpartition("/")[2]


def _link(link: LinkedClaim, gone: frozenset[str]) -> LinkedClaim:
    return replace(link, report_url=None, rating_label=None) if _slug(link) in gone else link
