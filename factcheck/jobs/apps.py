"""Jobs application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The Job table, its runner and its sweep."""

    name = "factcheck.jobs"
    label = "jobs"
