"""Claims application: feeds are polled by the clock."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Article -> claims."""

    name = "claims"
    label = "claims"

    def ready(self) -> None:
        from claims.services import feeds
        from factcheck.jobs import scheduler

        scheduler.each_round(feeds.enqueue_due)
