"""Conformance of a report in time: dates of the review, corrections, retraction."""

from collections.abc import Iterator
from datetime import timedelta

from reviews.enums import CorrectionType, VersionKind
from reviews.reports import dates
from reviews.reports.dates import ReportDate
from reviews.reports.findings import Case, Finding, error, is_blank, warning
from reviews.reports.verdict_report import VerdictReport

_GRACE = timedelta(days=1)
"""`today` is the desk's day; the review's date may be written in another time zone."""


def review_date(case: Case) -> Iterator[Finding]:
    """The review is dated by its publication, and a change by its own moment."""
    rule, report = "review_date", case.report
    found: dict[str, ReportDate] = {}
    for pointer in ("/datePublished", "/dateModified"):
        try:
            found[pointer] = dates.read(case.at(pointer))
        except ValueError as fault:
            yield error(rule, pointer, str(fault))
    if len(found) < 2:
        return
    published, modified = found.values()
    if published.is_after(modified):
        yield error(rule, "/dateModified", "the report is dated as changed before it was published")
    if published.day > case.today + _GRACE:
        yield error(rule, "/datePublished", "the report is dated in the future: date it by its publication")
    if report.version == 1 and published != modified:
        yield error(
            rule,
            "/datePublished",
            "a first version is published the moment it is made: date it by publication, not by when work began",
        )
    if any(_is_later(one.accessed_at, modified) for one in report.evidence):
        yield warning(rule, "/dateModified", "a source was consulted after the date of this report: is the date right?")


def _is_later(value: str | None, moment: ReportDate) -> bool:
    try:
        return dates.read(value).is_after(moment)
    except ValueError:
        return False


def versions(case: Case) -> Iterator[Finding]:
    """Rule 9: a change is later, numbered and told; a retraction rates nothing."""
    rule, report, previous = "versions", case.report, case.previous
    if previous is not None and previous.is_retracted:
        yield error(rule, "", "the report was retracted: nothing can be published in its place")
        return
    if report.is_retracted:
        yield from _retraction(case)
    elif case.document is None:
        yield error(rule, "", "the report has no ClaimReview")
    if previous is None:
        if report.kind is not VersionKind.PUBLISHED or report.version != 1:
            yield error(rule, "/version", "nothing is published yet: the first version is number 1")
        if report.corrections:
            yield error(rule, "/correction", "a first version has nothing to correct: remove the correction")
        return
    if report.kind is VersionKind.PUBLISHED:
        yield error(rule, "", "the report is published already: open a correction to change it")
    yield from _succession(report, previous)
    if report.kind is VersionKind.CORRECTED:
        yield from _correction(case, previous)


def _succession(report: VerdictReport, previous: VerdictReport) -> Iterator[Finding]:
    rule = "versions"
    if report.version <= previous.version:
        yield error(rule, "/version", f"version {report.version} must be greater than {previous.version}")
    if report.published_at != previous.published_at:
        yield error(rule, "/datePublished", f"first published {previous.published_at}: that date stays")
    try:
        later = dates.read(report.modified_at).is_after(dates.read(previous.modified_at))
    except ValueError:
        return
    if not later:
        yield error(rule, "/dateModified", f"a change must be dated later than {previous.modified_at}")


def _correction(case: Case, previous: VerdictReport) -> Iterator[Finding]:
    rule, report = "versions", case.report
    told = case.at("/correction")
    if report.corrections[: len(previous.corrections)] != previous.corrections:
        yield error(rule, "/correction", "an earlier correction was changed or lost: all of them stay")
    elif len(report.corrections) != len(previous.corrections) + 1:
        yield error(rule, "/correction", "a changed report needs one new correction that says what changed and why")
        return
    if not isinstance(told, list) or len(told) != len(report.corrections):
        yield error(rule, "/correction", "the markup does not tell every correction")
    if not report.corrections:
        return
    latest, pointer = report.corrections[-1], f"/correction/{len(report.corrections) - 1}"
    if is_blank(latest.reason):
        yield error(rule, pointer, "the correction has no reason: say what was wrong")
    if (latest.from_rating, latest.to_rating) != (previous.rating.label, report.rating.label):
        yield error(
            rule,
            pointer,
            f"the correction tells {latest.from_rating} to {latest.to_rating}, "
            f"but the report goes from {previous.rating.label} to {report.rating.label}",
        )
    changed = previous.rating.label != report.rating.label
    if changed != (latest.type is CorrectionType.RATING_CHANGED):
        yield error(
            rule,
            pointer,
            f"the rating {'changed' if changed else 'did not change'}, but the correction is of type {latest.type}",
        )


def _retraction(case: Case) -> Iterator[Finding]:
    rule, retraction = "versions", case.report.retraction
    if case.document is not None:
        yield error(rule, "", "a retracted report has no ClaimReview: only its notice stays")
    if retraction is None or is_blank(retraction.reason):
        yield error(rule, "", "the retraction has no reason: say why the report was taken back")
