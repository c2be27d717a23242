"""ISO 8601 dates of a report, compared only as far as they are known.

Taken are `2025`, `2025-03`, `2025-03-14` and `2025-03-14T09:30:00+02:00` (a
time needs its offset; seconds may be missing).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

_PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?\Z", re.ASCII)

_FORMS = "write 2025-03-14 or 2025-03-14T09:30:00+02:00"


@dataclass(frozen=True, slots=True)
class ReportDate:
    """`day` is the first day it can mean, as written; `instant` None for a mere date."""

    day: date
    instant: datetime | None = None

    def is_after(self, other: "ReportDate") -> bool:
        """Whether it is certainly later: by instant where both have one, else by day."""
        if self.instant is not None and other.instant is not None:
            return self.instant > other.instant
        return self.day > other.day


def read(value: object) -> ReportDate:
    """The date that `value` spells; ValueError says what is wrong with it."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"the date is missing: {_FORMS}")
    parts, moment = _PARTS.match(value), _MOMENT.match(value)
    if parts is None and moment is None:
        raise ValueError(f"{value!r} is not an ISO 8601 date: {_FORMS}")
    if moment is not None and moment[3] is None:
        raise ValueError(f"{value!r} has a time without a time zone: add its offset, such as Z or +02:00")
    try:
        if parts is not None:
            year, month, day = (int(part or 1) for part in parts.groups())
            return ReportDate(date(year, month, day))
        instant = datetime.fromisoformat(value)
        return ReportDate(instant.date(), instant.astimezone(UTC))
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is not in the calendar: {_FORMS}") from None
