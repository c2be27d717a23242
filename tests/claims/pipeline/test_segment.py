"""Stage 2: sentences, with the rules for quoted speech."""

import pytest

from claims.pipeline.segment import MAX_SENTENCE, split_sentences


def sentences(text: str) -> list[str]:
    """The sentences as words."""
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ['"Spare them. ', "This is grave. ", 'God bless them all!!!" Lee added.'],
        ["“Who knew?” asked the judge. ", "Nobody answered."],
        ["The index stood at 11,842 points by 12.40 p.m. ", "Of its 20 members 14 fell."],
        ["Mr. Lee met Dr. Hu of Hu Inc. on Jan. 17. ", "They talked."],
        ["The office said it had no record of a call. ", "Linden Falls Police data show that crime fell."],
        ["The U.S. Senate voted. ", "It was late."],
        ["“We won.” ", "“Never again,” she said."],
    ],
)
def test_split_sentences_finds_the_ends(parts):
    assert sentences("".join(parts)) == [part.strip() for part in parts]


def test_oversize_sentence_is_cut_at_white_space():
    text = "word " * 1000
    found = sentences(text)
    assert all(len(part) <= MAX_SENTENCE for part in found)
    assert "".join(part.replace(" ", "") for part in found) == text.replace(" ", "")


def test_long_run_without_white_space_is_cut():
    text = 'a!"' * 5000
    assert "".join(sentences(text)) == text
