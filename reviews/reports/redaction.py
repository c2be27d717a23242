"""Words taken out of a report's texts. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reviews.reports import payload
from reviews.reports.verdict_report import VerdictReport

WITHHELD = "[withheld]"
LEAST = 4
"""Characters below which words tell too little to be looked for."""

_PROSE = frozenset(
    {"summary", "explanation", "headline", "reason", "question", "response", "party", "title", "excerpt", "locator"}
)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


def telling(words: Iterable[str], *, said: VerdictReport) -> tuple[str, ...]:
    """Those of the words (an address: without its scheme) that `said` does not
    say itself, the longest first."""
    public = "\n".join(_texts(payload.dump(said))).casefold()
    bare = {_SCHEME.sub("", one).strip().rstrip("/") for one in words}
    return tuple(sorted((one for one in bare if len(one) >= LEAST and one.casefold() not in public), key=len)[::-1])


def without(report: VerdictReport, words: Iterable[str]) -> VerdictReport:
    """The report whose prose says WITHHELD wherever it said one of the words."""
    alternatives = "|".join(re.escape(one) for one in words)
    if not alternatives:
        return report
    pattern = re.compile(rf"(?<!\w)(?:https?://(?:www\.)?)?(?:{alternatives})(?!\w)", re.IGNORECASE)
    return VerdictReport.from_payload(_replaced(report.to_payload(), pattern))


def _replaced(value: Any, pattern: re.Pattern[str], name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _replaced(one, pattern, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, pattern, name) for one in value]
    return pattern.sub(WITHHELD, value) if isinstance(value, str) and name in _PROSE else value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value
