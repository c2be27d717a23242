"""The command that checks and rewrites the generated document."""

import io

import pytest
from django.core.management import CommandError, call_command

from reviews import diagram


@pytest.fixture
def document(tmp_path, monkeypatch):
    path = tmp_path / "workflow.md"
    path.write_text(f"Words.\n\n{diagram.BEGIN}\nstale\n{diagram.END}\nMore.\n", encoding="utf-8")
    monkeypatch.setattr(diagram, "DOCUMENT", path)
    return path


def test_workflow_diagram_check_refuses_a_stale_document(document):
    before = document.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="--write"):
        call_command("workflow_diagram", "--check")
    assert document.read_text(encoding="utf-8") == before


def test_workflow_diagram_write_makes_it_current(document):
    call_command("workflow_diagram", "--write")
    call_command("workflow_diagram", "--check")
    text = document.read_text(encoding="utf-8")
    assert diagram.render() in text
    assert text.startswith("Words.\n")
    assert text.endswith("\nMore.\n")
    assert "stale" not in text


def test_workflow_diagram_prints_without_a_flag(document):
    before = document.read_text(encoding="utf-8")
    out = io.StringIO()
    call_command("workflow_diagram", stdout=out)
    assert out.getvalue().rstrip("\n") == diagram.render()
    assert document.read_text(encoding="utf-8") == before
