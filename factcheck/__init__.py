"""Factcheck: the ground floor of the desk."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
