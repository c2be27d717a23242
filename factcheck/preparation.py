"""What a start needs done first, and only when it is needed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from factcheck import immutable


def migrate_if_needed() -> bool:
    """Apply waiting migrations and missing triggers; whether there were any."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting and not immutable.missing(connection):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def _static_fingerprint() -> str:
    """Changes whenever a static file of ours or an installed package does."""
    seen = hashlib.sha256((Path(settings.BASE_DIR) / "requirements" / "base.lock").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            stat = path.stat()
            seen.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    return seen.hexdigest()


def collect_static_if_needed() -> bool:
    """Collect static files unless the collected ones are current."""
    mark = Path(settings.STATIC_ROOT) / ".fingerprint"
    wanted = _static_fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(wanted)
    return True
