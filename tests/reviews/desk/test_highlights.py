"""The text of a marked article is the article's text, whatever the marks."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reviews.desk.highlights import Line, Mark, cut, shown
from tests.reviews.desk.pages import plain

TEXT = 'One <script>alert("1")</script> two 👩‍🚀 three שלום four.'


def mark(start, end, claim=1, **changes):
    return Mark(
        **{"start": start, "end": end, "claim": claim, "number": claim, "address": "/a", "title": "t", **changes}
    )


def test_marked_words_are_the_words_of_the_span():
    start = TEXT.index("👩")
    page = shown(TEXT, [mark(start, start + len("👩‍🚀 three שלום"), is_current=True)])
    assert re.search(r'claim-current"[^>]*aria-current="true">([^<]*)</a>', page)[1] == "👩‍🚀 three שלום"


def test_markup_in_the_text_is_escaped():
    page = shown(TEXT, [mark(0, 40)])
    assert "<script" not in page
    assert plain(page) == TEXT


def test_overlapping_claims_render_as_segments_that_name_all_of_them():
    page = shown("abcdefgh", [mark(0, 5, 1, title="first"), mark(3, 8, 2, title="second")])
    assert re.findall(r'title="([^"]*)">(\w+)</a>', page) == [
        ("first", "abc"),
        ("first; second", "de"),
        ("second", "fgh"),
    ]


def test_a_claim_inside_another_leads_to_itself():
    page = shown("abcdefgh", [mark(0, 8, 1, address="/outer"), mark(3, 5, 2, address="/inner")])
    assert re.findall(r'href="([^"]*)"', page) == ["/outer", "/inner", "/outer"]


def test_a_line_says_what_became_of_it():
    page = shown("Ad here. Claim.", [], [Line(0, 8, "boilerplate", "ad"), Line(9, 15, "claim")])
    assert 'title="Boilerplate: ad">Ad here.</span>' in page
    assert 'title="Claim">Claim.</span>' in page


def test_a_span_outside_the_text_marks_nothing():
    assert shown("abc", [mark(1, 9)]) == "abc"


def test_a_lone_carriage_return_is_kept_from_the_parser():
    assert shown("a\rb", []) == "a&#13;b"


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@given(text=st.text(max_size=60), spans=SPANS, ruled=SPANS)
def test_words_of_the_pieces_joined_are_the_text(text, spans, ruled):
    marks = [mark(*span, claim=n) for n, span in enumerate(spans)]
    lines = [Line(*span, "claim") for span in ruled]
    pieces = list(cut(len(text), marks, lines))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    for one in marks:
        covered = "".join(text[p.start : p.end] for p in pieces if one in p.marks)
        if 0 <= one.start < one.end <= len(text):
            assert covered == text[one.start : one.end]
        else:
            assert covered == ""


@given(text=st.text(alphabet="ab<>&\"' é👍א", max_size=60), spans=SPANS)
def test_the_page_shows_the_text_and_nothing_else(text, spans):
    assert plain(shown(text, [mark(*span, claim=n) for n, span in enumerate(spans)])) == text
