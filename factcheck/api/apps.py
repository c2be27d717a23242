"""API plumbing."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """problem+json, cursors, idempotency, preconditions, scopes."""

    name = "factcheck.api"
    label = "api"

    def ready(self) -> None:
        from factcheck.api import idempotency
        from factcheck.jobs import scheduler

        scheduler.daily(idempotency.prune)
