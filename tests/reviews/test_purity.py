"""The rules of reviews need no Django, no database and no network of their own."""

import ast
import sys
from pathlib import Path

import pytest

import reviews

ROOT = Path(reviews.__file__).parent
PURE = [
    *(
        ROOT / f"{name}.py"
        for name in ("enums", "workflow", "policies", "diagram", "addresses", "gate", "priority", "submissions")
    ),
    *sorted((ROOT / "reports").glob("*.py")),
]
PURE_NAMES = {"reviews", *(".".join(("reviews", *path.relative_to(ROOT).with_suffix("").parts)) for path in PURE)}
BESIDE = {
    "claims.enums",
    "factcheck",
    "factcheck.accounts.roles",
    "factcheck.errors",
    "factcheck.canonical",
    "publicsuffixlist",
    "django.utils.feedgenerator",  # writes XML; asks for no settings and no database
}
REACHING_OUT = {"socket", "http", "ssl", "sqlite3", "subprocess", "random", "secrets", "time", "os"}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_purity_of_module(path):
    for name in _imports(path):
        standard = name.split(".")[0] in sys.stdlib_module_names - REACHING_OUT
        package = name == "reviews.reports"
        assert standard or package or name in PURE_NAMES | BESIDE, name
