"""Rules of the house, found by looking at the tree."""

import ast
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from factcheck import immutable

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for package in ("factcheck", "claims", "reviews")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_module_is_longer_than_400_lines():
    everything = [*SOURCES, *TESTS]
    long = {str(path.relative_to(ROOT)): n for path in everything if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_no_function_of_the_tests_is_longer_than_50_lines():
    long = {}
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, FUNCTIONS) and (n := node.end_lineno - node.lineno + 1) > 50:
                long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = n
    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [path.name for path in [*SOURCES, *TESTS] if path.stem in {"utils", "helpers", "common", "misc"}] == []


def test_every_module_and_public_function_says_what_it_is_for():
    silent = []
    for path in SOURCES:
        if path.name == "__init__.py" and not path.read_text().strip():
            continue
        tree = ast.parse(path.read_text())
        if not ast.get_docstring(tree):
            silent.append(str(path))
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node):
                silent.append(f"{path}:{node.name}")
    assert silent == []


def test_nothing_is_deleted_along_a_foreign_key():
    ours = [m for m in apps.get_models() if m.__module__.split(".")[0] in {"factcheck", "claims", "reviews"}]
    cascading = [
        str(field)
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert cascading == []


ARCHITECTURE_APPEND_ONLY = {
    "ArticleRevision",
    "ClaimAnchor",
    "Verdict",
    "Evidence",
    "Approval",
    "ReportVersion",
    "Correction",
    "AuditEvent",
}


def test_the_tables_of_the_architecture_are_append_only():
    assert {model.__name__ for model in immutable.append_only_models()} >= ARCHITECTURE_APPEND_ONLY


@pytest.mark.django_db
def test_every_trigger_stands_after_all_migrations():
    assert immutable.missing(connection) == []


def test_nothing_of_the_workplace_is_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    forbidden = ("/work" + "/", "farm" + "-studio", "farm" + "-bench", "sub" + "agent")
    bad = []
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".png", ".npz", ".gz"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        bad += [f"{name}: {word}" for word in forbidden if word in text]
    assert bad == []
