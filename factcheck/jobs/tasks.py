"""Celery's entry to housekeeping; the sweep is no Job, it is what moves them."""

from celery import shared_task

from factcheck.jobs import sweep


@shared_task(name="jobs.sweep")
def sweep_jobs() -> None:
    """Publish again what should run."""
    sweep.sweep()


@shared_task(name="jobs.prune")
def prune_jobs() -> None:
    """Forget what was done long ago."""
    sweep.prune()
