"""Train the check-worthiness model: rows in, the bytes of a model file out.

A logistic regression over the counted features, each column weighed by how
unevenly it falls on the two classes, then calibrated on predictions for
debates the model had not seen. Everything is seeded and sorted: the same
rows give the same bytes on the same machine and package versions.
"""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from claims.evaluation import benchmarks, measures
from claims.evaluation.claimbuster import ATTRIBUTION, CROWDSOURCED, EXPERT, Row, read_rows
from claims.pipeline import checkworthiness
from claims.pipeline.checkworthiness import FORMAT
from claims.training import vectors
from claims.training.vectors import Counted, MissingTrainingPackages, Vocabulary

FOLDS: Final = 5
INNER_FOLDS: Final = 3
REGULARISATION: Final = 0.07
UNEVENNESS: Final = 0.5
"""0 weighs all columns alike, 1 by the class ratio alone."""

TOLD_FROM: Final = 0.35
"""Reasons for checking are told from this probability on, against below."""

LOST: Final = 0.05
"""Share of check-worthy sentences held to be labelled otherwise by a slip.
An assumption: fitted freely it comes out between 0 and 0.06, with hardly a
difference in likelihood."""

MIN_WEIGHT: Final = 0.02
SEED: Final = 20200608

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Linear:
    """A fitted model before calibration: a weight per column."""

    vocabulary: Vocabulary
    weights: Array
    intercept: float

    def margins(self, matrix: Any) -> Array:
        """Log-odds of each row of a matrix built with the same vocabulary."""
        result: Array = matrix @ self.weights + self.intercept
        return result


@dataclass(frozen=True, slots=True)
class Calibration:
    """Probability of a margin: `1 / (1 + exp(-(slope * margin + offset)))`."""

    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The model file's bytes and what was measured on the way."""

    content: bytes
    record: dict[str, Any]

    def describe(self, name: str, date: str) -> str:
        """The record that lies beside the file `name`: JSON, one line a key.

        The date stands here and not in the file, whose bytes depend on the
        data alone.
        """
        beside = {
            "file": name,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "bytes": len(self.content),
            "date": date,
        }
        return json.dumps(beside | self.record, indent=2, ensure_ascii=False) + "\n"


def train_folder(folder: Path) -> Trained:
    """Train from a folder of ClaimBuster's two CSV files."""
    return train(read_rows(folder / CROWDSOURCED), read_rows(folder / EXPERT))


def train(rows: Sequence[Row], expert: Sequence[Row]) -> Trained:
    """Train on `rows` (grouped by debate) and measure on `expert`.

    `expert` is only measured on: no weight, threshold or calibration sees it.
    """
    counted = [vectors.count(row.text) for row in rows]
    labels = np.array([row.check_worthy for row in rows], dtype=float)
    debates = [row.debate for row in rows]
    unseen, fold_f1 = _predict_unseen(counted, labels, debates)
    calibration = _calibrate(unseen, labels)
    vocabulary = vectors.build_vocabulary(counted)
    linear = _fit(vocabulary, vectors.build_matrix(vocabulary, counted), labels)
    record: dict[str, Any] = {
        "format": FORMAT,
        "told_from": TOLD_FROM,
        "data": [{"name": "claimbuster/crowdsourced.csv", "rows": len(rows), "attribution": ATTRIBUTION}],
        "licence_of_data": "CC BY 4.0",
        "lost_labels": LOST,
    }
    model = checkworthiness.read_model(_pack(linear, calibration, record))
    threshold = model.calibrate(measures.best_threshold(_truths(labels), unseen.tolist()))
    record["measures"] = {
        "five_fold_by_debate": _fold_figures(unseen, labels, fold_f1),
        "expert_part": benchmarks.measure_model(model, expert, threshold),
    }
    return Trained(_pack(linear, calibration, record), record)


def cross_validate(rows: Sequence[Row]) -> dict[str, Any]:
    """F1 and average precision over five folds, no debate in two of them."""
    counted = [vectors.count(row.text) for row in rows]
    labels = np.array([row.check_worthy for row in rows], dtype=float)
    unseen, fold_f1 = _predict_unseen(counted, labels, [row.debate for row in rows])
    return _fold_figures(unseen, labels, fold_f1)


def _fold_figures(unseen: Array, labels: Array, fold_f1: Sequence[float]) -> dict[str, Any]:
    return {
        "f1": round(sum(fold_f1) / len(fold_f1), 4),
        "f1_of_folds": [round(value, 4) for value in fold_f1],
        "average_precision": round(measures.average_precision(_truths(labels), unseen.tolist()), 4),
    }


