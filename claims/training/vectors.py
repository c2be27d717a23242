"""Sentences as sparse rows for the linear model, and back to plain weights.

The arithmetic mirrors `claims.pipeline.checkworthiness`: an n-gram counts
`occurrences / sqrt(n-grams of its block)`, known or not, so a weight can be
dropped later without touching the others.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np

from claims.pipeline import checkworthiness_features as features

MIN_SENTENCES: Final = {"words": 2, "characters": 3}
"""An n-gram found in fewer training sentences is not learned."""

BLOCK_WEIGHTS: Final = {"words": 1.0, "characters": 0.6, "marks": 1.2}
"""How loudly each block speaks before training; set by cross-validation."""

BLOCKS: Final = ("words", "characters", "marks")


class MissingTrainingPackages(RuntimeError):
    """scikit-learn is not installed; `requirements/train.lock` brings it."""

    def __init__(self) -> None:
        super().__init__("training needs scikit-learn: pip install -r requirements/train.lock")


@dataclass(frozen=True, slots=True)
class Counted:
    """One sentence's features, counted per block."""

    words: Counter[str]
    characters: Counter[str]
    marks: Counter[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Column of every learned n-gram and the scale it enters with."""

    columns: dict[str, dict[str, int]]
    scales: dict[str, "np.ndarray[Any, np.dtype[np.float64]]"]


def count(text: str) -> Counted:
    """The features of one sentence."""
    read = features.read(text)
    characters: Counter[str] = Counter()
    for token in read.tokens:
        characters.update(features.character_ngrams(token))
    words = Counter(chain.from_iterable(features.word_ngrams(read.tokens)))
    return Counted(words, characters, Counter(read.marks))


def build_vocabulary(sentences: Sequence[Counted]) -> Vocabulary:
    """Learn the n-grams of the training sentences, scaled by rarity."""
    columns: dict[str, dict[str, int]] = {"marks": {mark: i for i, mark in enumerate(features.MARKS)}}
    scales = {"marks": np.full(len(features.MARKS), BLOCK_WEIGHTS["marks"])}
    for block, least in MIN_SENTENCES.items():
        found: Counter[str] = Counter()
        for sentence in sentences:
            found.update(getattr(sentence, block).keys())
        kept = sorted(ngram for ngram, sentences_with in found.items() if sentences_with >= least)
        columns[block] = {ngram: i for i, ngram in enumerate(kept)}
        total = len(sentences)
        rarity = [math.log((1 + total) / (1 + found[ngram])) + 1 for ngram in kept]
        scales[block] = np.array(rarity) * BLOCK_WEIGHTS[block]
    return Vocabulary(columns, scales)


def build_matrix(vocabulary: Vocabulary, sentences: Sequence[Counted]) -> Any:
    """CSR matrix (sentences, all columns in the order of BLOCKS)."""
    try:
        from scipy import sparse
    except ImportError as error:
        raise MissingTrainingPackages from error
    parts = []
    for block in BLOCKS:
        columns, scales = vocabulary.columns[block], vocabulary.scales[block]
        values: list[float] = []
        indices: list[int] = []
        starts = [0]
        for sentence in sentences:
            counted: Counter[str] = getattr(sentence, block)
            norm = 1.0 if block == "marks" else math.sqrt(counted.total() or 1)
            for name, times in counted.items():
                column = columns.get(name)
                if column is not None:
                    indices.append(column)
                    values.append(times / norm * scales[column])
            starts.append(len(indices))
        parts.append(sparse.csr_matrix((values, indices, starts), shape=(len(sentences), len(columns))))
    return sparse.hstack(parts).tocsr()
