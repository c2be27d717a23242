"""The ground floor as Django applications."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class FactcheckConfig(AppConfig):
    """Kernel: its commands, and the triggers after every migration."""

    name = "factcheck"
    label = "factcheck"
    verbose_name = "Kernel"

    def ready(self) -> None:
        from factcheck import immutable

        post_migrate.connect(immutable.install_for_app, dispatch_uid="immutable.install")


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk's own site class."""

    default_site = "factcheck.admin_site.DeskAdminSite"
