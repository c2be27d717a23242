"""Reviews application: subscriptions, and the default scale after migrating."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

TRIAGED = ("claim.selected", "claim.unselected", "claim.dismissed", "claim.merged", "claim.split")


def install_default_scale(sender: AppConfig, using: str = "default", **_: object) -> None:
    """post_migrate handler: a new desk has a scale to rate on."""
    from django.db import connections

    from reviews.services import scales

    if using == "default" and "reviews_ratingscale" in connections[using].introspection.table_names():
        scales.install_default()


class ReviewsConfig(AppConfig):
    """Claim -> verdict -> report."""

    name = "reviews"
    label = "reviews"

    def ready(self) -> None:
        from factcheck.audit import erasures, personal
        from factcheck.events import emitting
        from factcheck.jobs import scheduler
        from reviews import contacts, notices
        from reviews.services import archiving, erasing, queue, watch
        from reviews.services.notices import NOTIFY

        post_migrate.connect(install_default_scale, sender=self, dispatch_uid="reviews.default_scale")
        for event in TRIAGED:
            emitting.subscribe(event, job="reviews.open", target_key="article")
        scheduler.often(watch.look)
        scheduler.often(queue.free_orphans)
        scheduler.often(archiving.look)
        personal.named_by(contacts.names_of)
        erasures.include(erasures.Kind(erasing.listed, erasing.erase_again))
        for event, kind in notices.KINDS.items():
            emitting.subscribe(event, job=NOTIFY, target_key=emitting.ITSELF, only_if=kind.only_if)
