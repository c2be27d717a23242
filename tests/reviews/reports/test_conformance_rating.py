"""The rules for the numbers of a rating, within a report and between reports."""

from dataclasses import replace

import pytest

from reviews.reports.verdict_report import ReportScale, ScaleRating
from tests.reviews.reports.examples import REPORT, SCALE, rating
from tests.reviews.reports.findings import ERROR, WARNING, check, tampered, told, with_rating

# Rule 4: numbers


@pytest.mark.parametrize("name", ["value", "best", "worst"])
def test_rating_with_some_of_its_numbers_is_an_error(name):
    findings = check(with_rating(**{name: None}))
    assert ("rating_numbers", ERROR, "/reviewRating") in told(findings)


@pytest.mark.parametrize(
    ("numbers", "place"),
    [
        ({"value": 0}, "ratingValue"),
        ({"value": 6}, "ratingValue"),
        ({"worst": 5}, "worstRating"),
        ({"worst": 9}, "worstRating"),
        ({"best": 4}, "bestRating"),
        ({"worst": 0}, "bestRating"),
    ],
)
def test_rating_numbers_out_of_order_are_an_error(numbers, place):
    assert ("rating_numbers", ERROR, f"/reviewRating/{place}") in told(check(with_rating(**numbers)))


@pytest.mark.parametrize("value", ["2", True, [2]])
def test_rating_number_that_is_none_is_an_error(value):
    findings = tampered(lambda document: document["reviewRating"].update(ratingValue=value))
    assert ("rating_numbers", ERROR, "/reviewRating/ratingValue") in told(findings)


@pytest.mark.parametrize("slug", ["false", "true", "half-true"])
def test_rating_at_and_between_the_bounds_is_sound(slug):
    assert check(replace(REPORT, rating=rating(slug))) == []


def test_rating_bounds_that_differ_within_a_scale_version_are_an_error():
    bare = ReportScale("Truth", 1)
    shown = replace(rating("true"), scale=bare, best=7)
    findings = check(with_rating(scale=bare), shown=[shown])
    assert ("rating_numbers", ERROR, "/reviewRating/bestRating") in told(findings)
    assert check(with_rating(scale=bare), shown=[replace(shown, scale=ReportScale("Truth", 2))]) == []


# Rule 5: the same label, the same number


def test_rating_with_another_number_than_its_scale_is_an_error():
    assert ("rating_consistency", ERROR, "/reviewRating/ratingValue") in told(check(with_rating(value=3)))


def test_rating_that_is_not_of_its_scale_is_an_error():
    findings = check(with_rating(label="Rather false", slug="rather-false"))
    assert ("rating_consistency", ERROR, "/reviewRating/alternateName") in told(findings)


def test_rating_whose_label_stands_twice_on_its_scale_is_an_error():
    twice = replace(SCALE, ratings=(*SCALE.ratings, ScaleRating("mostly  FALSE", "mf", 4)))
    assert ("rating_consistency", ERROR, "/reviewRating/ratingValue") in told(check(with_rating(scale=twice)))


def test_rating_with_another_number_in_other_reports_is_an_error():
    bare = ReportScale("Truth", 1)
    shown = replace(REPORT.rating, scale=bare, value=3)
    findings = check(with_rating(scale=bare), shown=[shown])
    assert told(findings) == {("rating_consistency", ERROR, "/reviewRating/ratingValue")}


def test_rating_renumbered_by_a_new_scale_version_is_a_warning():
    old = replace(REPORT.rating, scale=replace(SCALE, version=0), value=3)
    assert told(check(REPORT, shown=[old])) == {("rating_consistency", WARNING, "/reviewRating/ratingValue")}


def test_rating_of_another_scale_does_not_clash():
    assert check(REPORT, shown=[replace(REPORT.rating, scale=ReportScale("Other", 1), value=3)]) == []
