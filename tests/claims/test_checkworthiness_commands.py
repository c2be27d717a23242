"""The commands around check-worthiness."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from claims.pipeline.checkworthiness import score_text


def score(monkeypatch, content, **options):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    out = io.StringIO()
    call_command("score_sentences", stdout=out, **options)
    return out.getvalue().splitlines()


def test_score_sentences_prints_one_score_a_line(monkeypatch):
    lines = score(monkeypatch, b"Crime fell 12 percent last year.\n\nThank you.\r\nNo end of line")
    assert len(lines) == 4
    assert lines[0] == f"{score_text('Crime fell 12 percent last year.').value:.4f}"
    assert lines[1] == "0.0000"
    assert lines[2] == f"{score_text('Thank you.').value:.4f}"


def test_score_sentences_takes_broken_bytes(monkeypatch):
    assert len(score(monkeypatch, b"caf\xe9 \x00\xff\nsecond\n")) == 2


def test_score_sentences_reasons_stand_after_a_tab(monkeypatch):
    (line,) = score(monkeypatch, b"Crime fell 12 percent last year.\n", reasons=True)
    value, reasons = line.split("\t")
    assert float(value) > 0.5
    assert "a percentage" in reasons


def test_score_sentences_missing_model_is_a_command_error(tmp_path):
    with pytest.raises(CommandError, match=r"gone\.npz"):
        call_command("score_sentences", model=tmp_path / "gone.npz")


def test_train_checkworthiness_missing_data_is_a_command_error(tmp_path):
    with pytest.raises(CommandError, match=r"crowdsourced\.csv"):
        call_command("train_checkworthiness", data=tmp_path, output=tmp_path / "m.npz")
    assert not (tmp_path / "m.npz").exists()
