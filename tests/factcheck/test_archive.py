"""Backup and restore in one process: other schemas, files, and failing midway."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from django.db import DatabaseError, models, transaction

from factcheck import archive, schema_fit
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Invalid
from reviews.models import Report, Review, Source
from tests import factories

pytestmark = pytest.mark.django_db


class GoBack(Exception):
    """Undoes the making of a desk whose backup was taken."""


@pytest.fixture
def root(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "archive"
    return settings.MEDIA_ROOT


@transaction.atomic
def back_up_and_go_back(root, made):
    factories.corrected()
    (root / "ab").mkdir(parents=True)
    (root / "ab" / "one.pdf").write_bytes(b"1" * 700_000)
    (root / "empty").write_bytes(b"")
    (root / "ab" / "half.0f0f.part").write_bytes(b"half written")
    archive.backup(made)
    raise GoBack


@pytest.fixture
def file(root, tmp_path) -> Path:
    """A backup of a desk with a report and two files; the desk is empty again."""
    made = tmp_path / "desk.backup"
    with pytest.raises(GoBack):
        back_up_and_go_back(root, made)
    for path in (root / "ab" / "one.pdf", root / "ab" / "half.0f0f.part", root / "empty"):
        path.unlink()
    (root / "ab").rmdir()
    root.rmdir()
    return made


def lines_of(file):
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def write(file, lines):
    """The backup with other lines and the digest that belongs to them."""
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines[:-1])
    footer = {**lines[-1], "sha256": hashlib.sha256(body).hexdigest()}
    file.write_bytes(gzip.compress(body + json.dumps(footer).encode() + b"\n"))


def assert_empty(root):
    assert not Review.objects.exists()
    assert not Source.objects.exists()
    assert not root.exists() or not list(root.iterdir())
    assert [path.name for path in root.parent.iterdir() if path.name.startswith(".restoring")] == []


def refusal(file):
    with pytest.raises(Invalid) as caught:
        archive.restore(file)
    assert caught.value.code == "backup_unfit"
    assert "Nothing was changed" in caught.value.detail
    return caught.value.detail


def test_rows_and_files_come_back(file, root):
    counts, faults = archive.restore(file)
    assert (faults, verify()) == ([], [])
    assert Report.objects.get().number == 2
    assert (counts["reviews.ReportVersion"], counts["files"]) == (2, 2)
    assert (root / "ab" / "one.pdf").read_bytes() == b"1" * 700_000
    assert (root / "empty").read_bytes() == b""
    assert not list(root.rglob("*.part"))
    assert [path.name for path in root.parent.iterdir() if path.name.startswith(".restoring")] == []


def test_columns_go_by_their_names(file):
    lines = lines_of(file)
    at = next(n for n, line in enumerate(lines) if line.get("t") == "reviews.Source")
    lines[at]["c"].reverse()
    for line in lines[at + 1 :]:
        if "r" not in line:
            break
        line["r"].reverse()
    write(file, lines)
    assert archive.restore(file)[1] == []
    assert set(Source.objects.values_list("independence_group", flat=True)) == {"port.example", "daily.example"}


def change_columns(file, table, change):
    lines = lines_of(file)
    at = next(n for n, line in enumerate(lines) if line.get("t") == table)
    place = change(lines[at]["c"])
    for line in lines[at + 1 :]:
        if "r" not in line or place is None:
            break
        line["r"].pop(place)
    write(file, lines)


def test_a_column_that_came_later_gets_its_default(file):
    def without_publisher(columns):
        place = columns.index("publisher")
        columns.pop(place)
        return place

    change_columns(file, "reviews.Source", without_publisher)
    assert archive.restore(file)[1] == []
    assert set(Source.objects.values_list("publisher", flat=True)) == {""}


def test_a_column_without_default_is_refused_in_words(file, root):
    def without_key(columns):
        place = columns.index("key")
        columns.pop(place)
        return place

    change_columns(file, "reviews.Source", without_key)
    assert "lacks the column 'key'" in refusal(file)
    assert_empty(root)


def test_a_column_of_another_version_is_refused_in_words(file, root):
    def renamed(columns):
        columns[columns.index("publisher")] = "house"

    change_columns(file, "reviews.Source", renamed)
    assert "the column 'house', which this version has not" in refusal(file)
    assert_empty(root)


def test_a_backup_of_a_newer_version_is_refused_in_words(file, root):
    lines = lines_of(file)
    lines[0]["migrations"].append("reviews.9999_other")
    write(file, lines)
    assert "newer version (reviews.9999_other)" in refusal(file)
    assert_empty(root)


def test_a_backup_before_a_migration_that_only_adds_is_taken(file):
    lines = lines_of(file)
    lines[0]["migrations"].remove("reviews.0002_comments_and_suggestions")
    write(file, lines)
    assert archive.restore(file)[1] == []


def test_a_backup_before_a_migration_that_rewrites_rows_is_refused(file, root, monkeypatch):
    monkeypatch.setattr(schema_fit, "_ADDING", (models.Model,))
    lines = lines_of(file)
    lines[0]["migrations"].remove("reviews.0002_comments_and_suggestions")
    write(file, lines)
    assert "reviews.0002_comments_and_suggestions came after it and changes existing rows" in refusal(file)
    assert_empty(root)


def test_a_row_that_the_tables_refuse_leaves_nothing(file, root):
    lines = lines_of(file)
    at = next(n for n, line in enumerate(lines) if line.get("t") == "reviews.Source")
    lines[at + 2]["r"] = lines[at + 1]["r"]
    write(file, lines)
    assert "IntegrityError" in refusal(file)
    assert_empty(root)


def test_a_history_that_does_not_stand_leaves_nothing(file, root):
    lines = lines_of(file)
    at = next(n for n, line in enumerate(lines) if line.get("t") == "reviews.Correction")
    lines[at + 1]["r"][lines[at]["c"].index("reason")] = "Forged."
    write(file, lines)
    assert [fault.what for fault in archive.restore(file)[1]] == ["its content is not what history says"]
    assert_empty(root)


def test_a_cut_file_leaves_nothing(file, root):
    lines = lines_of(file)
    kept = [line for line in lines[:-1] if line.get("f") != "empty"]
    body = b"".join(json.dumps(line).encode() + b"\n" for line in kept)
    file.write_bytes(gzip.compress(body + json.dumps(lines[-1]).encode() + b"\n"))
    with pytest.raises(Invalid, match="digest differs"):
        archive.restore(file)
    assert_empty(root)


def test_a_failure_after_the_files_were_moved_leaves_nothing(file, root, monkeypatch):
    move = archive.StagedFiles.move

    def move_and_fail(self):
        move(self)
        assert (root / "ab" / "one.pdf").exists()
        raise DatabaseError("the connection is lost")

    monkeypatch.setattr(archive.StagedFiles, "move", move_and_fail)
    refusal(file)
    assert_empty(root)


def test_another_file_in_the_archive_is_never_overwritten(file, root):
    root.mkdir()
    (root / "empty").write_text("mine")
    with pytest.raises(Conflict) as caught:
        archive.restore(file)
    assert caught.value.code == "not_empty"
    assert [(path.name, path.read_text()) for path in root.iterdir()] == [("empty", "mine")]
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "ab/../../outside", ""])
def test_a_file_outside_the_archive_is_refused(file, root, name):
    lines = lines_of(file)
    lines[-2]["f"] = name
    write(file, lines)
    with pytest.raises(Invalid, match="outside the archive"):
        archive.restore(file)
    assert_empty(root)
