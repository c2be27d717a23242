"""The daily list of all heads, for somebody to keep where the database is not.

`verify_audit --heads FILE` proves with it that no chain was shortened or
hashed anew since that day.
"""

import json
import os
from pathlib import Path

from django.conf import settings

from factcheck.audit.verification import export_heads
from factcheck.clock import db_now


def write() -> int:
    """DATA_DIR/audit/heads-2026-05-31.json, once a day; how many files were
    written. An earlier list of the same day stays: it vouches for more time."""
    folder = Path(settings.DATA_DIR) / "audit"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"heads-{db_now():%Y-%m-%d}.json"
    if target.exists():
        return 0
    unfinished = target.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(export_heads(), indent=1) + "\n", encoding="utf-8")
    unfinished.replace(target)
    return 1
