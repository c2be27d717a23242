"""Dates and weekdays in running text, resolved against the day of the document.

Finds the exact span itself and computes the ISO 8601 value with the precision
that is there (`2025`, `2025-03`, `2025-03-14`). "on Friday" in a text of a
Friday is that day; no date is ever put into the future without a sign of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.pipeline.lexicon import MONTHS, NUMBER_WORDS, WEEKDAYS

_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_BEFORE_YEAR = "|".join(
    rf"(?<={word}\s)"
    for word in (
        "in",
        "since",
        "by",
        "until",
        "from",
        "of",
        "before",
        "after",
        "and",
        "to",
        "during",
        "the",
        "than",
        "between",
    )
)
_PATTERN = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})\b\.?(?:,?\s(?P<y1>{_YEAR}))?
    | (?P<m2>{_MONTH})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?
        (?![\d:.%]\d|%|\s?(?:percent|per\ cent|million|billion))(?:,?\s(?P<y2>{_YEAR}))?
    | (?P<m3>{_MONTH})\b\.?,?\s(?P<y3>{_YEAR})
    | (?P<lastmonth>(?:last|this|next|in|since|of|until|by|from)\s(?P<m4>{_MONTH}))\b(?!\.?,?\s\d)
        (?:\s(?P<rel4>last\syear|this\syear|next\syear))?
    | (?P<relday>(?:(?P<which>last|next|this|on|since|by|until|from|late)\s)?(?P<wd>{_DAY}))(?:[’']s)?
    | (?P<word>today|yesterday|tomorrow|tonight|last\snight|this\s(?:morning|afternoon|evening))
    | (?P<relunit>(?P<rel>last|this|next)\s(?P<unit>week|month|year|weekend))
    | (?P<ago>(?P<n>{_COUNT})\s(?P<agounit>day|week|month|year)s?\sago)
    | (?P<year>(?:{_BEFORE_YEAR}){_YEAR})(?![-\d,.]\d|\s(?:people|members|residents|homes))
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGN = re.compile(
    r"\d|day|morrow|night|morning|afternoon|evening|week|month|year|ago|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
"""What every date holds when folded; asked before the pattern, which is slow on words."""

_FUTURE = re.compile(r"\b(?:will|due|scheduled|expected|next|plans?|until|by|to be held|shall|opens?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in a text; `value` is ISO 8601 with the precision known."""

    start: int
    end: int
    value: str


def parse_day(value: str | None) -> date | None:
    """The day of an ISO 8601 date or moment, or None."""
    if not value or len(value) < 10:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def fold(text: str) -> str:
    """The text without case, as a pattern that ignores case sees it (its i may be dotted or dotless)."""
    return text.casefold().replace("ı", "i").replace("\u0307", "")


def find_dates(text: str, start: int, end: int, document_day: date | None) -> Iterator[DateMention]:
    """All dates of `text[start:end]` that can be resolved."""
    if _SIGN.search(fold(text[start:end])) is None:
        return
    for match in _PATTERN.finditer(text, start, end):
        value = _value(match, text[max(start, match.start() - 60) : match.start()], document_day)
        if value is not None:
            left = (
                match.start("wd")
                if match.group("wd") and match.group("which") in {None, "on", "since", "by"}
                else match.start()
            )
            if match.group("m4") and match.group("lastmonth")[:4].lower() not in {"last", "this", "next"}:
                left = match.start("m4")
            yield DateMention(left, match.end(), value)


def _value(match: re.Match[str], before: str, day: date | None) -> str | None:
    """The ISO value of one match, or None."""
    group = match.groupdict()
    if group["iso"]:
        return group["iso"] if parse_day(group["iso"]) else None
    if group["m1"] or group["m2"]:
        name, number = (group["m1"], group["d1"]) if group["m1"] else (group["m2"], group["d2"])
        return _month_day(MONTHS[name.lower()], int(number), group["y1"] or group["y2"], day)
    if group["m3"]:
        return f"{group['y3']}-{MONTHS[group['m3'].lower()]:02d}"
    if group["year"]:
        return group["year"]
    if day is None:
        return None
    return _relative(group, before, day)


def _month_day(month: int, number: int, year: str | None, day: date | None) -> str | None:
    """A day of a month; without a year, the year that puts it nearest to the document."""
    if year is None and day is None:
        return None
    candidates = []
    years = [int(year)] if year else [day.year - 1, day.year, day.year + 1] if day else []
    for value in years:
        try:
            candidates.append(date(value, month, number))
        except ValueError:
            continue
    if not candidates:
        return None
    reference = day or candidates[0]
    return min(candidates, key=lambda item: abs((item - reference).days)).isoformat()


def _relative(group: dict[str, str | None], before: str, day: date) -> str | None:
    """Values that need the document's day."""
    if group["m4"]:
        return _month_only(
            MONTHS[group["m4"].lower()], (group["lastmonth"] or "")[:4].lower(), group["rel4"], before, day
        )
    if group["wd"]:
        return _weekday(WEEKDAYS[group["wd"].lower()], (group["which"] or "").lower(), before, day).isoformat()
    if group["word"]:
        word = " ".join(group["word"].lower().split())
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
        return (day + timedelta(days=shift)).isoformat()
    if group["unit"]:
        return _unit(group["unit"].lower(), {"last": -1, "this": 0, "next": 1}[(group["rel"] or "").lower()], day)
    if group["agounit"]:
        word = (group["n"] or "").lower()
        count = int(word) if word.isdigit() else NUMBER_WORDS.get(word, 1)
        return _back(group["agounit"].lower(), count, day)
    return None


def _month_only(month: int, which: str, relative: str | None, before: str, day: date) -> str:
    """`in May`, `last June`: the nearest such month that is not ahead, unless a future is announced."""
    year = day.year
    if relative:
        year += {"last": -1, "this": 0, "next": 1}[relative.split()[0].lower()]
    elif which == "next" or _FUTURE.search(before):
        year += month < day.month
    elif which == "last":
        year -= month >= day.month
    else:
        year -= month > day.month
    return f"{year:04d}-{month:02d}"


def _weekday(weekday: int, which: str, before: str, day: date) -> date:
    """The weekday meant: the latest one up to the document's day, or the next one."""
    back = (day.weekday() - weekday) % 7
    if which == "next" or ((which in {"on", "until", "by", ""}) and _FUTURE.search(before) and back != 0):
        return day + timedelta(days=(7 - back) or 7)
    if which == "until" or which == "by":
        return day + timedelta(days=(7 - back) % 7)
    if which == "last" and back == 0:
        back = 7
    return day - timedelta(days=back)


def _unit(unit: str, shift: int, day: date) -> str | None:
    """`last week` (its Monday's ISO week has no month form, so the day), `this month`, `next year`."""
    if unit == "year":
        return f"{day.year + shift:04d}"
    if unit == "month":
        month = day.year * 12 + day.month - 1 + shift
        return f"{month // 12:04d}-{month % 12 + 1:02d}"
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * shift)
    if unit == "weekend":
        return (monday + timedelta(days=5)).isoformat()
    return f"{monday.isocalendar().year:04d}-W{monday.isocalendar().week:02d}"


def _back(unit: str, count: int, day: date) -> str | None:
    """`three years ago`, with the precision of its unit."""
    try:
        if unit == "year":
            return f"{day.year - count:04d}" if day.year > count else None
        if unit == "month":
            month = day.year * 12 + day.month - 1 - count
            return f"{month // 12:04d}-{month % 12 + 1:02d}" if month > 0 else None
        return (day - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    except OverflowError:
        return None
