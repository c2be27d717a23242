"""Claims application."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Article -> claims."""

    name = "claims"
    label = "claims"
