"""What a conformance rule is given and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviews.enums import Severity
from reviews.reports.verdict_report import ReportRating, VerdictReport


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule: what is wrong, and how to mend it.

    `pointer` is a JSON pointer into the ClaimReview document; the empty
    string is the whole of it. An error blocks publication, a warning is shown.
    """

    rule: str
    severity: Severity
    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Case:
    """One report on the point of publication, with all that the rules look at.

    `document` is the ClaimReview that would be published (None: there is
    none), `previous` the version that is public now, `shown` the ratings of
    the other reports that are public.
    """

    report: VerdictReport
    document: Mapping[str, Any] | None
    today: date
    previous: VerdictReport | None
    base_url: str
    shown: tuple[ReportRating, ...] = ()

    def at(self, pointer: str) -> Any:
        """What stands at `pointer` in the document; None when nothing does."""
        return value_at(self.document, pointer)

    def text(self, pointer: str) -> str | None:
        """The text at `pointer`; None when there is none or it is no text."""
        value = self.at(pointer)
        return value if isinstance(value, str) else None


def value_at(document: object, pointer: str) -> Any:
    """What a JSON pointer leads to; None when it leads nowhere."""
    value = document
    for step in pointer.split("/")[1:]:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, Sequence) and not isinstance(value, str) and step.isdecimal():
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return None
    return value


def is_blank(value: object) -> bool:
    """Whether nothing was said: absent, or text of white space only."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spacing."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def error(rule: str, pointer: str, detail: str) -> Finding:
    """A finding that blocks publication."""
    return Finding(rule, Severity.ERROR, pointer, detail)


def warning(rule: str, pointer: str, detail: str) -> Finding:
    """A finding that is shown and blocks nothing."""
    return Finding(rule, Severity.WARNING, pointer, detail)
