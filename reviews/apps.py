"""Reviews application."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Claim -> verdict -> report."""

    name = "reviews"
    label = "reviews"
