"""The document of the standards gate lists the rules the code runs."""

import re
from pathlib import Path

from reviews import gate

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"
ROW = re.compile(r"^\| `([a-z_]+)` \| ([^|]+) \| (always|if chosen) \| (yes)? ?\| (yes)? ?\|$", re.MULTILINE)


def test_document_lists_every_rule_as_it_is():
    section = DOCUMENT.read_text().split("## The standards gate")[1].split("## ")[0]
    found = ROW.findall(section)
    told = [(code, text, holds == "always", bool(reason), bool(aside)) for code, text, holds, reason, aside in found]
    assert told == [
        (one.code, one.text, one.by_default, one.code in gate.REASONED, one.overridable) for one in gate.RULES.values()
    ]
