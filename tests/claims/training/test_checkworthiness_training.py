"""Training: same rows, same bytes; what is missing is named."""

import builtins
import csv
import json

import pytest

from claims.evaluation.claimbuster import DataError, Row, read_rows, sentence_key
from claims.pipeline.checkworthiness import margin_of, read_model
from claims.training import checkworthiness, vectors

pytest.importorskip("sklearn")

FACT = "In {year} we lost {n} thousand jobs in debate {i}"
TALK = "I think you {verb} that, my friend, and thank you for debate {i}"


def made_up_rows():
    rows = []
    for i in range(6):
        for n in range(6):
            rows.append(Row(FACT.format(year=1990 + n, n=n + 2, i=i), f"debate-{i}", True))
            verb = ("know", "like", "want", "believe", "hope", "feel")[n]
            rows.append(Row(TALK.format(verb=verb, i=i), f"debate-{i}", False))
    return rows


def test_train_twice_gives_the_same_bytes():
    rows = made_up_rows()
    assert checkworthiness.train(rows, rows[:12]).content == checkworthiness.train(rows, rows[:12]).content


def test_train_learns_the_difference_and_records_it():
    rows = made_up_rows()
    trained = checkworthiness.train(rows, rows[:12])
    model = read_model(trained.content)
    assert margin_of("In 1996 they lost 9 thousand jobs", model) > margin_of("I think you know, thank you", model)
    assert trained.record["measures"]["five_fold_by_debate"]["f1"] > 0.9
    assert trained.record["data"][0]["rows"] == len(rows)


def test_describe_keeps_the_date_out_of_the_model():
    trained = checkworthiness.Trained(b"bytes", {"format": 1})
    first, second = trained.describe("m.npz", "2025-01-01"), trained.describe("m.npz", "2025-02-02")
    assert json.loads(first)["sha256"] == json.loads(second)["sha256"]
    assert json.loads(first)["date"] == "2025-01-01"


def test_matrix_and_scoring_agree(monkeypatch):
    monkeypatch.setattr(checkworthiness, "MIN_WEIGHT", 0.0)
    rows = made_up_rows()
    counted = [vectors.count(row.text) for row in rows]
    vocabulary = vectors.build_vocabulary(counted)
    labels = checkworthiness.np.array([row.check_worthy for row in rows], dtype=float)
    linear = checkworthiness._fit(vocabulary, vectors.build_matrix(vocabulary, counted), labels)
    packed = checkworthiness._pack(linear, checkworthiness.Calibration(1, 0), {"format": 1})
    model = read_model(packed)
    text = "In 1991 we lost jobs, my friend"
    expected = linear.margins(vectors.build_matrix(vocabulary, [vectors.count(text)]))[0]
    assert margin_of(text, model) == pytest.approx(expected, abs=0.01)


def test_training_without_scikit_learn_names_the_lock_file(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(vectors.MissingTrainingPackages, match=r"requirements/train\.lock"):
        checkworthiness.train(made_up_rows(), made_up_rows())


def test_read_rows_takes_verdict_1_as_check_worthy(tmp_path):
    path = tmp_path / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Text", "File_id", "Verdict"])
        writer.writerows([["One, two", "a", "1"], ["Three", "b", "0"], ["Four", "b", "-1"]])
    assert read_rows(path) == [Row("One, two", "a", True), Row("Three", "b", False), Row("Four", "b", False)]


@pytest.mark.parametrize("content", ["", "Text,File_id\nx,y\n", "Text,File_id,Verdict\nx,y,maybe\n"])
def test_read_rows_of_another_file_is_refused(tmp_path, content):
    path = tmp_path / "rows.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        read_rows(path)


def test_sentence_key_ignores_case_and_punctuation():
    assert sentence_key("We're HERE -- now.") == sentence_key("we re here now")
