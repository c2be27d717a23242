"""Addresses of the public pages."""

from django.urls import path, re_path

from reviews import public, public_versions

SLUG = r"(?P<slug>[0-9]+(?:-[a-z0-9-]+)?)"

urlpatterns = [
    path("", public.home, name="public-home"),
    path("reports/", public.report_list, name="public-reports"),
    re_path(rf"^reports/{SLUG}$", public.report, name="public-report"),
    re_path(rf"^reports/{SLUG}\.json$", public.report_json, name="public-report-json"),
    re_path(rf"^reports/{SLUG}\.jsonld$", public.report_jsonld, name="public-report-jsonld"),
    re_path(rf"^reports/{SLUG}\.csv$", public.report_csv, name="public-report-csv"),
    re_path(rf"^reports/{SLUG}/versions$", public_versions.version_list, name="public-versions"),
    re_path(
        rf"^reports/{SLUG}/versions/(?P<number>[0-9]{{1,9}})\.json$",
        public_versions.version_json,
        name="public-version-json",
    ),
    path("reports/rss", public_versions.rss_feed, name="public-rss"),
    path("reports/feed.jsonld", public_versions.feed, name="public-feed"),
    path("articles/<int:pk>", public.article, name="public-article"),
    path("corrections", public.corrections, name="public-corrections"),
    path("methodology", public.methodology, name="public-methodology"),
]
