"""Reading archived copies: where the bytes lie, what is known of a source."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from claims.selectors import MAX_ID
from factcheck.errors import NotFound
from reviews.models import Evidence, Snapshot, Source, SourceState
from reviews.sources import sources


def path_of(sha256: str) -> Path:
    """Where the bytes with that digest lie."""
    return Path(settings.MEDIA_ROOT) / "snapshots" / sha256[:2] / sha256


def bytes_of(snapshot: Snapshot) -> bytes:
    """The bytes as they were served; NotFound when the file is gone."""
    try:
        return path_of(snapshot.sha256).read_bytes()
    except FileNotFoundError:
        raise NotFound("The file of this copy is missing: restore it from a backup") from None


def snapshot(pk: int) -> Snapshot:
    """One copy, or NotFound."""
    found = Snapshot.objects.filter(pk=pk).first() if pk < MAX_ID else None
    if found is None:
        raise NotFound(f"There is no copy {pk}")
    return found


def found(*, words: str = "", group: str = "", broken: bool = False) -> QuerySet[Source]:
    """Sources with the words, their state joined; `broken`: whose link rots."""
    rows = sources(words=words, group=group).select_related("state__snapshot")
    return rows.filter(state__broken_since__isnull=False) if broken else rows


def state_of(source: Source) -> SourceState | None:
    """What is known of the source's address; None: it was not looked at yet."""
    return getattr(source, "state", None)


def copies_of(source_id: int) -> QuerySet[Snapshot]:
    """Copies of a source, newest first, without their texts."""
    return Snapshot.objects.filter(source=source_id).defer("text").order_by("-pk")


def state_shown(state: SourceState | None) -> dict[str, Any]:
    """The state as the API shows it."""
    if state is None:
        names = ("copy", "fault", "public_copy", "checked_at", "broken_since")
        return {**dict.fromkeys(names), "link": "unknown"}
    return {
        "link": state.link,
        "copy": copy_shown(state.snapshot) if state.snapshot else None,
        "fault": state.fault or None,
        "public_copy": state.public_copy or None,
        "checked_at": state.checked_at,
        "broken_since": state.broken_since,
    }


def copy_shown(row: Snapshot) -> dict[str, Any]:
    """A copy as the API shows it."""
    return {
        "id": row.pk,
        "url": row.url,
        "final_url": row.final_url,
        "status": row.status,
        "content_type": row.content_type or None,
        "sha256": row.sha256,
        "size": row.size,
        "fetched_at": row.fetched_at,
    }


def use_shown(row: Evidence) -> dict[str, Any]:
    """Where a source was used, as the API shows it."""
    verdict = row.verdict
    return {
        "review": verdict.review_id,
        "verdict": verdict.pk,
        "revision": verdict.revision,
        "number": row.number,
        "stance": row.stance,
        "excerpt": row.excerpt or None,
        "locator": row.locator or None,
        "claim": verdict.review.claim.statement,
        "rating": verdict.rating.label,
    }
