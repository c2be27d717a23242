"""The product's addresses and the baselines' beside them."""

from django.urls import include, path

urlpatterns = [path("", include("tests.bench.bare")), path("", include("factcheck.urls"))]
