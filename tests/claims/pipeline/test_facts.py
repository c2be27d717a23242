"""Stage 7: numbers, units, dates and places, and the main type of a claim."""

from datetime import date

import pytest

from claims.enums import ClaimType
from claims.pipeline.dates import find_dates, parse_day
from claims.pipeline.facts import find_facts, type_of

FRIDAY = date(2025, 3, 14)


def dates(text: str, day: date | None = FRIDAY) -> list[tuple[str, str]]:
    """(words, value) of every date."""
    return [(text[found.start : found.end], found.value) for found in find_dates(text, 0, len(text), day)]


def facts(text: str, kind: str) -> list[tuple[str, str, str | None]]:
    """(words, value, unit) of every fact of a kind."""
    return [(fact.text, fact.value, fact.unit) for fact in find_facts(text, 0, len(text), FRIDAY) if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell on Friday", [("Friday", "2025-03-14")]),
        ("It fell on Tuesday", [("Tuesday", "2025-03-11")]),
        ("It fell last Friday", [("last Friday", "2025-03-07")]),
        ("They will meet on Monday", [("Monday", "2025-03-17")]),
        ("They meet next Friday", [("next Friday", "2025-03-21")]),
        ("It fell yesterday", [("yesterday", "2025-03-13")]),
        ("on 3 November 2019", [("3 November 2019", "2019-11-03")]),
        ("on March 3, 2019", [("March 3, 2019", "2019-03-03")]),
        ("on Jan. 17 it rained", [("Jan. 17", "2025-01-17")]),
        ("on 30 December it rained", [("30 December", "2024-12-30")]),
        ("in May 2022", [("May 2022", "2022-05")]),
        ("in May", [("May", "2024-05")]),
        ("since 2018", [("2018", "2018")]),
        ("last year and last month", [("last year", "2024"), ("last month", "2025-02")]),
        ("three years ago", [("three years ago", "2022")]),
        ("on 2024-02-30", []),
        ("It may rain in the second half, march on", []),
        ("They made 2022 cars", []),
    ],
)
def test_find_dates_resolves_against_the_document(text, found):
    assert dates(text) == found


def test_find_dates_without_a_document_day_keeps_only_whole_dates():
    assert dates("on Friday, 14 March 2025, or 3 May, or in 2019", None) == [
        ("14 March 2025", "2025-03-14"),
        ("2019", "2019"),
    ]


@pytest.mark.parametrize(("value", "day"), [("2025-03-14", FRIDAY), ("2025-03-14T09:30:00Z", FRIDAY), ("2025-03", None), (None, None), ("2025-13-01", None)])  # fmt: skip
def test_parse_day_keeps_only_days(value, day):
    assert parse_day(value) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("£4.1 million", [("£4.1 million", "4100000", "GBP")]),
        ("£8.4m", [("£8.4m", "8400000", "GBP")]),
        ("$1,204.50", [("$1,204.50", "1204.5", "USD")]),
        ("14 percent of homes", [("14 percent", "14", "percent")]),
        ("17 per cent", [("17 per cent", "17", "percent")]),
        ("3,480 residents", [("3,480", "3480", "residents")]),
        ("twenty-one people died", [("twenty-one", "21", "people")]),
        ("thousands of troops", [("thousands", "1000", "troops")]),
        ("64,000 empty flats", [("64,000", "64000", "flats")]),
    ],
)
def test_find_facts_reads_numbers_and_units(text, found):
    assert facts(text, "number") == found


def test_find_facts_reads_places():
    assert facts("A bus fell into a river in western Kenya and sank near Lake Victoria", "place") == [
        ("Lake Victoria", "Lake Victoria", None)
    ]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("The fund paid £4m to 300 families", ClaimType.NUMERIC),
        ("Police closed the road", ClaimType.EVENT),
        ("Lee urged Hu to spare the town", ClaimType.QUOTE),
        ("The plant closed because of the tax", ClaimType.CAUSAL),
        ("Rural patients wait longer than those in towns", ClaimType.COMPARISON),
        ("It was the worst flood since 1953", ClaimType.RECORD),
    ],
)
def test_type_of_names_the_main_kind(statement, kind):
    assert type_of(statement, find_facts(statement, 0, len(statement), FRIDAY)) is kind