def _truths(labels: Array) -> list[bool]:
    return [bool(label) for label in labels]


def _predict_unseen(counted: Sequence[Counted], labels: Array, debates: Sequence[str]) -> tuple[Array, list[float]]:
    """Margins for unseen debates, and F1 per fold.

    Each fold's threshold comes from predictions inside its training part,
    again for debates unseen by the model that made them.
    """
    unseen = np.zeros(len(labels))
    fold_f1 = []
    for inside, outside in _folds(debates, FOLDS):
        part = [counted[i] for i in inside]
        vocabulary = vectors.build_vocabulary(part)
        matrix = vectors.build_matrix(vocabulary, part)
        inner = np.zeros(len(inside))
        for fitted, held in _folds([debates[i] for i in inside], INNER_FOLDS):
            inner[held] = _fit(vocabulary, matrix[fitted], labels[inside][fitted]).margins(matrix[held])
        threshold = measures.best_threshold(_truths(labels[inside]), inner.tolist())
        linear = _fit(vocabulary, matrix, labels[inside])
        unseen[outside] = linear.margins(vectors.build_matrix(vocabulary, [counted[i] for i in outside]))
        fold_f1.append(measures.counts_at(_truths(labels[outside]), unseen[outside].tolist(), threshold).f1)
    return unseen, fold_f1


def _folds(groups: Sequence[str], count: int) -> list[tuple[Any, Any]]:
    """(inside, outside) index arrays; a group is never on both sides."""
    try:
        from sklearn.model_selection import GroupKFold
    except ImportError as error:
        raise MissingTrainingPackages from error
    return list(GroupKFold(count).split(np.zeros(len(groups)), groups=groups))


def _fit(vocabulary: Vocabulary, matrix: Any, labels: Array) -> Linear:
    try:
        from scipy import sparse
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingTrainingPackages from error
    scales = _unevenness(matrix, labels)
    regression = LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=SEED, max_iter=300)
    regression.fit(matrix @ sparse.diags(scales), labels)
    return Linear(vocabulary, regression.coef_[0] * scales, float(regression.intercept_[0]))


def _unevenness(matrix: Any, labels: Array) -> Array:
    """Per column: 1 for an average class ratio, more for a telling one."""
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    worth = np.asarray(present[labels == 1].sum(axis=0)).ravel() + 1
    rest = np.asarray(present[labels == 0].sum(axis=0)).ravel() + 1
    ratio = np.abs(np.log((worth / worth.sum()) / (rest / rest.sum())))
    result: Array = (1 - UNEVENNESS) + UNEVENNESS * ratio / ratio.mean()
    return result


def _calibrate(margins: Array, labels: Array) -> Calibration:
    """Fit slope and offset by likelihood on margins for unseen debates.

    A share LOST of check-worthy sentences carries the other label by a slip
    of the crowd; without it the probabilities are pulled to the middle.
    """
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingTrainingPackages from error

    def loss(values: Array) -> float:
        clean = 1 / (1 + np.exp(-np.clip(values[0] * margins + values[1], -30, 30)))
        seen = (1 - LOST) * clean
        return float(-np.mean(labels * np.log(seen) + (1 - labels) * np.log(1 - seen)))

    options = {"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-10}
    slope, offset = minimize(loss, [1.0, 0.0], method="Nelder-Mead", options=options).x
    return Calibration(float(slope), float(offset))


def _pack(linear: Linear, calibration: Calibration, record: dict[str, Any]) -> bytes:
    """The model file: names and weights per block, scalars, the record."""
    arrays: dict[str, Any] = {}
    start = 0
    for block in vectors.BLOCKS:
        columns, scales = linear.vocabulary.columns[block], linear.vocabulary.scales[block]
        weights = np.round(linear.weights[start : start + len(columns)] * scales, 3)
        start += len(columns)
        least = 0.0 if block == "marks" else MIN_WEIGHT
        kept = [(name, weights[i]) for name, i in columns.items() if abs(weights[i]) >= least]
        arrays[block] = _as_bytes("\n".join(name for name, _ in kept))
        arrays[f"{block}_weights"] = np.array([weight for _, weight in kept], dtype=np.float32)
    scalars = [linear.intercept, calibration.slope, calibration.offset]
    arrays["scalars"] = np.round(np.array(scalars, dtype=np.float64), 6)
    arrays["record"] = _as_bytes(json.dumps(record, sort_keys=True, ensure_ascii=False))
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def _as_bytes(text: str) -> Any:
    return np.frombuffer(text.encode(), dtype=np.uint8)
