"""RSS holds any report and stays XML."""

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from reviews.reports import rss
from tests.reviews.reports.examples import BASE_URL, REPORT


@given(st.text(max_size=80))
def test_rss_stays_readable_whatever_a_report_says(text):
    report = replace(REPORT, summary=text, claim=replace(REPORT.claim, statement=text))
    feed = ElementTree.fromstring(rss.render([report], name=text, address=BASE_URL))
    [item] = feed.iter("item")
    assert item.findtext("link") == report.url
    assert item.findtext("title").startswith(report.rating.label)
