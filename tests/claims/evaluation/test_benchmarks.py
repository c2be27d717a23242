"""Data-set readers and the figures over them, on small made-up sets."""

import csv
import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command

from claims.enums import Disposition
from claims.evaluation import benchmarks, corpora
from claims.evaluation.claimbuster import DataError
from claims.pipeline.shapes import Extraction, LedgerEntry

BODY = "The harbour board said on Monday that ninety ships had waited more than nine hours for a free berth."


@pytest.fixture
def data(tmp_path):
    debates = tmp_path / "debates-2016-2019"
    debates.mkdir()
    lines = ["1\tA\tGood evening to you all.\t0", "2\tA\tRents rose 12 percent in 2019.\t1", "3\tA\tThank you.\t0"]
    (debates / "one.tsv").write_text("\n".join([*lines, "broken line"]), encoding="utf-8")
    claimbuster = tmp_path / "claimbuster"
    claimbuster.mkdir()
    for name in ("crowdsourced.csv", "groundtruth.csv"):
        with (claimbuster / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["Text", "File_id", "Verdict"])
            writer.writerows([["Thank you!", "a", "-1"], ["Jobs fell by 3 million last year.", "a", "1"]])
    conllu = tmp_path / "gum-wikinews" / "conllu"
    conllu.mkdir(parents=True)
    (conllu / "one.conllu").write_text(
        "# newdoc id = one\n# newpar\n# text = Head\n1\tHead\n\n# newpar\n# text = Ships waited.\n1\tx\n\n"
        "# text = Rents rose.\n1\tx\n",
        encoding="utf-8",
    )
    pages = tmp_path / "article-html"
    (pages / "html").mkdir(parents=True)
    article = " ".join(f"{BODY[:-1]} {n}." for n in range(9))
    paragraphs = "".join(f"<p>{BODY[:-1]} {n}.</p>" for n in range(9))
    truth = {name: {"url": f"https://x.example/{name}", "articleBody": article} for name in ("a", "b", "gone")}
    (pages / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    (pages / "html" / "a.html.gz").write_bytes(gzip.compress(f"<article>{paragraphs}</article>".encode()))
    (pages / "html" / "b.html.gz").write_bytes(gzip.compress(b"<html></html>"))
    return tmp_path


def test_debates_leave_out_what_was_trained_on(data):
    seen = benchmarks.claimbuster_keys(data / "claimbuster")
    debates, left_out = corpora.read_debates(data / "debates-2016-2019", seen)
    assert left_out == 1
    assert debates[0].sentences == ("Good evening to you all.", "Rents rose 12 percent in 2019.")
    figures = benchmarks.measure_debates(debates, left_out)
    assert figures == {"debates": 1, "sentences": 2, "checked": 1, "left_out": 1, "mean_average_precision": 1.0}


def test_wikinews_text_and_spans(data):
    (document,) = corpora.read_wikinews(data / "gum-wikinews")
    assert document.text == "Head\n\nShips waited. Rents rose."
    assert [document.text[start:end] for start, end in document.sentences] == ["Head", "Ships waited.", "Rents rose."]


def test_boundaries_count_sentence_ends(data):
    documents = corpora.read_wikinews(data / "gum-wikinews")
    one = LedgerEntry(0, len(documents[0].text), Disposition.UNREVIEWED)
    figures = benchmarks.measure_boundaries(documents, lambda text, info: Extraction("en", None, "x", (one,)))
    assert figures["sentences"] == 3
    assert figures["ledger_f1"] == 0.5
    assert figures["segment_f1"] == 1.0
    assert figures["segment_f1_inside_paragraphs"] == 1.0


def test_pages_refused_count_as_nothing_found(data):
    figures = benchmarks.measure_pages(corpora.read_pages(data / "article-html"))
    assert figures["pages"] == 2
    assert figures["refused"] == {"no_article": 1}
    assert figures["recall"] == 0.5
    assert figures["precision"] == 0.5


def test_shingles_of_a_short_text_are_one_run():
    assert benchmarks.shingle_counts("ships wait", "ships wait").f1 == 1.0
    assert benchmarks.shingle_counts("ships wait", "").recall == 0.0
    assert benchmarks.shingle_counts("a b c d e", "b c d e f").right == 1


@pytest.mark.parametrize("read", [corpora.read_debates, corpora.read_wikinews, lambda f: list(corpora.read_pages(f))])
def test_empty_folder_is_refused(tmp_path, read):
    with pytest.raises(DataError):
        read(tmp_path)


def test_evaluate_extraction_measures_what_is_there(data):
    out = io.StringIO()
    call_command("evaluate_extraction", data=data, json=True, stdout=out)
    figures = json.loads(out.getvalue())
    assert set(figures) == {"check_worthiness_expert_part", "check_worthiness_debates", "sentence_boundaries", "html"}
    assert figures["check_worthiness_expert_part"]["average_precision"] == 1.0


def test_evaluate_extraction_takes_a_folder_of_articles_as_data(tmp_path):
    (tmp_path / "one.txt").write_text("Rents rose by 3% in March.", encoding="utf-8")
    claim = {"start": 0, "end": 25, "claimant": "author", "check_worthy": True}
    (tmp_path / "one.gold.json").write_text(json.dumps({"claims": [claim]}), encoding="utf-8")
    out = io.StringIO()
    call_command("evaluate_extraction", data=tmp_path, stdout=out)
    lines = dict(line.split(": ", 1) for line in out.getvalue().splitlines())
    assert lines["articles.articles"] == "1"
    assert lines["articles.broken_offsets"] == "0"


def test_evaluate_extraction_without_anything_is_a_command_error(tmp_path):
    with pytest.raises(CommandError, match="Nothing to measure"):
        call_command("evaluate_extraction", data=tmp_path)
    with pytest.raises(CommandError, match=r"gold\.json"):
        call_command("evaluate_extraction", articles=tmp_path)
