"""Filters of the public pages: dates, links, explanations, signs of ratings."""

from datetime import UTC, datetime

from django import template
from django.utils.safestring import SafeString

from reviews import addresses, markdown
from reviews.reports.verdict_report import ReportRating

register = template.Library()
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 # reads better than twelve quoted words
)
_SIGNS = {"worst": "✕", "low": "◔", "middle": "◑", "high": "◕", "best": "✓", "apart": "◇"}


@register.filter
def day(value: str | None) -> str:
    """An ISO 8601 date in words, as precise as it was given and no more."""
    if not value:
        return ""
    parts = value.split("-")
    if len(value) <= 7:
        return " ".join([*([_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []), parts[0]])
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) > 10:
        moment = moment.astimezone(UTC)
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


@register.filter
def web_link(value: str | None) -> str:
    """The address when it is one a page may link, else nothing."""
    return value if value and addresses.split(value) is not None else ""


@register.filter
def explained(text: str) -> SafeString:
    """An explanation as HTML that has been cleaned."""
    return SafeString(markdown.html(text))


@register.filter
def words(value: str) -> str:
    """A value of a vocabulary as words: `rating_changed` is `rating changed`."""
    return value.replace("_", " ")


@register.filter
def tone(rating: ReportRating) -> str:
    """Where a rating stands: worst, low, middle, high, best, or apart from the order."""
    if rating.value is None or rating.best is None or rating.worst is None:
        return "apart"
    share = (rating.value - rating.worst) / (rating.best - rating.worst)
    if share in {0, 1}:
        return "best" if share else "worst"
    return "middle" if 0.4 <= share <= 0.6 else ("low" if share < 0.5 else "high")


@register.filter
def sign(rating: ReportRating) -> str:
    """A sign that stands for the tone where colour cannot."""
    return _SIGNS[tone(rating)]
