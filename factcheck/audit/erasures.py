"""The list of what was erased, for somebody to keep beside the backups.

A backup made before an erasure still has the value. Whoever restores one
applies the newest list (`personal.erase_again`), which tells the values by their salted digests alone.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from factcheck.audit.models import PersonalDetail
from factcheck.errors import Invalid


@dataclass(frozen=True, slots=True)
class Erasure:
    """One value that was erased: whose, of which kind, its digest, and when."""

    subject: str
    kind: str
    digest: str
    erased_at: str


@dataclass(frozen=True, slots=True)
class Again:
    """How many values were erased again, and what stood against others, in words."""

    count: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """Something beside personal details that is erased: lists what was, and
    erases again what of a list stands."""

    listed: Callable[[], Iterable[Erasure]]
    erase_again: Callable[[Collection[Erasure]], Again]


_kinds: list[Kind] = []


def include(kind: Kind) -> None:
    """Let the list hold these erasures too."""
    if kind not in _kinds:
        _kinds.append(kind)


def kinds() -> tuple[Kind, ...]:
    """What is erased beside personal details."""
    return tuple(_kinds)


def listed() -> list[Erasure]:
    """Every erasure, the personal details' first, oldest first."""
    rows = PersonalDetail.objects.filter(erased_at__isnull=False).order_by("erased_at", "pk")
    details = [
        Erasure(f"{row.subject_type}:{row.subject_id}", row.kind, row.digest, row.erased_at.isoformat())
        for row in rows.iterator(chunk_size=500)
        if row.erased_at is not None
    ]
    return [*details, *(one for kind in _kinds for one in kind.listed())]


def newest_list() -> Path:
    """Where the desk itself keeps the list: copy it away with the backups."""
    return Path(settings.DATA_DIR) / "audit" / "erasures.json"


def write(target: Path | None = None) -> int:
    """Write the list, whole or not at all; how many files were written."""
    path = target or newest_list()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    text = json.dumps({"erasures": [asdict(one) for one in listed()]}, indent=1, ensure_ascii=False)
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(path)
    return 1


def finish() -> None:
    """After an erasure was committed: the list anew, and the pages of a SQLite
    file and its log no longer hold what is gone."""
    write()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def read(path: Path) -> list[Erasure]:
    """The list in a file; Invalid when it is none."""
    try:
        return [Erasure(**one) for one in json.loads(path.read_text(encoding="utf-8"))["erasures"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(f"{path} is no list of erasures: {error}", code="erasures_unreadable") from None
