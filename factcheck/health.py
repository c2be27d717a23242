"""Liveness and readiness, each part with its fix, and metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu import Connection
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from factcheck import immutable
from factcheck.jobs import heartbeat
from factcheck.jobs.figures import JobFigures

log = structlog.get_logger(__name__)
WEB_PATIENCE_S = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it works, what was seen, and what to do if not."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check("database", ok=True, detail=connection.vendor)


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Check("migrations", False, f"{len(waiting)} not applied", "python manage.py migrate")
    return Check("migrations", ok=True, detail="all applied")


def _triggers() -> Check:
    gone = immutable.missing(connection)
    if gone:
        return Check("triggers", False, f"missing: {', '.join(gone)}", "python manage.py migrate")
    return Check("triggers", ok=True, detail="all stand")


def _broker() -> Check:
    if settings.REDIS_URL is None:
        return Check("broker", ok=True, detail="files under DATA_DIR")
    options = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    try:
        with Connection(settings.REDIS_URL, transport_options=options) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except Exception as error:
        return Check(
            "broker",
            False,
            type(error).__name__,
            "start Redis or mend REDIS_URL; articles are taken meanwhile",
        )
    return Check("broker", ok=True, detail="Redis answers")


def _worker() -> Check:
    if heartbeat.is_alive():
        return Check("worker", ok=True, detail="a worker gave a sign within 10 s")
    return Check("worker", False, "no worker gave a sign within 10 s", "celery -A factcheck worker (or ./dev run)")


def _storage() -> Check:
    probe = settings.DATA_DIR / ".probe"
    probe.write_text("ok")
    probe.unlink()
    return Check("storage", ok=True, detail=str(settings.DATA_DIR))


def _web() -> Check:
    """Asked where this installation's web server listens, not through a proxy."""
    host = "127.0.0.1" if settings.HOST in {"0.0.0.0", "::"} else settings.HOST  # noqa: S104 # compared, never bound
    asked = HTTPConnection(host, settings.PORT, timeout=WEB_PATIENCE_S)
    try:
        asked.request("GET", "/healthz", headers={"Host": "localhost"})
        status = asked.getresponse().status
    except HTTPException as error:
        raise OSError(f"no HTTP: {type(error).__name__}") from error
    finally:
        asked.close()
    if status != 200:
        fix = f"something else listens on port {settings.PORT}, or the web server fails: read its log"
        return Check("web", False, f"/healthz answers {status}", fix)
    return Check("web", ok=True, detail=f"answers on {host}:{settings.PORT}")


READY: tuple[Callable[[], Check], ...] = (_database, _migrations, _broker, _worker)
ALL: tuple[Callable[[], Check], ...] = (*READY, _triggers, _storage, _web)
_FAILED = {
    "_database": ("the database does not answer", "start the database or mend DATABASE_URL; the log says more"),
    "_storage": ("DATA_DIR cannot be written", "make DATA_DIR writable, or free space; the log says more"),
    "_web": ("the web server does not answer", "start the web server (gunicorn, or ./dev run)"),
}


def run_checks(checks: tuple[Callable[[], Check], ...]) -> list[Check]:
    """Each check's finding; one that raises has failed. What it raised goes to
    the log only: it may name hosts, users and paths."""
    found = []
    for check in checks:
        try:
            found.append(check())
        except (DatabaseError, OSError) as error:
            name = check.__name__.strip("_")
            said, fix = _FAILED.get(check.__name__, _FAILED["_database"])
            log.warning("health.failed", check=name, error=f"{type(error).__name__}: {error}"[:500])
            found.append(Check(name, False, said, fix))
    return found


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part works, else 503 with each part's fix."""
    checks = run_checks(READY)
    ready = all(check.ok for check in checks)
    body = {
        "status": "ready" if ready else "not_ready",
        "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail, "fix": c.fix} for c in checks],
    }
    return JsonResponse(body, status=200 if ready else 503)


def metrics_page(request: HttpRequest) -> HttpResponse:
    """Prometheus text: the job table's figures and this web process's counters."""
    registry = CollectorRegistry()
    registry.register(JobFigures())
    body = generate_latest() + generate_latest(registry)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
