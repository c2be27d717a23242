"""`python -m tests.faults.table`: docs/reliability.md from the records of full runs."""

import json
from pathlib import Path
from typing import Any

from tests.harness.records import RECORDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
HEAD = """# What the desk survives

Measured by `tests/faults/`, which starts the real product (web, worker, beat), injects faults by process id, writes down every
acknowledged article, drains, and compares with the claims that the pipeline finds in the same text. `./dev test-faults` runs
everything at reduced size, as CI does; `./dev test --full` at full size. This page is generated from the records that full
runs leave (`python -m tests.faults.table`); a proof without a line here has so far been run at reduced size only.

| test | what was seen |
|---|---|
"""


def _shown(found: dict[str, Any]) -> str:
    skipped = {"test", "kill_log", "seed"}
    parts = []
    for name, value in found.items():
        if name in skipped:
            continue
        inner = ", ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        parts.append(f"{name.replace('_', ' ')} {inner}")
    return "; ".join(parts)


def render() -> str:
    """The document."""
    rows = []
    for path in sorted(RECORDS.glob("*.json")):
        if path.name.endswith(".local.json"):
            continue
        found = json.loads(path.read_text())
        rows.append(f"| `{found['test']}` | {_shown(found)} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(render())
