"""Figures over labels and scores: no I/O, plain Python, ties handled.

Scores are floats, labels booleans, spans half-open `(start, end)`. An empty
input gives 0.0, never a division error.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrong and missed; precision, recall and F1 follow from them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the right that is found."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


def ratio(part: float, whole: float) -> float:
    """`part / whole`, 0.0 when there is nothing to divide."""
    return part / whole if whole else 0.0


def counts_at(labels: Sequence[bool], scores: Sequence[float], threshold: float) -> Counts:
    """Counts when every score of `threshold` or more is called positive."""
    right = wrong = missed = 0
    for label, score in zip(labels, scores, strict=True):
        if score >= threshold:
            right += label
            wrong += not label
        else:
            missed += label
    return Counts(right, wrong, missed)


def best_threshold(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """The score at which F1 is highest; the highest such score on a draw."""
    best, threshold = -1.0, 0.0
    positives = sum(labels)
    right = seen = 0
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    for position, (score, label) in enumerate(ranked):
        right += label
        seen += 1
        if position + 1 < len(ranked) and ranked[position + 1][0] == score:
            continue
        f1 = ratio(2 * right, seen + positives)
        if f1 > best:
            best, threshold = f1, score
    return threshold


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Area under the precision-recall steps; equal scores count as one step."""
    positives = sum(labels)
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    total = 0.0
    right = right_before = 0
    for position, (score, label) in enumerate(ranked):
        right += label
        if position + 1 < len(ranked) and ranked[position + 1][0] == score:
            continue
        total += (right - right_before) * right / (position + 1)
        right_before = right
    return ratio(total, positives)


def calibration_error(labels: Sequence[bool], probabilities: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    sums = [[0, 0.0, 0] for _ in range(bins)]
    for label, probability in zip(labels, probabilities, strict=True):
        cell = sums[min(int(probability * bins), bins - 1)]
        cell[0] += 1
        cell[1] += probability
        cell[2] += label
    return ratio(sum(abs(total - positives) for _, total, positives in sums), len(labels))


def overlap(left: Span, right: Span) -> float:
    """Intersection over union of two spans, 0..1."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    if shared <= 0:
        return 0.0
    return shared / (max(left[1], right[1]) - min(left[0], right[0]))


def match_spans(gold: Sequence[Span], found: Sequence[Span], least: float = 0.5) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, found index), best overlap first.

    Pairs below `least` are left alone. Deterministic: draws go to the
    lower indices.
    """
    candidates = sorted(
        (-overlap(span, other), g, f)
        for g, span in enumerate(gold)
        for f, other in enumerate(found)
        if other[0] < span[1] and span[0] < other[1]
    )
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for negative, g, f in candidates:
        if -negative < least or g in used_gold or f in used_found:
            continue
        used_gold.add(g)
        used_found.add(f)
        pairs.append((g, f))
    return sorted(pairs)


def set_counts(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Counts:
    """Counts of two sets of things that are either equal or not."""
    wanted, got = set(gold), set(found)
    return Counts(len(wanted & got), len(got - wanted), len(wanted - got))
