"""Audit application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """History and its proof."""

    name = "factcheck.audit"
    label = "audit"
