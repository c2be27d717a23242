"""Twice the text is twice the work, counted in calls and not in seconds."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.pipeline import dates, facts
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo, Score

INFO = DocumentInfo(published_at="2025-03-14")
TEXTS = {
    "one-letter names": "A said B told {n} C. ",
    "ever-new names": "Xa{n} Ya{n} told Za{n} that Wa{n} had won. ",
    "ever-new spouses": "Xa{w} Ya{w} said. His wife, Za{w}, won. ",
    "speaker labels": "Xa{w} Ya{w}: We won {n}.\n\n",
    "pull quotes without end": "“{w} won the old cup again.\n\n",
    "titles": "Dr. A, president of B{w}, ",
    "an interview of two": "What did you see?\n\nI saw it, and Xa{w} Ya{w} told me.\n\n",
    "capitals": "THE {W} SAID {W} FELL. ",
    "lines": "• a{w}\n",
}

SIGNS = "5 five ſeven eıght NİNE fridaY ſunday tonıght last nİght weeK ago a year May hundredS in"


def letters(number: int) -> str:
    """A word of its own for each number, without digits."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def make_text(pattern: str, count: int) -> str:
    """The pattern printed so many times, each with words of its own."""
    pieces = [pattern.format(n=n, w=letters(n), W=letters(n).upper()) for n in range(10_000, 10_000 + count)]
    return "".join(pieces)


def count_calls(text: str) -> int:
    """How many functions, Python's and C's, one extraction calls."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(text, INFO, score=lambda _: Score(0.5, "flat"))
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("pattern", TEXTS.values(), ids=TEXTS.keys())
def test_extract_calls_grow_with_the_text(pattern: str) -> None:
    extract(make_text(pattern, 3), INFO, score=lambda _: Score(0.5, "flat"))
    small, large = count_calls(make_text(pattern, 150)), count_calls(make_text(pattern, 600))
    assert large < 5 * small


@given(st.lists(st.sampled_from(SIGNS.split())).map(" ".join))
@example("laſt nıght")
def test_dates_and_numbers_are_never_found_without_their_signs(text: str) -> None:
    folded = dates.fold(text)
    assert dates._SIGN.search(folded) or not dates._PATTERN.search(text)
    assert facts._SIGN.search(folded) or not facts._NUMBER.search(text)
