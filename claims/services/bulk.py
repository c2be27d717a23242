"""Bulk files: many articles in one file, each row taken or refused by itself.

The file is split into rows when it comes; a job takes them in small steps,
each committed with what became of its rows, so that a killed worker repeats
nothing and loses nothing.
"""

import hashlib
import time
from datetime import timedelta
from pathlib import PurePath

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, transaction

from claims.enums import RowState
from claims.models import BulkFile, BulkFileRow
from claims.pipeline.ingest import BulkRow, Ingested, IngestError, csv_rows, jsonl_rows, read_row
from claims.policies import Right, require
from claims.services import files, intake, pages
from claims.services.files import File
from claims.services.intake import Received, Submission
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now, db_now_plus
from factcheck.errors import DomainError, Invalid
from factcheck.jobs import outbox
from factcheck.jobs.models import Job, JobState
from factcheck.jobs.reasons import reason_of
from factcheck.jobs.runner import Running

TAKE = "claims.take_bulk_file"
STEP = 20
"""Rows read and written in one transaction."""

SECONDS = 20.0
"""How long one job goes on before the next takes over."""

BACKLOG = 200
"""Jobs that may wait before a bulk file adds more."""

PAUSE = timedelta(seconds=1)
DEATHS = 2
"""A second attempt goes row by row; a row that so many attempts had in hand as
they died is refused."""

IN_HAND = "in_hand"
InHand = dict[str, tuple[int, int]]
"""The first and the last row in hand, by attempt."""

READERS = {".csv": csv_rows, ".tsv": csv_rows, ".jsonl": jsonl_rows, ".ndjson": jsonl_rows}
MAX_NAME, MAX_DETAIL, MAX_EXTERNAL_ID = 200, 500, 200
BATCH = 500
NOT_THE_ROWS = (OperationalError, InterfaceError, SoftTimeLimitExceeded, MemoryError)
"""Errors that say nothing of the row in hand: the job is tried again."""


def receive(*, file: File, actor: User) -> BulkFile:
    """Keep the rows of a bulk file and have them taken in by a job."""
    require(actor.roles, Right.SUBMIT_ARTICLE)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in READERS:
        raise Invalid.at("/file", "file_kind_unknown", "A bulk file is .csv or .jsonl")
    try:
        lines = READERS[suffix](file.content, file.charset)
    except IngestError as error:
        raise intake.refusal_of(error, "/file") from None
    at = db_now()
    with transaction.atomic():
        bulk = BulkFile.objects.create(
            name=PurePath(file.name).name[-MAX_NAME:],
            kind="csv" if READERS[suffix] is csv_rows else "jsonl",
            sha256=hashlib.sha256(file.content).hexdigest(),
            total=len(lines),
            submitted_by=actor,
            created_at=at,
        )
        rows = [_row(bulk, number, line) for number, line in enumerate(lines, start=1)]
        BulkFileRow.objects.bulk_create(rows, batch_size=BATCH)
        data = {"rows": bulk.total, "sha256": bulk.sha256}
        history.record(subject=bulk, action="bulk_file.received", actor=actor, data=data, is_first=True, at=at)
        outbox.enqueue(TAKE, bulk.pk, created_by=actor.pk, at=at)
    return bulk


def _row(bulk: BulkFile, number: int, line: str) -> BulkFileRow:
    if "\0" in line:
        detail = "The row holds a NUL character"
        return BulkFileRow(file=bulk, number=number, state=RowState.REFUSED.value, code="nul_character", detail=detail)
    return BulkFileRow(file=bulk, number=number, content=line)


def run(running: Running) -> None:
    """Take rows until the time of one job is over; the rest is another job's."""
    bulk = BulkFile.objects.select_related("submitted_by").get(pk=int(running.target))
    step = STEP if running.attempt == 1 else 1
    tried = _deadly(running)
    _skip_first(running, bulk, tried)
    until = time.monotonic() + SECONDS
    while True:
        waiting = bulk.rows.filter(state=RowState.WAITING.value).order_by("number")
        rows = list(waiting[:step])
        if not rows or time.monotonic() > until or _is_backlogged():
            break
        _note_in_hand(running, tried, rows)
        read = [(row, _read(row, bulk.kind)) for row in rows]
        with running.checkpoint(done=rows[0].number - 1, total=bulk.total):
            for row, found in read:
                _take(row, found, bulk.submitted_by)
    with running.finishing():
        BulkFile.objects.filter(pk=bulk.pk).exclude(error="").update(error="")
        if rows:
            outbox.enqueue(TAKE, bulk.pk, created_by=bulk.submitted_by_id, delay=PAUSE)
        else:
            BulkFile.objects.filter(pk=bulk.pk, finished_at__isnull=True).update(finished_at=db_now())


