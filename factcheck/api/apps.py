"""API plumbing."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """problem+json, cursors, idempotency, preconditions, scopes."""

    name = "factcheck.api"
    label = "api"
