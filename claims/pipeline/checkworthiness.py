"""Stage 8: how likely a statement is worth checking, and why.

A linear model over marks, word n-grams and character n-grams, shipped as
one file with its record beside it (`data/checkworthiness.npz` and `.json`:
data sets, licences, date, measures, sha256). The caller hands in the
content of a statement, never the "X said" frame, and lowers ALL CAPS
first. Scoring needs numpy only to read the file.
"""

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from claims.pipeline import checkworthiness_features as features
from claims.pipeline import checkworthiness_words as vocabulary
from claims.pipeline.shapes import Reason, Score

MODEL_PATH: Final = Path(__file__).parent / "data" / "checkworthiness.npz"
FORMAT: Final = 1
"""Version of the features and the file together; raised when either changes."""

MAX_REASONS: Final = 4
MIN_REASON: Final = 0.15
"""A reason weaker than this (in log-odds) is not told."""

_HARDLY: Final = 0.149
"""Below this, no weight is MIN_REASON once rounded: it need not be."""

_PULLING: Final = 0.05
"""A word that moves the margin by less is not told."""

_CACHED_TOKENS: Final = 50_000
_TELLING_WORDS: Final = 3


class ModelError(ValueError):
    """The model file is missing, damaged or of another format."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights in log-odds; `calibrate` turns their sum into a probability.

    A block of n-grams counts as `sum(weights) / sqrt(number of n-grams)`,
    so the length of a sentence alone moves nothing.
    """

    id: str
    words: dict[str, float]
    characters: dict[str, float]
    marks: dict[str, float]
    intercept: float
    slope: float
    offset: float
    record: dict[str, Any]
    token_sums: dict[str, float] = field(default_factory=dict, repr=False)

    def calibrate(self, margin: float) -> float:
        """Probability 0..1 of a margin (log-odds of the linear model)."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.slope * margin + self.offset))))

    def token_sum(self, token: str) -> float:
        """Sum of the weights of a token's character n-grams, remembered."""
        known = self.token_sums.get(token)
        if known is None:
            known = sum(filter(None, map(self.characters.get, features.character_ngrams(token))))
            if len(self.token_sums) >= _CACHED_TOKENS:
                self.token_sums.clear()
            self.token_sums[token] = known
        return known


def load_model(path: Path) -> Model:
    """Read a model file written by `claims.training`; ModelError if unfit."""
    try:
        return read_model(path.read_bytes())
    except (OSError, ModelError) as error:
        raise ModelError(f"{path}: {error}") from error


def read_model(content: bytes) -> Model:
    """The model in the bytes of a model file; its id is their digest."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            record = json.loads(arrays["record"].tobytes())
            if record["format"] != FORMAT:
                raise ModelError(f"format {record['format']}, this code reads {FORMAT}")
            weights = {block: _weights(arrays, block) for block in ("words", "characters", "marks")}
            intercept, slope, offset = arrays["scalars"].tolist()
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise error if isinstance(error, ModelError) else ModelError(f"not a model file ({error!r})") from error
    return Model(
        id=f"linear-{hashlib.sha256(content).hexdigest()[:12]}",
        **weights,
        intercept=intercept,
        slope=slope,
        offset=offset,
        record=record,
    )


def _weights(arrays: Any, block: str) -> dict[str, float]:
    names = arrays[block].tobytes().decode().split("\n")
    return dict(zip(names, arrays[f"{block}_weights"].tolist(), strict=True))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model in the package, loaded once per process."""
    return load_model(MODEL_PATH)


def score_text(text: str, model: Model | None = None) -> Score:
    """Score one statement; text without a word scores 0."""
    model = model or shipped_model()
    read = features.read(text)
    if not any(token[0].isalpha() for token in read.shown):
        return Score(0.0, model.id, (Reason("no words", -1.0),))
    shares = _token_shares(model, read)
    margin = model.intercept + sum(shares) + sum(model.marks.get(mark, 0.0) for mark in read.marks)
    value = model.calibrate(margin)
    reasons = _reasons(model, read, shares, towards=1.0 if value >= model.record["told_from"] else -1.0)
    return Score(round(value, 4), model.id, reasons)


def margin_of(text: str, model: Model) -> float:
    """The uncalibrated log-odds of a text: what training calibrates."""
    read = features.read(text)
    return model.intercept + sum(_token_shares(model, read)) + sum(model.marks.get(m, 0.0) for m in read.marks)


def _token_shares(model: Model, read: features.Features) -> list[float]:
    """What each token adds to the margin; an n-gram is shared by its tokens.

    The paddings at both ends take a share too: it goes to the nearest token.
    """
    count = len(read.tokens)
    if not count:
        return []
    letter_scale = 1.0 / math.sqrt(sum(map(features.character_count, read.tokens)))
    shares = [total * letter_scale for total in map(model.token_sum, read.tokens)]
    ngrams = features.word_ngrams(read.tokens)
    word_scale = 1.0 / math.sqrt(sum(map(len, ngrams)))
    places = (0, *range(count), count - 1)
    for length, alike in enumerate(ngrams, 1):
        for start, weight in enumerate(map(model.words.get, alike), length == 1):
            if weight:
                part = weight * word_scale / length
                for place in places[start : start + length]:
                    shares[place] += part
    return shares


def _reasons(model: Model, read: features.Features, shares: list[float], towards: float) -> tuple[Reason, ...]:
    """The strongest reasons on the side the score fell, strongest first."""
    told = [
        *_mark_reasons(model, read, shares, towards),
        *_word_reasons(read, shares, towards),
    ]
    fitting = [reason for reason in told if reason.weight * towards >= MIN_REASON]
    fitting.sort(key=lambda reason: (-abs(reason.weight), reason.text))
    return tuple(fitting[:MAX_REASONS])


def _mark_reasons(model: Model, read: features.Features, shares: list[float], towards: float) -> Iterator[Reason]:
    """One reason per family of marks that counts, in the words of its most telling mark."""
    families: dict[str, list[str]] = {}
    for mark in read.marks:
        families.setdefault(features.MARKS[mark].family, []).append(mark)
    for family, marks in families.items():
        weight = sum([model.marks.get(mark, 0.0) for mark in marks])
        if family == "quantity":
            weight += sum(s for s, token in zip(shares, read.tokens, strict=True) if token == features.NUMBER)
        if weight * towards > _HARDLY:
            yield Reason(features.MARKS[marks[-1]].phrase, round(weight, 3))


def _word_reasons(read: features.Features, shares: list[float], towards: float) -> Iterator[Reason]:
    """The words that pull most to one side, together one reason."""
    pulls: dict[str, float] = {}
    for token, shown, share in zip(read.tokens, read.shown, shares, strict=True):
        if token == shown and token not in vocabulary.FUNCTION_WORDS and token[0].isalpha():
            pulls[shown] = pulls.get(shown, 0.0) + share
    strong = [word for word, pull in pulls.items() if pull * towards > _PULLING]
    telling = sorted(strong, key=lambda word: (-pulls[word] * towards, word))[:_TELLING_WORDS]
    if telling:
        kind = "checked" if towards > 0 else "unchecked"
        weight = sum(pulls[word] for word in telling)
        yield Reason(f"words typical of {kind} statements: {', '.join(telling)}", round(weight, 3))