def _is_backlogged() -> bool:
    """Whether so much work waits that a bulk file stands back: an article that
    somebody sends meanwhile has its turn soon."""
    waiting = Job.objects.filter(state=JobState.QUEUED, next_run_at__lte=db_now_plus())
    return waiting.order_by()[: BACKLOG + 1].count() > BACKLOG


def _deadly(running: Running) -> InHand:
    """Which rows each earlier attempt of this job had in hand when it ended by
    time, memory or a crash; a fault of the database is no row's."""
    if running.attempt == 1:
        return {}
    result, error = running.row().values_list("result", "error").first() or ({}, "")
    tried: InHand = dict(result.get(IN_HAND, {}))
    if error and not error.startswith(("TimeoutError", "MemoryError")):
        tried.pop(str(running.attempt - 1), None)
    return tried


def _note_in_hand(running: Running, tried: InHand, rows: list[BulkFileRow]) -> None:
    """Say, before they are read, which rows a crash would be one of."""
    tried[str(running.attempt)] = (rows[0].number, rows[-1].number)
    running.row().update(error="", result={IN_HAND: tried})


def _skip_first(running: Running, bulk: BulkFile, tried: InHand) -> None:
    """Refuse the first row that waits if attempts died of it: the others go in."""
    row = bulk.rows.filter(state=RowState.WAITING.value).order_by("number").first()
    if row is None or sum(first <= row.number <= last for first, last in tried.values()) < DEATHS:
        return
    with running.checkpoint(done=row.number, total=bulk.total):
        _refuse(row, "row_not_processed", "Reading this row took too long or too much memory, twice")


def give_up(target: str, error: str) -> None:
    """The job was given up: the file says why, and its rows wait on, so that
    trying the job again goes on with them."""
    BulkFile.objects.filter(pk=int(target)).update(error=error.replace("\0", "")[:MAX_DETAIL])


def _read(row: BulkFileRow, kind: str) -> BulkRow:
    """What the row says; an error no reader foresaw is the row's too."""
    try:
        return read_row(row.number, row.content, kind)
    except NOT_THE_ROWS:
        raise
    except Exception as error:
        return BulkRow(row.number, error=IngestError("row_failed", _told(error)))


def _told(error: Exception) -> str:
    return f"Taking this row in failed: {reason_of(error)}"


def _take(row: BulkFileRow, found: BulkRow, actor: User) -> None:
    """Write one row's article and what became of it; must run in a transaction."""
    if found.error is not None or found.article is None:
        code, detail = (found.error.code, found.error.detail) if found.error else ("row_invalid", "Nothing in it")
        row.external_id = (found.external_id or "")[:MAX_EXTERNAL_ID]
        _refuse(row, code, detail)
        return
    try:
        with transaction.atomic():
            _write(row, found, found.article, actor)
    except NOT_THE_ROWS:
        raise
    except DomainError as error:
        _refuse(row, error.code, error.detail)
    except Exception as error:
        _refuse(row, "row_failed", _told(error))


def _write(row: BulkFileRow, found: BulkRow, article: Ingested, actor: User) -> None:
    row.external_id = (found.external_id or "")[:MAX_EXTERNAL_ID]
    given = {"external_id": found.external_id or "", "url": article.url or ""}
    received = _submitted(files.submission_of(article, given), found, actor)
    row.state = (
        RowState.CREATED if received.created else RowState.REVISED if received.revised else RowState.KNOWN
    ).value
    row.article, row.content = received.article, ""
    row.save()


def _submitted(submission: Submission, found: BulkRow, actor: User) -> Received:
    if len(submission.external_id) > MAX_EXTERNAL_ID:
        raise Invalid.at("/external_id", "too_long", f"external_id has more than {MAX_EXTERNAL_ID} characters")
    if found.needs_fetching:
        return pages.request(submission=submission, actor=actor)
    return intake.submit(submission=submission, actor=actor)


def _refuse(row: BulkFileRow, code: str, detail: str) -> None:
    row.state, row.content, row.article = RowState.REFUSED.value, "", None
    row.code, row.detail = code[:40], detail[:MAX_DETAIL]
    row.save()
