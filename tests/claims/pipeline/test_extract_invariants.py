"""What holds for every text whatever: spans, ledger, determinism, furniture."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.enums import Boilerplate, Disposition, Speech
from claims.pipeline.extract import extract
from claims.pipeline.shapes import CONTEXT_CHARS, DocumentInfo, Extraction, Score
from tests.harness.records import FULL

INFO = DocumentInfo(title="A title", published_at="2025-03-14")

FRAGMENTS = [
    '"', "'", "“", "”", "‘", "’", "«", "»", "„", "(", ")", "[", "\n", "\n\n", " ", ".", ",", "!", "?", "…", "–", "—", ":",
    ";", "\u2028", "\x85", "\u00a0", "e\u0301", "\u200d", "😀", "👨‍👩‍👧", "שלום", "مرحبا", "中文字", "İ", "ß", "ﬁ", "K", "\x0c", "\t",
    "said", "He said", "Ms Ada Stone", "Stone", "she", "the council", "The Council", "according to", "that", "and", "but",
    "was", "were", "fell by 3%", "£4.2m", "on Friday", "in 2019", "Advertisement", "Read more:", "By Ann Lee", "LONDON (AP) —",
    "12.15 GMT", "Mr Pell: ", "told reporters", "who", "which", "AT THIS MOMENT", "THE BANK IS BROKE", "I have", "will",
    "Inc.", "p.m.", "U.S.", "1,204", "3.5", "٣", "½", "²",
]  # fmt: skip
NAMES = [
    "Ada Stone",
    "Stone",
    "Mr Pell",
    "Ben O’Hara-Ruiz",
    "she",
    "He",
    "the council",
    "A spokesman for the Met Office",
]
SAID = [
    '"{0}," said {1}.', "{1} said that {0}.", "According to {1}, {0}.", "{1}: {0}", "“{0}", "{0},” {1} told reporters.", "{0}.",
    '{1}, 43, added: "{0}."', "{0}, {1} said, but {0}.", "‘{0}’ – {1} – “{0}", "{1} urged {1} to say {0}", "• {0}", "{0}; {0} ({1})",
]  # fmt: skip
WORDS = st.lists(
    st.sampled_from([*FRAGMENTS, "prices fell by 3% in 2019", "the bank had lost £4.2m"]), min_size=1, max_size=5
)
SENTENCES = st.builds(
    lambda frame, words, name: frame.format(" ".join(words), name), st.sampled_from(SAID), WORDS, st.sampled_from(NAMES)
)
TEXTS = st.one_of(
    st.lists(SENTENCES, max_size=10).flatmap(
        lambda told: st.sampled_from([" ", "\n", "\n\n"]).map(lambda gap: gap.join(told))
    ),
    st.text(st.characters(blacklist_characters="\x00\r", blacklist_categories=("Cs",)), max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join),
)


def score_flat(text: str) -> Score:
    """A score that costs nothing."""
    return Score(0.5, "flat")


def run(text: str, **given_info: str) -> Extraction:
    """Extract with the flat score."""
    info = DocumentInfo(title="A title", published_at="2025-03-14", **given_info)
    return extract(text, info, score=score_flat)


def check(text: str, found: Extraction) -> None:
    """Every invariant of a result."""
    for claim in found.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip()
        assert claim.prefix == text[max(0, claim.start - CONTEXT_CHARS) : claim.start]
        assert claim.suffix == text[claim.end : claim.end + CONTEXT_CHARS]
        assert claim.statement.strip()
        assert claim.speaker is None or claim.speech is not Speech.AUTHOR
        for fact in claim.facts:
            assert claim.start <= fact.start < fact.end <= claim.end
            assert text[fact.start : fact.end] == fact.text
    assert list(found.claims) == sorted(found.claims, key=lambda claim: (claim.start, claim.end))
    position = 0
    for entry in found.sentences:
        assert position <= entry.start < entry.end
        assert not text[position : entry.start].strip()
        position = entry.end
        assert (entry.reason is None) == (entry.disposition in {Disposition.CLAIM, Disposition.UNREVIEWED})
        touching = [claim for claim in found.claims if claim.start < entry.end and entry.start < claim.end]
        assert bool(touching) == (entry.disposition is Disposition.CLAIM)
        assert all(entry.start <= claim.start and claim.end <= entry.end for claim in touching)
        assert (entry.disposition is Disposition.BOILERPLATE) == isinstance(entry.reason, Boilerplate)
    assert not text[position:].strip()


def explore(examples: int) -> Counter[str]:
    """Check that many texts and that each gives the same result twice; what was seen."""
    seen: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def hold(text: str) -> None:
        found = run(text)
        check(text, found)
        assert run(text) == found
        seen.update(
            texts=1, claims=len(found.claims), speakers=sum(claim.speaker is not None for claim in found.claims)
        )

    hold()
    return seen


def test_extract_keeps_every_invariant_on_any_text() -> None:
    seen = explore(400)
    assert min(seen["claims"], seen["speakers"]) > 10


@pytest.mark.fault
@pytest.mark.slow
def test_ten_thousand_texts_keep_every_offset(record: dict[str, Any]) -> None:
    seen = explore(10_000 if FULL else 500)
    record["seen"] = dict(seen)
    assert seen["texts"] >= (10_000 if FULL else 500)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_extract_leaves_other_languages_unreviewed(text: str) -> None:
    found = run(text, language="de")
    check(text, found)
    assert not found.claims
    assert {entry.disposition for entry in found.sentences} <= {Disposition.UNREVIEWED}
    assert "de" in found.warnings[0]


@pytest.mark.parametrize(
    "unit",
    ["a", '"', "' ", "“", "“”", '" "', "\n", "x\n", "(", "( a ", "said ", "He said that ", ". ", 'a!" ', "A ", "1 ", "1,", "and he said ",
     "according to him, ", ", ", "s' a ", '"Yes, it is," he said. ', "He said: ", "By John Smith\n", "ly ", "– ", "😀", "e\u0301"],
)  # fmt: skip
def test_extract_survives_repetition(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    check(text, run(text))


def test_extract_of_nothing_is_empty() -> None:
    for text in ("", " \n\t\n "):
        found = run(text)
        assert (found.sentences, found.claims) == ((), ())


def test_extract_survives_a_relative_whose_name_many_bodies_share() -> None:
    bodies = " ".join(f"The {chr(65 + number)}xx Dale Council, which won, fell." for number in range(14))
    text = f"{bodies} Ann Stone said it fell. Dale, 45, said he won. Her husband, Dale, said he won. Dale said so."
    found = run(text)
    check(text, found)
    assert "Ann Stone" in {claim.speaker.name for claim in found.claims if claim.speaker}
