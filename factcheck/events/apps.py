"""Events application."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Event rows and subscriptions."""

    name = "factcheck.events"
    label = "events"
