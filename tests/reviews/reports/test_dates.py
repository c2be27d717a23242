"""Dates of a report: read strictly, compared only as far as they are known."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.reports import dates
from reviews.reports.dates import ReportDate


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025", ReportDate(date(2025, 1, 1))),
        ("2025-03", ReportDate(date(2025, 3, 1))),
        ("2025-03-14", ReportDate(date(2025, 3, 14))),
        ("2025-03-14T01:30+02:00", ReportDate(date(2025, 3, 14), datetime(2025, 3, 13, 23, 30, tzinfo=UTC))),
        ("2025-03-14T01:30:00.5Z", ReportDate(date(2025, 3, 14), datetime(2025, 3, 14, 1, 30, 0, 500000, UTC))),
    ],
)
def test_dates_read_keeps_the_precision(text, found):
    assert dates.read(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-03-14T09:30", "time zone"),
        ("2025-03-14 09:30Z", "ISO 8601"),
        ("14.3.2025", "ISO 8601"),
        ("2025-3-1", "ISO 8601"),
        ("٢٠٢٥", "ISO 8601"),
        ("2025-02-30", "calendar"),
        ("0000", "calendar"),
        ("2025-03-14T25:00Z", "calendar"),
        ("9999-12-31T23:59-23:59", "calendar"),
        ("", "missing"),
        (None, "missing"),
        (2025, "missing"),
    ],
)
def test_dates_read_refuses_what_is_none(text, said):
    with pytest.raises(ValueError, match=said):
        dates.read(text)


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2025-03-15", "2025-03-14", True),
        ("2025-03-14", "2025-03-14T00:00Z", False),
        ("2025-03-14T23:59Z", "2025-03-14", False),
        ("2025", "2025-03-14", False),
        ("2026", "2025-03-14", True),
        ("2025-03-14T10:00+02:00", "2025-03-14T09:00Z", False),
        ("2025-03-14T10:00+02:00", "2025-03-14T07:59Z", True),
    ],
)
def test_dates_compare_as_far_as_they_are_known(one, other, after):
    assert dates.read(one).is_after(dates.read(other)) is after


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 1)), st.datetimes(timezones=st.just(UTC)))
def test_dates_order_of_moments_is_that_of_time(one, other):
    spelt = one.astimezone(UTC).isoformat()
    assert dates.read(spelt).is_after(dates.read(other.isoformat())) is (one.astimezone(UTC) > other)
    assert not dates.read(spelt).is_after(dates.read(spelt))


@given(st.text(max_size=30))
def test_dates_read_refuses_any_other_text_by_value_error(text):
    with contextlib.suppress(ValueError):
        assert dates.read(text).day.year == int(text[:4])
