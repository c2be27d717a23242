"""Conformance of the rating: numbers all or none, and the same always."""

from collections.abc import Iterator

from reviews.reports.findings import Case, Finding, error, same_name, warning
from reviews.reports.verdict_report import ReportRating

UNORDERED_LABELS = frozenset({"unproven", "unverified", "unverifiable", "satire", "outdated"})
"""Labels that say nothing of how true a claim is, so that no number fits them."""

_NUMBERS = ("ratingValue", "bestRating", "worstRating")


def rating_numbers(case: Case) -> Iterator[Finding]:
    """Rule 4: worst < best, worst <= value <= best, or no number at all."""
    rule, rating = "rating_numbers", case.report.rating
    found = {name: case.at(f"/reviewRating/{name}") for name in _NUMBERS}
    given = {name: value for name, value in found.items() if value is not None}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield error(rule, f"/reviewRating/{name}", f"{value!r} is not a number")
            return
    if not rating.ordered or rating.label.strip().casefold() in UNORDERED_LABELS:
        if given:
            yield error(
                rule,
                "/reviewRating/ratingValue",
                f"{rating.label} stands outside the order of the scale and carries no number: remove its value",
            )
        return
    if len(given) != len(_NUMBERS):
        missing = ", ".join(name for name in _NUMBERS if name not in given)
        yield error(rule, "/reviewRating", f"{rating.label} needs its three numbers; missing: {missing}")
        return
    value, best, worst = (found[name] for name in _NUMBERS)
    if worst >= best:
        yield error(rule, "/reviewRating/worstRating", f"the worst rating ({worst}) must be below the best ({best})")
    elif not worst <= value <= best:
        yield error(rule, "/reviewRating/ratingValue", f"the value {value} lies outside {worst} to {best}")
    yield from _bounds(case)


def _bounds(case: Case) -> Iterator[Finding]:
    """The bounds are those of the scale's version, in every report."""
    rating = case.report.rating
    values = [one.value for one in rating.scale.ratings if one.value is not None]
    bounds = (case.at("/reviewRating/worstRating"), case.at("/reviewRating/bestRating"))
    if values and bounds != (min(values), max(values)):
        yield error(
            "rating_numbers",
            "/reviewRating/bestRating",
            f"the scale {rating.scale.name} runs from {min(values)} to {max(values)}, not {bounds[0]} to {bounds[1]}",
        )
    for other in _others(case):
        if other.ordered and _same_version(other, rating) and (other.worst, other.best) != bounds:
            yield error(
                "rating_numbers",
                "/reviewRating/bestRating",
                f"other reports on this scale run from {other.worst} to {other.best}: make a new version of the scale",
            )
            return


def rating_consistency(case: Case) -> Iterator[Finding]:
    """Rule 5, first half: one label, one number."""
    rule, pointer, rating = "rating_consistency", "/reviewRating/ratingValue", case.report.rating
    known = [one for one in rating.scale.ratings if same_name(one.label, rating.label)]
    if rating.scale.ratings and not known:
        yield error(
            rule, "/reviewRating/alternateName", f"{rating.label} is no rating of the scale {rating.scale.name}"
        )
    if any(one.value != rating.value for one in known):
        values = ", ".join(str(one.value) for one in known)
        yield error(rule, pointer, f"{rating.label} is {values} on its scale but {rating.value} here: use one number")
    clashes = [one for one in _others(case) if one.scale.name == rating.scale.name]
    clashes = [one for one in clashes if same_name(one.label, rating.label) and one.value != rating.value]
    if any(_same_version(one, rating) for one in clashes):
        yield error(
            rule, pointer, f"{rating.label} has another number in other reports: make a new version of the scale"
        )
    elif clashes:
        yield warning(rule, pointer, f"{rating.label} had another number in an earlier version of the scale")


def _others(case: Case) -> tuple[ReportRating, ...]:
    return case.shown if case.previous is None else (*case.shown, case.previous.rating)


def _same_version(one: ReportRating, other: ReportRating) -> bool:
    return (one.scale.name, one.scale.version) == (other.scale.name, other.scale.version)
