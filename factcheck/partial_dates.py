"""Dates that keep the precision they were given: `2025-03-14` stays a date.

Stored as ISO 8601 text: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date and time
with a UTC offset.
"""

import re
from datetime import UTC, date, datetime, timedelta

from factcheck.errors import Invalid

MAX_LENGTH = 40
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def earliest(value: str) -> date:
    """The first day `value` can mean; ValueError when it is no such date."""
    if _YEAR.match(value):
        return date(int(value), 1, 1)
    if _MONTH.match(value):
        return date(int(value[:4]), int(value[5:7]), 1)
    if _DAY.match(value):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time needs a UTC offset")
    return moment.astimezone(UTC).date()


def clean(value: str | None, *, pointer: str, today: date) -> str | None:
    """The date as given, or Invalid naming `pointer`.

    Refused: what is no ISO 8601 date, a time without offset, and a date more
    than a day after `today` (a day of grace covers every time zone).
    """
    if value is None or value == "":
        return None
    try:
        if len(value) > MAX_LENGTH:
            raise ValueError("too long")
        first = earliest(value)
    except (ValueError, OverflowError):
        raise Invalid.at(
            pointer,
            "date_invalid",
            f"{value[:MAX_LENGTH]!r} is not a date: write 2025, 2025-03, 2025-03-14 or 2025-03-14T09:30:00+02:00",
        ) from None
    if first > today + timedelta(days=1):
        raise Invalid.at(pointer, "date_in_future", f"{value} lies in the future")
    return value
