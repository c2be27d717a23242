"""Claimants: one row per name and type."""

import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

from claims.enums import ClaimantType
from claims.models import Claimant
from factcheck import canonical
from factcheck.errors import Invalid

MAX_NAME = 200


def key_of(name: str) -> str:
    """The folded name under which spellings of one name meet."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:MAX_NAME]


def _slug(name: str, kind: str) -> str:
    readable = slugify(name)[:100] or "claimant"
    return f"{readable}-{canonical.sha256(f'{kind}:{key_of(name)}')[:6]}"


def ensure(wanted: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], Claimant]:
    """Rows for (name, type, description), made where missing, by (key, type).

    Two statements at most, whatever the number; an empty name is Invalid.
    """
    by_key: dict[tuple[str, str], tuple[str, str]] = {}
    for name, kind, description in wanted:
        if not key_of(name) or len(name) > MAX_NAME:
            raise Invalid.at("/claimant/name", "name_invalid", f"A claimant's name has 1 to {MAX_NAME} characters")
        by_key.setdefault((key_of(name), ClaimantType(kind).value), (name, description))
    if not by_key:
        return {}
    found = _find(by_key)
    missing = [
        Claimant(name=name.strip(), type=kind, key=key, slug=_slug(name, kind), description=description[:300])
        for (key, kind), (name, description) in by_key.items()
        if (key, kind) not in found
    ]
    if missing:
        Claimant.objects.bulk_create(missing, ignore_conflicts=True)
        found = _find(by_key)
    return found


def _find(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Claimant]:
    listed = list(keys)
    rows = Claimant.objects.filter(key__in={key for key, _ in listed})
    return {(row.key, row.type): row for row in rows if (row.key, row.type) in listed}
