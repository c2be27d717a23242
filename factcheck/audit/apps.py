"""Audit application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """History and its proof."""

    name = "factcheck.audit"
    label = "audit"

    def ready(self) -> None:
        from factcheck.audit import checkpoints, erasures
        from factcheck.jobs import scheduler

        scheduler.daily(checkpoints.write)
        scheduler.daily(erasures.write)
