"""The public pages: no sign-in, no script, nothing but what is published."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from factcheck.api.pages import Order, page
from factcheck.errors import DomainError
from factcheck.requests import refuse
from reviews import gate, public_reports, selectors
from reviews.models import ReportVersion
from reviews.public_reports import PublicReport
from reviews.reports import claimreview, csv_rows, payload_json

PAGE_SIZE = 30
REPORTS = Order("reports", ("published_at", "id"))
CORRECTIONS = Order("corrections", ("published_at", "id"))
View = Callable[..., HttpResponseBase]


class Retracted(DomainError):
    """There is no ClaimReview any more; the notice page says why."""

    code = "report_retracted"
    status = 410
    title = "Retracted"


def public_page(view: View) -> View:
    """GET and HEAD only; a refusal becomes a page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return refuse(request, error)

    return require_safe(answer)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The front door leads to the reports."""
    return HttpResponseRedirect(reverse("public-reports"))


@public_page
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report that stands, newest first."""
    found = page(public_reports.standing(), order=REPORTS, limit=PAGE_SIZE, cursor=request.GET.get("cursor") or None)
    shown = [public_reports.opened(row) for row in found.rows]
    return render(request, "reports/list.html", {"reports": shown, "next": found.next, "prev": found.prev})


@public_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report, or the notice that stands in its place."""
    public = public_reports.opened(public_reports.named(slug))
    shown: dict[str, object] = {
        "public": public,
        "report": public.report,
        "versions": public_reports.versions_of(public.row),
    }
    if public.report.is_retracted:
        return render(request, "reports/retracted.html", shown)
    document = claimreview.document(public.report)
    [stands] = public_reports.as_they_stand([public])
    shown |= {"report": stands, "links": stands.links}
    return render(request, "reports/report.html", {**shown, "claim_review": claimreview.script_text(document)})


@public_page
def report_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as it stands: the frozen payload with today's links and, while
    a correction is open, its status; the notice once it is retracted."""
    [report] = public_reports.as_they_stand([public_reports.opened(public_reports.named(slug))])
    return HttpResponse(payload_json.render(report), content_type="application/json")


@public_page
def report_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """The ClaimReview; 410 once the report is retracted."""
    rendered = claimreview.render(public_reports.opened(public_reports.named(slug)).report)
    if rendered is None:
        raise Retracted("This report was retracted: it has no ClaimReview any more")
    return HttpResponse(rendered, content_type=claimreview.MEDIA_TYPE)


@public_page
def report_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """One header line, one row."""
    public = public_reports.opened(public_reports.named(slug))
    return HttpResponse(
        b"".join(csv_rows.render_many([public.report])),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.csv"'},
    )


@public_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports on one article's claims; 404 before the first."""
    reports = public_reports.roll_up(pk)
    return render(request, "reports/article.html", {"article": reports[-1].report.claim.article, "reports": reports})


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """How the desk corrects itself, and every time it did."""
    found = page(
        public_reports.corrected(), order=CORRECTIONS, limit=PAGE_SIZE, cursor=request.GET.get("cursor") or None
    )
    shown = [_corrected(version) for version in found.rows]
    return render(request, "reports/corrections.html", {"changes": shown, "next": found.next, "prev": found.prev})


def _corrected(version: ReportVersion) -> PublicReport:
    return public_reports.frozen(version.report, version)


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    """How the desk rates, with the scale in force and its standards."""
    scale = selectors.scales().filter(default_since__isnull=False).first()
    policy = selectors.gate_policy(rules=scale.gate_rules if scale else ())
    shown = {
        "scale": scale,
        "rules": gate.rules_of(policy),
        "minimum_sources": policy.minimum_sources,
        "required_approvals": selectors.required_approvals(scale.required_approvals if scale else None),
    }
    return render(request, "reports/methodology.html", shown)
