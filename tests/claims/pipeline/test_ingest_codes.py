"""The codes of IngestError are told where people look for them."""

import re
from pathlib import Path

from claims.pipeline import ingest_text

ROOT = Path(ingest_text.__file__).parents[2]


def raised_codes():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "claims" / "pipeline").glob("*.py")]
    raised = {code for source in sources for code in re.findall(r"IngestError\(\s*\"(\w+)\"", source)}
    signed = {code for _, code, _ in ingest_text._SIGNATURES}
    passed = {code for source in sources for code in re.findall(r"refuse_crowded_tags\([^\n]*\"(\w+)\"\)", source)}
    return raised | signed | passed


def test_every_code_stands_in_the_docstring():
    told = set(re.findall(r"[a-z]+_[a-z_]+", ingest_text.IngestError.__doc__))
    assert raised_codes() == told


def test_every_code_stands_in_the_document():
    document = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert all(f"`{code}`" in document for code in raised_codes())
