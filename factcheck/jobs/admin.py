"""Jobs in the admin: what waits, what is dead and why, one click to retry."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from factcheck.accounts.models import User
from factcheck.admin_site import SETTINGS_READERS, ReadOnlyAdmin
from factcheck.errors import DomainError
from factcheck.jobs import control
from factcheck.jobs.models import Job, WorkerHeartbeat


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """The Job table."""

    readers = SETTINGS_READERS
    list_display = ("id", "kind", "target", "state", "attempts", "next_run_at", "finished_at", "error")
    list_filter = ("state", "kind")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    actions = ("retry", "cancel")

    @admin.action(description="Try the selected dead jobs again", permissions=["view"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Queue them anew."""
        self._each(request, chosen, control.retry, "queued again")

    @admin.action(description="Cancel the selected jobs", permissions=["view"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Stop them."""
        self._each(request, chosen, control.cancel, "cancelled")

    def _each(self, request: HttpRequest, chosen: QuerySet[Job], act: control.JobAction, done: str) -> None:
        actor = request.user if isinstance(request.user, User) else None
        if actor is None or not actor.roles - {"auditor", "submitter"}:
            messages.error(request, "Your role reads jobs and changes none")
            return
        for job in chosen:
            try:
                act(job=job, actor=actor)
            except DomainError as error:
                messages.error(request, f"Job {job.pk}: {error.detail}")
            else:
                messages.success(request, f"Job {job.pk} is {done}")


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnlyAdmin):
    """Which workers gave a sign, and when."""

    readers = SETTINGS_READERS
    list_display = ("name", "at")
