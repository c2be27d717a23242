"""Backup and restore: one file, one consistent view, either database.

The file is gzipped JSON lines: a header with the applied migrations, for each
table a line with its columns and one line a row, pieces of archived files,
and a footer with counts and a digest of all lines before.
"""

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction

from factcheck import immutable, schema_fit
from factcheck.audit.verification import Fault, verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, Invalid
from factcheck.jobs import sweep
from factcheck.moments import consistent_view
from factcheck.staging import StagedFiles

FORMAT = "factcheck-desk-backup"
VERSION = 2
CHUNK = 500
FILE_PIECE = 300_000
MAX_LINE = 64 * 1024 * 1024
_LEFT_OUT = frozenset({"jobs.WorkerHeartbeat", "accounts.SignInFailure"})
_OURS = ("auth", "accounts", "audit", "jobs", "events", "api", "claims", "reviews")
_MADE_BY_MIGRATE = frozenset({"auth.Permission", "contenttypes.ContentType"})


def tables() -> list[type[models.Model]]:
    """Every model whose rows belong to the desk, many-to-many tables included."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        managed = model._meta.managed and not model._meta.proxy
        if model._meta.app_label in _OURS and managed and label not in _LEFT_OUT | _MADE_BY_MIGRATE:
            found.append(model)
    return [model for model in found if "permission" not in model._meta.db_table]


class _Lines:
    """Writes JSON lines and digests them on the way."""

    def __init__(self, out: gzip.GzipFile) -> None:
        self._out = out
        self.seen = hashlib.sha256()
        self.counts: Counter[str] = Counter()

    def put(self, value: dict[str, Any]) -> None:
        line = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"
        self.seen.update(line)
        self._out.write(line)


def _moment(value: Any) -> Any:
    """Microseconds are kept; the encoder of the framework would cut them."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def backup(path: Path) -> dict[str, int]:
    """Write everything to `path`, which appears whole or not at all; rows per table."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with gzip.open(part, "wb", compresslevel=6) as out:
        lines = _Lines(out)
        header = {"format": FORMAT, "version": VERSION, "created_at": db_now(), "vendor": connection.vendor}
        lines.put({**header, "migrations": schema_fit.applied(_OURS)})
        with consistent_view():
            for model in tables():
                fields = [field.attname for field in model._meta.concrete_fields]
                lines.put({"t": model._meta.label, "c": fields})
                for row in model._default_manager.order_by("pk").values_list(*fields).iterator(chunk_size=CHUNK):
                    lines.put({"r": [_moment(value) for value in row]})
                    lines.counts[model._meta.label] += 1
        _put_files(lines)
        footer = {"counts": dict(lines.counts), "sha256": lines.seen.hexdigest()}
        out.write(json.dumps(footer).encode() + b"\n")
    part.replace(path)
    return dict(lines.counts)


def _put_files(lines: _Lines) -> None:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file() and path.suffix != ".part":
            name = path.relative_to(root).as_posix()
            lines.counts["files"] += 1
            with path.open("rb") as file:
                piece = file.read(FILE_PIECE)
                while True:
                    lines.put({"f": name, "d": base64.b64encode(piece).decode()})
                    if not (piece := file.read(FILE_PIECE)):
                        break


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of the file without its footer; Invalid when it is damaged."""
    seen = hashlib.sha256()
    held: bytes | None = None
    try:
        with gzip.open(path, "rb") as lines:
            while line := lines.readline(MAX_LINE):
                if held is not None:
                    seen.update(held)
                    yield json.loads(held)
                held = line
            footer = json.loads(held or b"{}")
    except (OSError, EOFError, ValueError) as error:
        raise Invalid(f"{path} is no backup or is damaged: {error}", code="backup_damaged") from None
    if footer.get("sha256") != seen.hexdigest():
        raise Invalid(f"{path} is cut off or was changed: its digest differs", code="backup_damaged")


def _refuse_unless_empty() -> None:
    for label in ("accounts.User", "claims.Article", "reviews.Review"):
        if apps.get_model(label)._default_manager.exists():
            raise Conflict(f"This installation is not empty ({label} has rows)", code="not_empty")


def _clear() -> None:
    """Delete what migrating has made, so that the rows of the backup fit."""
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables())
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {names} CASCADE")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for model in tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 # our own table names


def restore(path: Path) -> tuple[dict[str, int], list[Fault]]:
    """Load `path` into an empty, migrated installation, all or nothing; rows
    per table, and the faults of its history: then nothing was kept.

    The triggers are away only inside the one transaction, which puts them
    back and re-computes the whole history. Files wait beside the archive and
    are moved last. Invalid `backup_unfit` when the tables differ.
    """
    _refuse_unless_empty()
    rows = _read(path)
    header = next(rows, {})
    if header.get("format") != FORMAT or header.get("version") != VERSION:
        raise Invalid(f"{path} is not a backup this version can read", code="backup_unknown")
    schema_fit.refuse_other_history(header["migrations"], _OURS)
    with StagedFiles(Path(settings.MEDIA_ROOT)) as files:
        try:
            with transaction.atomic():
                return _restore(rows, files)
        except DatabaseError as error:
            raise Invalid(
                f"The rows of this backup do not fit this version ({type(error).__name__}). Nothing was changed",
                code="backup_unfit",
            ) from error


def _restore(rows: Iterator[dict[str, Any]], files: StagedFiles) -> tuple[dict[str, int], list[Fault]]:
    for model in immutable.registered():
        immutable.remove(connection, model)
    _clear()
    counts = _load(rows, files)
    connection.check_constraints()
    for model in immutable.registered():
        immutable.install(connection, model)
    faults = verify()
    if faults:
        transaction.set_rollback(True)
        return counts, faults
    _reset_sequences()
    sweep.take_back_all()
    files.move()
    return counts, []


def _load(rows: Iterator[dict[str, Any]], files: StagedFiles) -> dict[str, int]:
    counts: Counter[str] = Counter()
    known = {model._meta.label: model for model in tables()}
    seen: set[str] = set()
    fields: list[models.Field[object, object]] = []
    batch: list[models.Model] = []
    model: type[models.Model] | None = None
    for line in rows:
        if len(batch) >= CHUNK or (batch and "r" not in line):
            _insert(batch)
            batch = []
        if "f" in line:
            files.append(line["f"], base64.b64decode(line["d"]))
            seen.add(line["f"])
        elif "t" in line:
            model = known.get(line["t"])
            if model is None:
                raise Invalid(f"The backup has a table {line['t']!r} that this version has not", code="backup_unfit")
            fields = schema_fit.columns_to_load(model, line["c"])
        elif model is not None:
            batch.append(_row(model, fields, line["r"]))
            counts[model._meta.label] += 1
    if batch:
        _insert(batch)
    return {**counts, **({"files": len(seen)} if seen else {})}


def _row(model: type[models.Model], fields: list["models.Field[object, object]"], values: list[object]) -> models.Model:
    pairs = zip(fields, values, strict=True)
    return model(**{field.attname: field.to_python(value) for field, value in pairs})


def _insert(batch: list[models.Model]) -> None:
    type(batch[0])._default_manager.bulk_create(batch)


def _reset_sequences() -> None:
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
