"""Public pages on how reports changed: versions with their differences, the feed."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from reviews import public_reports, versions
from reviews.public import Retracted, public_page
from reviews.reports import claimreview, datafeed, rss
from reviews.reports.verdict_report import VerdictReport

FEED_REPORTS = 500
"""Reports in the feed: those changed last."""

RSS_REPORTS = 50


@public_page
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a report, newest first, each with what it changed."""
    row = public_reports.named(slug)
    public = public_reports.opened(row)
    shown = {"public": public, "report": public.report, "versions": versions.told(row)}
    return render(request, "reports/versions.html", shown)


@public_page
def version_json(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One version as it was frozen, but for what a later one withholds; 410 once
    the report is retracted."""
    row = public_reports.named(slug)
    found = versions.named(row, int(number))
    if row.retracted_at is not None:
        raise Retracted("This report was retracted: its earlier versions no longer stand")
    return HttpResponse(versions.rendered(row, found), content_type="application/json")


@public_page
def feed(request: HttpRequest) -> HttpResponseBase:
    """The reports changed last as one DataFeed; retracted ones as deleted."""
    reports = _changed_last(FEED_REPORTS)
    return StreamingHttpResponse(datafeed.render_many(reports), content_type=claimreview.MEDIA_TYPE)


@public_page
def rss_feed(request: HttpRequest) -> HttpResponse:
    """What was published, corrected or retracted last, as RSS."""
    reports = _changed_last(RSS_REPORTS)
    return HttpResponse(
        rss.render(reports, name=settings.DESK_NAME, address=settings.BASE_URL), content_type=rss.MEDIA_TYPE
    )


def _changed_last(most: int) -> Iterator[VerdictReport]:
    rows = public_reports.all_reports().order_by("-modified_at", "-pk")[:most]
    return (public_reports.opened(row).report for row in rows.iterator(chunk_size=100))
