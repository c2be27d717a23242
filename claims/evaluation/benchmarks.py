"""The pipeline's stages against the development data sets."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claims.evaluation import measures
from claims.evaluation.articles import Extract
from claims.evaluation.claimbuster import CROWDSOURCED, EXPERT, Row, read_rows, sentence_key
from claims.evaluation.corpora import Debate, Page, SegmentedDocument
from claims.evaluation.measures import Counts, Span, ratio, set_counts
from claims.pipeline import segment
from claims.pipeline.checkworthiness import Model, margin_of, score_text, shipped_model
from claims.pipeline.ingest import IngestError, from_html
from claims.pipeline.shapes import DocumentInfo

SHINGLE = 4


def measure_expert_part(rows: Sequence[Row], model: Model | None = None) -> dict[str, float]:
    """The shipped model on the sentences labelled by experts, which it has
    not seen, at the threshold chosen in training."""
    model = model or shipped_model()
    threshold = float(model.record["measures"]["expert_part"]["threshold"])
    return measure_model(model, rows, threshold)


def measure_model(model: Model, rows: Sequence[Row], threshold: float) -> dict[str, float]:
    """F1 at `threshold`, average precision and calibration error on rows."""
    labels = [row.check_worthy for row in rows]
    scores = [model.calibrate(margin_of(row.text, model)) for row in rows]
    return {
        "rows": len(rows),
        "threshold": round(threshold, 4),
        "f1": round(measures.counts_at(labels, scores, threshold).f1, 4),
        "average_precision": round(measures.average_precision(labels, scores), 4),
        "calibration_error": round(measures.calibration_error(labels, scores), 4),
    }


def claimbuster_keys(folder: Path) -> frozenset[str]:
    """Keys of every ClaimBuster sentence: what may not be measured on again."""
    rows = [*read_rows(folder / CROWDSOURCED), *read_rows(folder / EXPERT)]
    return frozenset(sentence_key(row.text) for row in rows)


def measure_debates(debates: Iterable[Debate], left_out: int) -> dict[str, Any]:
    """Mean average precision of the ranking inside each debate."""
    precisions = []
    sentences = checked = 0
    for debate in debates:
        sentences += len(debate.sentences)
        checked += sum(debate.checked)
        if any(debate.checked):
            scores = [score_text(sentence).value for sentence in debate.sentences]
            precisions.append(measures.average_precision(debate.checked, scores))
    return {
        "debates": len(precisions),
        "sentences": sentences,
        "checked": checked,
        "left_out": left_out,
        "mean_average_precision": round(ratio(sum(precisions), len(precisions)), 4),
    }


def measure_boundaries(documents: Iterable[SegmentedDocument], extract: Extract) -> dict[str, Any]:
    """Sentence ends right, as the ledger has them and as stage 2 alone does.

    `inside_paragraphs` leaves out the ends that a paragraph's end gives away.
    """
    ledger = alone = inside = Counts()
    count = 0
    for document in documents:
        count += 1
        gold = {end for _, end in document.sentences}
        given = {paragraph[1] for paragraph in _paragraphs(document.text)}
        found = _ends(document.text, [(s.start, s.end) for s in extract(document.text, DocumentInfo()).sentences])
        by_stage = {
            end
            for start, stop in _paragraphs(document.text)
            for _, end in segment.split_sentences(document.text, start, stop)
        }
        ledger += set_counts(gold, found)
        alone += set_counts(gold, by_stage)
        inside += set_counts(gold - given, by_stage - given)
    return {
        "documents": count,
        "sentences": ledger.right + ledger.missed,
        "ledger_f1": round(ledger.f1, 4),
        "segment_f1": round(alone.f1, 4),
        "segment_f1_inside_paragraphs": round(inside.f1, 4),
    }


def _paragraphs(text: str) -> list[Span]:
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


def _ends(text: str, spans: Iterable[Span]) -> set[int]:
    return {start + len(text[start:end].rstrip()) for start, end in spans}


def measure_pages(pages: Iterable[Page]) -> dict[str, Any]:
    """4-gram precision and recall of the article's words, averaged over pages.

    `f1` is that of the averages, `f1_of_pages` the average of each page's.
    A page without an article found counts 0 in all of them.
    """
    figures: list[tuple[float, float, float]] = []
    refused: Counter[str] = Counter()
    for page in pages:
        try:
            text = from_html(page.content, url=page.url).text
        except IngestError as error:
            refused[error.code] += 1
            text = ""
        counts = shingle_counts(page.article, text)
        figures.append((counts.precision, counts.recall, counts.f1))
    precision, recall, f1_of_pages = (ratio(sum(column), len(figures)) for column in zip(*figures, strict=True))
    return {
        "pages": len(figures),
        "refused": dict(refused),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(ratio(2 * precision * recall, precision + recall), 4),
        "f1_of_pages": round(f1_of_pages, 4),
    }


def shingle_counts(wanted: str, found: str) -> Counts:
    """Counts over runs of four words; a shorter text is one run."""
    left, right = _shingles(wanted), _shingles(found)
    shared = (left & right).total()
    return Counts(shared, right.total() - shared, left.total() - shared)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
