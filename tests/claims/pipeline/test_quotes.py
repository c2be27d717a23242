"""Stage 2: quotation marks of every kind, broken ones included."""

import pytest

from claims.pipeline.blocks import Block
from claims.pipeline.quotes import find_quotes


def blocks_of(text: str) -> list[Block]:
    """One body block a line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return blocks


def quoted(text: str) -> list[str]:
    """What is inside the outermost quotation marks."""
    return [text[quote.start : quote.end] for quote in find_quotes(text, blocks_of(text))]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"We won," he said. "Twice."', ["We won,", "Twice."]),
        ("“We won,” he said. “Twice.”", ["We won,", "Twice."]),
        ("'We won,' he said. 'It's the lads' first cup.'", ["We won,", "It's the lads' first cup."]),
        ("‘It’s the lads’ first cup,’ he said.", ["It’s the lads’ first cup,"]),
        ("«We have not lost a customer», she said.", ["We have not lost a customer"]),
        ("„Wir sind da“, she said.", ["Wir sind da"]),
        ("“He told me ‘go home’ and left,” she said.", ["He told me ‘go home’ and left,"]),
        ("'I asked, \"Where is it?\" He shrugged.' Then he left.", ['I asked, "Where is it?" He shrugged.']),
        ("The '90s and rock 'n' roll aren't quotations in the readers' view.", []),
        ("The 6'2\" striker ran 5' in a second.", []),
        ("The driver's wife and the drivers' union met.", []),
    ],
)
def test_find_quotes_reads_every_mark(text, inside):
    assert quoted(text) == inside


def test_missing_opener_starts_at_the_paragraph():
    text = 'BUT THE TROOPS ARE SURROUNDED," the president wrote.'
    [quote] = find_quotes(text, blocks_of(text))
    assert (quote.start, text[quote.start : quote.end]) == (0, "BUT THE TROOPS ARE SURROUNDED,")
    assert not quote.has_opener


def test_missing_opener_needs_words_of_speech_behind_it():
    assert quoted('Kits cost 5 pounds," and the shop was full of people who had come from far away to buy them.') == []


def test_missing_closer_ends_with_the_paragraph():
    text = "He said: “We won and that is that.\nThe crowd left."
    [quote] = find_quotes(text, blocks_of(text))
    assert text[quote.start : quote.end] == "We won and that is that."
    assert not quote.has_closer


def test_quotation_over_paragraphs_is_one_chain():
    text = "“The first part,” she said. “The second.\n“The third.\n“The fourth.”\n“Another one.”"
    chains = [quote.chain for quote in find_quotes(text, blocks_of(text))]
    assert chains[1] == chains[2] == chains[3]
    assert len({chains[0], chains[1], chains[4]}) == 3
