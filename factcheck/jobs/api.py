"""Progress of long work over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.accounts.roles import DESK_READERS, Role
from factcheck.api.views import DeskView
from factcheck.clock import db_now
from factcheck.errors import NotFound
from factcheck.jobs import control
from factcheck.jobs.models import Job


class JobOut(serializers.Serializer[dict[str, Any]]):
    """One job. `eta_s` is null until progress allows a guess."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    state = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    eta_s = serializers.FloatField(allow_null=True)
    attempts = serializers.IntegerField()
    errors = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment] # the contract names it so; serializers have a property of that name
    result_url = serializers.CharField(allow_null=True)


def _eta(job: Job) -> float | None:
    if job.state != "running" or not job.progress_done or job.started_at is None:
        return None
    spent = (db_now() - job.started_at).total_seconds()
    return round(spent / job.progress_done * (job.progress_total - job.progress_done), 1)


def shown(job: Job) -> dict[str, Any]:
    """The job as the API shows it."""
    return {
        "id": job.pk,
        "kind": job.kind,
        "state": job.state,
        "done": job.progress_done,
        "total": job.progress_total,
        "eta_s": _eta(job),
        "attempts": job.attempts,
        "errors": [job.error] if job.error else [],
        "result_url": job.result.get("url"),
    }


class JobDetail(DeskView):
    """One job: its state, and stopping it."""

    scopes: ClassVar = {"GET": "articles:read", "DELETE": "articles:write"}

    def _visible(self, pk: int) -> Job:
        job = Job.objects.filter(pk=pk).first() if pk < 2**62 else None
        may_see = self.actor.roles & (DESK_READERS | {Role.ADMINISTRATOR})
        if job is None or not (may_see or job.created_by_id == self.actor.pk):
            raise NotFound("There is no such job")
        return job

    @extend_schema(responses=JobOut)
    def get(self, request: Request, pk: int) -> Response:
        """State and progress."""
        return Response(shown(self._visible(pk)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Cancel it."""
        job = self._visible(pk)
        if job.created_by_id != self.actor.pk and not self.actor.roles & {Role.ADMINISTRATOR, Role.CHECKER}:
            raise NotFound("There is no such job of yours")
        control.cancel(job=job, actor=self.actor)
        return Response(status=204)
