"""The difference between versions loses no word and invents none."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reviews.reports import difference
from reviews.reports.difference import MAX_WORDS, Change, Mark
from tests.reviews.reports.examples import REPORT, rating

TEXTS = st.text(alphabet="ab \n*é\U0001f600", max_size=60)


@given(TEXTS, TEXTS)
def test_difference_gives_both_texts_back(before, after):
    pieces = list(difference.compared(before, after))
    assert "".join(one.text for one in pieces if one.mark is not Mark.ADDED) == before
    assert "".join(one.text for one in pieces if one.mark is not Mark.REMOVED) == after
    assert all(one.text for one in pieces)
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))


def test_difference_of_a_version_with_itself_is_nothing():
    assert difference.changes(REPORT, REPORT) == ()


def test_difference_names_the_members_that_changed():
    after = replace(REPORT, rating=rating("unproven"), summary="Another one.")
    found = {one.member: (one.before, one.after) for one in difference.changes(REPORT, after)}
    assert set(found) == {"rating", "summary"}
    assert found["rating"][1] == "Unproven"
    assert found["summary"] == (REPORT.summary, "Another one.")


def test_source_that_only_moved_is_no_change():
    first, second = REPORT.evidence[0], replace(REPORT.evidence[0], number=2, url="https://b.example/", title="B")
    before = replace(REPORT, evidence=(first, second))
    moved = (replace(second, number=1), replace(first, number=2))
    assert difference.changes(before, replace(before, evidence=moved)) == ()
    [dropped] = difference.changes(before, replace(before, evidence=(first,)))
    assert (dropped.member, dropped.after) == ("source: https://b.example/", "")


def test_long_paragraph_is_shown_whole_on_both_sides():
    before = "word " * MAX_WORDS
    pieces = Change("explanation", before, f"{before}more").pieces
    assert [one.mark for one in pieces] == [Mark.REMOVED, Mark.ADDED]
