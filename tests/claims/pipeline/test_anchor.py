"""Anchors: context, and finding a quote again in another text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.pipeline.anchor import Outcome, context, reanchor

OLD = "The council met on Monday. The roof fell in on 3 November and nobody was hurt. The council met again."
QUOTE = "The roof fell in on 3 November"


def anchored(text: str, quote: str) -> dict[str, str]:
    """An anchor of the first place of the quote."""
    start = text.index(quote)
    prefix, suffix = context(text, start, start + len(quote))
    return {"quote": quote, "prefix": prefix, "suffix": suffix}


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        (OLD, Outcome.MOVED),
        ("CORRECTED. " + OLD, Outcome.MOVED),
        (OLD.replace("met on Monday", "sat for hours"), Outcome.MOVED),
        (OLD + " " + QUOTE, Outcome.MOVED),
        (f"{QUOTE}. {QUOTE}.", Outcome.PROPOSED),
        (OLD.replace("roof fell", "roof  Fell"), Outcome.PROPOSED),
        (OLD.replace("fell in on 3 November", "fell in on 4 November"), Outcome.PROPOSED),
        ("Something else entirely.", Outcome.ORPHAN),
        ("", Outcome.ORPHAN),
    ],
)
def test_reanchor_moves_only_what_is_unchanged_and_unique(new, outcome):
    found = reanchor(new, **anchored(OLD, QUOTE))
    assert found.outcome is outcome
    if outcome is Outcome.MOVED:
        assert new[found.start : found.end] == QUOTE
    if outcome is Outcome.ORPHAN:
        assert found.start is found.end is None


def test_reanchor_picks_the_place_with_the_same_neighbours():
    new = f"{QUOTE}, they say. {OLD}"
    found = reanchor(new, **anchored(OLD, QUOTE))
    assert (found.outcome, found.start) == (Outcome.MOVED, new.rindex(QUOTE))


def test_reanchor_never_moves_a_short_quote_on_its_own():
    found = reanchor("Nobody was hurt in Lyle.", **anchored(OLD, "hurt"))
    assert found.outcome is Outcome.PROPOSED


@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=1, max_size=40))
def test_reanchor_in_the_same_text_is_never_lost(before, after, quote):
    text = before + quote + after
    prefix, suffix = context(text, len(before), len(before) + len(quote))
    found = reanchor(text, quote=quote, prefix=prefix, suffix=suffix)
    assert found.outcome is not Outcome.ORPHAN
    assert text[found.start : found.end] == quote
