"""What proofs at full size leave behind: one JSON file each."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FULL = os.environ.get("FAULTS") == "full"
RECORDS = Path(__file__).parents[1] / "faults" / "records"


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """What the test found; kept as JSON beside the others, from which
    docs/reliability.md is generated (full runs are committed)."""
    started = time.monotonic()
    found: dict[str, Any] = {"test": request.node.name, "size": "full" if FULL else "reduced"}
    yield found
    found["seconds"] = round(time.monotonic() - started, 1)
    suffix = "json" if FULL else "local.json"
    RECORDS.mkdir(exist_ok=True)
    (RECORDS / f"{request.node.name}.{suffix}").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
