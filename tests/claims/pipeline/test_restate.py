"""Stage 6: the standalone statement."""

from datetime import date

import pytest

from claims.enums import ClaimantType
from claims.pipeline.facts import find_facts
from claims.pipeline.restate import capitals_of, lower_capitals, readable, restate
from claims.pipeline.shapes import Speaker

STONE = Speaker("Ada Stone", ClaimantType.PERSON, 0.9)
BOARD = Speaker("Wend Harbour Board", ClaimantType.ORGANIZATION, 0.9)


@pytest.mark.parametrize(
    ("quote", "speaker", "is_direct", "statement"),
    [
        ("I have asked for help", STONE, True, "Ada Stone has asked for help"),
        ("I've asked for help", STONE, True, "Ada Stone has asked for help"),
        ("my bin was full", STONE, True, "Ada Stone's bin was full"),
        ("he had been told", STONE, False, "Ada Stone had been told"),
        ("it had received 43 calls", BOARD, False, "Wend Harbour Board had received 43 calls"),
        ("we have asked for help", BOARD, True, "We have asked for help"),
        ("I have asked for help", None, True, "I have asked for help"),
    ],
)
def test_restate_puts_names_for_pronouns(quote, speaker, is_direct, statement):
    assert restate(quote, speaker=speaker, is_direct=is_direct, capitals={}) == statement


def test_restate_resolves_the_day_beside_the_words():
    quote = "the dam leaked on Tuesday"
    dates = find_facts(quote, 0, len(quote), date(2025, 3, 14))
    assert (
        restate(quote, speaker=None, is_direct=False, capitals={}, dates=dates)
        == "The dam leaked on Tuesday (11 March 2025)"
    )


def test_lower_capitals_uses_what_the_article_shows():
    capitals = capitals_of("On Monday the Wend Board met. The board said it met. They saw NASA there.")
    assert lower_capitals("THE WEND AND NASA AND I MET ON FRIDAY", capitals) == "the Wend and NASA and I met on Friday"


@pytest.mark.parametrize(
    ("value", "words"),
    [("2025-03-14", "14 March 2025"), ("2025-03", "March 2025"), ("2025", "2025"), ("2025-W11", "week 11 of 2025")],
)
def test_readable_dates(value, words):
    assert readable(value) == words


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        ("it rained on 21 days", "It rained on 21 days"),
        ("it had rarely snowed", "It had rarely snowed"),
        ("it was clear that costs rose", "It was clear that costs rose"),
        ("it was hard to find staff", "It was hard to find staff"),
        ("it was founded in 1912", "The Met Office was founded in 1912"),
        ("it is likely to close", "The Met Office is likely to close"),
    ],
)
def test_an_it_that_stands_for_nothing_is_nobody_s_name(quote, statement):
    office = Speaker("the Met Office", ClaimantType.ORGANIZATION, 0.9, ())
    assert restate(quote, speaker=office, is_direct=False, capitals={}) == statement
