"""Addresses. The applications' are included by name, never imported."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from factcheck import health
from factcheck.api.missing import ApiNotFound

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("api/v1/", include("factcheck.accounts.urls")),
    path("api/v1/", include("factcheck.jobs.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("api/v1/", include("reviews.api.urls")),
    path("api/v1/schema", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/v1/docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    re_path(r"^api/", ApiNotFound.as_view()),
    path("admin/", include("reviews.desk.urls")),
    path("admin/", admin.site.urls),
    path("", include("reviews.public_urls")),
]
handler400 = "factcheck.failures.bad_request"
handler403 = "factcheck.failures.forbidden"
handler404 = "factcheck.failures.not_found"
handler500 = "factcheck.failures.server_error"
