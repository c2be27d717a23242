"""Figures: worked by hand, and the laws they keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation import claimants
from claims.evaluation.measures import (
    Counts,
    average_precision,
    best_threshold,
    calibration_error,
    counts_at,
    match_spans,
    overlap,
    set_counts,
)

SCORED = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=30)
SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


def test_counts_of_nothing_are_zero():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_counts_add_up():
    total = Counts(1, 2, 3) + Counts(2, 0, 1)
    assert total == Counts(3, 2, 4)
    assert (total.precision, total.recall) == (3 / 5, 3 / 7)
    assert total.f1 == pytest.approx(2 * 3 / (6 + 2 + 4))


def test_average_precision_by_hand():
    assert average_precision([True, False, True], [0.9, 0.8, 0.7]) == pytest.approx((1 + 2 / 3) / 2)


def test_average_precision_equal_scores_are_one_step():
    assert average_precision([False, True], [0.5, 0.5]) == pytest.approx(0.5)


@given(SCORED)
def test_average_precision_does_not_see_the_order_of_rows(pairs):
    labels, scores = [label for label, _ in pairs], [score for _, score in pairs]
    assert average_precision(labels, scores) == pytest.approx(average_precision(labels[::-1], scores[::-1]))


@given(SCORED)
def test_best_threshold_no_other_is_better(pairs):
    labels, scores = [label for label, _ in pairs], [score for _, score in pairs]
    best = counts_at(labels, scores, best_threshold(labels, scores)).f1
    assert all(counts_at(labels, scores, score).f1 <= best + 1e-12 for score in scores)


def test_calibration_error_by_hand():
    assert calibration_error([True, False], [0.95, 0.95]) == pytest.approx(0.45)
    assert calibration_error([True, True], [1.0, 1.0]) == 0.0
    assert calibration_error([], []) == 0.0


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [((0, 10), (0, 10), 1.0), ((0, 10), (10, 20), 0.0), ((0, 10), (5, 15), 1 / 3), ((0, 4), (0, 8), 0.5)],
)
def test_overlap_is_intersection_over_union(left, right, expected):
    assert overlap(left, right) == pytest.approx(expected)
    assert overlap(right, left) == pytest.approx(expected)


def test_match_spans_best_overlap_first():
    assert match_spans([(0, 10), (10, 20)], [(0, 12), (1, 10), (11, 19)]) == [(0, 1), (1, 2)]


@given(SPANS, SPANS)
def test_match_spans_is_one_to_one_and_overlaps(gold, found):
    pairs = match_spans(gold, found)
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
    assert all(overlap(gold[g], found[f]) >= 0.5 for g, f in pairs)


def test_set_counts_of_two_sets():
    assert set_counts([1, 2, 3], [2, 3, 4, 5]) == Counts(2, 2, 1)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Foreign Ministry", "Ecuador's Foreign Ministry"),
        ("Volodymyr Zelensky", "Zelensky"),
        ("Mr Marr", "Bo Marr"),
        ("Dr. Bo Marr", "bo marr"),
        ("Bo T. Marr", "Bo Marr"),
        ("B. Marr", "Bo Marr"),
        ("The Harbour Board", "Harbour Board"),
        ("Bo Marr MP", "Bo Marr"),
        ("President Marr", "Marr"),
    ],
)
def test_names_agree(left, right):
    assert claimants.agree(left, right)
    assert claimants.agree(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ecuador's Foreign Ministry", "Peru's Foreign Ministry"),
        ("Olena Zelenska", "Zelensky"),
        ("Olena Zelensky", "Volodymyr Zelensky"),
        ("Harbour Board", "School Board"),
        ("Bo Marr", "Bo"),
        ("", "Marr"),
    ],
)
def test_names_do_not_agree(left, right):
    assert not claimants.agree(left, right)
    assert not claimants.agree(right, left)
